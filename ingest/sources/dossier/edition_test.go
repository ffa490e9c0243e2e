package dossier

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/form"
	"github.com/entente-graph/entente/internal/testneeds"
)

var may2024 = graph.MustDay("2024-05-31")

// equal compares trees without their places.
func equal(a, b *form.Node) bool {
	if a.Is != b.Is || a.Text != b.Text || len(a.Fields) != len(b.Fields) || len(a.Items) != len(b.Items) {
		return false
	}
	for i := range a.Fields {
		if a.Fields[i].Key.Text != b.Fields[i].Key.Text || !equal(a.Fields[i].Value, b.Fields[i].Value) {
			return false
		}
	}
	for i := range a.Items {
		if !equal(a.Items[i], b.Items[i]) {
			return false
		}
	}
	return true
}

func mustParse(t *testing.T, src []byte) *form.Node {
	t.Helper()
	root, mistakes := parse("dossier.yaml", src)
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	return root
}

func mustEdition(t *testing.T, src []byte, day string) []byte {
	t.Helper()
	out, err := Edition(src, graph.MustDay(day))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPrintedDossierReadsBackTheSame(t *testing.T) {
	for _, src := range [][]byte{NortheastAsia, example} {
		root := mustParse(t, src)
		if !equal(root, mustParse(t, printTree(root))) {
			t.Error("the printed dossier reads back differently")
		}
	}
	awkward := &form.Node{Is: form.Mapping}
	for i, text := range []string{"-", "- a", "a: b", "a #b", "'", `"`, `it's "x"`, "x:", "~", "no", "null", "*a", "&a", "[a", "a]", "{", "a, b", "2018?", "%a", "@a", "`a", "a\nb", "a\tb", `a\b`, "日本: x", strings.Repeat("long word ", 30) + "end", "?", "? a", "!x", "|", ">"} {
		k, l := fmt.Sprintf("k%d", i), fmt.Sprintf("l%d", i)
		list := &form.Node{Is: form.List, Items: []*form.Node{{Text: text}, {Is: form.Mapping, Fields: []form.Pair{{Key: &form.Node{Text: "m"}, Value: &form.Node{Text: text}}}}}}
		awkward.Fields = append(awkward.Fields, form.Pair{Key: &form.Node{Text: k}, Value: &form.Node{Text: text}}, form.Pair{Key: &form.Node{Text: l}, Value: list})
	}
	if got := mustParse(t, printTree(awkward)); !equal(awkward, got) {
		t.Errorf("awkward texts read back differently:\n%s", printTree(awkward))
	}
}

func TestEditionOfMay2024(t *testing.T) {
	out := mustEdition(t, NortheastAsia, "2024-05-31")
	byKey := map[string]graph.Statement{}
	for _, s := range statementsOf(t, NortheastAsiaFile, out) {
		byKey[string(s.Kind)+" "+s.Key] = s
	}
	for _, gone := range []string{
		"engagement northeast-asia:jpn-kor-defence-joint-statement-2024",
		"engagement northeast-asia:jpn-kor-defence-2024-06-01",
		"engagement northeast-asia:cma-full-suspension-2024-06-04",
		"work northeast-asia:mayadeen-20240602",
		"assertion northeast-asia:suspension-six-years-nhk",
		"actor org:trilateral-coordinating-secretariat",
		"actor person:sanae-takaichi",
	} {
		if _, here := byKey[gone]; here {
			t.Errorf("%s is in the earlier edition", gone)
		}
	}
	period := func(key string) graph.Period {
		s, here := byKey["engagement northeast-asia:"+key]
		if !here {
			t.Fatalf("%s is not in the earlier edition", key)
		}
		e, err := graph.DecodeEngagement(s.Body)
		if err != nil {
			t.Fatal(err)
		}
		return e.Base().Period
	}
	for _, key := range []string{"radar-lock-on", "suspension-defence-exchanges-2019"} {
		if p := period(key); !p.End.IsZero() || p.Why != graph.Ongoing {
			t.Errorf("%s ends %s, want an open end", key, p.EDTF())
		}
	}
	if p := period("gsomia-2016"); p.EDTF() != "2016-11-23/.." {
		t.Errorf("GSOMIA holds %s", p.EDTF())
	}
	kihara, err := graph.Decode[graph.Tenure](byKey["tenure northeast-asia:kihara-defense-2023"])
	if err != nil || kihara.Period.EDTF() != "2023-09-13/.." {
		t.Errorf("Kihara: %v %v", kihara, err)
	}
	source, err := graph.Decode[graph.Source](byKey["source northeast-asia"])
	if err != nil || source.Version != "2024-05-31" || source.Coverage[0].To.String() != "2024-05-31" {
		t.Errorf("the source: %+v %v", source, err)
	}
}

// Nothing in an edition is dated later, and no text of an entry speaks of later times.
func TestEditionHoldsNothingLater(t *testing.T) {
	e := &edition{day: may2024}
	root := mustParse(t, mustEdition(t, NortheastAsia, "2024-05-31"))
	var walk func(n *form.Node, field string)
	walk = func(n *form.Node, field string) {
		switch field {
		case "date", "from", "to":
			if e.later(n.Text) {
				t.Errorf("line %d: %s %s is later", n.Line, field, n.Text)
			}
		case "summary", "text", "note", "position", "title", "supports":
			if e.namesLater(n.Text) >= 0 {
				t.Errorf("line %d: %s speaks of later times: %s", n.Line, field, n.Text)
			}
		}
		for _, f := range n.Fields {
			walk(f.Value, f.Key.Text)
		}
		for _, item := range n.Items {
			walk(item, field)
		}
	}
	walk(root, "")
}

func TestEditionOfTheLastDayIsTheDossier(t *testing.T) {
	was := mustParse(t, NortheastAsia)
	is := mustParse(t, mustEdition(t, NortheastAsia, "2100-01-01"))
	for _, root := range []*form.Node{was, is} {
		root.Get("dossier").Set("version", "")
		root.Get("dossier").Get("coverage").Set("to", "")
	}
	if !equal(was, is) {
		t.Error("an edition of a day after everything has lost something")
	}
}

func TestEditionOfAnEditionIsItself(t *testing.T) {
	once := mustEdition(t, NortheastAsia, "2019-03-01")
	if twice := mustEdition(t, once, "2019-03-01"); !bytes.Equal(once, twice) {
		t.Error("the edition of an edition of the same day differs from it")
	}
	if len(statementsOf(t, "old.yaml", once)) < 200 {
		t.Error("little is left of March 2019")
	}
}

// Whatever the day, an edition is a dossier without mistakes.
func TestEditionsAreDossiers(t *testing.T) {
	step := 7
	if testneeds.Long() {
		step = 1
	}
	for year := 1952; year <= 2026; year += step {
		day := fmt.Sprintf("%d-%02d-15", year, 1+year%12)
		if err := load("edition-"+day+".yaml", mustEdition(t, NortheastAsia, day)); err != nil {
			t.Errorf("%v", err)
		}
	}
}

func TestEditionBeforeTheDossierBegins(t *testing.T) {
	if _, err := Edition(NortheastAsia, graph.MustDay("1900-01-01")); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("got %v", err)
	}
}

// The rules of an edition, one by one, on a dossier made for it.
func TestEditionRules(t *testing.T) {
	const src = `
dossier: {id: tiny, title: Tiny, version: 9, license: CC0-1.0, language: en, coverage: {from: 1950, to: 2020}}
works:
  - {id: early, title: Early, publisher: P, date: 2009}
  - {id: late, title: Late, publisher: P, date: 2011}
  - {id: undated, title: Undated, publisher: P}
  - {id: undated-late, title: Undated, of what went, publisher: P}
  - {id: unread, title: Cited by nobody at any time, publisher: P, read: false}
actors:
  - {key: org:seen, kind: organization, names: {en: Seen}, part_of: [org:parent]}
  - {key: org:parent, kind: organization, names: {en: Parent}}
  - {key: org:late-only, kind: organization, names: {en: Late only}, part_of: [org:late-parent]}
  - {key: org:late-parent, kind: organization, names: {en: Late parent}}
  - {key: org:born-late, kind: organization, names: {en: Born late}, existence: {from: 2015}, part_of: [org:parent]}
  - {key: org:child, kind: organization, names: {en: Child}, part_of: [org:born-late]}
disputes:
  - {id: row, title: Row, form: trade, topics: [trade], from: 2000, to: 2015, parties: [iso3:JPN, {actor: iso3:KOR, to: 2012}, {actor: iso3:CHN, from: 2013}], related: [late-act, all-undated], summary: It began. It ended in May 2015; all was well., cite: [early, late]}
agreements:
  - {id: pact, title: Pact, form: treaty, topics: [trade], place: Rome, stages: [{stage: signed, date: 2001}, {stage: in-force, date: 2002}, {stage: terminated, date: 2014}], parties: [iso3:JPN, iso3:KOR], effects: [{effect: establishes, between: [iso3:JPN, iso3:KOR], topic: trade, date: 2002}, {effect: ends, between: [iso3:JPN, iso3:KOR], topic: trade, date: 2014}], cite: [{work: early, supports: signed}, {work: late, supports: 'place, in-force (month)'}]}
acts:
  - {id: late-act, title: Late, type: protest, date: 2005, by: [org:late-only], topics: [trade], cite: [late, undated-late]}
  - {id: all-undated, title: All undated, type: protest, date: 2005, by: [org:seen, org:born-late], topics: [trade], cite: [undated]}
  - {id: future, title: Announced, type: visit, date: 2010-07, by: [iso3:JPN], topics: [trade], cite: [early]}
assertions:
  - {id: about-gone, about: late-act, author: early, stance: asserts, text: So., cite: [early]}
  - {id: by-gone, about: row, author: late, stance: asserts, text: So., cite: [early]}
  - {id: stays, about: row, author: early, stance: asserts, text: So., date: 2009, cite: [early]}
`
	const want = `dossier:
  id: tiny
  title: Tiny
  version: 2010-06-30
  license: CC0-1.0
  language: en
  coverage:
    from: 1950
    to: 2010-06-30

works:
  - id: early
    title: Early
    publisher: P
    date: 2009

  - id: undated
    title: Undated
    publisher: P

  - id: unread
    title: Cited by nobody at any time
    publisher: P
    read: false

actors:
  - key: org:seen
    kind: organization
    names:
      en: Seen
    part_of: [org:parent]

  - key: org:parent
    kind: organization
    names:
      en: Parent

  - key: org:child
    kind: organization
    names:
      en: Child

disputes:
  - id: row
    title: Row
    form: trade
    topics: [trade]
    from: 2000
    to: ongoing
    parties:
      - iso3:JPN
      - {actor: iso3:KOR}
    related: [all-undated]
    summary: It began.
    cite: [early]

agreements:
  - id: pact
    title: Pact
    form: treaty
    topics: [trade]
    stages:
      - {stage: signed, date: 2001}
    parties: [iso3:JPN, iso3:KOR]
    cite:
      - {work: early, supports: signed}

acts:
  - id: all-undated
    title: All undated
    type: protest
    date: 2005
    by: [org:seen]
    topics: [trade]
    cite: [undated]

assertions:
  - id: stays
    about: row
    author: early
    stance: asserts
    text: So.
    date: 2009
    cite: [early]
`
	got := string(mustEdition(t, []byte(strings.ReplaceAll(src, "Undated, of what went", "Of what went")), "2010-06-30"))
	if got != want {
		t.Errorf("got\n%s", got)
	}
}
