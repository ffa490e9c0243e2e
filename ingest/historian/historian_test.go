package historian_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/historian"
	"github.com/entente-graph/entente/ingest/sources/states"
	ustravels "github.com/entente-graph/entente/ingest/sources/us-travels"
	usvisits "github.com/entente-graph/entente/ingest/sources/us-visits"
)

var format = historian.Format{
	Dataset: "test", Root: "notes", Record: "note", Attrs: []string{"lang"},
	Fields: []historian.Field{{Name: "id"}, {Name: "from", Attr: "id"}, {Name: "text", Inline: "em"}},
}

// says prints the records and mistakes of a text, or why it is refused.
func says(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	files := fstest.MapFS{"a.xml": &fstest.MapFile{Data: []byte(text)}}
	for rec, err := range historian.Read(t.Context(), files, "a.xml", format) {
		if err != nil {
			fmt.Fprintf(&b, "refused %v\n", err)
			if !errors.Is(err, graph.ErrInvalid) {
				t.Errorf("%q: %v is not an ErrInvalid", text, err)
			}
			break
		}
		fmt.Fprintf(&b, "%d [%d,%d)", rec.Line, rec.From, rec.To)
		for _, name := range []string{"@lang", "id", "from", "from/@id", "text"} {
			fmt.Fprintf(&b, " %s=%s", name, rec.Get(name).Text)
		}
		b.WriteString("\n")
		for _, m := range rec.Mistakes {
			fmt.Fprintf(&b, "  %s @%d\n", m.Error(), m.Byte)
		}
	}
	return b.String()
}

const good = `<note lang="en"><id>1</id><from id="x">X</from><text> a
   <em>b</em>&amp;c </text></note>`

func TestRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"a record": {"<notes>\n  " + good + "\n</notes>\n", "2 [8,100) @lang=en id=1 from=X from/@id=x text=a b&c\n"},
		"declaration, comments, mark": {
			"\ufeff<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- c --><notes><!-- c -->" + good + "<!-- c --></notes><!-- c -->",
			"1 [68,158) @lang=en id=1 from=X from/@id=x text=a b&c\n",
		},
		"none":           {"<notes/>", ""},
		"line ends":      {"<notes>\r\n" + strings.ReplaceAll(good, "\n", "\r\n") + "\r</notes>", "2 [9,100) @lang=en id=1 from=X from/@id=x text=a b&c\n"},
		"nothing":        {"", `refused a.xml:1:1: there is no <notes> in it (test reads files whose root is <notes>, with <note> in it)` + "\n"},
		"not XML":        {"id,from\n", `refused a.xml:1:1: "id,from": this is not XML (test reads files whose root is <notes>, with <note> in it)` + "\n"},
		"another root":   {"<visits/>", `refused a.xml:1:1: "<visits>": this is not a file of test (test reads files whose root is <notes>, with <note> in it)` + "\n"},
		"another space":  {`<notes xmlns="http://x"/>`, `refused a.xml:1:1: "<notes>": this is not a file of test (test reads files whose root is <notes>, with <note> in it)` + "\n"},
		"root attribute": {`<notes a="1"/>`, `refused a.xml:1:1: "a": <notes> has no attributes` + "\n"},
		"two roots":      {"<notes/><notes/>", `refused a.xml:1:9: something follows the end of <notes> (a file has one root)` + "\n"},
		"text between":   {"<notes>\n x </notes>", `refused a.xml:1:8: "x": text cannot stand between records` + "\n"},
		"cut off":        {"<notes>\n<note lang=\"en\">", `refused a.xml:2:17: this is not well-formed XML: the file ends within an element (it was cut off: fetch it again)` + "\n"},
		"crossed": {
			"<notes><note lang=\"en\"><id></from></note></notes>",
			"refused a.xml:1:35: this is not well-formed XML: element <id> closed by </from>\n",
		},
		"entity":      {"<notes><note lang=\"en\"><id>&x;</id></note></notes>", "refused a.xml:1:31: this is not well-formed XML: invalid character entity &x;\n"},
		"instruction": {"<notes><?php x?></notes>", `refused a.xml:1:8: "<?php": these files have no processing instructions` + "\n"},
		"bytes":       {"<notes>\n\xff</notes>", `refused a.xml:2:1: "ff": this byte is not UTF-8 (the producer's files are UTF-8: save it as such, or fetch it again)` + "\n"},
		"NUL":         {"<notes>\n\x00</notes>", "refused a.xml:2:2: this is not well-formed XML: illegal character code U+0000\n"},
		"charset": {
			`<?xml version="1.0" encoding="ISO-8859-1"?><notes/>`,
			"refused a.xml:1:1: \"ISO-8859-1\": the file declares a charset that is not UTF-8 (the producer's files are UTF-8: save it as such, or fetch it again)\n",
		},
		"document type": {
			`<!DOCTYPE notes [<!ENTITY a "b">]><notes/>`,
			`refused a.xml:1:1: "<!DOCTYPE notes [<!ENTITY a \"b\">]": these files have no document type, and one is not read: it could define entities` + "\n",
		},
		"unknown things": {
			"<notes>\n<note lang=\"en\" x=\"1\">\n<id>1</id><from id=\"x\" y=\"\">X</from><txt/><text><b>q</b></text>z</note><other/></notes>",
			"2 [8,102) @lang=en id=1 from=X from/@id=x text=q\n" +
				`  a.xml:2:1: @x: "1": this attribute is not known here @9` + "\n" +
				`  a.xml:3:11: from/@y: this attribute is not known here @42` + "\n" +
				`  a.xml:3:37: "<txt>": this element is not known here (did you mean text?) @68` + "\n" +
				`  a.xml:3:49: "<b>": this element is not known in <text> @80` + "\n" +
				`  a.xml:3:64: "z": text cannot stand between the fields of a record @95` + "\n" +
				"3 [102,110) @lang= id= from= from/@id= text=\n" +
				`  a.xml:3:72: "<other>": this element is not known here (a file of test holds <note>) @103` + "\n",
		},
		"missing and twice": {
			"<notes><note><id>1</id><id>2</id><from>X</from></note></notes>",
			"1 [7,54) @lang= id=1 from=X from/@id= text=\n" +
				"  a.xml:1:8: @lang: this attribute is missing or empty @8\n" +
				`  a.xml:1:28: id: "2": the record has two <id> (each field stands once) @28` + "\n" +
				"  a.xml:1:34: from/@id: this attribute is missing or empty @34\n" +
				"  a.xml:1:48: text: the record has no <text> @48\n",
		},
	} {
		if got := says(t, c.text); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

// Frames and records are the whole file but for what stands between records.
func TestFrames(t *testing.T) {
	t.Parallel()
	text := "<?xml version=\"1.0\"?>\n<notes>\n  " + good + "\n\n  " + good + "\n</notes>\n"
	files := fstest.MapFS{"a.xml": &fstest.MapFile{Data: []byte(text)}, "b.xml": &fstest.MapFile{Data: []byte("<notes>\n</notes>\n")}}
	frames, err := historian.Frames(t.Context(), files, []string{"a.xml"}, format)
	if err != nil {
		t.Fatal(err)
	}
	var whole strings.Builder
	last := int64(0)
	for rec, err := range historian.Read(t.Context(), files, "a.xml", format) {
		if err != nil {
			t.Fatal(err)
		}
		if last == 0 {
			whole.WriteString(text[frames[0].From:frames[0].To])
		}
		whole.WriteString(text[rec.From:rec.To])
		last = rec.To
	}
	whole.WriteString(text[frames[1].From:frames[1].To])
	if got, want := strings.Join(strings.Fields(whole.String()), " "), strings.Join(strings.Fields(text), " "); strings.ReplaceAll(got, "><", "> <") != strings.ReplaceAll(want, "><", "> <") {
		t.Errorf("put together:\n%s\nwant\n%s", got, want)
	}
	if frames, err := historian.Frames(t.Context(), files, []string{"b.xml"}, format); err != nil || len(frames) != 1 || frames[0].To != 17 || !frames[0].Frame {
		t.Errorf("a file without records has the frames %+v, %v", frames, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("<notes>\n  " + good + "\n</notes>\n")
	f.Add("<notes><note><id/><!-- --></note><x/></notes>")
	f.Fuzz(func(t *testing.T, text string) {
		files := fstest.MapFS{"a.xml": &fstest.MapFile{Data: []byte(text)}}
		last := int64(0)
		for rec, err := range historian.Read(t.Context(), files, "a.xml", format) {
			if err != nil {
				return
			}
			if rec.From < last || rec.To <= rec.From || rec.To > int64(len(text)) || rec.Line < 1 {
				t.Fatalf("a record at %d [%d,%d) after %d", rec.Line, rec.From, rec.To, last)
			}
			last = rec.To
		}
	})
}

func roster(t *testing.T) *ingest.Roster {
	t.Helper()
	r, err := ingest.Registry(states.Actors).Once()()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWhoACountryWas(t *testing.T) {
	t.Parallel()
	r := roster(t)
	for _, c := range []struct{ id, start, end, want string }{
		{"russia", "1972-05-22", "1972-05-30", "iso3:SUN"},
		{"russia", "1992-01-29", "1992-01-29", "iso3:RUS"}, // printed U.S.S.R.
		{"russia", "1991-12-24", "1991-12-27", "iso3:SUN iso3:RUS"},
		{"germany", "1960-01-01", "1960-01-01", "iso3:DEU"},
		{"germany", "1945-07-17", "1945-08-02", "-"},
		{"german-democratic-republic", "1990-06-11", "1990-06-11", "iso3:DDR"},
		{"yemen", "1986-04-10", "1986-04-12", "cow:678"},
		{"yemen", "1990-06-01", "1990-06-01", "iso3:YEM"},
		{"vietnam", "1966-10-26", "1966-10-26", "cow:817"},
		{"vietnam", "2000-11-16", "2000-11-20", "iso3:VNM"},
		{"kosovo", "2001-07-24", "2001-07-24", "iso3:YUG"},
		{"kosovo", "2010-10-13", "2010-10-13", "cow:347"},
		{"serbia", "2003-04-02", "2003-04-02", "iso3:YUG"},
		{"serbia", "2012-10-30", "2012-10-30", "iso3:SRB"},
		{"korea", "2017-06-28", "2017-07-01", "iso3:KOR"},
		{"somoa", "2023-09-25", "2023-09-25", "iso3:WSM"},
		{"china", "1945-04-26", "1945-06-14", "iso3:CHN"},
		{"taiwan", "1970-10-24", "1970-10-25", "iso3:TWN"},
		{"palau", "1986-06-28", "1986-06-28", "iso3:PCI"},
		{"hawaii", "1874-12-12", "1874-12-23", "-"},
		{"egypt", "1960-09-26", "1960-09-26", "iso3:EGY"},
		{"korea-nort", "2018-01-01", "2018-01-01", "this id of a country is not known (did you mean korea-north, korea-south?)"},
		{"czechoslovakia", "2020-01-01", "2020-01-01", "nobody held the iso3 code CSK in 2020-01-01 (held by iso3:CSK (Czechoslovakia) 1918-10-28..1992-12-31)"},
	} {
		period := graph.Period{Start: graph.MustDate(c.start), End: graph.MustDate(c.end)}
		country, err := historian.ResolveCountry(r, c.id, period)
		var got []string
		for _, h := range country.Held {
			got = append(got, string(h.Actor))
		}
		say := strings.Join(got, " ")
		if err != nil {
			say = err.Error()
		} else if say == "" && country.Note != "" {
			say = "-"
		}
		if say != c.want {
			t.Errorf("%s from %s to %s is %q, want %q", c.id, c.start, c.end, say, c.want)
		}
	}
}

// Every id in the shipped files of both datasets is in the table, and each of the table is in the files.
func TestEveryIDIsDecided(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, files := range []fs.FS{usvisits.New(states.Actors).Shipped(), ustravels.New(states.Actors).Shipped()} {
		err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".xml") {
				return err
			}
			text, err := fs.ReadFile(files, name)
			if err != nil {
				return err
			}
			var doc struct {
				Records []struct {
					From struct {
						ID string `xml:"id,attr"`
					} `xml:"from"`
					Country struct {
						ID string `xml:"id,attr"`
					} `xml:"country"`
				} `xml:",any"`
			}
			if err := xml.Unmarshal(text, &doc); err != nil {
				return err
			}
			for _, r := range doc.Records {
				used[r.From.ID+r.Country.ID] = true
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	ids, err := historian.CountryIDs()
	if err != nil {
		t.Fatal(err)
	}
	if len(used) != 210 {
		t.Errorf("the files have %d ids", len(used))
	}
	for _, id := range ids {
		if !used[id] {
			t.Errorf("%s is in countries.csv and in no file", id)
		}
		delete(used, id)
	}
	for id := range used {
		t.Errorf("%s is in the files and not in countries.csv", id)
	}
}

// Every code of the table is one that somebody of the registry ever held.
func TestEveryCodeIsHeld(t *testing.T) {
	t.Parallel()
	r := roster(t)
	ids, err := historian.CountryIDs()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		for _, day := range []string{"1900-06-01", "1930-06-01", "1955-06-01", "1980-06-01", "2015-06-01"} {
			_, err := historian.ResolveCountry(r, id, graph.On(graph.MustDate(day)))
			if err != nil && !strings.Contains(err.Error(), "nobody held") && !strings.Contains(err.Error(), "is not decided") {
				t.Errorf("%s on %s: %v", id, day, err)
			}
		}
	}
}

func TestSlug(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Shinzō Abe": "shinzo-abe", "Valery Giscard d’Estaing": "valery-giscard-destaing", "Tommy E. Remengesau, Jr.": "tommy-e-remengesau-jr",
		"al-Abadi": "al-abadi", "Tô Lâm": "to-lam",
	} {
		if got := historian.Slug(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}
