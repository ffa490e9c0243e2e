package cowstates_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	cowstates "github.com/entente-graph/entente/ingest/sources/cow-states"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/sourcetest"
)

// TestRealFilesGiveExpectedNumbers loads the version of 2016 with the major powers, then that of 2024 over it, and holds the graph to
// what is counted straight from the files.
func TestRealFilesGiveExpectedNumbers(t *testing.T) {
	t.Parallel()
	files, expected := sourcetest.Expected(t, "cow-state-system", filepath.Join("..", "states", "tables"))
	store, src := sourcetest.Store(t), cowstates.New(states.Actors)
	older := sourcetest.Only(t, files, "states2016.csv", "majors2016.csv")
	if r := sourcetest.Load(t, store, src, older); len(r.Quarantined) > 0 {
		t.Errorf("in quarantine: %v", r.Quarantined)
	}
	got := sourcetest.Counts{}
	ask(t, store, expected, got, "2016", "org:cow-state-system")

	newer := sourcetest.Only(t, files, "cow_statelist2024.csv")
	if r := sourcetest.Load(t, store, src, newer); r.Counts.Added != 1 || r.Counts.Retracted != 1 || len(r.Quarantined) > 0 {
		// Serbia since 2006 is a row of its own in the version of 2024, and the end of Yugoslavia's in that of 2016.
		t.Errorf("the version of 2024 over that of 2016: %+v, in quarantine %v", r.Counts, r.Quarantined)
	}
	ask(t, store, expected, got, "2024", "org:cow-state-system")
	ask(t, store, expected, got, "majors", "org:cow-major-powers")
	got.Compare(t, expected)

	if r := sourcetest.Load(t, store, src, newer); !r.Counts.Nothing() {
		t.Errorf("loaded twice: %+v", r.Counts)
	}
	o := ingest.Options{Source: src, Files: older, Reader: store, Writer: store}
	if _, err := ingest.Load(context.Background(), o); !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "version 2016 of cow-states is older than version 2024") {
		t.Errorf("the version of 2016 over that of 2024: %v", err)
	}
	o.Older = true
	if _, err := ingest.Load(context.Background(), o); err != nil {
		t.Errorf("the version of 2016 over that of 2024, as asked for: %v", err)
	}
}

// ask finds what is expected of a list in the graph.
func ask(t *testing.T, store graph.Store, expected []sourcetest.Expectation, got sourcetest.Counts, list string, of graph.ActorKey) {
	t.Helper()
	slice := graph.SliceID("cow-states/system")
	if list == "majors" {
		slice = "cow-states/majors"
	}
	all := sourcetest.Memberships(t, store, graph.Slice{Source: cowstates.Key, ID: slice})
	times := map[graph.ActorKey][]string{}
	open := 0
	for _, m := range all {
		times[m.Member] = append(times[m.Member], m.Period.EDTF())
		if m.Period.Why == graph.Censored {
			open++
		}
		if m.Organization != of || m.Status != graph.MemberFull {
			t.Errorf("%s is a membership in %s: %s", m.Key, m.Organization, m.Status)
		}
	}
	got[[2]string{"memberships, " + list, "all"}] = strconv.Itoa(len(all))
	got[[2]string{"memberships that go on, " + list, "all"}] = strconv.Itoa(open)
	for _, e := range expected {
		key := [2]string{e.What, e.Of}
		switch e.What {
		case "members on, " + list:
			got[key] = strconv.Itoa(len(membersOn(t, store, of, e.Of)))
		case "times of, " + list:
			mine := times[graph.ActorKey(e.Of)]
			slices.Sort(mine)
			got[key] = strings.Join(mine, " ")
		case "major powers on":
			if list == "majors" {
				got[key] = strings.Join(membersOn(t, store, of, e.Of), " ")
			}
		}
	}
}

// membersOn asks the API who was in a list on a day.
func membersOn(t *testing.T, store graph.Store, of graph.ActorKey, day string) (keys []string) {
	t.Helper()
	type page struct {
		Snapshot struct {
			Actors struct {
				Nodes    []struct{ Key string }
				PageInfo struct {
					EndCursor   *string
					HasNextPage bool
				}
			}
		}
	}
	var after *string
	for {
		p := sourcetest.Ask[page](t, store, `query($day: Day!, $of: String!, $after: String) { snapshot(asOf: $day) {
			actors(where: {memberOf: {eq: $of}}, first: 100, after: $after) { nodes { key } pageInfo { endCursor hasNextPage } } } }`,
			map[string]any{"day": day, "of": of, "after": after})
		for _, n := range p.Snapshot.Actors.Nodes {
			keys = append(keys, n.Key)
		}
		if after = p.Snapshot.Actors.PageInfo.EndCursor; !p.Snapshot.Actors.PageInfo.HasNextPage {
			slices.Sort(keys)
			return keys
		}
	}
}

// TestRegistry compares the list day by day with the numbers that the registry says states held: they are two accounts of one
// thing. There is one difference, and it is explained.
func TestRegistry(t *testing.T) {
	t.Parallel()
	files := sourcetest.Files(t, "cow-state-system")
	for _, c := range []struct {
		file, last string
		want       []string
	}{
		{"states2016.csv", "2016-12-31", nil},
		// The list has 2006-06-03 under number 345 twice, as the last day of Yugoslavia and the first of Serbia; in the registry a
		// number is one state's on a day, and that day is Yugoslavia's.
		{"cow_statelist2024.csv", "2024-12-31", []string{"iso3:SRB 2006-06-03..2006-06-03: only in the list"}},
	} {
		store := sourcetest.Store(t)
		sourcetest.Load(t, store, cowstates.New(states.Actors), sourcetest.Only(t, files, c.file))
		all := sourcetest.Memberships(t, store, graph.Slice{Source: cowstates.Key, ID: "cow-states/system"})
		if got := sourcetest.AgainstRegistry(t, all, "cow", graph.MustDay(c.last)); !slices.Equal(got, c.want) {
			t.Errorf("%s and the registry differ in\n%s\nand should in\n%s", c.file, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// TestReload holds that the major powers stay where the list is loaded without them, and that an inserted line changes nothing
// else.
func TestReload(t *testing.T) {
	t.Parallel()
	store, src := sourcetest.Store(t), cowstates.New(states.Actors)
	whole := sourcetest.Edited(t, "testdata/v2016", "states2016.csv", nil)
	first := sourcetest.Load(t, store, src, whole)
	alone := sourcetest.Edited(t, "testdata/v2016", "states2016.csv", func(lines []string) []string {
		return slices.Insert(lines, 1, "HAI,41,Haiti,1859,1,1,1915,7,28,2016\r\n")
	})
	r := sourcetest.Load(t, store, src, sourcetest.Only(t, alone, "states2016.csv"))
	if r.Counts.Added != 1 || r.Counts.Retracted+r.Counts.Changed > 0 {
		t.Errorf("a line more and no major powers: %+v, after %+v", r.Counts, first.Counts)
	}
	if n := len(sourcetest.Memberships(t, store, graph.Slice{Source: cowstates.Key, ID: "cow-states/majors"})); n != 7 {
		t.Errorf("%d times of major powers are left", n)
	}
}
