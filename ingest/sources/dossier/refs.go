package dossier

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/form"
)

// references checks that every name leads somewhere.
func (r *reader) references() {
	for _, ref := range r.Refs {
		switch ref.Is {
		case anActor, aPerson:
			r.actor(ref)
		case aWork:
			r.local(ref, "work", []string{"works"})
		case anEngagement:
			r.local(ref, "entry", engagementSections)
		case anAgreement:
			r.local(ref, "agreement", []string{"agreements"})
		case anAuthor:
			if strings.Contains(ref.At.Text, ":") {
				r.actor(ref)
			} else {
				r.local(ref, "work", []string{"works"})
			}
		default: // no other field refers to anything
		}
	}
}

// actor checks the key of an actor: a state of the registry, or what the file declares.
func (r *reader) actor(ref form.Reference) {
	key := ref.At.Text
	scheme, value, ok := strings.Cut(key, ":")
	if !ok || value == "" {
		r.Addf(ref.At, r.proposeActor(key), "%s is not the key of an actor", ref.Field)
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
		r.Addf(ref.At, suggestion, "the registry has no such state")
		return
	case scheme == "org" || scheme == "person":
		if !form.OwnName.MatchString(value) {
			r.Addf(ref.At, fmt.Sprintf("%q", scheme+":"+form.Slug(value)), "the name behind %s: may hold small letters, digits and single hyphens", scheme)
			return
		}
		if r.actors[key] == nil {
			suggestion := form.DidYouMean(key, r.actorKeys())
			if suggestion == "" {
				suggestion = "list it under actors, with kind and names"
			}
			r.Addf(ref.At, suggestion, "%s names nobody: there is no such actor in this file", ref.Field)
			return
		}
	default:
		r.Addf(ref.At, r.proposeActor(key), "%s is not the key of an actor: it begins with none of iso3, org, person", ref.Field)
		return
	}
	if ref.Is == aPerson && scheme != "person" {
		r.Addf(ref.At, "write person:name", "this is not the key of a person, and %s is one", ref.Field)
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
		if _, value, _ := strings.Cut(key, ":"); value == form.Slug(text) || strings.HasSuffix(form.Slug(text), "-"+value) && len(value) > 3 {
			return fmt.Sprintf("did you mean %q?", key)
		}
		if names := r.actors[key].Get("names"); names != nil {
			for _, p := range names.Fields {
				for _, n := range form.OneOrMany(p.Value) {
					if strings.ToLower(form.TextOf(n, "text")) == folded {
						return fmt.Sprintf("did you mean %q?", key)
					}
				}
			}
		}
	}
	if s := r.states.propose(text); s != "" {
		return s
	}
	if s := form.DidYouMean(text, r.actorKeys()); s != "" {
		return s
	}
	return "iso3:XXX for a state, org:name or person:name for others"
}

// local checks the name of an entry of this file, or the key of an entry of another dossier.
func (r *reader) local(ref form.Reference, noun string, sections []string) {
	name := ref.At.Text
	if prefix, rest, foreign := strings.Cut(name, ":"); foreign {
		switch {
		case prefix == r.root.Get("dossier").Str("id"):
			name = rest
		case isStateScheme(prefix) || prefix == "org" || prefix == "person":
			r.Addf(ref.At, "", "%s is the name of %s, not an actor", ref.Field, form.Article(noun))
			return
		case !form.OwnName.MatchString(prefix) || rest == "" || noun == "work":
			r.Addf(ref.At, "", "%s is not the name of %s", ref.Field, form.Article(noun))
			return
		case slices.Contains([]string{"agreement", "dispute", "meeting", "summit", "act"}, prefix) && r.ids[rest] != nil:
			r.Addf(ref.At, fmt.Sprintf("write %q", rest), "entries are named without their kind")
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
		r.Addf(ref.At, form.NearestOnly(name, candidates), "%s names nothing: there is no such %s in this file", ref.Field, noun)
		return
	}
	if !slices.Contains(sections, e.section) {
		r.Addf(ref.At, "", "%s is the name of %s; line %d, which has this name, is under %s", ref.Field, form.Article(noun), e.id.Line, e.section)
		return
	}
	if ref.From != nil && ref.From == e.at {
		r.Addf(ref.At, "leave it out", "the entry names itself in %s", ref.Field)
	}
}
