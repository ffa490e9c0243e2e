package dossier

import _ "embed" // the shipped files

// Example is a dossier of five lines to begin with.
//
//go:embed example.yaml
var Example []byte

// NortheastAsia is the dossier that ships: Japan, the Republic of Korea and their neighbourhood.
//
//go:embed northeast-asia/northeast-asia.yaml
var NortheastAsia []byte

// NortheastAsiaFile is the name under which it is read.
const NortheastAsiaFile = "northeast-asia.yaml"

// Schema is the JSON Schema of the format, for editors.
//
//go:embed dossier.schema.json
var Schema []byte
