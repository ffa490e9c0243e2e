//go:build unix

package main

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"
)

// markdown is the table of a result for docs/speed.md: a line for each question, and of its ways what they take and how they
// compare. before is the graph before, or nil.
func (r *result) markdown(to io.Writer, before *result) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### %s, %s participations\n\n", r.Store, thousands(r.Participations))
	fmt.Fprintf(&b, "%s, %s/%s, %d processors. %s engagements, %.0f %% of them the biggest actor's, in %s statements", time.Now().UTC().Format(time.DateOnly),
		runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), thousands(r.Engagements), 100*r.HubShare, thousands(r.Statements))
	if r.FileBytes > 0 {
		fmt.Fprintf(&b, "; a file of %.0f MB", float64(r.FileBytes)/(1<<20))
	}
	b.WriteString(".\n\n| question (things found) | loop | store | decoded | question | request | allocations | KB allocated | peak MB | growth |\n")
	b.WriteString("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, q := range r.Questions {
		fmt.Fprintf(&b, "| %s (%s) |", q.Name, thousands(q.Things))
		for _, w := range q.Ways {
			fmt.Fprintf(&b, " %s", duration(w.Micros))
			if w.To != "" {
				fmt.Fprintf(&b, " ×%.2f", w.Times)
			}
			b.WriteString(" |")
		}
		last := len(q.Ways) - 1
		asked, whole := q.Ways[last-1], q.Ways[last]
		fmt.Fprintf(&b, " %s → %s |", thousands(int(asked.Allocs)), thousands(int(whole.Allocs)))
		fmt.Fprintf(&b, " %.0f → %.0f |", asked.Alloced/1024, whole.Alloced/1024)
		fmt.Fprintf(&b, " %.1f → %.1f |", float64(asked.Peak)/(1<<20), float64(whole.Peak)/(1<<20))
		if a, w := before.way(q.Name, last-1), before.way(q.Name, last); a != nil && w != nil {
			fmt.Fprintf(&b, " ×%.2g, ×%.2g", asked.Micros/a.Micros, whole.Micros/w.Micros)
		}
		b.WriteString(" |\n")
	}
	b.WriteString("\n")
	_, err := io.WriteString(to, b.String())
	return err
}

// thousands writes 1,234,567.
func thousands(n int) string {
	text := fmt.Sprint(n)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}
