package main

import (
	"net/http"
	"testing"

	"github.com/entente-graph/entente/schema"
)

// The schema is answered as a file, unless clients may not ask for it.
func TestServeTheSchema(t *testing.T) {
	t.Parallel()
	store := copySample(t)
	open := serve(t, "--store", store)
	if status, body := open.get("/v1/schema.graphql"); status != http.StatusOK || body != schema.Text() {
		t.Errorf("%d: %s", status, body)
	}
	open.stop()
	hidden := serve(t, "--store", store, "--introspection=false")
	if status, body := hidden.get("/v1/schema.graphql"); status != http.StatusNotFound {
		t.Errorf("%d, though introspection is off: %s", status, body)
	}
	hidden.stop()
}
