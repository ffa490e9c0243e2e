// Who takes part fulfils what is asked of parties.
all(clause IN $ofParties WHERE any(asked IN clause WHERE CASE asked.kind WHEN 'PARTS' THEN {{takePart .}} ELSE {{stand .}} END))
