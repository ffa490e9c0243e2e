//go:build !unix

package neo4jtest

import "os/exec"

// ownGroup has nothing to do here.
func ownGroup(*exec.Cmd) {}
