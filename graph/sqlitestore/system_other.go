//go:build !unix

package sqlitestore

// ended cannot be told here.
func ended(int) bool { return false }

// fileLimit is unknown here.
func fileLimit() (bytes uint64, bounded bool) { return 0, false }
