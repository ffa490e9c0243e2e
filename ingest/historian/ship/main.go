// Command ship packs the files of a dataset of the Office of the Historian into the zip that comes with the program:
//
//	go run ./ingest/historian/ship OUT.zip FOLDER
//
// Every XML file below the folder, and the licence, goes in by its path, byte for byte, in the order of the paths and
// without times, so that the same files make the same zip on every machine.
package main

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "ship:", err)
		os.Exit(1)
	}
}

func run(args []string) (err error) {
	if len(args) != 2 {
		return errors.New("usage: ship OUT.zip FOLDER")
	}
	out, err := os.Create(args[0])
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	return pack(out, os.DirFS(args[1]))
}

// pack writes the zip.
func pack(out io.Writer, files fs.FS) error {
	z := zip.NewWriter(out)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestCompression)
	})
	err := fs.WalkDir(files, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.EqualFold(path.Ext(p), ".xml") && !strings.HasPrefix(path.Base(p), "LICENSE") {
			return err
		}
		text, err := fs.ReadFile(files, p)
		if err != nil {
			return err
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: p, Method: zip.Deflate})
		if err != nil {
			return err
		}
		_, err = w.Write(text)
		return err
	})
	return errors.Join(err, z.Close())
}
