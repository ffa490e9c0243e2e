package api

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// TestCacheIsBoundedByBytes: many small documents and few large ones take the same room.
func TestCacheIsBoundedByBytes(t *testing.T) {
	c := newDocuments(1 << 20)
	for i := range 10_000 {
		c.Add(context.Background(), fmt.Sprintf("%d %s", i, strings.Repeat("x", i%3000)), &ast.QueryDocument{})
		if c.size > 1<<20 {
			t.Fatalf("it holds %d bytes", c.size)
		}
	}
	if len(c.held) == 0 || len(c.held) != c.use.Len() {
		t.Errorf("%d documents held, %d in order", len(c.held), c.use.Len())
	}
	large := strings.Repeat("x", 1<<20)
	c.Add(context.Background(), large, &ast.QueryDocument{})
	if _, ok := c.Get(context.Background(), large); ok {
		t.Error("it holds a document that is too large")
	}
}

// TestCacheKeepsWhatIsUsed: the document that is asked for again and again stays.
func TestCacheKeepsWhatIsUsed(t *testing.T) {
	c := newDocuments(100 * (&document{text: "document 0000"}).size())
	c.Add(context.Background(), "used", &ast.QueryDocument{})
	for i := range 1000 {
		c.Add(context.Background(), fmt.Sprintf("document %04d", i), &ast.QueryDocument{})
		if _, ok := c.Get(context.Background(), "used"); !ok {
			t.Fatalf("dropped after %d others", i)
		}
	}
	if _, ok := c.Get(context.Background(), "document 0000"); ok {
		t.Error("the oldest is still there")
	}
}

// TestParsedDocumentsTakeWhatIsAssumed measures how much memory documents take, so that the bound of the cache is one.
func TestParsedDocumentsTakeWhatIsAssumed(t *testing.T) {
	schema := schemaOf(t)
	const founding = `{ dyad(a: "JPN", b: "KOR") { ties(topics: [DEFENSE]) { status rule spells { status extent period { start { edtf } end { edtf } } startedBy { title } began { because { title } } endedBy { title } contacts(first: 50) { nodes { title period { start { edtf } } } } } } } }`
	const dense = "{" + "meta{rules}" + "}"
	for name, text := range map[string]string{
		"the founding question": founding,
		"fields of one letter":  "{" + strings.Repeat("a:meta{rules}", 200) + "}",
		"a short one":           dense,
	} {
		held := make([]*ast.QueryDocument, 200)
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		for i := range held {
			doc, err := gqlparser.LoadQueryWithRules(schema, text, nil)
			if err != nil {
				t.Fatal(err)
			}
			held[i] = doc
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		each := (int(after.HeapAlloc) - int(before.HeapAlloc)) / len(held)
		runtime.KeepAlive(held)
		if assumed := (&document{text: text}).size(); each > assumed {
			t.Errorf("%s of %d bytes takes %d, assumed are %d", name, len(text), each, assumed)
		}
	}
}
