package dossier

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// check finds all that is wrong in a parsed dossier, beside what is wrong with it as YAML.
func check(file string, root *node, bad ingest.Mistakes, states *states) ingest.Mistakes {
	if root == nil {
		return bad
	}
	r := &reader{file: file, root: root, states: states, mistakes: bad, ids: map[string]*entry{}, actors: map[string]*node{}}
	if root.is != mappingNode || root.get("dossier") == nil {
		r.add(root, "", "this is not a dossier: it does not begin with \"dossier:\"", "entente ingest dossier --example prints one to begin with")
		return r.sorted()
	}
	r.mapping(root, fileShape, "the file")
	r.header()
	r.declared()
	r.references()
	r.stateFacts()
	r.partsOfThemselves()
	for _, section := range entrySections {
		for _, e := range root.list(section) {
			r.times(e, section)
		}
	}
	r.engagements()
	return r.sorted()
}

func (r *reader) sorted() ingest.Mistakes {
	r.mistakes.Sort()
	return r.mistakes
}

// header checks what the dossier says of itself.
func (r *reader) header() {
	h := r.root.get("dossier")
	if id := h.get("id"); id != nil && reserved(id.text) {
		r.addf(id, "choose another", "this name is taken: keys that begin with it are those of something else")
	}
}

// reserved tells whether a dossier may not be called so: keys of other things begin with it.
func reserved(id string) bool {
	return isStateScheme(id) || slices.Contains([]string{
		"org", "person", "states", "entente", "dossier", // and the datasets, whose slices a dossier of their name would replace
		"cow-mid", "atop", "us-visits", "us-travels", "us-missions", "us-envoys", "cow-diplomatic-exchange",
	}, id)
}

// declared collects what the file declares, and finds what is declared twice.
func (r *reader) declared() {
	for _, a := range r.root.list("actors") {
		key := a.get("key")
		if key == nil || key.is != scalarNode {
			continue
		}
		if first := r.actors[key.text]; first != nil {
			r.addf(key, "keep one of the two", "the actor is here twice, first in line %d", first.line)
			continue
		}
		r.actors[key.text] = a
	}
	for _, section := range entrySections {
		for _, e := range r.root.list(section) {
			id := e.get("id")
			if id == nil || id.is != scalarNode {
				continue
			}
			if first := r.ids[id.text]; first != nil {
				r.addf(id, "each entry has a name of its own, over all sections", "the name is taken by line %d", first.id.line)
				continue
			}
			r.ids[id.text] = &entry{section, e, id}
		}
	}
}

// stateFacts checks actors against their kind, and states against the registry.
func (r *reader) stateFacts() {
	for _, a := range r.root.list("actors") {
		key := a.get("key")
		if key == nil || key.is != scalarNode {
			continue
		}
		scheme, _, _ := strings.Cut(key.text, ":")
		kind := a.get("kind")
		want := map[string]string{"org": word(graph.KindOrganization), "person": word(graph.KindPerson)}[scheme]
		if isStateScheme(scheme) {
			want = word(graph.KindState)
		}
		if kind != nil && want != "" && kind.text != want && slices.Contains(words(graph.KindState, graph.KindOrganization, graph.KindPerson), kind.text) {
			r.addf(kind, "write "+want, "%s is not the key of that kind of actor", key.text)
		}
		if _, known := r.states.byKey[graph.ActorKey(key.text)]; !known {
			continue // an organisation, a person, or already a mistake
		}
		if whole := a.get("part_of"); whole != nil {
			r.addf(whole, "leave it out", "what a state is part of is the registry's to say")
		}
		if codes := a.get("identifiers"); codes != nil {
			for _, p := range codes.fields {
				for _, c := range oneOrMany(p.value) {
					id := identifier(p.key.text, c)
					if rule, right := r.states.contradicts(graph.ActorKey(key.text), id); rule != "" {
						at := c
						if v := c.get("value"); v != nil {
							at = v
						}
						r.add(at, id.Value, rule, right)
					}
				}
			}
		}
	}
}

// partsOfThemselves finds actors that are, through others, part of themselves.
func (r *reader) partsOfThemselves() {
	keys := make([]string, 0, len(r.actors))
	for k := range r.actors {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	state := map[string]int{} // 1: on the way, 2: done
	var walk func(key string)
	walk = func(key string) {
		a := r.actors[key]
		if a == nil || state[key] == 2 {
			return
		}
		state[key] = 1
		for _, p := range a.list("part_of") {
			at := p
			if v := p.get("actor"); v != nil {
				at = v
			}
			if at.is == scalarNode && state[at.text] == 1 {
				r.addf(at, "", "through this %s is part of itself", at.text)
				continue
			}
			walk(at.text)
		}
		state[key] = 2
	}
	for _, k := range keys {
		walk(k)
	}
}

// times checks that nothing in an entry ends before it begins.
func (r *reader) times(e *node, section string) {
	if e.is != mappingNode {
		return
	}
	name := fmt.Sprintf("the %s %q", singular(section), e.str("id"))
	if section == "meetings" || section == "acts" {
		date, from, to := e.get("date"), e.get("from"), e.get("to")
		switch {
		case date != nil && (from != nil || to != nil):
			r.add(date, date.text, fmt.Sprintf("%s has a date, and from or to as well", name), "keep the date for one day, from and to for several")
		case date == nil && from == nil && to == nil:
			r.add(e, "", fmt.Sprintf("%s has no %q", name, "date"), "write date, or from and to")
		case from != nil && to == nil:
			r.add(from, from.text, fmt.Sprintf("%s begins but has no %q", name, "to"), "write its last day, or ongoing, or unknown")
		}
	}
}

// order checks that a mapping's to does not lie before its from.
func (r *reader) order(n *node, name string) {
	to := n.get("to")
	if to == nil {
		return
	}
	if p := period(n, ""); !p.Start.IsZero() && !p.End.IsZero() && p.End.Latest() < p.Start.Earliest() {
		r.addf(to, "", "%s ends before it begins (%s)", name, p.Start)
	}
}

func singular(section string) string { return strings.TrimSuffix(section, "s") }
