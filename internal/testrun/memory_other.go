//go:build !linux

package testrun

func inMemory() (dir string, release func(), ok bool) { return "", nil, false }
