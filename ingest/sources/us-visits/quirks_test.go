package usvisits_test

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/states"
	usvisits "github.com/entente-graph/entente/ingest/sources/us-visits"
)

// said is what the source says of files: meetings and persons by key, and the rows in quarantine.
type said struct {
	meetings map[graph.EngagementKey]*graph.Meeting
	people   map[graph.ActorKey]*graph.ActorFacts
	bad      []ingest.Row
}

func read(t *testing.T, files fs.FS) said {
	t.Helper()
	s := said{map[graph.EngagementKey]*graph.Meeting{}, map[graph.ActorKey]*graph.ActorFacts{}, nil}
	src := usvisits.New(states.Actors)
	slices, err := src.Slices(t.Context(), files)
	if err != nil {
		t.Fatal(err)
	}
	for _, slice := range slices {
		for row, err := range src.Rows(t.Context(), files, slice) {
			switch {
			case err != nil:
				t.Fatal(err)
			case len(row.Mistakes) > 0:
				s.bad = append(s.bad, row)
			case row.Statement.Kind == graph.StatementEngagement:
				e, err := graph.DecodeEngagement(row.Statement.Body)
				if err != nil {
					t.Fatal(err)
				}
				s.meetings[e.Base().Key] = e.(*graph.Meeting)
			case row.Statement.Kind == graph.StatementActor:
				a, err := graph.Decode[graph.ActorFacts](row.Statement)
				if err != nil {
					t.Fatal(err)
				}
				s.people[a.Key] = a
			}
		}
	}
	return s
}

func shipped() fs.FS { return usvisits.New(states.Actors).Shipped() }

var once struct {
	sync.Once
	said
}

// readShipped reads the shipped files, for all tests once.
func readShipped(t *testing.T) said {
	t.Helper()
	once.Do(func() { once.said = read(t, shipped()) })
	return once.said
}

// guests are the states that came to a meeting.
func guests(m *graph.Meeting) []graph.ActorKey {
	var keys []graph.ActorKey
	for _, p := range m.Participations {
		if p.Role == graph.RoleParticipant {
			keys = append(keys, p.Actor)
		}
	}
	return keys
}

func TestOneCountryUnderSeveralIDs(t *testing.T) {
	t.Parallel()
	s := readShipped(t)
	korea, printed := 0, map[string]bool{}
	for _, m := range s.meetings {
		if !slices.Contains(guests(m), "iso3:KOR") {
			continue
		}
		korea++
		for _, name := range []string{"(Korea)", "(South Korea)", "(Korea, South)"} {
			if strings.Contains(m.Title("en"), name) {
				printed[name] = true
			}
		}
	}
	if korea != 45 || len(printed) != 3 {
		t.Errorf("%d meetings with the Republic of Korea under the names %v, and the files have 44 visits under korea-south and 1 under korea", korea, printed)
	}
}

// READMEs say how many visits became how many meetings, and how many persons have names in several spellings.
func TestTheNumbersInTheReadme(t *testing.T) {
	t.Parallel()
	s := readShipped(t)
	var merged, visits, spellings int
	for _, m := range s.meetings {
		if n := len(m.Citations); n > 1 {
			merged++
			visits += n
		}
	}
	for _, p := range s.people {
		if len(p.Names) > 1 {
			spellings++
		}
	}
	got := map[string]int{"meetings": len(s.meetings), "of several visits": merged, "visits in these": visits, "spellings": spellings}
	want := map[string]int{"meetings": 2578, "of several visits": 86, "visits in these": 772, "spellings": 19}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("README.md says other numbers (-README +files):\n%s", diff)
	}
}

func TestNamesAreClean(t *testing.T) {
	t.Parallel()
	s := readShipped(t)
	for key, p := range s.people {
		for _, n := range p.Names {
			if n.Text != strings.Join(strings.Fields(n.Text), " ") || n.Text == "" {
				t.Errorf("%s is called %q", key, n.Text)
			}
		}
	}
	abe := s.people["us-visits:shinzo-abe-japan-2010s"]
	if abe == nil || !slices.ContainsFunc(abe.Names, func(n graph.Name) bool { return n.Text == "Shinzō Abe" }) {
		t.Errorf("Shinzō Abe, whose name has a macron and a blank behind it in the file, is %+v", abe)
	}
}

func TestTitles(t *testing.T) {
	t.Parallel()
	s := readShipped(t)
	var untitled []string
	for _, m := range s.meetings {
		for _, p := range m.Participations {
			if p.Role == graph.RoleRepresentative && p.Capacity == "" {
				untitled = append(untitled, s.people[p.Actor].Names[0].Text)
			}
		}
	}
	slices.Sort(untitled)
	if diff := cmp.Diff([]string{"Jose Luis Rodriguez Zapatero", "Valdas Adamkus"}, untitled); diff != "" {
		t.Errorf("visitors without a known title (-README +files):\n%s", diff)
	}
	for key, want := range map[graph.ActorKey]string{
		"us-visits:haidar-al-abadi-iraq-2010s":                 "Prime Minister",
		"us-visits:silvio-berlusconi-italy-2010s":              "Prime Ministere",
		"us-visits:sihanouk-cambodia-1960s":                    "Premier & Prince",
		"us-visits:hussein-jordan-2020s":                       "Crown Prince",
		"us-visits:mustafa-khalil-egypt-1970s":                 "Prime Minister",
		"us-visits:hashim-thaci-kosovo-2000s":                  "Prime Minister",
		"us-visits:norodom-kantol-cambodia-1960s":              "Prime Minister-Prince",
		"us-visits:roberto-e-viola-argentina-1980s":            "President- designate",
		"us-visits:bakir-izetbegovic-bosnia-herzegovina-2010s": "Chairman of the Presidency",
	} {
		found := false
		for _, m := range s.meetings {
			found = found || slices.ContainsFunc(m.Participations, func(p graph.Participation) bool { return p.Actor == key && p.Capacity == want })
		}
		if !found {
			t.Errorf("%s never came as %s", key, want)
		}
	}
}

// What the issue of summits is about: a line for each leader, one meeting.
func TestTheTrilateralOfCampDavid(t *testing.T) {
	t.Parallel()
	m := readShipped(t).meetings["us-visits:3166"]
	if m == nil {
		t.Fatal("us-visits:3166 is not there")
	}
	if diff := cmp.Diff([]graph.ActorKey{"iso3:JPN", "iso3:KOR"}, guests(m)); diff != "" {
		t.Errorf("guests (-want +got):\n%s", diff)
	}
	if m.Period.EDTF() != "2023-08-18" || m.Level != graph.LevelSummit || m.Format != graph.FormatTrilateral || m.Host != "iso3:USA" || m.Occasion != "Trilateral Summit at Camp David, MD" {
		t.Errorf("%+v", m)
	}
}

// copyOf makes the shipped files changeable.
func copyOf(t *testing.T, files fs.FS) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, name)
		out[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func replace(t *testing.T, files fstest.MapFS, name, old, fresh string) {
	t.Helper()
	if strings.Count(string(files[name].Data), old) != 1 {
		t.Fatalf("%s has %q %d times", name, old, strings.Count(string(files[name].Data), old))
	}
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(files[name].Data), old, fresh, 1))}
}

// A decade is loaded alone; what was there of others stays, and a visit more at the top changes one meeting.
func TestADecadeAlone(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	whole := copyOf(t, shipped())
	few := fstest.MapFS{"2020.xml": whole["2020.xml"], "1990.xml": whole["1990.xml"]}
	load(t, store, few)
	before := len(all(t, store))

	decade := fstest.MapFS{"2020.xml": whole["2020.xml"]}
	if r := load(t, store, decade); !r.Counts.Nothing() {
		t.Errorf("the same decade again: %+v", r.Counts)
	}
	text := string(whole["2020.xml"].Data)
	first := text[strings.Index(text, "    <visit>"):strings.Index(text, "</visit>")] + "</visit>\n"
	_, id, _ := strings.Cut(first, "<id>")
	id, _, _ = strings.Cut(id, "</id>")
	first = strings.Replace(first, "<id>"+id+"</id>", "<id>99999</id>", 1)
	replace(t, decade, "2020.xml", "<visits>\n", "<visits>\n"+first)
	if r := load(t, store, decade); r.Counts.Added != 1 || r.Counts.Changed+r.Counts.Retracted > 0 {
		t.Errorf("one visit more: %+v", r.Counts)
	}
	if after := len(all(t, store)); after != before+1 {
		t.Errorf("%d meetings became %d", before, after)
	}
}

// A visit more to an occasion changes its meeting and no key.
func TestAnotherVisitorToAnOccasion(t *testing.T) {
	t.Parallel()
	files := copyOf(t, shipped())
	text := string(files["2020.xml"].Data)
	at := strings.Index(text, "<id>3167</id>")
	from := strings.LastIndex(text[:at], "    <visit>")
	visit := text[from : from+strings.Index(text[from:], "</visit>")+len("</visit>\n")]
	visit = strings.NewReplacer("<id>3167</id>", "<id>99999</id>", "korea-south", "canada", "South Korea", "Canada", "Yoon Suk Yeol", "Mary Simon").Replace(visit)
	replace(t, files, "2020.xml", "<visits>\n", "<visits>\n"+visit)
	before, after := readShipped(t), read(t, files)
	if len(before.meetings) != len(after.meetings) {
		t.Errorf("%d meetings became %d", len(before.meetings), len(after.meetings))
	}
	for key, m := range before.meetings {
		if same := cmp.Equal(m.Participations, after.meetings[key].Participations, cmp.AllowUnexported(graph.Date{})); same == (key == "us-visits:3166") {
			t.Errorf("%s: is it the same? %v", key, same)
		}
	}
}

// A visit to an occasion that is not understood takes the occasion with it, so that what is mended reads as if it had
// never been wrong: alone too.
func TestMendedAlone(t *testing.T) {
	t.Parallel()
	src := usvisits.New(states.Actors)
	good := fstest.MapFS{"2020.xml": copyOf(t, shipped())["2020.xml"]}
	files := maps.Clone(good)
	at := strings.Index(string(files["2020.xml"].Data), "<id>3167</id>")
	text := string(files["2020.xml"].Data)
	broken := text[:at] + strings.Replace(text[at:], "<start-date>2023-08-18</start-date>", "<start-date>2023-08-81</start-date>", 1)
	files["2020.xml"] = &fstest.MapFile{Data: []byte(broken)}
	s := read(t, files)
	if len(s.bad) != 1 || s.bad[0].Statement.Key != "us-visits:3166" || len(s.bad[0].Records) != 2 || len(s.bad[0].Mistakes) != 1 {
		t.Fatalf("in quarantine: %+v", s.bad)
	}
	frames, err := src.Frames(t.Context(), files)
	if err != nil {
		t.Fatal(err)
	}
	excerpt, err := ingest.ExcerptOf(t.Context(), good, append(frames, s.bad[0].Records...))
	if err != nil {
		t.Fatal(err)
	}
	alone := read(t, excerpt)
	if len(alone.meetings) != 1 || len(alone.bad) > 0 {
		t.Fatalf("mended and alone: %d meetings, %d in quarantine", len(alone.meetings), len(alone.bad))
	}
	if diff := cmp.Diff(readShipped(t).meetings["us-visits:3166"], alone.meetings["us-visits:3166"], cmp.AllowUnexported(graph.Date{}, graph.EngagementBase{})); diff != "" {
		t.Errorf("mended and alone it says (-whole +alone):\n%s", diff)
	}
}
