package ingest

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// checkVersions refuses an older version of a source over the newer one that the store holds.
func (l *loading) checkVersions(ctx context.Context) error {
	if l.Older {
		return nil
	}
	fresh := map[string]graph.Source{}
	var keys []string
	for s, err := range l.spool.sorted(ctx) {
		if err != nil {
			return err
		}
		if s.Kind != graph.StatementSource {
			continue
		}
		src, err := graph.Decode[graph.Source](s.Statement)
		if err != nil {
			return err
		}
		fresh[s.Key] = *src
		keys = append(keys, s.Key)
	}
	if len(keys) == 0 {
		return nil
	}
	held, err := l.Reader.Statements(ctx, graph.StatementQuery{Load: l.head, Kind: graph.StatementSource, Keys: keys})
	if err != nil {
		return fmt.Errorf("the versions of the sources that the store holds: %w", err)
	}
	for _, r := range held {
		old, err := graph.Decode[graph.Source](r.Statement)
		if err != nil {
			return err
		}
		if now, ok := fresh[r.Key]; ok && CompareVersions(now.Version, old.Version) < 0 {
			return graph.BadInput("version %s of %s is older than version %s, which the store holds; load it with --older if that is meant", now.Version, r.Key, old.Version)
		}
	}
	return nil
}

// CompareVersions orders versions as people count: digits by their number, the rest bytewise, so that 4.9 comes
// before 4.10 and 2024-05-31 before 2026-11-23.
func CompareVersions(a, b string) int {
	for a != "" && b != "" {
		var x, y string
		x, a = versionPart(a)
		y, b = versionPart(b)
		if isDigit(x[0]) && isDigit(y[0]) {
			x, y = strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
			if c := cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y)); c != 0 {
				return c
			}
			continue
		}
		if c := strings.Compare(x, y); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(a), len(b))
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// versionPart cuts the leading run of digits, or of anything else.
func versionPart(s string) (part, rest string) {
	i := 1
	for i < len(s) && isDigit(s[i]) == isDigit(s[0]) {
		i++
	}
	return s[:i], s[i:]
}
