// Statements' own properties, anew.
// $of: {id, props}
UNWIND $of AS v
MATCH (s:Statement {id: v.id})
SET s += v.props
