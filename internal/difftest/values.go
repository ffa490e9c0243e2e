package difftest

import (
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/entente-graph/entente/graph"
)

// drawing draws the values of arguments. count tells how often something was given; what was given least is given next.
type drawing struct {
	*rand.Rand
	schema *ast.Schema
	words  *vocabulary
	asked  map[string]int
}

func one[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

// early draws one, those at the beginning much more often.
func early[T any](r *rand.Rand, of []T) T {
	if r.IntN(3) > 0 {
		return of[r.IntN(min(len(of), 8))]
	}
	return of[r.IntN(len(of))]
}

func (d *drawing) in(n, of int) bool { return d.IntN(of) < n }

// value draws a value of a type, for an argument or a field of an input object.
func (d *drawing) value(owner, name string, t *ast.Type) any {
	if !t.NonNull && d.in(1, 60) {
		return nil
	}
	if t.Elem != nil {
		var items list
		for range 1 + d.IntN(3) - b2i(d.in(1, 20)) {
			items = append(items, d.value(owner, name, t.Elem))
		}
		return items
	}
	def := d.schema.Types[t.NamedType]
	switch def.Kind {
	case ast.Enum:
		return d.enumValue(def)
	case ast.InputObject:
		return d.object(def)
	default:
	}
	switch t.NamedType {
	case "Int":
		return d.number(name)
	case "Float":
		return float64(d.IntN(200)) / 8
	case "Boolean":
		return d.in(1, 2)
	case "ID":
		if len(d.words.ids) == 0 || d.in(1, 40) {
			return one(d.Rand, unknown)
		}
		return one(d.Rand, d.words.ids)
	case "Day":
		if d.in(1, 80) {
			return one(d.Rand, []string{"2019-02-30", "2019", "", "20190101"})
		}
		return one(d.Rand, d.words.days)
	case "DateTime":
		if d.in(1, 20) {
			return one(d.Rand, []string{"2019-02-03", "1900-01-01T00:00:00Z", "2026-01-03T09:30:00.003+02:00"})
		}
		return one(d.Rand, d.words.moments)
	default:
		return d.text(owner, name)
	}
}

func (d *drawing) enumValue(def *ast.Definition) enum {
	chosen, least := "", 0
	for _, i := range d.Perm(len(def.EnumValues)) {
		v := def.EnumValues[i].Name
		if n := d.asked[nameOfValue(def.Name, v)]; chosen == "" || n < least && d.in(1, 2) {
			chosen, least = v, n
		}
	}
	d.asked[nameOfValue(def.Name, chosen)]++
	return enum(chosen)
}

// number draws whole numbers. Sizes of pages are drawn where pages are (pages.go).
func (d *drawing) number(name string) int {
	switch {
	case strings.Contains(strings.ToLower(name), "load"):
		if d.in(1, 30) {
			return one(d.Rand, []int{-1, len(d.words.loads), 1 << 30})
		}
		return one(d.Rand, d.words.loads)
	case d.in(1, 30):
		return one(d.Rand, []int{-1, 0, 1000, 1<<31 - 1})
	case name == "limit", name == "maxDegree":
		return one(d.Rand, []int{2, 3, 5, 10, 30, 200})
	case name == "maxParties":
		return one(d.Rand, []int{2, 3, 4, 8, 20})
	default:
		return 1 + d.IntN(4)
	}
}

// object draws an input object. Of two days the earlier comes first, mostly: they bound an interval.
func (d *drawing) object(def *ast.Definition) object {
	var members object
	for _, f := range def.Fields {
		required := f.Type.NonNull && f.DefaultValue == nil
		if !required && !d.in(1, 2+min(max(1, len(def.Fields)-2), d.asked[nameOfField(def.Name, f.Name)])) {
			continue
		}
		d.asked[nameOfField(def.Name, f.Name)]++
		members = append(members, member{f.Name, d.value(def.Name, f.Name, f.Type), required})
	}
	d.order(members, def)
	d.fit(members, def)
	return members
}

// fit makes members go together that would hardly ever by chance: whose office, and its title; a scheme, and a code.
func (d *drawing) fit(members object, def *ast.Definition) {
	var texts []string
	switch {
	case d.in(1, 5):
	case def.Name == "OfficeWhere" && len(d.words.ofOffice) > 0:
		held := one(d.Rand, d.words.ofOffice)
		texts = []string{"of", held[0], "title", held[1]}
	case def.Name == "IdentifierWhere" && len(d.words.codes)+len(d.words.numbers) > 0: // of actors and of engagements
		scheme, code, _ := strings.Cut(one(d.Rand, slices.Concat(d.words.codes, d.words.numbers)), ":")
		texts = []string{"scheme", scheme, "eq", code, "in", code}
	}
	for i := range members {
		for j := 0; j < len(texts); j += 2 {
			if members[i].name != texts[j] {
				continue
			}
			switch held := members[i].value.(type) {
			case list:
				if len(held) > 0 {
					held[0] = texts[j+1]
				}
			case string:
				members[i].value = texts[j+1]
			}
		}
	}
}

func (d *drawing) order(members object, def *ast.Definition) {
	var days []int
	for i, m := range members {
		if _, text := m.value.(string); text && def.Fields.ForName(m.name).Type.NamedType == "Day" {
			days = append(days, i)
		}
	}
	if len(days) == 2 && !d.in(1, 12) {
		first, last := members[days[0]].value.(string), members[days[1]].value.(string)
		members[days[0]].value, members[days[1]].value = min(first, last), max(first, last)
	}
}

// text draws words that fit an argument's name. Of a name that is not known, any word of the graph may be what is
// meant, mostly an actor.
func (d *drawing) text(owner, name string) string {
	if d.in(1, 60) {
		return one(d.Rand, unknown)
	}
	v := d.words
	switch {
	case owner == "StringWhere": // of a source, a side, a CAMEO code
		return pick(d, append(slices.Clone(v.sources), "a", "b", "190", "114", "042"))
	case owner == "TextWhere":
		return d.search()
	case owner == "KeyWhere":
		key := d.actor()
		if name == "startsWith" {
			runes := []rune(key)
			key = string(runes[:min(len(runes), one(d.Rand, []int{1, 5, 7}))])
		}
		return key
	case name == "title":
		return pick(d, v.offices)
	case owner == "ActorKeyWhere", owner == "PartiesWhere", owner == "ActorRefWhere":
		return d.actor()
	case name == "key" && owner == "engagement":
		return pick(d, v.engagements)
	case name == "key" && owner == "history", name == "about" && d.in(1, 4):
		return pick(d, one(d.Rand, [][]string{v.engagements, v.engagements, v.actors, v.codes, v.works, v.sources}))
	case owner == "ChangeWhere" && name == "kind", owner == "history" && name == "kind":
		return string(one(d.Rand, graph.StatementKinds))
	case name == "fields", name == "under":
		return one(d.Rand, []string{"period", "period.end", "participations", "titles", "names[en]", "stages", "key", "text"})
	case name == "source", name == "key" && owner == "source":
		return pick(d, v.sources)
	case name == "key" && owner == "work":
		return pick(d, v.works)
	case name == "text":
		return d.search()
	case name == "lang":
		return pick(d, v.languages)
	case name == "office":
		return pick(d, v.offices)
	case name == "after", name == "before":
		return one(d.Rand, append(slices.Clone(unknown), "AAAA", "x4Pqcx8xH2sfMQ"))
	case slices.Contains([]string{"key", "a", "b", "of", "from", "to", "parties", "about"}, name) || d.in(2, 3):
		return d.actor()
	default:
		return pick(d, one(d.Rand, [][]string{v.engagements, v.sources, v.works, v.offices, v.words, v.codes}))
	}
}

func pick(d *drawing, of []string) string {
	if len(of) == 0 {
		return one(d.Rand, unknown)
	}
	return one(d.Rand, of)
}

func (d *drawing) actor() string {
	if len(d.words.codes) > 0 && d.in(1, 4) {
		return one(d.Rand, d.words.codes)
	}
	if len(d.words.actors) == 0 {
		return one(d.Rand, unknown)
	}
	return early(d.Rand, d.words.actors)
}

// search draws what a person may type.
func (d *drawing) search() string {
	text := pick(d, d.words.words)
	switch d.IntN(6) {
	case 0:
		text += " "
	case 1:
		text += " " + pick(d, d.words.words)
	case 2:
		text = strings.ToUpper(text)
	}
	return text
}
