package dossier

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// references checks that every name leads somewhere.
func (r *reader) references() {
	for _, ref := range r.refs {
		switch ref.is {
		case anActor, aPerson:
			r.actor(ref)
		case aWork:
			r.local(ref, "work", []string{"works"})
		case anEngagement:
			r.local(ref, "entry", engagementSections)
		case anAgreement:
			r.local(ref, "agreement", []string{"agreements"})
		case anAuthor:
			if strings.Contains(ref.at.text, ":") {
				r.actor(ref)
			} else {
				r.local(ref, "work", []string{"works"})
			}
		default: // no other field refers to anything
		}
	}
}

// actor checks the key of an actor: a state of the registry, or what the file declares.
func (r *reader) actor(ref reference) {
	key := ref.at.text
	scheme, value, ok := strings.Cut(key, ":")
	if !ok || value == "" {
		r.addf(ref.at, r.proposeActor(key), "%s is not the key of an actor", ref.field)
		return
	}
	switch {
	case isStateScheme(scheme):
		if _, known := r.states.byKey[graph.ActorKey(key)]; known {
			break
		}
		suggestion := r.states.propose(key)
		if suggestion == "" {
			suggestion = "only the registry names states; an organisation is org:name"
		}
		r.addf(ref.at, suggestion, "the registry has no such state")
		return
	case scheme == "org" || scheme == "person":
		if !ownName.MatchString(value) {
			r.addf(ref.at, fmt.Sprintf("%q", scheme+":"+slug(value)), "the name behind %s: may hold small letters, digits and single hyphens", scheme)
			return
		}
		if r.actors[key] == nil {
			suggestion := nearestOnlyCase(key, r.actorKeys())
			if suggestion == "" {
				suggestion = "list it under actors, with kind and names"
			}
			r.addf(ref.at, suggestion, "%s names nobody: there is no such actor in this file", ref.field)
			return
		}
	default:
		r.addf(ref.at, r.proposeActor(key), "%s is not the key of an actor: it begins with none of iso3, org, person", ref.field)
		return
	}
	if ref.is == aPerson && scheme != "person" {
		r.addf(ref.at, "write person:name", "this is not the key of a person, and %s is one", ref.field)
	}
}

func (r *reader) actorKeys() []string {
	keys := make([]string, 0, len(r.actors))
	for k := range r.actors {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// proposeActor finds what a text that is no key may mean: a name or the end of a key in the file, or a state.
func (r *reader) proposeActor(text string) string {
	folded := strings.ToLower(text)
	for _, key := range r.actorKeys() {
		if _, value, _ := strings.Cut(key, ":"); value == slug(text) || strings.HasSuffix(slug(text), "-"+value) && len(value) > 3 {
			return fmt.Sprintf("did you mean %q?", key)
		}
		if names := r.actors[key].get("names"); names != nil {
			for _, p := range names.fields {
				for _, n := range oneOrMany(p.value) {
					if strings.ToLower(textOf(n, "text")) == folded {
						return fmt.Sprintf("did you mean %q?", key)
					}
				}
			}
		}
	}
	if s := r.states.propose(text); s != "" {
		return s
	}
	if s := nearestOnlyCase(text, r.actorKeys()); s != "" {
		return s
	}
	return "iso3:XXX for a state, org:name or person:name for others"
}

// local checks the name of an entry of this file, or the key of an entry of another dossier.
func (r *reader) local(ref reference, noun string, sections []string) {
	name := ref.at.text
	if prefix, rest, foreign := strings.Cut(name, ":"); foreign {
		switch {
		case prefix == r.root.get("dossier").str("id"):
			name = rest
		case isStateScheme(prefix) || prefix == "org" || prefix == "person":
			r.addf(ref.at, "", "%s is the name of %s, not an actor", ref.field, article(noun))
			return
		case !ownName.MatchString(prefix) || rest == "" || noun == "work":
			r.addf(ref.at, "", "%s is not the name of %s", ref.field, article(noun))
			return
		case slices.Contains([]string{"agreement", "dispute", "meeting", "summit", "act"}, prefix) && r.ids[rest] != nil:
			r.addf(ref.at, fmt.Sprintf("write %q", rest), "entries are named without their kind")
			return
		default:
			return // another dossier's: it may not be loaded yet
		}
	}
	e := r.ids[name]
	if e == nil {
		var candidates []string
		for id, known := range r.ids {
			if slices.Contains(sections, known.section) {
				candidates = append(candidates, id)
			}
		}
		sort.Strings(candidates)
		r.addf(ref.at, nearestOnly(name, candidates), "%s names nothing: there is no such %s in this file", ref.field, noun)
		return
	}
	if !slices.Contains(sections, e.section) {
		r.addf(ref.at, "", "%s is the name of %s; line %d, which has this name, is under %s", ref.field, article(noun), e.id.line, e.section)
		return
	}
	if ref.from != nil && ref.from == e.at {
		r.addf(ref.at, "leave it out", "the entry names itself in %s", ref.field)
	}
}

// textOf gives a scalar's text, or that of a mapping's field.
func textOf(n *node, name string) string {
	if n.is == mappingNode {
		return n.str(name)
	}
	return n.text
}

// oneOrMany gives the items of a list, or the one value there is.
func oneOrMany(n *node) []*node {
	if n == nil || n.is == emptyNode {
		return nil
	}
	if n.is == listNode {
		return n.items
	}
	return []*node{n}
}
