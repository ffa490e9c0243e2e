package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"log/slog"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
)

// page is the playground's HTML within the bundle.
const page = "playground.html"

// policy lets the page load from its own server only. Styles may stand inline because the code editor writes its
// own; scripts may not. Fonts and images of the bundle are partly data URLs in its style sheets.
const policy = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; " +
	"style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

// handler serves a bundle. Files below assets/ carry a hash of their content in their names and are kept by
// browsers for good; the page itself is asked for again each time and answered with 304 while it is the same.
type handler struct {
	files    fs.FS
	notBuilt []byte
}

func newHandler(files fs.FS, notBuilt []byte) http.Handler {
	return &handler{files: files, notBuilt: notBuilt}
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Security-Policy", policy)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "same-origin")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "the playground answers GET and HEAD, not "+r.Method, http.StatusMethodNotAllowed)
		return
	}
	switch name, below := strings.CutPrefix(r.URL.Path, Path+"/"); {
	case r.URL.Path == Path, below && name == "":
		h.servePage(w, r)
	case below && strings.HasPrefix(name, "assets/"):
		h.serveAsset(w, r, name)
	default:
		notFound(w)
	}
}

func (h *handler) servePage(w http.ResponseWriter, r *http.Request) {
	content, err := fs.ReadFile(h.files, page)
	if err != nil {
		// Not kept by browsers: after a build the same address has another page.
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		http.ServeContent(w, r, page, time.Time{}, bytes.NewReader(h.notBuilt))
		return
	}
	sum := sha256.Sum256(content)
	w.Header().Set("Cache-Control", "no-cache")
	h.serve(w, r, page, hex.EncodeToString(sum[:8]))
}

func (h *handler) serveAsset(w http.ResponseWriter, r *http.Request, name string) {
	// The packed twins are a matter between bundle and handler, not addresses of their own.
	info, err := fs.Stat(h.files, name)
	if err != nil || info.IsDir() || strings.HasSuffix(name, ".gz") {
		notFound(w)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	h.serve(w, r, name, path.Base(name))
}

// serve writes a file, packed where there is a packed twin and the client takes it. The tag must change with the
// content; packed and plain are told apart in it.
func (h *handler) serve(w http.ResponseWriter, r *http.Request, name, tag string) {
	file, err := h.files.Open(name + ".gz")
	if err == nil {
		w.Header().Add("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Get("Accept-Encoding")) {
			w.Header().Set("Content-Encoding", "gzip")
			tag += "-gzip"
		} else {
			closeFile(file, name)
			file, err = h.files.Open(name)
		}
	} else {
		file, err = h.files.Open(name)
	}
	if err != nil {
		notFound(w)
		return
	}
	defer closeFile(file, name)
	content, ok := file.(io.ReadSeeker)
	if !ok {
		http.Error(w, "the playground's files cannot be read here", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", contentType(name))
	w.Header().Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, name, time.Time{}, content)
}

// contentType is fixed for what a bundle holds: the system's table, which mime also reads, must not decide
// whether a browser runs a script.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".json":
		return "application/json"
	case ".ttf":
		return "font/ttf"
	case ".woff2":
		return "font/woff2"
	}
	if known := mime.TypeByExtension(path.Ext(name)); known != "" {
		return known
	}
	return "application/octet-stream"
}

// acceptsGzip reads an Accept-Encoding header: gzip or * named, and not with a weight of zero.
func acceptsGzip(header string) bool {
	accepted := false
	for part := range strings.SplitSeq(header, ",") {
		coding, weight, _ := strings.Cut(part, ";")
		coding = strings.ToLower(strings.TrimSpace(coding))
		if coding != "gzip" && coding != "*" {
			continue
		}
		weight = strings.ReplaceAll(weight, " ", "")
		refused := strings.HasPrefix(weight, "q=0") && strings.Trim(weight[len("q=0"):], ".0") == ""
		if coding == "gzip" {
			return !refused
		}
		accepted = !refused
	}
	return accepted
}

func notFound(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-store")
	http.Error(w, "nothing here; the playground is at "+Path, http.StatusNotFound)
}

func closeFile(file fs.File, name string) {
	if err := file.Close(); err != nil {
		slog.Warn("playground: closing an embedded file", "file", name, "error", err)
	}
}
