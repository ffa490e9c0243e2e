package neo4jstore

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
	"text/template"
)

//go:embed cypher
var cypherFiles embed.FS

// texts holds every text that is ever sent, by name: the files of cypher/ with the fragments they name in {{ }} put in their
// places, without comments; lists of engagements in each of their variants; and what is written alike for several types
// of row. They are put together when the first is asked for: a program that opens a file never asks.
var texts = sync.OnceValue(readTexts)

// A variant is what a list of engagements is asked for beyond its access path. What is not asked is not in its text: the
// database need neither plan nor do it.
type variant struct {
	Filtered bool // by kind, level, topics or days
	Where    bool // by conditions
	Count    bool // how many there are in all
	Backward bool // from the greatest
	Ordered  bool // in another order than that of starts: as if counted, but for the list of all
	One, Two bool // engagements by key, and by tag: of a side, of two sides
}

// name is that of the variant's text.
func (v variant) name(path string) string {
	for _, flag := range []struct {
		is   bool
		word string
	}{{v.Filtered, "filtered"}, {v.Where, "where"}, {v.Count, "counted"}, {v.Backward, "backward"}, {v.Ordered, "ordered"}, {v.One, "one side"}, {v.Two, "two sides"}} {
		if flag.is {
			path += ", " + flag.word
		}
	}
	return path
}

// variants lists all that a list can be asked for.
func variants(path string) (all []variant) {
	for bits := range 1 << 5 {
		v := variant{Filtered: bits&1 > 0, Where: bits&2 > 0, Count: bits&4 > 0, Backward: bits&8 > 0, Ordered: bits&16 > 0}
		if v.Ordered && !v.Count && path != "engagements_all" {
			continue
		}
		all = append(all, v)
		if path == "engagements_by_key" || path == "engagements_tagged" {
			one, two := v, v
			one.One, two.Two = true, true
			all = append(all, one, two)
		}
	}
	return all
}

func readTexts() map[string]string {
	all := map[string]string{}
	files, err := fs.Glob(cypherFiles, "cypher/*.cypher")
	if err != nil {
		panic(err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".cypher")
		switch name {
		case "add_identities":
			for _, label := range identityLabels {
				all[name+" "+label] = expand(file, label)
			}
		case "add_rows", "sweep_rows":
			for _, r := range rowTypes {
				all[name+" "+r.name] = expand(file, r)
			}
		case "engagements_all", "engagements_by_key", "engagements_of_actor", "engagements_of_dyad", "engagements_tagged":
			for _, v := range variants(name) {
				text := expand(file, v)
				if v.Backward {
					text = strings.ReplaceAll(text, "ASCENDING", "DESCENDING")
				}
				all[v.name(name)] = text
			}
		case "gatherings":
			for _, v := range []variant{{}, {Filtered: true}} {
				all[v.name(name)] = expand(file, v)
			}
		case "assertions_about", "assertions_by_author", "tenures_all", "tenures_by_person", "tenures_of_actor",
			"memberships_by_member", "memberships_of_organization", "representations_by_sender", "representations_at_receiver":
			for bits := range 1 << 2 {
				v := variant{Count: bits&1 > 0, Backward: bits&2 > 0}
				text := expand(file, v)
				if v.Backward {
					text = strings.ReplaceAll(text, "ASCENDING", "DESCENDING")
				}
				all[v.name(name)] = text
			}
		case "actor_keys", "actors_by_name", "actors_among", "actors_called":
			for bits := range 1 << 3 {
				v := variant{Count: bits&1 > 0, Backward: bits&2 > 0, Where: bits&4 > 0 || name == "actors_among" || name == "actors_called"}
				text := expand(file, v)
				if v.Backward {
					text = strings.ReplaceAll(text, "ASCENDING", "DESCENDING")
				}
				all[v.name(name)] = text
			}
		default:
			all[name] = expand(file, nil)
		}
	}
	return all
}

// parsed has each file and fragment as a template, whose functions are the fragments.
var parsed = sync.OnceValue(func() map[string]*template.Template {
	all, functions := map[string]*template.Template{}, template.FuncMap{}
	fragments, err := fs.Glob(cypherFiles, "cypher/parts/*.cypher")
	if err != nil {
		panic(err)
	}
	for _, fragment := range fragments {
		functions[strings.TrimSuffix(path.Base(fragment), ".cypher")] = func(about ...string) string {
			return strings.TrimSpace(expandWith(all, fragment, strings.Join(about, "")))
		}
	}
	files, err := fs.Glob(cypherFiles, "cypher/*.cypher")
	if err != nil {
		panic(err)
	}
	for _, file := range append(files, fragments...) {
		text, err := cypherFiles.ReadFile(file)
		if err != nil {
			panic(err)
		}
		all[file] = template.Must(template.New(file).Funcs(functions).Parse(withoutComments(string(text))))
	}
	return all
})

// expand puts fragments in, and takes comments out.
func expand(file string, data any) string { return expandWith(parsed(), file, data) }

func expandWith(all map[string]*template.Template, file string, data any) string {
	var out strings.Builder
	if err := all[file].Execute(&out, data); err != nil {
		panic(fmt.Errorf("the text %s: %w", file, err))
	}
	return withoutBlanks(out.String())
}

func withoutBlanks(text string) string {
	var kept []string
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			kept = append(kept, strings.TrimRight(line, " \n"))
		}
	}
	return strings.Join(kept, "\n")
}

func withoutComments(text string) string {
	var kept []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(strings.TrimSpace(line), "//") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

// text gives a text by its name; there is no other way to send one.
func text(name string) string {
	t, ok := texts()[name]
	if !ok {
		panic("there is no text " + name)
	}
	return t
}
