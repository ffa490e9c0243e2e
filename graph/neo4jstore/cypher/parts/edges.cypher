{{.}}.startMin >= $box[0] AND {{.}}.startMin <= $box[1] AND {{.}}.startMax >= $box[2] AND {{.}}.startMax <= $box[3]
      AND {{.}}.endMin >= $box[4] AND {{.}}.endMin <= $box[5] AND {{.}}.endMax >= $box[6] AND {{.}}.endMax <= $box[7]
