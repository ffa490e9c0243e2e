package config

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
)

// neo4jSchemes are those of addresses of Neo4j servers: encrypted with +s, and with +ssc where nobody vouches for the
// server's certificate.
var neo4jSchemes = []string{"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"}

// IsNeo4j tells whether a store is the address of a Neo4j server, and not the path of a file.
func IsNeo4j(store string) bool {
	scheme, _, ok := strings.Cut(store, "://")
	return ok && slices.Contains(neo4jSchemes, scheme)
}

// CheckStore says what is wrong with the name of a store. It never repeats a password.
func CheckStore(text string) error {
	const write = "write the path of a file, such as entente.db, or an address, such as neo4j://localhost:7687"
	if text == "" {
		return errors.New(write)
	}
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok {
		return nil
	}
	if !slices.Contains(neo4jSchemes, scheme) {
		return fmt.Errorf("stores at %s:// are not known; %s", scheme, write)
	}
	if strings.Contains(rest, "@") {
		return fmt.Errorf("names and passwords are not written into an address, where others can read them: set neo4j.user, and the password by %s or neo4j.password-file", PasswordEnv)
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.Path != "" && u.Path != "/" || u.Fragment != "" {
		return fmt.Errorf("it is not an address: write %s://host or %s://host:7687", scheme, scheme)
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return fmt.Errorf("the port must be a number from 1 to 65535")
		}
	}
	return nil
}

func parseStore(text string) (any, error) {
	if err := CheckStore(text); err != nil {
		return nil, err
	}
	return text, nil
}

// PasswordEnv holds the password of a Neo4j store. It is no flag, which others on the machine could read.
const PasswordEnv = "ENTENTE_NEO4J_PASSWORD" //nolint:gosec // the name of a variable

// Password gives the password: from the environment, or the first line of its file. It is never among the values that are shown.
func (n Neo4j) Password() (string, error) {
	if n.PasswordFile == "" {
		return n.password, nil
	}
	text, err := os.ReadFile(n.PasswordFile)
	if err != nil {
		var where *fs.PathError
		if errors.As(err, &where) {
			err = where.Err
		}
		return "", fmt.Errorf("the password cannot be read: neo4j.password-file: %s: %w", n.PasswordFile, err)
	}
	line, _, _ := strings.Cut(string(text), "\n")
	if line = strings.TrimSuffix(line, "\r"); line == "" {
		return "", fmt.Errorf("the password cannot be read: neo4j.password-file: %s: its first line is empty", n.PasswordFile)
	}
	return line, nil
}
