// Somebody of asked.a and somebody of asked.b take part at one time, on such sides.
any(part IN [{{parts .}}] WHERE any(j IN [i IN range(0, size(coalesce(part.actor, [])) - 1) WHERE any(x IN asked.a WHERE {{takes}})]
          WHERE any(i IN range(0, size(coalesce(part.actor, [])) - 1) WHERE part.actor[j] <> part.actor[i] AND part.from[i] < part.to[j] AND part.from[j] < part.to[i]
            AND CASE WHEN part.side[i] = part.side[j] THEN 'SAME_SIDE'
              WHEN part.side[i] IN ['a', 'b'] AND part.side[j] IN ['a', 'b'] THEN 'OPPOSED' ELSE 'ANY' END IN asked.alignments
            AND any(x IN asked.b WHERE {{takes}}))))
