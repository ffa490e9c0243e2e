//go:build race

package neo4jstore

func init() { underRace = true }
