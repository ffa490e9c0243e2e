NOT EXISTS {
      MATCH (y:Statement {ref: s.ref})
      WHERE y.id <> s.id AND {{seen "y"}}
        AND (y.named < s.named OR y.named = s.named AND (coalesce($ranks[y.source], 1000000) < coalesce($ranks[s.source], 1000000)
          OR coalesce($ranks[y.source], 1000000) = coalesce($ranks[s.source], 1000000) AND y.source < s.source))
    }
