//go:build unix

package neo4jtest

import (
	"os/exec"
	"syscall"
)

// ownGroup keeps the keys pressed in a terminal from a command: an interrupt ends the tests, and their end the server.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
