package config

import (
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Setting is one thing that can be set: by the flag --a-b, the variable ENTENTE_A_B, the key a.b of the file.
type Setting struct {
	Key     string
	Default string
	Help    string
	Kind    string                         // what its value is, in words for the help
	parse   func(text string) (any, error) // text to value; the error says what would be right
}

// Flag is the setting's name on the command line, without the dashes.
func (s Setting) Flag() string { return strings.ReplaceAll(s.Key, ".", "-") }

// Env is the setting's name in the environment.
func (s Setting) Env() string {
	return "ENTENTE_" + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(s.Key))
}

// Settings lists all settings in the order in which they are shown.
func Settings() []Setting {
	return []Setting{
		{"store", "entente.db", "where the graph is kept: the path of a file, or the address of a Neo4j server", "store", parseStore},
		{"addr", "localhost:8080", "where the server listens", "host:port", parseAddr},
		{"cors-origins", "", "web pages of other origins that may ask, separated by commas; * allows all", "origins", parseOrigins},
		{"introspection", "true", "whether clients may ask for the GraphQL schema", "true|false", parseBool},
		{"graphql-get", "true", "whether GraphQL is answered by GET too, and with it permalinks", "true|false", parseBool},
		{"playground", "true", "whether the playground is served", "true|false", parseBool},
		{"timeout.read", "10s", "how long a request may take to arrive", "duration", parseDuration},
		{"timeout.request", "30s", "how long answering a request may take", "duration", parseDuration},
		{"timeout.write", "60s", "how long sending an answer may take", "duration", parseDuration},
		{"timeout.idle", "2m", "how long a connection is kept without a request", "duration", parseDuration},
		{"timeout.shutdown", "10s", "how long open requests may take to end when the server does", "duration", parseDuration},
		{"limit.body", "1MiB", "the largest request", "bytes", parseBytes},
		{"limit.depth", "20", "the levels of a GraphQL document", "number", parseNumber},
		{"limit.tokens", "10000", "the tokens of a GraphQL document", "number", parseNumber},
		{"limit.aliases", "100", "the aliases in a GraphQL document", "number", parseNumber},
		{"limit.cost", "100000", "the cost of a GraphQL operation", "number", parseNumber},
		{"limit.questions", "1000", "the questions to the store that a GraphQL operation may take", "number", parseNumber},
		{"limit.rows", "250000", "the rows of the store that a GraphQL operation may take", "number", parseNumber},
		{"neo4j.user", "neo4j", "who opens a Neo4j store; the password is in ENTENTE_NEO4J_PASSWORD or in a file", "name", parseName},
		{"neo4j.password-file", "", "the file that holds the password of a Neo4j store", "path", parseText},
		{"neo4j.database", "", "the database of a Neo4j store; by default neo4j", "name", parseText},
		{"neo4j.ca-file", "", "the file of the authorities (PEM) that vouch for a Neo4j server; by default the system's", "path", parseText},
		{"neo4j.pool", "50", "the connections to a Neo4j server at most", "number", parseNumber},
		{"neo4j.connect-timeout", "5s", "how long connecting to a Neo4j server may take", "duration", parseDuration},
		{"neo4j.wait", "5m", "how long serve waits at its start for a Neo4j server that does not answer; 0s: not at all", "duration", parseWait},
		{"log.level", "info", "what is logged: debug, info, warn or error", "level", oneOf("debug", "info", "warn", "error")},
		{"log.format", "text", "how it is logged: text or json", "format", oneOf("text", "json")},
	}
}

func settingKeys() []string {
	var keys []string
	for _, s := range Settings() {
		keys = append(keys, s.Key)
	}
	return keys
}

func parseText(text string) (any, error) { return text, nil }

func parseName(text string) (any, error) {
	if text == "" {
		return nil, fmt.Errorf("write a name")
	}
	return text, nil
}

func parseWait(text string) (any, error) {
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return nil, fmt.Errorf("write a duration, such as 30s or 5m, or 0s for none")
	}
	return d, nil
}

func parseAddr(text string) (any, error) {
	_, port, err := net.SplitHostPort(text)
	if err != nil {
		return nil, fmt.Errorf("write host:port, such as localhost:8080 or :8080")
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return nil, fmt.Errorf("the port must be a number from 0 (any free port) to 65535")
	}
	return text, nil
}

func parseOrigins(text string) (any, error) {
	origins := []string{}
	for _, part := range strings.Split(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if part != "*" {
			u, err := url.Parse(part)
			if err != nil || u.Scheme == "" || u.Host == "" || u.Path != "" || u.RawQuery != "" {
				return nil, fmt.Errorf("%q is not an origin: write https://example.org, without a path, or *", part)
			}
		}
		origins = append(origins, part)
	}
	return origins, nil
}

func parseBool(text string) (any, error) {
	switch strings.ToLower(text) {
	case "true", "yes", "on", "1":
		return true, nil
	case "false", "no", "off", "0":
		return false, nil
	}
	return nil, fmt.Errorf("write true or false")
}

func parseDuration(text string) (any, error) {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return nil, fmt.Errorf("write a duration above zero, such as 30s or 2m")
	}
	return d, nil
}

// byteUnits are the endings of a size, those of 1024 and those of 1000; longer ones first.
var byteUnits = []struct {
	ending string
	bytes  int64
}{
	{"kib", 1 << 10}, {"mib", 1 << 20}, {"gib", 1 << 30}, {"kb", 1e3}, {"mb", 1e6}, {"gb", 1e9}, {"b", 1}, {"", 1},
}

func parseBytes(text string) (any, error) {
	lower := strings.ToLower(strings.ReplaceAll(text, " ", ""))
	for _, u := range byteUnits {
		digits, ok := strings.CutSuffix(lower, u.ending)
		if !ok {
			continue
		}
		if n, err := strconv.ParseInt(digits, 10, 64); err == nil && n > 0 && n <= (1<<40)/u.bytes {
			return n * u.bytes, nil
		}
	}
	return nil, fmt.Errorf("write a size above zero, such as 1MiB or 500kB")
}

func parseNumber(text string) (any, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return nil, fmt.Errorf("write a whole number above zero")
	}
	return n, nil
}

func oneOf(allowed ...string) func(string) (any, error) {
	return func(text string) (any, error) {
		if word := strings.ToLower(text); slices.Contains(allowed, word) {
			return word, nil
		}
		return nil, fmt.Errorf("write one of %s", strings.Join(allowed, ", "))
	}
}
