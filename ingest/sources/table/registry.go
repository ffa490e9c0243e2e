package usertable

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/form"
	"github.com/entente-graph/entente/ingest/names"
)

// registry is that of states, as tables ask it: by code and day, and by name for suggestions alone.
type registry struct {
	*ingest.Roster
	names  *names.Book
	keys   map[graph.ActorKey]bool
	life   map[graph.ActorKey][]graph.Period
	byName map[string][]graph.ActorKey // folded
}

func theRegistry(g ingest.Registry) func() (*registry, error) {
	return ingest.Once(g, func(all []graph.ActorFacts) (_ *registry, err error) {
		s := &registry{keys: map[graph.ActorKey]bool{}, life: map[graph.ActorKey][]graph.Period{}, byName: map[string][]graph.ActorKey{}}
		if s.Roster, err = ingest.NewRoster(all); err != nil {
			return nil, err
		}
		if s.names, err = names.New(func() ([]graph.ActorFacts, error) { return all, nil }, names.English, names.Official); err != nil {
			return nil, err
		}
		for _, a := range all {
			s.keys[a.Key], s.life[a.Key] = true, a.Existence
			for _, n := range a.Names {
				name := graph.Fold(n.Text)
				if !slices.Contains(s.byName[name], a.Key) {
					s.byName[name] = append(s.byName[name], a.Key)
				}
			}
		}
		return s, nil
	})
}

func (s *registry) known(key graph.ActorKey) bool { return s.keys[key] }

// existed tells whether a state may have existed on a day of the period.
func (s *registry) existed(key graph.ActorKey, p graph.Period) bool {
	days := p.Bounds().Possible()
	return slices.ContainsFunc(s.life[key], func(l graph.Period) bool { return l.Bounds().Possible().Overlaps(days) })
}

// anybody tells whether somebody ever held a code.
func (s *registry) anybody(c graph.Code) bool { return len(s.Ever(c.Scheme, c.Value)) > 0 }

var orgOrPerson = regexp.MustCompile(`^(org|person):[a-z0-9]+(-[a-z0-9]+)*$`)

// propose says whom a text may mean that is no code: a state of this name, or one whose code it is in some scheme. It is
// never taken for one.
func (s *registry) propose(text string) string {
	var found []string
	add := func(keys ...graph.ActorKey) {
		for _, k := range keys {
			if say := fmt.Sprintf("%s (%s)", k, s.Name(k)); !slices.Contains(found, say) {
				found = append(found, say)
			}
		}
	}
	_, value, ok := strings.Cut(text, ":")
	if !ok {
		value = text
	}
	value = strings.TrimSpace(value)
	add(s.byName[graph.Fold(value)]...)
	for _, scheme := range schemes {
		for _, h := range s.Ever(scheme, value) {
			add(h.Actor)
		}
	}
	if len(found) == 0 && len([]rune(value)) > 6 { // of a shorter text any guess is one
		all := make([]string, 0, len(s.byName))
		for n := range s.byName {
			all = append(all, n)
		}
		slices.Sort(all)
		for _, n := range graph.Nearest(graph.Fold(value), all, 2) {
			add(s.byName[n]...)
		}
	}
	if len(found) == 0 || len(found) > 6 {
		return ""
	}
	return "perhaps " + strings.Join(found, " or ")
}

// nearList proposes the names of a lookup that are closest to a text, and whom the text itself may mean.
func (s *registry) nearList(text string, list map[string]target) string {
	listed := make([]string, 0, len(list))
	for n := range list {
		listed = append(listed, n)
	}
	slices.Sort(listed)
	if near := form.DidYouMean(text, listed); near != "" {
		return near
	}
	return s.propose(text)
}
