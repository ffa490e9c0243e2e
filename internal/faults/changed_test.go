package faults

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/entente-graph/entente/internal/testneeds"
)

// TestChangedWhileRead changes a file in each way while it is read: the load says so and leaves nothing.
func TestChangedWhileRead(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	for what, change := range map[string]func(path string) error{
		"appended": func(path string) error {
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			if _, err := f.WriteString("one more\n"); err != nil {
				return err
			}
			return f.Close()
		},
		"truncated": func(path string) error { return os.Truncate(path, 1000) },
		"touched":   func(path string) error { return os.Chtimes(path, time.Time{}, time.Now().Add(time.Hour)) },
		"removed":   os.Remove,
		"replaced": func(path string) error {
			other := path + ".new"
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if err := os.WriteFile(other, text, 0o600); err != nil {
				return err
			}
			return os.Rename(other, path)
		},
	} {
		for i, stage := range []string{"reading", "comparing"} {
			if !testneeds.Whole() && (len(what)+i)%2 > 0 {
				continue // the everyday loop changes it in each way at one of the stages
			}
			t.Run(what+" while "+stage, func(t *testing.T) {
				t.Parallel()
				path, file := s.store(t), filepath.Join(t.TempDir(), "a")
				copyFile(t, s.second, file)
				p := command(t, "load", "-store", path, "-pause", stage, file).start(t)
				p.paused(t)
				if err := change(file); err != nil {
					t.Fatal(err)
				}
				p.goOn(t)
				code, says := p.end()
				wantFailure(t, code, says, "a: it changed while it was being read", "nothing was loaded")
				s.wantOnlyFirst(t, path)
				if u := unfinished(t, path); u != nil {
					t.Errorf("load %d is open", u.Number)
				}
				if what == "touched" {
					s.goOn(t, path, true)
				}
			})
		}
	}
}
