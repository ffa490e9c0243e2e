// Package web serves the playground: the GraphQL editor at /playground, bundled from the TypeScript of this folder.
//
// The bundle is built by npm (see README.md), never committed, and embedded into the binary if it is there when the
// binary is built. Otherwise the same address shows a page that says how to build it, so that the program needs
// nothing but Go. Whatever is served comes from this machine: the Content-Security-Policy forbids the rest.
//
// The package knows nothing of the graph; it imports the standard library only.
package web

import (
	"embed"
	"io/fs"
	"net/http"
)

// dist holds what `npm run build` wrote, or the committed placeholder alone.
//
//go:embed all:dist
var dist embed.FS

// notBuilt is the page shown while there is no bundle.
//
//go:embed placeholder.html
var notBuilt []byte

// Path is where the playground lives; the bundle's own links begin with it.
const Path = "/playground"

// Built reports whether the assets were there when the program was compiled.
func Built() bool {
	_, err := fs.Stat(dist, "dist/"+page)
	return err == nil
}

// Handler serves the playground at Path and below it. Mount it at both Path and Path + "/"; it looks at the whole
// path, so nothing is to be stripped.
func Handler() http.Handler {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic("web: embedded folder dist: " + err.Error()) // the name is a valid path, so this cannot happen
	}
	return newHandler(files, notBuilt)
}
