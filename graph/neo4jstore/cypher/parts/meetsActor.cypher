all(clause IN $where WHERE any(asked IN clause WHERE asked.not <> CASE asked.kind
      WHEN 'TAGS' THEN CASE WHEN asked.every THEN all(tag IN asked.tags WHERE any(o IN accounts WHERE tag IN o.tags))
        ELSE any(tag IN asked.tags WHERE any(o IN accounts WHERE tag IN o.tags)) END
      WHEN 'TITLE' THEN any(o IN accounts WHERE any(name IN o.titles WHERE
        CASE asked.match WHEN 'EQUALS' THEN name = asked.text WHEN 'STARTS_WITH' THEN name STARTS WITH asked.text ELSE name CONTAINS asked.text END))
      WHEN 'KEY' THEN CASE asked.match WHEN 'STARTS_WITH' THEN key STARTS WITH asked.text ELSE key IN asked.keys END
      WHEN 'LIES' THEN (asked.unsaid AND all(o IN accounts WHERE size(coalesce(o.lifeStartMin, [])) = 0))
        OR any(o IN accounts WHERE any(i IN range(0, size(coalesce(o.lifeStartMin, [])) - 1) WHERE
          o.lifeStartMin[i] >= asked.box[0] AND o.lifeStartMin[i] <= asked.box[1] AND o.lifeStartMax[i] >= asked.box[2] AND o.lifeStartMax[i] <= asked.box[3]
          AND o.lifeEndMin[i] >= asked.box[4] AND o.lifeEndMin[i] <= asked.box[5] AND o.lifeEndMax[i] >= asked.box[6] AND o.lifeEndMax[i] <= asked.box[7]))
    END))
