package states

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
)

func actors(t *testing.T) map[graph.ActorKey]graph.ActorFacts {
	t.Helper()
	all, err := Actors()
	if err != nil {
		t.Fatal(err)
	}
	byKey := map[graph.ActorKey]graph.ActorFacts{}
	for _, a := range all {
		byKey[a.Key] = a
	}
	return byKey
}

// loaded gives a store that holds the shipped registry.
func loaded(t *testing.T) graph.Reader {
	t.Helper()
	store, err := sqlitestore.Open(filepath.Join(t.TempDir(), "states.db"), sqlitestore.Create())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	report, err := ingest.Load(context.Background(), ingest.Options{Source: Source{}, Files: Source{}.Shipped(), Reader: store, Writer: store})
	if err != nil {
		t.Fatal(err)
	}
	if report.Counts.Nothing() {
		t.Fatal("the load wrote nothing")
	}
	return store
}

// The codes that a person types, on a day or without one, and whom they name.
func TestCodesNameTheirHolderOnTheDay(t *testing.T) {
	store := loaded(t)
	for _, c := range []struct{ code, asOf, want string }{
		{"KOR", "", "iso3:KOR"},
		{"kor", "2018-12-20", "iso3:KOR"},
		{"cow:732", "", "iso3:KOR"},
		{"cowc:ROK", "2000-01-01", "iso3:KOR"},
		{"cowc:KOR", "", "cow:730"},
		{"cowc:KOR", "1905-11-17", "cow:730"},
		{"cowc:KOR", "1905-11-18", "nobody"},
		{"gwc:KOR", "1910-08-22", "cow:730"},
		{"KOR", "1900-01-01", "ambiguous iso3:KOR"},
		{"AUS", "", "iso3:AUS"},
		{"AUS", "1901-01-01", "iso3:AUS"},
		{"AUS", "1919-10-01", "iso3:AUS"},
		{"AUS", "1850-01-01", "ambiguous cowc:AUS iso3:AUS"},
		{"AUS", "1900-12-31", "ambiguous cowc:AUS iso3:AUS"},
		{"cowc:AUS", "1850-01-01", "cow:300"},
		{"cowc:AUS", "", "iso3:AUT"},
		{"cow:365", "1991-12-25", "iso3:SUN"},
		{"cow:365", "1991-12-26", "iso3:RUS"},
		{"gw:365", "1991-12-25", "iso3:SUN"},
		{"cow:365", "1922-12-29", "iso3:RUS"},
		{"cow:365", "1922-12-30", "iso3:SUN"},
		{"cow:365", "", "iso3:RUS"},
		{"RUS", "1950-01-01", "ambiguous cowc:RUS iso3:RUS"},
		{"cow:255", "1900-01-01", "iso3:DEU"},
		{"cow:255", "1970-01-01", "nobody"},
		{"cow:260", "1970-01-01", "iso3:DEU"},
		{"gw:260", "", "iso3:DEU"},
		{"cow:265", "1970-01-01", "iso3:DDR"},
		{"cow:345", "1900-01-01", "iso3:SRB"},
		{"cow:345", "1930-01-01", "iso3:YUG"},
		{"cow:345", "2006-06-03", "iso3:YUG"},
		{"cow:345", "2006-06-04", "iso3:SRB"},
		{"cowc:SRB", "2006-06-03", "iso3:SRB"},
		{"gw:340", "2010-01-01", "iso3:SRB"},
		{"SCG", "", "iso3:YUG"},
		{"gw:678", "1985-01-01", "cow:678"},
		{"gw:678", "1995-01-01", "iso3:YEM"},
		{"cow:679", "", "iso3:YEM"},
		{"YEM", "1985-01-01", "cow:678"},
		{"cow:816", "", "iso3:VNM"},
		{"cow:817", "", "cow:817"},
		{"gw:815", "", "gw:815"},
		{"VNM", "1850-01-01", "ambiguous gwc:VNM iso3:VNM"},
		{"cow:640", "1900-01-01", "iso3:TUR"},
		{"cow:300", "1900-01-01", "cow:300"},
		{"ZAR", "", "iso3:COD"},
		{"BYS", "1980-01-01", "iso3:BLR"},
		{"iso2:AI", "1975-01-01", "iso3:AFI"},
		{"iso2:AI", "", "iso3:AIA"},
		{"iso2:SK", "1970-01-01", "iso3:SKM"},
		{"iso2:SK", "", "iso3:SVK"},
		{"iso2:CS", "1980-01-01", "iso3:CSK"},
		{"iso2:CS", "2005-01-01", "iso3:YUG"},
		{"iso2:BQ", "1970-01-01", "iso3:ATB"},
		{"iso2:GE", "1975-01-01", "iso3:GEL"},
	} {
		t.Run(c.code+"@"+c.asOf, func(t *testing.T) {
			var q graph.SnapshotQuery
			if c.asOf != "" {
				day := graph.MustDay(c.asOf)
				q.AsOf = &day
			}
			view, err := graph.At(t.Context(), store, q)
			if err != nil {
				t.Fatal(err)
			}
			got, ambiguous := "", []string(nil)
			keys, err := view.Resolve(t.Context(), c.code)
			var p *graph.Problem
			switch {
			case err == nil:
				got = string(keys[0])
			case errors.As(err, &p) && p.Code == graph.CodeAmbiguousCode:
				got, ambiguous = "ambiguous", p.Suggestions
			case errors.Is(err, graph.ErrNotFound):
				got = "nobody"
			default:
				t.Fatal(err)
			}
			want, suggestions, _ := strings.Cut(c.want, " ")
			for _, s := range strings.Fields(suggestions) {
				if got == "ambiguous" && !slices.Contains(ambiguous, s) {
					t.Errorf("%s is not among the candidates %v", s, ambiguous)
				}
			}
			if got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

// An actor shows all its spells of one code, and the code it has today last.
func TestActorKeepsEverySpell(t *testing.T) {
	view, err := graph.At(t.Context(), loaded(t), graph.SnapshotQuery{})
	if err != nil {
		t.Fatal(err)
	}
	germany, err := view.Actor(t.Context(), "DEU")
	if err != nil {
		t.Fatal(err)
	}
	var spells []string
	for _, id := range germany.Identifiers {
		if id.Scheme == "cow" {
			spells = append(spells, id.Value+" "+id.Period.EDTF())
		}
	}
	want := []string{"255 1816-01-01/1945-05-08", "260 1955-05-05/1990-10-02", "255 1990-10-03/.."}
	if !slices.Equal(spells, want) {
		t.Errorf("cow numbers of Germany: %v, want %v", spells, want)
	}
	if got := germany.Identifier("cow"); got != "255" {
		t.Errorf("Germany's number is %s, want 255", got)
	}
}

func TestNamesInEightLanguages(t *testing.T) {
	all := actors(t)
	today := 0
	for key, a := range all {
		current := a.Existence[len(a.Existence)-1].Why == graph.Ongoing && hasCurrentISO(a)
		byHand := slices.Contains([]graph.ActorKey{
			"iso3:SUN", "iso3:YUG", "iso3:DDR", "cow:678", "iso3:YMD", "cow:817", "iso3:CSK", "cow:300", "cow:730", "cow:347",
		}, key)
		if current {
			today++
		}
		for _, n := range a.Names {
			if n.Text == "" || !slices.Contains(Languages, n.Lang) {
				t.Errorf("%s has the name %q in %q", key, n.Text, n.Lang)
			}
		}
		for _, lang := range Languages {
			if (current || byHand || lang == "en") && !slices.ContainsFunc(a.Names, func(n graph.Name) bool { return n.Lang == lang }) {
				t.Errorf("%s has no name in %s", key, lang)
			}
		}
	}
	if today != 249 {
		t.Errorf("%d holders of a code of today, want 249", today)
	}
}

// Names by hand, and CLDR's where its table is old.
func TestNamesOnADay(t *testing.T) {
	store := loaded(t)
	for _, c := range []struct{ key, asOf, lang, want string }{
		{"iso3:KOR", "", "en", "South Korea"},
		{"iso3:KOR", "", "ko", "대한민국"},
		{"iso3:PRK", "", "en", "North Korea"},
		{"iso3:JPN", "", "ja", "日本"},
		{"iso3:SWZ", "", "en", "Eswatini"},
		{"iso3:SWZ", "2000-01-01", "en", "Swaziland"},
		{"iso3:SWZ", "", "ru", "Эсватини"},
		{"iso3:MKD", "", "fr", "Macédoine du Nord"},
		{"iso3:MKD", "2010-01-01", "fr", "Macédoine"},
		{"iso3:TUR", "", "en", "Türkiye"},
		{"iso3:TUR", "", "ja", "トルコ"},
		{"iso3:TUR", "2000-01-01", "ko", "터키"},
		{"iso3:TUR", "1900-01-01", "ja", "オスマン帝国"},
		{"iso3:DEU", "", "en", "Germany"},
		{"iso3:DEU", "1960-01-01", "ko", "서독"},
		{"iso3:DEU", "1850-01-01", "fr", "Prusse"},
		{"iso3:DDR", "", "ja", "東ドイツ"},
		{"iso3:SUN", "", "zh", "苏联"},
		{"iso3:YUG", "2005-01-01", "ru", "Сербия и Черногория"},
		{"iso3:VNM", "1970-01-01", "en", "North Vietnam"},
		{"cow:817", "1970-01-01", "es", "Vietnam del Sur"},
		{"cow:300", "1850-01-01", "en", "Austrian Empire"},
		{"cow:300", "1900-01-01", "en", "Austria-Hungary"},
		{"iso3:YMD", "", "ar", "اليمن الجنوبي"},
		{"cow:730", "1900-01-01", "ko", "조선"},
		{"iso3:EGY", "", "en", "Egypt"},
	} {
		var q graph.SnapshotQuery
		if c.asOf != "" {
			day := graph.MustDay(c.asOf)
			q.AsOf = &day
		}
		view, err := graph.At(t.Context(), store, q)
		if err != nil {
			t.Fatal(err)
		}
		a, err := view.Actor(t.Context(), c.key)
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Name(c.lang); got != c.want {
			t.Errorf("%s in %s as of %q is %s, want %s", c.key, c.lang, c.asOf, got, c.want)
		}
	}
}

func hasCurrentISO(a graph.ActorFacts) bool {
	return slices.ContainsFunc(a.Citations, func(c graph.Citation) bool { return c.Work == workISO })
}

// Every code of the standard once, each with an actor of its own.
func TestEveryCodeOfTheStandard(t *testing.T) {
	all, err := read(Files)
	if err != nil {
		t.Fatal(err)
	}
	two, three := map[string]bool{}, map[string]bool{}
	byKey := actors(t)
	for _, r := range all["iso.csv"] {
		a2, a3 := r.get("alpha2"), r.get("alpha3")
		if two[a2] || three[a3] {
			t.Errorf("%s: %s or %s stands twice", r.locator(), a2, a3)
		}
		two[a2], three[a3] = true, true
		a := byKey[graph.ActorKey("iso3:"+a3)]
		if (*graphActor(a)).Identifier("iso3") != a3 || (*graphActor(a)).Identifier("iso2") != a2 {
			t.Errorf("iso3:%s does not hold %s and %s last", a3, a3, a2)
		}
	}
	if len(two) != 249 {
		t.Errorf("%d codes, want 249", len(two))
	}
	entries := map[string]bool{}
	for _, r := range all["iso-withdrawn.csv"] {
		if e := r.get("entry"); e != "" {
			entries[e] = true
			if !strings.HasPrefix(e, r.get("alpha2")) {
				t.Errorf("%s: %s does not begin with %s", r.locator(), e, r.get("alpha2"))
			}
		}
	}
	if len(entries) != 31 {
		t.Errorf("%d entries of ISO 3166-3, want 31", len(entries))
	}
}

func graphActor(f graph.ActorFacts) *graph.Actor {
	return &graph.Actor{Key: f.Key, Identifiers: f.Identifiers}
}

// The key of an actor is one of its own codes, so that a number and the key it makes never part.
func TestKeysAreOwnCodes(t *testing.T) {
	for key, a := range actors(t) {
		c := graph.ParseCode(string(key))
		if !slices.ContainsFunc(a.Identifiers, func(id graph.Identifier) bool { return id.Scheme == c.Scheme && id.Value == c.Value }) {
			t.Errorf("%s does not hold its own code", key)
		}
		if len(a.Citations) == 0 {
			t.Errorf("%s cites nothing", key)
		}
	}
}

// Mistakes in the tables are told with file, line and column, all at once.
func TestMistakesComeTogether(t *testing.T) {
	files := fstest.MapFS{}
	for _, name := range tableNames() {
		text, err := fs.ReadFile(Files, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: text}
	}
	change := func(name, from, to string) {
		t.Helper()
		text := string(files[name].Data)
		if !strings.Contains(text, from) {
			t.Fatalf("%s does not hold %q", name, from)
		}
		files[name].Data = []byte(strings.Replace(text, from, to, 1))
	}
	change("cow.csv", "740,JPN,1860-01-01,1945-08-14,iso3:JPN", "740,JPN,1860-01-01,1952-08-14,iso3:JPNN")
	change("cow.csv", "732,ROK,1949-06-29,,iso3:KOR", "731,ROK,1949-06-29,,iso3:KOR")
	change("gw.csv", "1948-08-15", "1948-02-30")
	change("names.csv", "iso3:SUN,en,USSR", "iso3:SUN,xx,USSR")
	change("actors.csv", "iso3:DDR,East Germany,,", "iso3:DDR,East Germany,DD,")
	change("existence.csv", "iso3:SUN,1922-12-30,1991-12-25,lists", "iso3:SUN,1922-12-30,1911-12-25,hearsay")
	_, err := build(files)
	var mistakes ingest.Mistakes
	if !errors.As(err, &mistakes) {
		t.Fatalf("got %v, want mistakes", err)
	}
	for _, want := range []string{
		`"iso3:JPNN": is no actor of the registry (did you mean iso3:JPN?)`,
		`cow.csv:`, `"731": already names iso3:PRK on some of these days`,
		`"1948-02-30": is not a date`,
		`"xx": is not one of the registry's languages`,
		`"DD": is not a code of iso.csv`,
		`"hearsay": is not where an existence comes from (write lists or own)`,
		`"1911-12-25": the period ends (1911-12-25) before it begins`,
	} {
		if !strings.Contains(mistakes.Error(), want) {
			t.Errorf("no mistake says %s; they are:\n%v", want, mistakes)
		}
	}
	for _, m := range mistakes {
		if m.File == "" || m.Line == 0 || m.Column == 0 {
			t.Errorf("no position: %v", m)
		}
	}
}

func TestFilesItDoesNotKnow(t *testing.T) {
	_, err := Source{}.Slices(t.Context(), fstest.MapFS{"actor.csv": {Data: []byte("key\n")}})
	if err == nil || !strings.Contains(err.Error(), "did you mean actors.csv?") {
		t.Errorf("got %v", err)
	}
	_, err = Source{}.Slices(t.Context(), fstest.MapFS{"actors.csv": {Data: []byte("key\n")}})
	if err == nil || !strings.Contains(err.Error(), "cow.csv: is missing") {
		t.Errorf("got %v", err)
	}
}

// TestOlderThanTheLists: of whom the beginning is not known the registry says since when a list counts it, and of nobody else.
func TestOlderThanTheLists(t *testing.T) {
	b := book(actors(t))
	for key, want := range map[graph.ActorKey]string{
		"iso3:FRA": "1816-01-01", "iso3:JPN": "1816-01-01", "iso3:CHN": "1816-01-01", "cow:730": "1816-01-01", "cow:245": "1816-01-01",
		"iso3:AFG": "1816-01-01", "iso3:AND": "1993-07-28", "iso3:USA": "", "iso3:CAN": "", "iso3:ATA": "", "iso3:ASM": "",
	} {
		if got := b[key].Existence[0].ObservedFrom.String(); got != want {
			t.Errorf("%s was observed from %q, not %q", key, got, want)
		}
	}
	n := 0
	for key, a := range b {
		for i, p := range a.Existence {
			if p.ObservedFrom.IsZero() {
				continue
			}
			if n++; i > 0 || !p.Start.IsZero() {
				t.Errorf("%s: %+v", key, p)
			}
		}
	}
	if n != 39 {
		t.Errorf("%d states are older than the list that counts them first, not 39", n)
	}
}
