//go:build unix

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/entente-graph/entente/internal/synthetic"
)

// result is what is measured of one size.
type result struct {
	Statements        int     `json:"statements"`
	FileBytes         int64   `json:"fileBytes"`
	BytesPerStatement float64 `json:"bytesPerStatement"`
	Load              figures `json:"load"`
	Again             figures `json:"again"`    // the same file: nothing is written
	Inserted          figures `json:"inserted"` // a line more at the top
	Undone            figures `json:"undone"`   // that load
	Copied            figures `json:"copied"`   // all of them to a new store, read back and compared
}

// measure loads so many statements, every step in a process of its own.
func measure(ctx context.Context, o options, n int, stderr io.Writer) (r result, err error) {
	dir, err := os.MkdirTemp(o.dir, "loadbench-")
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	store := filepath.Join(dir, "entente.db")
	whole, inserted := filepath.Join(dir, "whole", synthetic.FileName), filepath.Join(dir, "inserted", synthetic.FileName)
	if err := errors.Join(file(whole, n), file(inserted, n, fmt.Sprintf("%d,1", n+1))); err != nil {
		return r, err
	}
	r.Statements = n
	for _, s := range []struct {
		to   *figures
		want int // statements written
		args []string
	}{
		{&r.Load, n + 1, []string{"-step", "load", "-files", whole}},
		{&r.Again, 0, []string{"-step", "load", "-files", whole}},
		{&r.Inserted, 1, []string{"-step", "load", "-files", inserted}},
		{&r.Undone, 1, []string{"-step", "undo"}},
		{&r.Copied, n + 2, []string{"-step", "copy", "-to", filepath.Join(dir, "copy.db")}},
	} {
		if *s.to, err = child(ctx, o.memory, dir, append(s.args, "-store", store), stderr); err != nil {
			return r, err
		}
		if c := s.to.Counts; c.Added+c.Changed+c.Retracted != s.want {
			return r, fmt.Errorf("%s wrote %+v, not %d statements", strings.Join(s.args[:2], " "), c, s.want)
		}
		if s.to == &r.Load {
			info, err := os.Stat(store)
			if err != nil {
				return r, err
			}
			r.FileBytes, r.BytesPerStatement = info.Size(), float64(info.Size())/float64(n)
		}
	}
	return r, nil
}

func file(path string, n int, above ...string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	f, err := os.Create(path) //nolint:gosec // in our own folder
	if err != nil {
		return err
	}
	return errors.Join(synthetic.WriteFile(f, n, above...), f.Close())
}

// child does a step in a process of its own.
func child(ctx context.Context, memory, dir string, args []string, stderr io.Writer) (f figures, err error) {
	self, err := os.Executable()
	if err != nil {
		return f, err
	}
	c := exec.CommandContext(ctx, self, args...) //nolint:gosec // this very program
	c.Env = append(os.Environ(), "GOMEMLIMIT="+memory, "TMPDIR="+dir)
	c.Stderr = stderr
	out, err := c.Output()
	if err != nil {
		return f, fmt.Errorf("%s: %w", strings.Join(args, " "), err)
	}
	if err := json.Unmarshal(out, &f); err != nil {
		return f, fmt.Errorf("what the process of one step prints: %w", err)
	}
	if usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok && f.PeakBytes == 0 {
		f.PeakBytes = usage.Maxrss // in bytes where /proc is not
	}
	return f, nil
}
