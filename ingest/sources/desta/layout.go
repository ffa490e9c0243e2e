package desta

import (
	"fmt"
	"slices"

	"github.com/entente-graph/entente/ingest/table"
)

// list is the one file that is read, as published: another column is another version, with another codebook.
var list = table.Part{
	Name: "the list of treaties",
	Format: table.Format{
		Layout: "DESTA's list of treaties",
		Comma:  ';',
		Columns: slices.Concat(
			[]string{"number", "base_treaty", "name", "entry_type", "consolidated", "year", "entryforceyear", "language", "typememb", "regioncon", "wto_listed", "wto_name"},
			memberColumns, numbered("mc"),
		),
	},
}

// memberColumns hold the parties of a row, as numbers of ISO 3166-1.
var memberColumns = numbered("c")

func numbered(prefix string) (names []string) {
	for i := 1; i <= 91; i++ {
		names = append(names, fmt.Sprintf("%s%d", prefix, i))
	}
	return names
}
