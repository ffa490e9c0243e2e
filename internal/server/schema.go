package server

import (
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"

	"github.com/entente-graph/entente/internal/permanent"
)

// schemaFile answers the GraphQL schema, as a program's text. It changes with the program alone.
func schemaFile(text string) http.Handler {
	sum := sha256.Sum256([]byte(text))
	own := `"` + base64.RawURLEncoding.EncodeToString(sum[:15]) + `"`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/plain; charset=utf-8")
		h.Set("Cache-Control", "no-cache")
		h.Set("ETag", own)
		if tag, ok := permanent.Held(r, own); ok {
			h.Set("ETag", tag)
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if r.Method != http.MethodHead {
			_, _ = io.WriteString(w, text) // a client that has gone has nothing to be told
		}
	})
}
