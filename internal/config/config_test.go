package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"
)

// load loads a configuration from arguments, variables and the text of a file.
func load(t *testing.T, args []string, env map[string]string, file string) (*Config, error) {
	t.Helper()
	flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
	AddFlags(flags)
	flags.String(FileFlag, "", "")
	path := filepath.Join(t.TempDir(), "settings.yaml")
	if file != "" {
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--config", path)
	}
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	c, err := Load(flags, func(name string) string { return env[name] })
	if err != nil {
		t.Logf("%v", err)
		return nil, &named{err, strings.ReplaceAll(err.Error(), path, "FILE")}
	}
	for i := range c.values {
		c.values[i].Origin = strings.ReplaceAll(c.values[i].Origin, path, "FILE")
	}
	return c, nil
}

// named is an error whose text names the test's file as FILE.
type named struct {
	error
	text string
}

func (n *named) Error() string { return n.text }

// value finds a setting as it is shown.
func value(t *testing.T, c *Config, key string) Value {
	t.Helper()
	for _, v := range c.Values() {
		if v.Key == key {
			return v
		}
	}
	t.Fatalf("%s is not shown", key)
	return Value{}
}

func TestWithNothingSetTheDefaultsHold(t *testing.T) {
	t.Parallel()
	c, err := load(t, nil, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	want := &Config{
		Store: "entente.db", Addr: "localhost:8080", CORSOrigins: []string{}, Introspection: true, GraphQLGet: true, Playground: true,
		Timeout: Timeouts{Read: 10 * time.Second, Request: 30 * time.Second, Write: time.Minute, Idle: 2 * time.Minute, Shutdown: 10 * time.Second},
		Limit:   Limits{Body: 1 << 20, Depth: 20, Tokens: 10000, Aliases: 100, Cost: 100000, Questions: 1000, Rows: 250000},
		Log:     Log{Level: "info", Format: "text"},
		Neo4j:   Neo4j{User: "neo4j", Pool: 50, ConnectTimeout: 5 * time.Second, Wait: 5 * time.Minute},
		values:  c.values,
	}
	if diff := cmp.Diff(want, c, cmp.AllowUnexported(Config{}, Neo4j{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(c.Values()) != len(Settings()) {
		t.Errorf("%d of %d settings are shown", len(c.Values()), len(Settings()))
	}
	for _, v := range c.Values() {
		if v.Origin != "default" {
			t.Errorf("%s comes from %s", v.Key, v.Origin)
		}
	}
}

func TestFlagsBeatTheEnvironmentBeatsTheFile(t *testing.T) {
	t.Parallel()
	file := "store: file.db\naddr: localhost:1\nlimit:\n  depth: 7\n  body: 2MB\ncors-origins: [https://a.example, https://b.example]\n"
	env := map[string]string{"ENTENTE_STORE": "env.db", "ENTENTE_ADDR": ":2", "ENTENTE_TIMEOUT_REQUEST": "5s"}
	c, err := load(t, []string{"--store", "flag.db", "--introspection=false"}, env, file)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]Value{
		"store":           {Value: "flag.db", Origin: "--store"},
		"introspection":   {Value: "false", Origin: "--introspection"},
		"addr":            {Value: ":2", Origin: "ENTENTE_ADDR"},
		"timeout.request": {Value: "5s", Origin: "ENTENTE_TIMEOUT_REQUEST"},
		"limit.depth":     {Value: "7", Origin: "FILE"},
		"cors-origins":    {Value: "https://a.example, https://b.example", Origin: "FILE"},
		"log.level":       {Value: "info", Origin: "default"},
	} {
		got := value(t, c, key)
		if got.Value != want.Value || got.Origin != want.Origin {
			t.Errorf("%s is %q from %s; want %q from %s", key, got.Value, got.Origin, want.Value, want.Origin)
		}
	}
	if c.Store != "flag.db" || c.Addr != ":2" || c.Limit.Depth != 7 || c.Limit.Body != 2e6 || c.Timeout.Request != 5*time.Second || c.Introspection {
		t.Errorf("the values are %+v", c)
	}
	if diff := cmp.Diff([]string{"https://a.example", "https://b.example"}, c.CORSOrigins); diff != "" {
		t.Errorf("origins (-want +got):\n%s", diff)
	}
}

func TestWhatMakesNoSenseIsNamed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args []string
		env  map[string]string
		file string
		want string
	}{
		"a key with a slip":     {nil, nil, "limit:\n  dept: 3\n", `FILE: "limit.dept" is not a setting; did you mean limit.depth?`},
		"a key from elsewhere":  {nil, nil, "database_password: x\n", `FILE: "database_password" is not a setting; entente config lists them`},
		"a broken file":         {nil, nil, "store: [a\n", "the file of settings FILE"},
		"no such file":          {[]string{"--config", "/nowhere/at/all.yaml"}, nil, "", "the file of settings /nowhere/at/all.yaml cannot be read: no such file or directory"},
		"a number in words":     {nil, nil, "limit:\n  depth: ten\n", `FILE: limit.depth: "ten" does not work: write a whole number above zero`},
		"a duration without":    {nil, map[string]string{"ENTENTE_TIMEOUT_READ": "10"}, "", `ENTENTE_TIMEOUT_READ: timeout.read: "10" does not work: write a duration`},
		"an address without":    {nil, map[string]string{"ENTENTE_ADDR": "localhost"}, "", "write host:port"},
		"a port too high":       {nil, map[string]string{"ENTENTE_ADDR": ":70000"}, "", "the port must be a number from 0"},
		"an origin with a path": {nil, map[string]string{"ENTENTE_CORS_ORIGINS": "https://a.example/x"}, "", "is not an origin"},
		"a level":               {[]string{"--log-level", "loud"}, nil, "", "write one of debug, info, warn, error"},
		"a size":                {[]string{"--limit-body", "big"}, nil, "", "write a size above zero"},
		"a size too large":      {[]string{"--limit-body", "9999999999GB"}, nil, "", "write a size above zero"},
		"a store elsewhere":     {nil, map[string]string{"ENTENTE_STORE": "postgres://user:secret@host"}, "", "stores at postgres:// are not known"},
		"a pool of none":        {nil, map[string]string{"ENTENTE_NEO4J_POOL": "0"}, "", "write a whole number above zero"},
		"a wait that is none":   {nil, nil, "neo4j:\n  wait: -1s\n", "write a duration, such as"},
		"nobody":                {[]string{"--neo4j-user", ""}, nil, "", "write a name"},
		"a password in the file": {
			nil, nil, "neo4j:\n  password: secret\n",
			"FILE: a password is not kept among the settings: name a file that holds it by neo4j.password-file, or set ENTENTE_NEO4J_PASSWORD",
		},
		"a password as a flag": {[]string{"--neo4j-password", "secret"}, nil, "", "unknown flag: --neo4j-password"},
		"two passwords": {
			[]string{"--neo4j-password-file", "p"},
			map[string]string{"ENTENTE_NEO4J_PASSWORD": "secret"},
			"",
			"ENTENTE_NEO4J_PASSWORD and neo4j.password-file are both set",
		},
		"yes or no": {nil, nil, "introspection: maybe\n", "write true or false"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := load(t, c.args, c.env, c.file)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v; it should say %q", err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("the error shows a password: %v", err)
			}
		})
	}
}

func TestAllMistakesAtOnce(t *testing.T) {
	t.Parallel()
	_, err := load(t, nil, map[string]string{"ENTENTE_LIMIT_DEPTH": "x"}, "limit:\n  cost: y\n")
	if err == nil || !strings.Contains(err.Error(), "limit.depth") || !strings.Contains(err.Error(), "limit.cost") {
		t.Errorf("the error is %v", err)
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{"1": 1, "512b": 512, "1kB": 1000, "1KiB": 1024, "2 MiB": 2 << 20, "3GB": 3e9} {
		got, err := parseBytes(text)
		if err != nil || got != want {
			t.Errorf("%s is %v, %v; want %d", text, got, err, want)
		}
	}
}
