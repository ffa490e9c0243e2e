all(clause IN $where WHERE any(asked IN clause WHERE asked.not <> CASE asked.kind
        WHEN 'TAGS' THEN any(tags IN [{{.}}.tags] WHERE CASE WHEN asked.every THEN all(tag IN asked.tags WHERE tag IN tags) ELSE any(tag IN asked.tags WHERE tag IN tags) END)
        WHEN 'TITLE' THEN any(title IN {{.}}.titles WHERE
          CASE asked.match WHEN 'EQUALS' THEN title = asked.text WHEN 'STARTS_WITH' THEN title STARTS WITH asked.text ELSE title CONTAINS asked.text END)
        WHEN 'PARTS' THEN {{takePart .}}
        WHEN 'ONLY' THEN any(part IN [{{parts .}}] WHERE any(found IN [[d IN range(0, size(coalesce(part.actor, [])) - 1)
            WHERE part.as[d] = 'DIRECT' AND part.from[d] < asked.to AND asked.from < part.to[d]]]
          WHERE found <> [] AND all(d IN found WHERE any(i IN CASE WHEN d + 1 < size(coalesce(part.actor, [])) AND part.as[d + 1] = 'REPRESENTED' THEN [d, d + 1] ELSE [d] END
            WHERE any(x IN asked.a WHERE {{takes}})))))
        WHEN 'STANDS' THEN {{stand .}}
        WHEN 'OWES' THEN any(owed IN [{by: {{.}}.owedBy, toward: {{.}}.owedToward, type: {{.}}.owedTypes, from: {{.}}.owedFrom, to: {{.}}.owedTo}]
          WHERE any(o IN range(0, size(coalesce(owed.by, [])) - 1) WHERE owed.type[o] IN coalesce(asked.types, [owed.type[o]])
            AND any(x IN asked.a WHERE x.actor IN ['', owed.by[o]] AND x.from < owed.to[o] AND owed.from[o] < x.to)
            AND any(x IN asked.b WHERE x.from < owed.to[o] AND owed.from[o] < x.to AND
              CASE WHEN x.actor IN ['', owed.toward[o]] THEN true WHEN owed.toward[o] <> '' THEN false
                ELSE any(part IN [{{parts .}}] WHERE any(i IN range(0, size(coalesce(part.actor, [])) - 1) WHERE part.plays[i] IN ['PARTY', 'ISSUER', 'ADDRESSEE']
                  AND part.actor[i] <> owed.by[o] AND part.from[i] < owed.to[o] AND owed.from[o] < part.to[i] AND {{takes}})) END)))
        WHEN 'LIES' THEN {{.}}.startMin >= asked.box[0] AND {{.}}.startMin <= asked.box[1] AND {{.}}.startMax >= asked.box[2] AND {{.}}.startMax <= asked.box[3]
          AND {{.}}.endMin >= asked.box[4] AND {{.}}.endMin <= asked.box[5] AND {{.}}.endMax >= asked.box[6] AND {{.}}.endMax <= asked.box[7]
        WHEN 'FORCE' THEN any(day IN [asked.on[{{.}}.source]] WHERE day IS NOT NULL AND any(i IN range(0, size(coalesce({{.}}.forceFrom, [])) - 1) WHERE
          {{.}}.forceFrom[i] <= day AND day < {{.}}.forceTo[i] AND {{.}}.forceHolds[i] <> asked.lapsed)
          AND (asked.a IS NULL OR any(part IN [{{parts .}}] WHERE any(j IN [i IN range(0, size(coalesce(part.actor, [])) - 1)
              WHERE part.from[i] <= day AND day < part.to[i] AND any(x IN asked.a WHERE x.from <= day AND day < x.to AND {{takes}})]
            WHERE asked.b IS NULL OR any(i IN range(0, size(coalesce(part.actor, [])) - 1) WHERE part.actor[j] <> part.actor[i]
              AND part.from[i] <= day AND day < part.to[i] AND any(x IN asked.b WHERE x.from <= day AND day < x.to AND {{takes}}))))))
      END))
