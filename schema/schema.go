// Package schema holds the GraphQL contract, one file per noun, every element described. gqlgen makes internal/api/gen
// of it.
package schema

import (
	"embed"
	"io/fs"
	"strings"
)

// Files are the contract's files.
//
//go:embed *.graphqls
var Files embed.FS

// Text gives the contract as one document, for tools that make code of it: its files by name, with all descriptions.
func Text() string {
	names, err := fs.Glob(Files, "*.graphqls")
	if err != nil {
		panic("schema: " + err.Error()) // the pattern is a constant
	}
	parts := make([]string, 0, len(names))
	for _, name := range names {
		text, err := Files.ReadFile(name)
		if err != nil {
			panic("schema: " + err.Error()) // it is embedded
		}
		parts = append(parts, string(text))
	}
	return strings.Join(parts, "\n")
}
