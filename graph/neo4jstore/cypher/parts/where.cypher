all(clause IN $where WHERE any(asked IN clause WHERE asked.not <> CASE asked.kind
        WHEN 'TAGS' THEN CASE WHEN asked.every THEN all(tag IN asked.tags WHERE tag IN {{.}}.tags) ELSE any(tag IN asked.tags WHERE tag IN {{.}}.tags) END
        WHEN 'TITLE' THEN any(title IN {{.}}.titles WHERE
          CASE asked.match WHEN 'EQUALS' THEN title = asked.text WHEN 'STARTS_WITH' THEN title STARTS WITH asked.text ELSE title CONTAINS asked.text END)
        WHEN 'PARTS' THEN all(g IN asked.groups WHERE any(i IN range(0, size({{.}}.actors) - 1) WHERE
          {{.}}.partRoles[i] IN coalesce(asked.roles, [{{.}}.partRoles[i]]) AND {{.}}.partSides[i] IN coalesce(asked.sides, [{{.}}.partSides[i]])
          AND any(x IN g WHERE {{takes .}})))
        WHEN 'ONLY' THEN any(i IN range(0, size({{.}}.actors) - 1) WHERE {{.}}.partAs[i] = 'DIRECT' AND {{.}}.partFrom[i] < asked.to AND asked.from < {{.}}.partTo[i])
          AND all(d IN [d IN range(0, size({{.}}.actors) - 1) WHERE {{.}}.partAs[d] = 'DIRECT' AND {{.}}.partFrom[d] < asked.to AND asked.from < {{.}}.partTo[d]]
            WHERE any(i IN CASE WHEN d + 1 < size({{.}}.actors) AND {{.}}.partAs[d + 1] = 'REPRESENTED' THEN [d, d + 1] ELSE [d] END WHERE any(x IN asked.a WHERE {{takes .}})))
        WHEN 'STANDS' THEN any(j IN [i IN range(0, size({{.}}.actors) - 1) WHERE any(x IN asked.a WHERE {{takes .}})]
          WHERE any(i IN range(0, size({{.}}.actors) - 1) WHERE {{.}}.actors[j] <> {{.}}.actors[i]
            AND {{.}}.partFrom[i] < {{.}}.partTo[j] AND {{.}}.partFrom[j] < {{.}}.partTo[i]
            AND CASE WHEN {{.}}.partSides[i] = {{.}}.partSides[j] THEN 'SAME_SIDE'
              WHEN {{.}}.partSides[i] IN ['a', 'b'] AND {{.}}.partSides[j] IN ['a', 'b'] THEN 'OPPOSED' ELSE 'ANY' END IN asked.alignments
            AND any(x IN asked.b WHERE {{takes .}})))
        WHEN 'OWES' THEN any(o IN range(0, size({{.}}.owedBy) - 1) WHERE {{.}}.owedTypes[o] IN coalesce(asked.types, [{{.}}.owedTypes[o]])
          AND any(x IN asked.a WHERE x.actor IN ['', {{.}}.owedBy[o]] AND x.from < {{.}}.owedTo[o] AND {{.}}.owedFrom[o] < x.to)
          AND any(x IN asked.b WHERE x.from < {{.}}.owedTo[o] AND {{.}}.owedFrom[o] < x.to AND
            CASE WHEN x.actor IN ['', {{.}}.owedToward[o]] THEN true WHEN {{.}}.owedToward[o] <> '' THEN false
              ELSE any(i IN range(0, size({{.}}.actors) - 1) WHERE {{.}}.partRoles[i] IN ['PARTY', 'ISSUER', 'ADDRESSEE']
                AND {{.}}.actors[i] <> {{.}}.owedBy[o] AND {{.}}.partFrom[i] < {{.}}.owedTo[o] AND {{.}}.owedFrom[o] < {{.}}.partTo[i] AND {{takes .}}) END))
        WHEN 'LIES' THEN {{.}}.startMin >= asked.box[0] AND {{.}}.startMin <= asked.box[1] AND {{.}}.startMax >= asked.box[2] AND {{.}}.startMax <= asked.box[3]
          AND {{.}}.endMin >= asked.box[4] AND {{.}}.endMin <= asked.box[5] AND {{.}}.endMax >= asked.box[6] AND {{.}}.endMax <= asked.box[7]
        WHEN 'FORCE' THEN any(day IN [asked.on[{{.}}.source]] WHERE day IS NOT NULL AND any(i IN range(0, size({{.}}.forceFrom) - 1) WHERE
          {{.}}.forceFrom[i] <= day AND day < {{.}}.forceTo[i] AND {{.}}.forceHolds[i] <> asked.lapsed))
      END))
