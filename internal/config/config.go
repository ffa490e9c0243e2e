// Package config is how the program is set up: one Config, and for each of its values where it came from.
//
// A value is taken from the command line, else from an ENTENTE_… variable of the environment, else from a YAML
// file, else from its default; with nothing set the program works. A value that makes no sense, or a key in the
// file that is no setting, is an error that says which and what would be right. A password is taken from the environment
// or from a file of its own, and is never shown.
//
// It reads the file of settings, that of a password, and the environment it is handed, and nothing else; it opens no
// store and no port.
package config

import (
	"time"
)

// Config is everything that can be set. The zero Config is not usable: Load fills the defaults in.
type Config struct {
	Store         string   `koanf:"store"`
	Addr          string   `koanf:"addr"`
	CORSOrigins   []string `koanf:"cors-origins"`
	Introspection bool     `koanf:"introspection"`
	GraphQLGet    bool     `koanf:"graphql-get"`
	Playground    bool     `koanf:"playground"`
	Timeout       Timeouts `koanf:"timeout"`
	Limit         Limits   `koanf:"limit"`
	Log           Log      `koanf:"log"`
	Neo4j         Neo4j    `koanf:"neo4j"`

	values []Value
}

// Neo4j is how the server of a Neo4j store is reached, beside its address.
type Neo4j struct {
	User           string        `koanf:"user"`
	PasswordFile   string        `koanf:"password-file"`
	Database       string        `koanf:"database"` // empty: neo4j
	CAFile         string        `koanf:"ca-file"`  // empty: the system's authorities
	Pool           int           `koanf:"pool"`
	ConnectTimeout time.Duration `koanf:"connect-timeout"`
	Wait           time.Duration `koanf:"wait"`

	password string // from the environment; Password gives it
}

// Timeouts bound how long the server waits.
type Timeouts struct {
	Read     time.Duration `koanf:"read"`     // a request's header and body
	Request  time.Duration `koanf:"request"`  // answering one request
	Write    time.Duration `koanf:"write"`    // sending one answer
	Idle     time.Duration `koanf:"idle"`     // a kept connection without a request
	Shutdown time.Duration `koanf:"shutdown"` // open requests when the server ends
}

// Limits bound what one request may ask.
type Limits struct {
	Body    int64 `koanf:"body"`    // bytes of a request
	Depth   int   `koanf:"depth"`   // levels of a GraphQL document
	Tokens  int   `koanf:"tokens"`  // tokens of a GraphQL document
	Aliases int   `koanf:"aliases"` // aliases in a GraphQL document
	Cost    int   `koanf:"cost"`    // the cost of a GraphQL operation
	// What an answer to one may take of the store.
	Questions int `koanf:"questions"`
	Rows      int `koanf:"rows"`
}

// Log is what the program writes about itself, and how.
type Log struct {
	Level  string `koanf:"level"`
	Format string `koanf:"format"`
}

// A Value is one setting as it holds, for people.
type Value struct {
	Key    string `json:"key"`
	Value  string `json:"value"`
	Origin string `json:"origin"`
	Help   string `json:"help"`
}

// Values gives every setting with its value and where it came from, in the order of the documentation. Passwords are
// never in it.
func (c *Config) Values() []Value { return append([]Value(nil), c.values...) }
