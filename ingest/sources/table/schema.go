package usertable

import "github.com/entente-graph/entente/ingest/form"

// makeSchema writes the JSON Schema of mappings.
func makeSchema() ([]byte, error) {
	return form.JSONSchema(fileShape, "https://entente-graph.github.io/schema/table.schema.json", "Entente mapping of a table")
}
