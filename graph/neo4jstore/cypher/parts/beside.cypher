q.fromDay < f.to AND f.from < q.toDay AND p.fromDay < q.toDay AND q.fromDay < p.toDay
          AND CASE WHEN p.side = q.side THEN 'SAME_SIDE' WHEN p.side IN ['a', 'b'] AND q.side IN ['a', 'b'] THEN 'OPPOSED' ELSE 'ANY' END IN $alignments
