package gmlmid

import (
	_ "embed"
	"encoding/csv"
	"strings"
	"sync"
)

// decisions is a table of decisions: which number of the dataset that is revised here a dispute has there now, and why we think
// so. Version 5.0 put it under another one.
//
//go:embed decisions.csv
var decisions string

// renumbered gives, by number, the one there now. The table is part of the program: a mistake in it is one of ours.
var renumbered = sync.OnceValue(func() map[string]string {
	rows, err := csv.NewReader(strings.NewReader(decisions)).ReadAll()
	if err != nil {
		panic(err)
	}
	now := map[string]string{}
	for _, row := range rows[1:] {
		now[row[0]] = row[1]
	}
	return now
})
