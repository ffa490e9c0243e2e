package form

import "github.com/entente-graph/entente/graph"

// DateOf gives the date under a key; none where there is none, or what stands there is a mistake.
func DateOf(n *Node, key string) graph.Date {
	d, err := graph.ParseDate(n.Str(key))
	if err != nil {
		return graph.Date{}
	}
	return d
}

// PeriodOf gives the period of the fields from and to; why is why it has no end where to is left out.
func PeriodOf(n *Node, why graph.OpenEnd) graph.Period {
	p := graph.Period{Start: DateOf(n, "from")}
	switch n.Str("to") {
	case EndOngoing:
		p.Why = graph.Ongoing
	case EndUnknown:
		p.Why = graph.Unknown
	case "":
		p.Why = why
	default:
		p.End = DateOf(n, "to")
	}
	return p
}

// Order checks that a mapping's to does not lie before its from.
func (c *Checker) Order(n *Node, name string) {
	to := n.Get("to")
	if to == nil {
		return
	}
	if p := PeriodOf(n, ""); !p.Start.IsZero() && !p.End.IsZero() && p.End.Latest() < p.Start.Earliest() {
		c.Addf(to, "", "%s ends before it begins (%s)", name, p.Start)
	}
}

// WordsOf gives the model's words for those of a list.
func WordsOf[T ~string](items []*Node) []T {
	var out []T
	for _, n := range items {
		out = append(out, Model[T](n.Text))
	}
	return out
}

// TextsOf gives the texts of a list as they stand there.
func TextsOf[T ~string](items []*Node) []T {
	var out []T
	for _, n := range items {
		out = append(out, T(n.Text))
	}
	return out
}
