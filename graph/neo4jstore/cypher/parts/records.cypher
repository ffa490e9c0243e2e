any(i IN range(0, size({{.}}.levels) - 1) WHERE ($levels IS NULL OR {{.}}.levels[i] IN $levels) AND NOT ($within AND {{.}}.observed[i])
      AND {{.}}.startMin[i] >= $box[0] AND {{.}}.startMin[i] <= $box[1] AND {{.}}.startMax[i] >= $box[2] AND {{.}}.startMax[i] <= $box[3]
      AND {{.}}.endMin[i] >= $box[4] AND {{.}}.endMin[i] <= $box[5] AND {{.}}.endMax[i] >= $box[6] AND {{.}}.endMax[i] <= $box[7])
