p.aFrom < c.aTo AND c.aFrom < p.aTo AND p.bFrom < c.bTo AND c.bFrom < p.bTo
      AND ($alignment IS NULL OR p.alignment = $alignment)
