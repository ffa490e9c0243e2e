package dossier

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/form"
)

// check finds all that is wrong in a parsed dossier, beside what is wrong with it as YAML.
func (s *Source) check(file string, root *form.Node, bad ingest.Mistakes, states *states) ingest.Mistakes {
	if root == nil {
		return bad
	}
	r := &reader{Checker: form.Checker{File: file, Mistakes: bad}, root: root, states: states, ids: map[string]*entry{}, actors: map[string]*form.Node{}}
	if root.Is != form.Mapping || root.Get("dossier") == nil {
		r.Add(root, "", "this is not a dossier: it does not begin with \"dossier:\"", "entente ingest dossier --example prints one to begin with")
		return r.Sorted()
	}
	r.Mapping(root, fileShape, "the file")
	r.header(s.taken)
	r.declared()
	r.references()
	r.stateFacts()
	r.partsOfThemselves()
	for _, section := range entrySections {
		for _, e := range root.List(section) {
			r.times(e, section)
		}
	}
	r.engagements()
	return r.Sorted()
}

// header checks what the dossier says of itself.
func (r *reader) header(taken func(id string) bool) {
	h := r.root.Get("dossier")
	if id := h.Get("id"); id != nil && (isStateScheme(id.Text) || taken(id.Text)) {
		r.Addf(id, "choose another", "this name is taken: keys that begin with it are those of something else")
	}
}

// declared collects what the file declares, and finds what is declared twice.
func (r *reader) declared() {
	for _, a := range r.root.List("actors") {
		key := a.Get("key")
		if key == nil || key.Is != form.Scalar {
			continue
		}
		if first := r.actors[key.Text]; first != nil {
			r.Addf(key, "keep one of the two", "the actor is here twice, first in line %d", first.Line)
			continue
		}
		r.actors[key.Text] = a
	}
	for _, section := range entrySections {
		for _, e := range r.root.List(section) {
			id := e.Get("id")
			if id == nil || id.Is != form.Scalar {
				continue
			}
			if first := r.ids[id.Text]; first != nil {
				r.Addf(id, "each entry has a name of its own, over all sections", "the name is taken by line %d", first.id.Line)
				continue
			}
			r.ids[id.Text] = &entry{section, e, id}
		}
	}
}

// stateFacts checks actors against their kind, and states against the registry.
func (r *reader) stateFacts() {
	for _, a := range r.root.List("actors") {
		key := a.Get("key")
		if key == nil || key.Is != form.Scalar {
			continue
		}
		scheme, _, _ := strings.Cut(key.Text, ":")
		kind := a.Get("kind")
		want := map[string]string{"org": form.Say(graph.KindOrganization), "person": form.Say(graph.KindPerson)}[scheme]
		if isStateScheme(scheme) {
			want = form.Say(graph.KindState)
		}
		if kind != nil && want != "" && kind.Text != want && slices.Contains(form.Words(graph.KindState, graph.KindOrganization, graph.KindPerson), kind.Text) {
			r.Addf(kind, "write "+want, "%s is not the key of that kind of actor", key.Text)
		}
		if _, known := r.states.byKey[graph.ActorKey(key.Text)]; !known {
			continue // an organisation, a person, or already a mistake
		}
		if whole := a.Get("part_of"); whole != nil {
			r.Addf(whole, "leave it out", "what a state is part of is the registry's to say")
		}
		if codes := a.Get("identifiers"); codes != nil {
			for _, p := range codes.Fields {
				for _, c := range form.OneOrMany(p.Value) {
					id := identifier(p.Key.Text, c)
					if rule, right := r.states.contradicts(graph.ActorKey(key.Text), id); rule != "" {
						at := c
						if v := c.Get("value"); v != nil {
							at = v
						}
						r.Add(at, id.Value, rule, right)
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
		for _, p := range a.List("part_of") {
			at := p
			if v := p.Get("actor"); v != nil {
				at = v
			}
			if at.Is == form.Scalar && state[at.Text] == 1 {
				r.Addf(at, "", "through this %s is part of itself", at.Text)
				continue
			}
			walk(at.Text)
		}
		state[key] = 2
	}
	for _, k := range keys {
		walk(k)
	}
}

// times checks that nothing in an entry ends before it begins.
func (r *reader) times(e *form.Node, section string) {
	if e.Is != form.Mapping {
		return
	}
	name := fmt.Sprintf("the %s %q", singular(section), e.Str("id"))
	if section == "meetings" || section == "acts" {
		date, from, to := e.Get("date"), e.Get("from"), e.Get("to")
		switch {
		case date != nil && (from != nil || to != nil):
			r.Add(date, date.Text, fmt.Sprintf("%s has a date, and from or to as well", name), "keep the date for one day, from and to for several")
		case date == nil && from == nil && to == nil:
			r.Add(e, "", fmt.Sprintf("%s has no %q", name, "date"), "write date, or from and to")
		case from != nil && to == nil:
			r.Add(from, from.Text, fmt.Sprintf("%s begins but has no %q", name, "to"), "write its last day, or ongoing, or unknown")
		}
	}
}

func singular(section string) string { return strings.TrimSuffix(section, "s") }
