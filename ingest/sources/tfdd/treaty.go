package tfdd

import (
	"context"
	"io/fs"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/table"
)

// A treaty is all rows of one number: one for each basin and each country in it, which need not have signed.
type treaty struct {
	number string
	rows   []table.Row
}

// key is the treaty's key: the dataset's name and the number of the update of 2016; empty where that is none.
func (t *treaty) key() graph.EngagementKey {
	if !isNumber(t.number) {
		return ""
	}
	return graph.EngagementKey(string(Key) + ":" + t.number)
}

func isNumber(text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && n > 0 && strconv.Itoa(n) == text
}

// gather puts the rows of each treaty together, wherever they stand. They are kept in memory: the file has 1.7 MB.
func gather(ctx context.Context, files fs.FS, name string) (all []*treaty, err error) {
	byNumber := map[string]*treaty{}
	for row, err := range table.Read(ctx, files, name, list.Format) {
		if err != nil {
			return nil, err
		}
		n := strings.TrimSpace(row.Get(number))
		t := byNumber[n]
		if t == nil || !isNumber(n) || row.Bad() != nil {
			t = &treaty{number: n}
			all = append(all, t)
			if isNumber(n) && row.Bad() == nil {
				byNumber[n] = t
			}
		}
		t.rows = append(t.rows, row)
	}
	return all, nil
}
