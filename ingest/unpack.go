package ingest

import (
	"archive/zip"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// packed tells of a name that ends as that of one file packed with gzip does, and gives the name of what is in it.
func packed(name string) (inside string, ok bool) {
	ext := path.Ext(name)
	if !strings.EqualFold(ext, ".gz") || len(path.Base(name)) == len(ext) {
		return name, false
	}
	return name[:len(name)-len(ext)], true
}

// archive tells of a name of an archive that is not opened here, and says what to do.
func archive(name string) (advice string, ok bool) {
	name = strings.ToLower(name)
	for _, ext := range []string{".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".7z", ".rar", ".bz2", ".xz", ".zst"} {
		if strings.HasSuffix(name, ext) {
			return fmt.Sprintf("%s is not opened here: unpack it first and give what is in it", ext), true
		}
	}
	return "", false
}

// addZip adds what is in a zip, and refuses what no dataset has.
func (f *Files) addZip(p string, mistakes *Mistakes) error {
	z, err := zip.OpenReader(p)
	switch {
	case errors.Is(err, zip.ErrInsecurePath): // each such path is named below
	case errors.Is(err, zip.ErrFormat), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("it is not a zip that can be read: it was cut short on the way, or is something else that is called .zip")
	case err != nil:
		return fmt.Errorf("it is not a zip that can be read: %w", plain(err))
	}
	f.zips = append(f.zips, z)
	here := map[string]bool{}
	for _, m := range z.File {
		name := strings.ReplaceAll(m.Name, `\`, "/")
		if strings.HasSuffix(name, "/") || slices.ContainsFunc(strings.Split(name, "/"), skipped) {
			continue
		}
		shown := p + "/" + visible(m.Name)
		bad := func(rule string) {
			*mistakes = append(*mistakes, Mistake{File: shown, Rule: rule})
		}
		size, packed := int64(m.UncompressedSize64), int64(m.CompressedSize64)
		switch {
		case !utf8.ValidString(name):
			bad("its name is not UTF-8: unpack the archive and give the folder")
		case !fs.ValidPath(name):
			bad("a path in an archive must stay inside it: this one is absolute or climbs with ..")
		case m.Flags&1 != 0:
			bad("it is encrypted: unpack it first")
		case !m.Mode().IsRegular():
			bad("it is not a file: links in archives are not followed")
		case strings.EqualFold(path.Ext(name), ".zip"):
			bad("a zip in a zip is not opened: unpack the outer one and name the inner one by itself")
		case size < 0 || size > 1<<20 && size/f.limits.Ratio > packed:
			bad(fmt.Sprintf("it unpacks to more than %d times its packed size, which no dataset does", f.limits.Ratio))
		default:
			if here[name] {
				bad("the archive has two files of this name")
				continue
			}
			here[name] = true
			if err := f.add(name, fileEntry{shown: shown, zip: m, size: size, time: m.Modified}); err != nil {
				bad(err.Error())
			}
		}
	}
	return nil
}

// visible gives a name that can be printed: one in an archive may hold what moves the cursor of a terminal.
func visible(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(name, "\ufffd"))
}

// gunzip unpacks a file, and gives up where it unpacks to more than any dataset does.
type gunzip struct {
	*gzip.Reader
	file  io.ReadCloser
	in    *counted
	out   int64
	ratio int64
}

type counted struct {
	io.Reader
	n int64
}

// Read counts what is read.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

func newGunzip(file io.ReadCloser, ratio int64) (*gunzip, error) {
	in := &counted{Reader: file}
	z, err := gzip.NewReader(in)
	switch {
	case errors.Is(err, gzip.ErrHeader):
		return nil, errors.Join(errors.New("it is called .gz and is not packed with gzip"), file.Close())
	case errors.Is(err, io.EOF):
		return nil, errors.Join(errors.New("the file is empty"), file.Close())
	case err != nil:
		return nil, errors.Join(damaged(err), file.Close())
	}
	return &gunzip{Reader: z, file: file, in: in, ratio: ratio}, nil
}

// Read gives unpacked bytes.
func (g *gunzip) Read(p []byte) (int, error) {
	n, err := g.Reader.Read(p)
	g.out += int64(n)
	if g.out > 1<<20 && g.out/g.ratio > g.in.n {
		return 0, fmt.Errorf("it unpacks to more than %d times its packed size, which no dataset does", g.ratio)
	}
	if errors.Is(err, gzip.ErrHeader) {
		err = errors.New("behind the packed text stands something that is not packed: the file is damaged; get it again")
	}
	return n, err
}

// Close closes the file.
func (g *gunzip) Close() error { return errors.Join(g.Reader.Close(), g.file.Close()) }

// gzipSize gives the unpacked size of a file on disk as it says itself at its end, or its packed one where that cannot
// be: what reads the file may make room for so much.
func gzipSize(p string, size, ratio int64) int64 {
	f, err := os.Open(p) //nolint:gosec // the user named it
	if err != nil {
		return size
	}
	defer f.Close() //nolint:errcheck // nothing was written
	var last [4]byte
	if _, err := f.ReadAt(last[:], size-int64(len(last))); err != nil {
		return size
	}
	if told := int64(binary.LittleEndian.Uint32(last[:])); told <= size*ratio && (told >= size || size < 1<<20) {
		return told
	}
	return size
}

// damaged says in words what the unpackers say of a file that is not whole.
func damaged(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case err == nil, err == io.EOF: //nolint:errorlint // readers give it bare
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the packed file is cut short: get it again")
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zip.ErrChecksum), errors.Is(err, zip.ErrFormat), errors.As(err, &corrupt):
		return errors.New("the packed file is damaged: what it unpacks to is not what was packed; get it again")
	case errors.Is(err, zip.ErrAlgorithm):
		return errors.New("it is packed in a way that is not known here: unpack it first")
	}
	return err
}
