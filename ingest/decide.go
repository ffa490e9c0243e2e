package ingest

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"iter"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// A DecideOptions says what people decide about keys, and where.
type DecideOptions struct {
	Reader   graph.Reader
	Writer   graph.Writer
	DryRun   bool
	Details  bool
	Program  string
	Note     string
	Force    bool
	Progress func(Progress)
	// Decide gives all decisions that are to hold, from those that do.
	Decide func(held []graph.Decision) ([]graph.Decision, error)
}

// Decide records what people decide about keys as a load of its own, in which the links and identities follow. Where nothing
// changes nothing is written. It can be undone like any other load.
func Decide(ctx context.Context, o DecideOptions) (Report, error) {
	head, err := o.Reader.Head(ctx)
	if err != nil {
		return Report{}, fmt.Errorf("the newest load of the store: %w", err)
	}
	held, err := Decisions(ctx, o.Reader, head.Load.Number)
	if err != nil {
		return Report{}, err
	}
	all, err := o.Decide(held)
	if err != nil {
		return Report{}, err
	}
	return Load(ctx, Options{
		Source: deciding{all}, Files: noFiles{}, Reader: o.Reader, Writer: o.Writer, DryRun: o.DryRun, Details: o.Details,
		Program: o.Program, Note: o.Note, Force: o.Force, Progress: o.Progress,
	})
}

// Decisions gives what people decided, as it is known at a load, by keys.
func Decisions(ctx context.Context, r graph.Reader, at graph.LoadNumber) ([]graph.Decision, error) {
	rows, err := r.Statements(ctx, graph.StatementQuery{Load: at, Kind: graph.StatementDecision})
	if err != nil {
		return nil, fmt.Errorf("the decisions: %w", err)
	}
	all := make([]graph.Decision, len(rows))
	for i, row := range rows {
		d, err := graph.Decode[graph.Decision](row.Statement)
		if err != nil {
			return nil, err
		}
		all[i] = *d
	}
	slices.SortFunc(all, func(a, b graph.Decision) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	return all, nil
}

// Proposals gives the pairs that the rules find likely at the newest load and do not decide: accounts of disputes and meetings, then
// persons, each by keys.
func Proposals(ctx context.Context, r graph.Reader) ([]graph.Proposal, error) {
	head, err := r.Head(ctx)
	if err != nil {
		return nil, fmt.Errorf("the newest load of the store: %w", err)
	}
	now := after{reader: r, at: head.Load.Number}
	sources, err := now.sources(ctx)
	if err != nil {
		return nil, err
	}
	people, err := now.persons(ctx, sources)
	if err != nil {
		return nil, err
	}
	_, near := people.conclude()
	accounts, err := now.likelyAccounts(ctx, people.decided)
	return append(accounts, near...), err
}

// noFiles has none: decisions are given as they are.
type noFiles struct{}

// Open finds nothing.
func (noFiles) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// deciding is the program's own source of decisions.
type deciding struct{ all []graph.Decision }

// Info tells whose the decisions are.
func (deciding) Info() graph.Source {
	return graph.Source{Key: graph.OwnSource, Title: "What people decided"}
}

// Slices names where decisions stand.
func (deciding) Slices(context.Context, fs.FS) ([]graph.Slice, error) {
	return []graph.Slice{DecisionsSlice}, nil
}

// Rows gives the decisions.
func (d deciding) Rows(_ context.Context, _ fs.FS, slice graph.Slice) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for i := range d.all {
			st, err := graph.NewStatement(slice.Source, slice.ID, &d.all[i], "")
			if !yield(Row{Statement: st}, err) || err != nil {
				return
			}
		}
	}
}
