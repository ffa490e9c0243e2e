package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// failing is a store that fails some questions in a way.
type failing struct {
	graph.Reader
	err   error
	panic bool
}

func (f failing) fail() error {
	if f.panic {
		panic("secret of the panic")
	}
	return f.err
}

func (f failing) Engagements(context.Context, graph.EngagementQuery) (graph.EngagementPage, error) {
	return graph.EngagementPage{}, f.fail()
}

func (f failing) Assertions(context.Context, graph.AssertionQuery) (graph.AssertionPage, error) {
	return graph.AssertionPage{}, f.fail()
}

// TestErrorsOfTheStore: each kind has its code; what is internal is in the log, in full, under the id that the answer has,
// and nowhere else.
func TestErrorsOfTheStore(t *testing.T) {
	const direct = `{ meetings { nodes { key } } }`
	const loaded = `{ engagement(key: "northeast-asia:radar-incident-2018") { assertions { text } } }`
	for _, c := range []struct {
		name   string
		store  failing
		code   string
		logged bool
	}{
		{"unavailable", failing{err: fmt.Errorf("%w: connection refused by secret host", graph.ErrUnavailable)}, codeUnavailable, true},
		{"gone", failing{err: fmt.Errorf("secret: %w", graph.ErrGone)}, graph.CodeGone, false},
		{"a problem", failing{err: fmt.Errorf("secret: %w", graph.BadInput("no such thing"))}, graph.CodeBadUserInput, false},
		{"unknown", failing{err: errors.New("secret table is missing")}, codeInternal, true},
		{"panic", failing{panic: true}, codeInternal, true},
	} {
		for how, document := range map[string]string{"direct": direct, "loaded": loaded} {
			t.Run(c.name+" "+how, func(t *testing.T) {
				var log bytes.Buffer
				c.store.Reader = sampleStore(t)
				h := New(Config{Reader: c.store, Logger: slog.New(slog.NewTextHandler(&log, nil))})
				r := post(t, h, document, nil)
				if got := r.codes(); !slices.Equal(got, []string{c.code}) {
					t.Fatalf("%v, want %s: %s", got, c.code, r.Raw)
				}
				if strings.Contains(string(r.Raw), "secret") {
					t.Errorf("the answer tells what is internal: %s", r.Raw)
				}
				if c.logged != strings.Contains(log.String(), "secret") {
					t.Errorf("the log: %q", log.String())
				}
				id := r.Errors[0].Extensions.ID
				if (c.code == codeInternal) != (id != "") || id != "" && !strings.Contains(log.String(), id) {
					t.Errorf("id %q, log %q", id, log.String())
				}
			})
		}
	}
}

// headless is a store whose head cannot be read.
type headless struct{ graph.Reader }

func (headless) Head(context.Context) (graph.Head, error) {
	return graph.Head{}, fmt.Errorf("head: %w", graph.ErrUnavailable)
}

func TestWithoutAStore(t *testing.T) {
	var log bytes.Buffer
	h := New(Config{Reader: headless{}, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	r := post(t, h, `{ actor(key: "JPN") { key } }`, nil)
	if got := r.codes(); !slices.Equal(got, []string{codeUnavailable}) || r.Extensions.Entente.Load != nil {
		t.Errorf("%s", r.Raw)
	}
}

// empty is a graph before its first load.
func TestEmptyGraph(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	r := post(t, h, `{ snapshot(knownAt: "1999-01-01T00:00:00Z") { load knownAt actors { totalCount nodes { key } } meetings { totalCount } meta { load { number } sources { key } bibtex } ties(where: {}) { totalCount nodes { id } } actor(key: "JPN") { key } } }`, nil)
	if got := r.codes(); !slices.Equal(got, []string{graph.CodeActorNotFound}) {
		t.Errorf("%s", r.Raw)
	}
	for _, path := range [][]any{{"snapshot", "load"}, {"snapshot", "actors", "totalCount"}, {"snapshot", "meetings", "totalCount"}, {"snapshot", "ties", "totalCount"}} {
		if n := r.field(t, path...); n != float64(0) {
			t.Errorf("%v is %v", path, n)
		}
	}
}
