package ingest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// A Share is how much of a load may be in quarantine: so many things, or such a part of all that were read,
// whichever is more.
type Share struct {
	Things  int
	Percent float64
}

// DefaultQuarantine lets twenty things, or one in a hundred, be in quarantine before a load is refused.
var DefaultQuarantine = Share{Things: 20, Percent: 1}

// ParseShare reads a number of things ("0", "20") or a part ("1%", "0.5%").
func ParseShare(text string) (Share, error) {
	if number, ok := strings.CutSuffix(text, "%"); ok {
		p, err := strconv.ParseFloat(number, 64)
		if err != nil || !(p >= 0 && p <= 100) {
			return Share{}, graph.BadInput("%q is not a part of what is read: write a number of things (20) or a part from 0%% to 100%% (1%%)", text)
		}
		return Share{Percent: p}, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return Share{}, graph.BadInput("%q is not a number of things or a part: write 20, or 1%%", text)
	}
	return Share{Things: n}, nil
}

// String prints the share as ParseShare reads it, or both bounds.
func (s Share) String() string {
	part := strconv.FormatFloat(s.Percent, 'f', -1, 64) + "%"
	switch {
	case s.Percent == 0:
		return strconv.Itoa(s.Things)
	case s.Things == 0:
		return part
	default:
		return fmt.Sprintf("%d or %s", s.Things, part)
	}
}

// allows tells whether so many of all may be in quarantine.
func (s Share) allows(bad, all int) bool {
	return bad <= s.Things || float64(bad)*100 <= s.Percent*float64(all)
}

// maxEntries is how many things a quarantine ever holds: beyond it the file is another than it was taken for.
const maxEntries = 10_000
