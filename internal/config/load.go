package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/confmap"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/pflag"

	"github.com/entente-graph/entente/graph"
)

// DefaultFile is read where no file is named and this one is there.
const DefaultFile = "entente.yaml"

// FileFlag and FileEnv name the file of settings.
const (
	FileFlag = "config"
	FileEnv  = "ENTENTE_CONFIG"
)

// AddFlags defines the flags of the settings with these keys, and of all settings where none is given.
func AddFlags(flags *pflag.FlagSet, keys ...string) {
	for _, s := range Settings() {
		if len(keys) > 0 && !slices.Contains(keys, s.Key) || flags.Lookup(s.Flag()) != nil {
			continue
		}
		f := flags.VarPF(&flagValue{setting: s, text: s.Default}, s.Flag(), "", s.Help)
		if s.Kind == "true|false" {
			f.NoOptDefVal = "true"
		}
	}
}

// flagValue is a setting on the command line; a value that makes no sense is refused while flags are read.
type flagValue struct {
	setting Setting
	text    string
}

// String is the text as given, or the default.
func (v *flagValue) String() string { return v.text }

// Type says in the help what the value is.
func (v *flagValue) Type() string { return v.setting.Kind }

// Set takes a text that makes sense.
func (v *flagValue) Set(text string) error {
	if _, err := v.setting.parse(text); err != nil {
		return err
	}
	v.text = text
	return nil
}

// Load puts the settings together from the flags that were given, the environment, the file and the defaults.
func Load(flags *pflag.FlagSet, getenv func(string) string) (*Config, error) {
	fromFile, path, err := readFile(flags, getenv)
	if err != nil {
		return nil, err
	}
	c := &Config{}
	merged := map[string]any{}
	var errs []error
	for _, s := range Settings() {
		text, origin := s.Default, "default"
		if v, ok := fromFile[s.Key]; ok {
			text, origin = v, path
		}
		if v := getenv(s.Env()); v != "" {
			text, origin = v, s.Env()
		}
		if f := flags.Lookup(s.Flag()); f != nil && f.Changed {
			text, origin = f.Value.String(), "--"+s.Flag()
		}
		value, err := s.parse(text)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %s: %q does not work: %w", origin, s.Key, Redact(text), err))
			continue
		}
		merged[s.Key] = value
		c.values = append(c.values, Value{Key: s.Key, Value: shown(value, text), Origin: origin, Help: s.Help})
	}
	if getenv(PasswordEnv) != "" && merged["neo4j.password-file"] != "" {
		errs = append(errs, fmt.Errorf("%s and neo4j.password-file are both set: use one of them", PasswordEnv))
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	k := koanf.New(".")
	if err := k.Load(confmap.Provider(merged, "."), nil); err != nil {
		return nil, fmt.Errorf("putting the settings together: %w", err)
	}
	if err := k.Unmarshal("", c); err != nil {
		return nil, fmt.Errorf("putting the settings together: %w", err)
	}
	c.Neo4j.password = getenv(PasswordEnv)
	return c, nil
}

// shown prints a value for people.
func shown(value any, text string) string {
	if list, ok := value.([]string); ok {
		return strings.Join(list, ", ")
	}
	return Redact(text)
}

// credentials are a name and a password in an address. A password may hold anything, so all up to the last @ is taken.
var credentials = regexp.MustCompile(`://[^\n]*@`)

// Redact leaves names and passwords in addresses out of a text that people see.
func Redact(text string) string { return credentials.ReplaceAllString(text, "://…@") }

// readFile reads the file of settings, if there is one, as text by key.
func readFile(flags *pflag.FlagSet, getenv func(string) string) (values map[string]string, path string, err error) {
	path, asked := DefaultFile, false
	if v := getenv(FileEnv); v != "" {
		path, asked = v, true
	}
	if f := flags.Lookup(FileFlag); f != nil && f.Changed {
		path, asked = f.Value.String(), true
	}
	if _, err := os.Stat(path); err != nil {
		if errors.Is(err, fs.ErrNotExist) && !asked {
			return nil, "", nil
		}
		var pathErr *fs.PathError
		if errors.As(err, &pathErr) {
			err = pathErr.Err
		}
		return nil, path, fmt.Errorf("the file of settings %s cannot be read: %w", path, err)
	}
	k := koanf.New(".")
	if err := k.Load(file.Provider(path), yaml.Parser()); err != nil {
		return nil, path, fmt.Errorf("the file of settings %s: %w", path, err)
	}
	values = map[string]string{}
	known := settingKeys()
	var errs []error
	for _, key := range k.Keys() {
		if key == "neo4j.password" {
			errs = append(errs, fmt.Errorf("%s: a password is not kept among the settings: name a file that holds it by neo4j.password-file, or set %s", path, PasswordEnv))
			continue
		}
		if !slices.Contains(known, key) {
			errs = append(errs, unknownKey(path, key, known))
			continue
		}
		values[key] = fileText(k.Get(key))
	}
	return values, path, errors.Join(errs...)
}

func unknownKey(path, key string, known []string) error {
	near := graph.Nearest(key, known, 1)
	if len(near) > 0 {
		return fmt.Errorf("%s: %q is not a setting; did you mean %s?", path, key, near[0])
	}
	return fmt.Errorf("%s: %q is not a setting; entente config lists them", path, key)
}

// fileText prints a value of the file as a flag would have it: lists with commas.
func fileText(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case []any:
		parts := make([]string, len(x))
		for i, e := range x {
			parts[i] = fmt.Sprint(e)
		}
		return strings.Join(parts, ",")
	default:
		return fmt.Sprint(x)
	}
}
