package ieadb

import (
	_ "embed" // the codebook
	"encoding/csv"
	"fmt"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
)

// lookups are the kinds of agreement that the list has, and the form that each is.
//
//go:embed lookups.csv
var lookups string

var theForms = sync.OnceValues(func() (map[string]graph.AgreementForm, error) {
	rows, err := csv.NewReader(strings.NewReader(lookups)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("lookups.csv: %w", err)
	}
	forms := map[string]graph.AgreementForm{}
	for _, r := range rows[1:] {
		forms[r[0]] = graph.AgreementForm(r[1])
	}
	return forms, nil
})
