package difftest

import (
	"fmt"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// never are codes of errors that no document of ours may get: those of the program's own failing, and those of documents
// that are not valid, for which the generator is to blame.
var never = []string{"INTERNAL_SERVER_ERROR", "QUERY_TIMEOUT", "UNAVAILABLE", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"}

// wrongWith says what is wrong with an answer whatever another store answers; mostly nothing.
func wrongWith(s *ast.Schema, d *document, data any, codes []string) (what string) {
	for _, c := range codes {
		if slices.Contains(never, c) {
			return "an error " + c
		}
	}
	d.walk(s, data, func(f *selection, def *ast.FieldDefinition, _ string, v any) {
		if o, ok := v.(map[string]any); ok && paged(def) && what == "" {
			what = wrongWithPage(f, o)
		}
	})
	return what
}

// lookFar are questions of which a page ends where it stopped looking, which may be beyond its last item.
var lookFar = []string{"changes", "conflicts"}

// wrongWithPage says where the parts of a page do not go together.
func wrongWithPage(f *selection, page map[string]any) string {
	part := func(name string) any {
		for _, s := range f.below {
			if s.name == name {
				return page[s.key()]
			}
		}
		return nil
	}
	nodes, hasNodes := part("nodes").([]any)
	edges, hasEdges := part("edges").([]any)
	if hasNodes && hasEdges && len(nodes) != len(edges) {
		return fmt.Sprintf("a page of %s with %d nodes and %d edges", f.name, len(nodes), len(edges))
	}
	n := max(len(nodes), len(edges))
	for _, a := range f.args {
		if size, ok := a.value.(int); ok && (a.name == "first" || a.name == "last") && n > size {
			return fmt.Sprintf("a page of %s with %d items, of %d at most", f.name, n, size)
		}
	}
	if total, ok := part("totalCount").(float64); ok && int(total) < n {
		return fmt.Sprintf("a page of %s with %d items, of %v in all", f.name, n, total)
	}
	info, _ := part("pageInfo").(map[string]any)
	start, askedStart := info["startCursor"]
	end, askedEnd := info["endCursor"]
	switch {
	case !askedStart || !askedEnd || slices.Contains(lookFar, f.name):
	case (hasNodes || hasEdges) && (n == 0) != (end == nil):
		return fmt.Sprintf("a page of %s with %d items that ends at %v", f.name, n, end)
	case n == 1 && start != end:
		return fmt.Sprintf("a page of %s with one item that begins at %v and ends at %v", f.name, start, end)
	case n > 1 && start == end:
		return fmt.Sprintf("a page of %s with %d items that begins and ends at %v", f.name, n, end)
	}
	return ""
}
