package dossier

import (
	_ "embed" // the shipped files
	"slices"

	"github.com/entente-graph/entente/ingest"
)

var _ ingest.Exampler = (*Source)(nil)

//go:embed example.yaml
var example []byte

// Example gives a dossier of five lines to begin with.
func (*Source) Example() (name string, text []byte) { return "my-first.yaml", slices.Clone(example) }

// NortheastAsia is the dossier that ships: Japan, the Republic of Korea and their neighbourhood.
//
//go:embed northeast-asia/northeast-asia.yaml
var NortheastAsia []byte

// NortheastAsiaFile is the name under which it is read.
const NortheastAsiaFile = "northeast-asia.yaml"
