package difftest

import "slices"

// tries bounds how often a document is asked again while it is made smaller.
const tries = 3000

// shrink makes a document smaller as long as differs still says yes: it leaves out selections, puts the name of its type in the place of what is below one, or what is below in its own
// place, leaves out arguments and parts of their values, and writes variables into the text. What is no longer valid
// is answered by both with the same error, and so does not count.
func shrink(d *document, differs func(*document) bool) *document {
	left := tries
	for again := true; again; {
		again = false
		// From the outside in: what goes first takes the most along. A step is named by its number; after one that
		// was taken the same number names the next.
		for n := 0; left > 0; {
			c := d.clone()
			if !step(c, n) {
				break
			}
			left--
			if differs(c) {
				d, again = c, true
			} else {
				n++
			}
		}
	}
	return d
}

// step takes the nth step towards something smaller; false where there are not so many.
func step(d *document, n int) bool {
	taken := false
	at := func(do func()) bool { // whether to go on
		if n--; n < 0 {
			do()
			taken = true
			return false
		}
		return true
	}
	d.sets(func(set *[]*selection) bool {
		for i, s := range *set {
			if len(*set) > 1 && !at(func() { *set = slices.Delete(slices.Clone(*set), i, i+1) }) {
				return false
			}
			if len(s.below) > 0 && !bare(s) && !at(func() { s.below = []*selection{{name: "__typename", of: s.below[0].of}} }) {
				return false
			}
			if len(s.below) > 0 && !at(func() { *set = slices.Replace(slices.Clone(*set), i, i+1, s.below...) }) {
				return false
			}
			if f := d.fragment(s.spread); f != nil && !at(func() { (*set)[i] = &selection{on: f.on, of: s.of, below: cloneAll(f.below)} }) {
				return false
			}
			if s.alias != "" && !at(func() { s.alias = "" }) {
				return false
			}
			for j, a := range s.args {
				if !smallerArgument(s, j, a, at) {
					return false
				}
			}
		}
		return true
	})
	return taken
}

// bare tells whether nothing but the name of its type is below a selection: what every object has.
func bare(s *selection) bool { return len(s.below) == 1 && s.below[0].name == "__typename" }

func smallerArgument(s *selection, j int, a *argument, at func(func()) bool) bool {
	if !a.required && !at(func() { s.args = slices.Delete(s.args, j, j+1) }) {
		return false
	}
	if a.variable != "" && !at(func() { a.variable = "" }) {
		return false
	}
	for _, v := range smaller(a.value) {
		if !at(func() { a.value = v }) {
			return false
		}
	}
	return true
}

// smaller gives values that are a little smaller.
func smaller(v any) []any {
	var out []any
	switch v := v.(type) {
	case int:
		if v > 1 {
			out = append(out, 1, v/2, v-1)
		}
		out = slices.CompactFunc(out, func(a, b any) bool { return a == b })
		return slices.DeleteFunc(out, func(n any) bool { return n == v || n == 0 })
	case list:
		for i := range v {
			if len(v) > 1 {
				out = append(out, slices.Delete(slices.Clone(v), i, i+1))
			}
			for _, w := range smaller(v[i]) {
				c := slices.Clone(v)
				c[i] = w
				out = append(out, c)
			}
		}
	case object:
		for i, m := range v {
			if !m.required {
				out = append(out, slices.Delete(slices.Clone(v), i, i+1))
			}
			for _, w := range smaller(m.value) {
				c := slices.Clone(v)
				c[i].value = w
				out = append(out, c)
			}
		}
	}
	return out
}
