package api

import (
	lru "container/list"
	"context"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
)

// A parsed document takes about so many bytes for each of its text, and so many besides (cache_test.go measures it).
const (
	bytesPerByte = 100
	bytesBeside  = 2000
)

// documents keeps parsed and validated documents by their text, those used last, up to a number of bytes. A cache
// bounded by a count of documents would let a few large ones pin a gigabyte.
type documents struct {
	limit int

	mu   sync.Mutex
	size int
	use  *lru.List // *document, used last first
	held map[string]*lru.Element
}

type document struct {
	text   string
	parsed *ast.QueryDocument
}

func (d *document) size() int { return len(d.text)*bytesPerByte + bytesBeside }

func newDocuments(limit int) *documents {
	return &documents{limit: limit, use: lru.New(), held: map[string]*lru.Element{}}
}

// Get gives a document that was added before and not dropped since.
func (c *documents) Get(_ context.Context, text string) (*ast.QueryDocument, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.held[text]
	if e == nil {
		return nil, false
	}
	c.use.MoveToFront(e)
	return e.Value.(*document).parsed, true //nolint:forcetypeassert // the list holds nothing else
}

// Add keeps a document, unless it alone would take a quarter of the room, and drops those not used for longest.
func (c *documents) Add(_ context.Context, text string, parsed *ast.QueryDocument) {
	d := &document{text: text, parsed: parsed}
	if d.size() > c.limit/4 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held[text] != nil {
		return
	}
	c.held[text] = c.use.PushFront(d)
	c.size += d.size()
	for c.size > c.limit {
		last := c.use.Back()
		old := c.use.Remove(last).(*document) //nolint:forcetypeassert // the list holds nothing else
		delete(c.held, old.text)
		c.size -= old.size()
	}
}
