package dossier

import (
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/form"
)

// A reader checks one file: first every mapping against its shape (package form), then what the entries say of one
// another (check.go). It collects all mistakes.
type reader struct {
	form.Checker
	root   *form.Node
	states *states

	ids    map[string]*entry     // by own name
	actors map[string]*form.Node // declared here, by key
}

// An entry is something in the file that others can name.
type entry struct {
	section string
	at      *form.Node
	id      *form.Node
}

var noun = form.Noun{One: "a dossier", Empty: `begin with "dossier:"; entente ingest dossier --example prints one to begin with`}

// parse reads the text of a dossier into its one document.
func parse(file string, src []byte) (*form.Node, ingest.Mistakes) { return form.Parse(file, src, noun) }
