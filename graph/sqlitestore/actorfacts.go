package sqlitestore

import (
	"database/sql/driver"
	"fmt"
	"strconv"
	"strings"

	sqlite "modernc.org/sqlite"

	"github.com/entente-graph/entente/graph"
)

// actorFacts writes what filters look at of one account of an actor, in three parts: tags, names, existence.
func actorFacts(r *graph.ActorRow) string {
	var b strings.Builder
	for i, list := range [][]string{r.Tags, r.Names} {
		if i > 0 {
			b.WriteString(partSign)
		}
		for j, item := range list {
			if j > 0 {
				b.WriteString(itemSign)
			}
			b.WriteString(clean(item))
		}
	}
	b.WriteString(partSign)
	for i, life := range r.Lives {
		if i > 0 {
			b.WriteString(itemSign)
		}
		b.WriteString(day(life.StartMin) + fieldSign + day(life.StartMax) + fieldSign + day(life.EndMin) + fieldSign + day(life.EndMax))
	}
	return b.String()
}

// readActor reads the facts of an actor's accounts, joined by the sign between parts.
func readActor(facts string) (accounts []graph.ActorRow, err error) {
	for more := true; more; {
		var parts [3]string
		for i := range parts {
			parts[i], facts, more = strings.Cut(facts, partSign)
		}
		var a graph.ActorRow
		each(parts[0], func(tag string) { a.Tags = append(a.Tags, tag) })
		each(parts[1], func(name string) { a.Names = append(a.Names, name) })
		each(parts[2], func(life string) {
			var b graph.Bounds
			for _, edge := range []*graph.Day{&b.StartMin, &b.StartMax, &b.EndMin, &b.EndMax} {
				var text string
				text, life, _ = strings.Cut(life, fieldSign)
				n, wrong := strconv.ParseInt(text, 36, 32)
				if wrong != nil {
					err = fmt.Errorf("%w: %q is no day in the facts of an actor", graph.ErrUnavailable, text)
				}
				*edge = graph.Day(n)
			}
			a.Lives = append(a.Lives, b)
		})
		accounts = append(accounts, a)
	}
	return accounts, err
}

// meetsActor(where, key, facts) is graph.Filter.MeetsActor in SQL.
func meetsActor(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	number, _ := args[0].(int64)
	held, ok := filters.byNumber.Load(number)
	f, _ := held.(graph.Filter)
	key, isKey := args[1].(string)
	facts, isText := args[2].(string)
	if !ok || !isKey || !isText {
		return nil, fmt.Errorf("%w: there is no filter %d, or no facts", graph.ErrInvalid, number)
	}
	accounts, err := readActor(facts)
	if err != nil {
		return nil, err
	}
	return f.MeetsActor(graph.ActorKey(key), accounts), nil
}
