package cowmid

import (
	_ "embed" // the table
	"encoding/csv"
	"fmt"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/cow"
	"github.com/entente-graph/entente/ingest/table"
)

// olderScheme is the scheme of numbers that version 4 had beside those that 5.0 kept.
const olderScheme = "cow-mid-4"

// decisions is a table of decisions: which number a dispute has now that had another before, and why we think so: the day
// on which it begins, and the states in it, which are the same under both. README.md says how it came to be.
//
//go:embed decisions.csv
var decisions string

// decided is the table both ways.
type decided struct{ number, older map[string]string }

// theDecisions reads the table, which a test holds to be sound.
var theDecisions = sync.OnceValue(func() decided {
	d := decided{map[string]string{}, map[string]string{}}
	rows, err := csv.NewReader(strings.NewReader(decisions)).ReadAll()
	if err != nil {
		return d
	}
	for _, r := range rows[1:] {
		d.number[r[0]], d.older[r[1]] = r[1], r[0]
	}
	return d
})

// numberOf gives the number by which a row's dispute goes in all versions: its own, or the one that the table has for what
// it was called before. Empty where neither is known.
func (e *edition) numberOf(get func(column string) string) string {
	number := get(e.number)
	if e.older != "" && number == cow.Missing {
		return theDecisions().number[get(e.older)]
	}
	return number
}

// checkNumber holds a row that has both numbers to the table.
func (e *edition) checkNumber(c *cow.Cells) {
	if e.older == "" {
		return
	}
	older, number := c.Row.Get(e.older), c.Row.Get(e.number)
	if older == cow.Missing || number == cow.Missing {
		return
	}
	switch now := theDecisions().number[older]; now {
	case number:
	case "":
		c.Mistake(e.older, "the table of decisions does not know this number", "-9, or ask for it to be decided")
	default:
		c.Mistake(e.older, fmt.Sprintf("by the table of decisions this is dispute %s, and the row has %s", now, number), older+" with "+now+", or -9")
	}
}

// linked reads the disputes and wars to which version 4.3 links one: a number of either kind, or that of a war and W. Of a
// number of five digits that the table does not have, nobody knows what it was.
func (e *edition) linked(c *cow.Cells) (keys []graph.EngagementKey, note string) {
	var lost []string
	for _, column := range e.links {
		text := c.Row.Get(column)
		war, isWar := strings.CutSuffix(text, "W")
		switch {
		case text == "0" || text == "" || text == cow.Missing:
		case isWar && table.IsNumber(war):
			keys = append(keys, graph.EngagementKey("cow-wars:"+war))
		case !table.IsNumber(text):
			c.Mistake(column, "this is neither the number of a dispute nor that of a war", "a number, a number and W, or 0")
		case len(text) < 5:
			keys = append(keys, disputeKey(text))
		case theDecisions().number[text] != "":
			keys = append(keys, disputeKey(theDecisions().number[text]))
		default:
			lost = append(lost, text)
		}
	}
	return keys, cow.Say(len(lost) > 0, "It is linked to %s, of which no dispute is known.", strings.Join(lost, ", "))
}
