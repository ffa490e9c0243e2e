// Reference writes docs/schema.md, the reference page of the GraphQL schema: every question with an example, then every
// type, input and enum. It is made of schema/*.graphqls and docs/questions/*.graphql, and of nothing else.
//
// A question without an example is an error, so whoever adds one adds the other. docs/questions/README.md says how.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

//go:generate go run . -root ../..

const (
	page      = "docs/schema.md"
	questions = "docs/questions" // has the examples
)

func main() {
	root := flag.String("root", ".", "the project's folder")
	flag.Parse()
	if err := run(*root); err != nil {
		fmt.Fprintln(os.Stderr, "reference:", err)
		os.Exit(1)
	}
}

func run(root string) error {
	text, err := reference(os.DirFS(filepath.Join(root, filepath.FromSlash(questions))))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, filepath.FromSlash(page)), text, 0o644) //nolint:gosec // docs are for all to read
}
