package config

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestStores(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"entente.db":                        "",
		"a folder/é.db":                     "",
		"C:\\entente.db":                    "",
		"neo4j":                             "", // a file of that name
		"neo4j://localhost":                 "neo4j",
		"neo4j://localhost:7687":            "neo4j",
		"neo4j+s://db.example.org":          "neo4j",
		"neo4j+ssc://db.example.org/":       "neo4j",
		"bolt://10.0.0.1:7687":              "neo4j",
		"bolt+s://[::1]:7687":               "neo4j",
		"bolt+ssc://h":                      "neo4j",
		"neo4j://h:7687?policy=eu":          "neo4j",
		"":                                  "write the path of a file",
		"neo4j://":                          "it is not an address: write neo4j://host",
		"neo4j://:7687":                     "it is not an address",
		"neo4j://h/graph":                   "it is not an address",
		"bolt://h#x":                        "it is not an address",
		"bolt://h:port":                     "it is not an address",
		"bolt://h:0":                        "the port must be a number from 1 to 65535",
		"bolt://h:70000":                    "the port must be a number from 1 to 65535",
		"http://h:7474":                     "stores at http:// are not known; write the path of a file, such as entente.db, or an address",
		"Neo4j://h":                         "stores at Neo4j:// are not known",
		"neo4j://u:secret@h":                "names and passwords are not written into an address",
		"neo4j://u@h":                       "names and passwords are not written into an address",
		"bolt://u:se/cr@et secret\"x@h:99x": "names and passwords are not written into an address",
		"neo4j+s://:secret@h":               "set neo4j.user, and the password by ENTENTE_NEO4J_PASSWORD or neo4j.password-file",
	} {
		err := CheckStore(text)
		switch {
		case want == "" || want == "neo4j":
			if err != nil || IsNeo4j(text) != (want == "neo4j") {
				t.Errorf("%q: %v; of Neo4j: %t", text, err, IsNeo4j(text))
			}
		case err == nil || !strings.Contains(err.Error(), want):
			t.Errorf("%q: %v; it should say: %s", text, err, want)
		case strings.Contains(err.Error(), "secret"):
			t.Errorf("%q: the error shows the password: %v", text, err)
		}
	}
}

func TestPasswordsAreLeftOut(t *testing.T) {
	t.Parallel()
	for _, password := range []string{"secret", "secret@x", "a/secret", "a b\"secret", "secret:x", ""} {
		for _, name := range []string{"u", "u:" + password, ":" + password} {
			text := Redact(`invalid argument "neo4j://` + name + `@host:7687" for "--store" flag`)
			if strings.Contains(text, "secret") || !strings.Contains(text, "://…@host:7687") {
				t.Errorf("%q: %s", password, text)
			}
		}
	}
	if text := Redact("a@b.example neo4j://host"); text != "a@b.example neo4j://host" {
		t.Errorf("without one: %s", text)
	}
}

func TestThePasswordIsNeverShown(t *testing.T) {
	t.Parallel()
	c, err := load(t, nil, map[string]string{"ENTENTE_NEO4J_PASSWORD": "secret", "ENTENTE_STORE": "neo4j+s://host", "ENTENTE_NEO4J_POOL": "7"}, "")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := c.Neo4j.Password(); err != nil || got != "secret" {
		t.Errorf("the password is %q, %v", got, err)
	}
	if c.Store != "neo4j+s://host" || c.Neo4j.Pool != 7 {
		t.Errorf("the values are %+v", c.Neo4j)
	}
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	if all := fmt.Sprint(c.Values()) + string(text); strings.Contains(all, "secret") {
		t.Errorf("it is shown: %s", all)
	}
	for _, s := range Settings() {
		if s.Flag() == "neo4j-password" || s.Env() == PasswordEnv {
			t.Errorf("%s is a setting that can be a flag", s.Key)
		}
	}
}

func TestThePasswordOfAFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, c := range [][2]string{
		{"secret", "secret"},
		{"secret\n", "secret"},
		{"secret\r\nmore\n", "secret"},
		{" se cret \n", " se cret "},
		{"", "its first line is empty"},
		{"\nsecret\n", "its first line is empty"},
	} {
		text, want := c[0], c[1]
		path := filepath.Join(dir, "password")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := load(t, nil, map[string]string{"ENTENTE_NEO4J_PASSWORD_FILE": path}, "")
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.Neo4j.Password()
		if err != nil {
			got = err.Error()
		}
		if got != want && !strings.Contains(got, path+": "+want) {
			t.Errorf("the file %q: %q, not %q", text, got, want)
		}
	}
	if _, err := (Neo4j{PasswordFile: filepath.Join(dir, "none")}).Password(); err == nil || !strings.Contains(err.Error(), "none: no such file or directory") {
		t.Errorf("without the file: %v", err)
	}
	if got, err := (Neo4j{}).Password(); err != nil || got != "" {
		t.Errorf("without any: %q, %v", got, err)
	}
}
