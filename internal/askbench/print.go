//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// A printer writes results as they come: objects, or tables. It compares each with the smaller graph in the same store.
type printer struct {
	to     io.Writer
	how    string // table, markdown or json
	before map[string]*result
}

func (p *printer) print(r *result) error {
	before := p.before[r.Store]
	p.before[r.Store] = r
	switch p.how {
	case "json":
		return json.NewEncoder(p.to).Encode(r)
	case "markdown":
		return r.markdown(p.to, before)
	default:
		return r.table(p.to, before)
	}
}

const head = "\tway\ttime\tfrom\tto\tprocessors\ttime\tprocessors\tallocations\tKB\tpeak MB\tquestions\trows\t"

// table is for people. before is the graph before, or nil.
func (r *result) table(to io.Writer, before *result) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d participations in %d engagements, %.0f %% of them the biggest actor's; %d statements loaded in %.1f s", r.Store, r.Participations, r.Engagements, 100*r.HubShare, r.Statements, r.Loading)
	if r.FileBytes > 0 {
		fmt.Fprintf(&b, ", a file of %.0f MB", float64(r.FileBytes)/(1<<20))
	}
	b.WriteString("\n\n")
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	line := func(format string, args ...any) { fmt.Fprintf(t, format+"\n", args...) } //nolint:errcheck // into memory
	title := head
	if before != nil {
		title += fmt.Sprintf("×%.3g participations\t", float64(r.Participations)/float64(before.Participations))
	}
	for _, q := range r.Questions {
		line("%s (%d)", q.Name, q.Things)
		line("%s", title)
		for i, w := range q.Ways {
			times := "\t"
			if w.To != "" {
				times = fmt.Sprintf("×%.2f\t×%.2f of %s", w.Times, w.CPUs, w.To)
			}
			size := fmt.Sprint(w.Rows)
			if w.Bytes > 0 {
				size = fmt.Sprintf("%.0f KB", float64(w.Bytes)/1024)
			}
			text := fmt.Sprintf("\t%s\t%s\t%s\t%s\t%s\t%s\t%.0f\t%.0f\t%.1f\t%d\t%s\t", w.Way, duration(w.Micros), duration(w.Low), duration(w.High), duration(w.CPU),
				times, w.Allocs, w.Alloced/1024, float64(w.Peak)/(1<<20), w.Asked, size)
			if old := before.way(q.Name, i); old != nil {
				text += fmt.Sprintf("×%.2f time, ×%.2f memory\t", w.Micros/old.Micros, float64(w.Peak)/float64(max(1, old.Peak)))
			}
			line("%s", text)
		}
		line("")
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := io.WriteString(to, b.String())
	return err
}

// way gives the same figures of another result; nil where it has none.
func (r *result) way(question string, n int) *taken {
	if r == nil {
		return nil
	}
	for _, q := range r.Questions {
		if q.Name == question && n < len(q.Ways) {
			return &q.Ways[n]
		}
	}
	return nil
}

func duration(micros float64) string {
	switch {
	case micros < 1000:
		return fmt.Sprintf("%.0f µs", micros)
	case micros < 1e6:
		return fmt.Sprintf("%.2f ms", micros/1000)
	default:
		return fmt.Sprintf("%.2f s", micros/1e6)
	}
}
