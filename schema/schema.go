// Package schema holds the GraphQL contract, one file per noun, every element described. gqlgen makes internal/api/gen
// of it.
package schema

import "embed"

// Files are the contract's files.
//
//go:embed *.graphqls
var Files embed.FS
