//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"io"
)

const (
	head = `                 statements a second, by stage                  file             |  the same again  |  a line more  |  its undo     |  a copy
statements    whole   reading  comparing   writing   seconds      MB  bytes each  peak MB  | seconds  peak MB | seconds    MB | seconds    MB | seconds    MB
`
	line = "%10d %8.0f  %8.0f  %9.0f  %8.0f  %8.1f  %6.0f  %10.0f  %7.0f  | %7.1f  %7.0f | %7.1f %5.0f | %7.1f %5.0f | %7.1f %5.0f\n"
	grow = "     ×%-4.3g  in ×%.3g the time, ×%.3g the file, ×%.3g the memory\n"
	mega = 1 << 20
)

// print writes a result: an object, or a line of a table that grows while one watches. before is the result of the
// size before, with which it is compared.
func (r result) print(to io.Writer, asJSON bool, before *result) error {
	if asJSON {
		return json.NewEncoder(to).Encode(r)
	}
	if before == nil {
		if _, err := io.WriteString(to, head); err != nil {
			return fmt.Errorf("printing: %w", err)
		}
	} else {
		_, err := fmt.Fprintf(to, grow, float64(r.Statements)/float64(before.Statements), r.Load.Seconds/before.Load.Seconds,
			float64(r.FileBytes)/float64(before.FileBytes), float64(r.Load.PeakBytes)/float64(before.Load.PeakBytes))
		if err != nil {
			return fmt.Errorf("printing: %w", err)
		}
	}
	n := float64(r.Statements)
	_, err := fmt.Fprintf(to, line, r.Statements, n/r.Load.Seconds, n/r.Load.Reading, n/r.Load.Comparing, n/r.Load.Writing, r.Load.Seconds,
		float64(r.FileBytes)/mega, r.BytesPerStatement, r.Load.megabytes(),
		r.Again.Seconds, r.Again.megabytes(), r.Inserted.Seconds, r.Inserted.megabytes(), r.Undone.Seconds, r.Undone.megabytes(), r.Copied.Seconds, r.Copied.megabytes())
	if err != nil {
		return fmt.Errorf("printing: %w", err)
	}
	return nil
}

func (f figures) megabytes() float64 { return float64(f.PeakBytes) / mega }
