{{.}}.recordedFrom <= $load AND {{.}}.recordedTo > $load
      AND ($kinds IS NULL OR {{.}}.engagementKind IN $kinds)
      AND ($levels IS NULL OR {{.}}.level IN $levels)
      AND ($topics IS NULL OR any(topic IN {{.}}.topics WHERE topic IN $topics))
      AND ($box IS NULL OR ({{.}}.startMin >= $box[0] AND {{.}}.startMin <= $box[1] AND {{.}}.startMax >= $box[2] AND {{.}}.startMax <= $box[3]
        AND {{.}}.endMin >= $box[4] AND {{.}}.endMin <= $box[5] AND {{.}}.endMax >= $box[6] AND {{.}}.endMax <= $box[7]))
