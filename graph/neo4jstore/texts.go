package neo4jstore

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"text/template"
)

//go:embed cypher
var cypherFiles embed.FS

// texts holds every text that is ever sent, by name: the files of cypher/ with the fragments they name in {{ }} put in their
// places, without comments; the lists that are also read backward; and what is written alike for several types of row.
var texts = readTexts()

// backward lists the questions whose pages can be asked from the end; their texts are found under the name with this suffix.
var backward = []string{"engagements_all", "engagements_by_key", "engagements_of_actor", "engagements_of_dyad"}

const reverse = " backward"

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
		default:
			all[name] = expand(file, nil)
		}
	}
	for _, name := range backward {
		all[name+reverse] = strings.ReplaceAll(all[name], "ASCENDING", "DESCENDING")
	}
	return all
}

// expand puts fragments in, and takes comments out.
func expand(file string, data any) string {
	text, err := cypherFiles.ReadFile(file)
	if err != nil {
		panic(err)
	}
	functions := template.FuncMap{}
	fragments, err := fs.Glob(cypherFiles, "cypher/parts/*.cypher")
	if err != nil {
		panic(err)
	}
	for _, fragment := range fragments {
		functions[strings.TrimSuffix(path.Base(fragment), ".cypher")] = func(about ...string) string {
			return strings.TrimSpace(expand(fragment, strings.Join(about, "")))
		}
	}
	var out strings.Builder
	t, err := template.New(file).Funcs(functions).Parse(withoutComments(string(text)))
	if err == nil {
		err = t.Execute(&out, data)
	}
	if err != nil {
		panic(fmt.Errorf("the text %s: %w", file, err))
	}
	return strings.TrimSpace(out.String())
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
	t, ok := texts[name]
	if !ok {
		panic("there is no text " + name)
	}
	return t
}
