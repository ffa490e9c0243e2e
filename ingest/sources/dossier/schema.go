package dossier

import "github.com/entente-graph/entente/ingest/form"

// makeSchema writes the JSON Schema of the format.
func makeSchema() ([]byte, error) {
	return form.JSONSchema(fileShape, "https://entente-graph.github.io/schema/dossier.schema.json", "Entente dossier")
}
