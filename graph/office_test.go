package graph

import (
	"slices"
	"testing"
)

// Titles that are suggested: all where they are few; else what says most in common, and of heads of state and government each other's.
func TestTitlesNearToOneThatNoSourceHas(t *testing.T) {
	offices := func(titles ...string) (all []*Office) {
		for _, title := range titles {
			all = append(all, &Office{Titles: []string{title}})
		}
		return all
	}
	many := []string{
		"Ambassador Extraordinary and Plenipotentiary, Japan", "Ambassador Extraordinary and Plenipotentiary, Jordan", "Minister Resident, Papal States",
		"Minister Plenipotentiary, Chile", "Minister Plenipotentiary, France", "Secretary of Defense", "Representative of the U.S.A. to the European Union", "effective leader",
	}
	for _, c := range []struct {
		held  []string
		asked string
		want  []string
	}{
		{[]string{"effective leader"}, "Prime Minister", []string{"effective leader"}},
		{[]string{"a", "b", "b"}, "Foreign Minister", []string{"a", "b"}},
		{nil, "Foreign Minister", nil},
		{many, "Secretary of State", []string{"Secretary of Defense", "Minister Resident, Papal States"}},
		{many, "Ambassador to Japan", []string{"Ambassador Extraordinary and Plenipotentiary, Japan", "Ambassador Extraordinary and Plenipotentiary, Jordan"}},
		{many, "President", []string{"effective leader", "Minister Resident, Papal States"}},
		{many, "of the", nil},
	} {
		if got := nearTitles(offices(c.held...), []string{c.asked}); !slices.Equal(got, c.want) {
			t.Errorf("%q of %q: %q, not %q", c.asked, c.held, got, c.want)
		}
	}
}
