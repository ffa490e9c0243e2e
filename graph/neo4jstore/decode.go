package neo4jstore

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/entente-graph/entente/graph"
)

// none tells whether a row says only that there is nothing.
func none(values map[string]any) bool { return values["key"] == nil }

func str(v any) string {
	s, _ := v.(string)
	return s
}

func number(v any) int64 {
	n, _ := v.(int64)
	return n
}

// recordedOf reads a statement from the columns of parts/statement.cypher.
func recordedOf(values map[string]any) (r graph.Recorded, err error) {
	r.Source, r.Slice, r.Kind, r.Key = graph.SourceKey(str(values["source"])), graph.SliceID(str(values["slice"])), graph.StatementKind(str(values["kind"])), str(values["key"])
	r.Body, r.Locator, r.Load = []byte(str(values["body"])), str(values["locator"]), graph.LoadNumber(number(values["recordedFrom"]))
	r.Hash, err = hashOf(values)
	return r, err
}

func hashOf(values map[string]any) (h graph.Hash, err error) {
	b, _ := values["hash"].([]byte)
	if copy(h[:], b) != len(h) || len(b) != len(h) {
		return h, fmt.Errorf("the hash of %v %v has %d bytes, not %d", values["kind"], values["key"], len(b), len(h))
	}
	return h, nil
}

// Names of statements: by source, kind and key; by kind and key; and by slice, kind and key. What stands between the parts of
// a name comes before every other character, so that names sort as StatementID.Compare does.
func nameOf(id graph.StatementID) string {
	return string(id.Source) + "\u0001" + string(id.Kind) + "\u0001" + id.Key
}

func refOf(kind graph.StatementKind, key string) string { return string(kind) + "|" + key }

func slicePrefix(s graph.Slice) string { return string(s.Source) + "|" + string(s.ID) + "|" }

func placeOf(s graph.Statement) string {
	return slicePrefix(graph.Slice{Source: s.Source, ID: s.Slice}) + string(s.Kind) + "|" + s.Key
}

// ofLoad begins what a load recorded, closed, wrote or did not understand; in the order of loads.
func ofLoad(n graph.LoadNumber) string { return fmt.Sprintf("%012d|", n) }

// jsonColumns are the properties of a load that are JSON.
type jsonColumn struct {
	name string
	into any
}

func readJSON(values map[string]any, columns ...jsonColumn) error {
	var errs []error
	for _, c := range columns {
		if err := json.Unmarshal([]byte(str(values[c.name])), c.into); err != nil {
			errs = append(errs, fmt.Errorf("the %s of load %d: %w", c.name, number(values["number"]), err))
		}
	}
	return errors.Join(errs...)
}

func loadOf(values map[string]any) (l graph.Load, err error) {
	l = graph.Load{
		Number: graph.LoadNumber(number(values["number"])), Source: graph.SourceKey(str(values["source"])), Importer: str(values["importer"]),
		Recorded: time.UnixMilli(number(values["recorded"])).UTC(), Program: str(values["program"]), Note: str(values["note"]),
		Undoes: graph.LoadNumber(number(values["undoes"])), Amends: graph.LoadNumber(number(values["amends"])),
		Counts: graph.Counts{
			Added: int(number(values["added"])), Changed: int(number(values["changed"])), Retracted: int(number(values["retracted"])),
			Unchanged: int(number(values["unchanged"])), Quarantined: int(number(values["quarantined"])),
		},
	}
	return l, readJSON(values, jsonColumn{"slices", &l.Slices}, jsonColumn{"files", &l.Files}, jsonColumn{"edits", &l.Edits})
}

// unfinishedOf reads the load that is open; nil where none is.
func unfinishedOf(v any, now int64) (*graph.Unfinished, error) {
	values, ok := v.(map[string]any)
	if !ok {
		return nil, nil //nolint:nilnil // none is open: the contract of graph.Reader
	}
	u := &graph.Unfinished{
		Number: graph.LoadNumber(number(values["number"])), Holder: str(values["holder"]), Batches: int(number(values["batches"])),
		Opened: time.UnixMilli(number(values["opened"])).UTC(), Until: time.UnixMilli(number(values["expires"])).UTC(),
		Expired: number(values["expires"]) <= now, Discarding: str(values["state"]) == "discarding",
	}
	u.Source, u.Importer, u.Program, u.Note = graph.SourceKey(str(values["source"])), str(values["importer"]), str(values["program"]), str(values["note"])
	u.Undoes, u.Amends = graph.LoadNumber(number(values["undoes"])), graph.LoadNumber(number(values["amends"]))
	if copied, ok := values["copied"].(int64); ok {
		u.Copy = &graph.Original{Number: u.Number, Recorded: time.UnixMilli(copied).UTC()}
	}
	return u, readJSON(values, jsonColumn{"slices", &u.Slices}, jsonColumn{"files", &u.Files}, jsonColumn{"edits", &u.Edits}, jsonColumn{"paths", &u.Paths})
}

// texted gives lists of words as the driver takes them; nil for an empty list, which does not filter.
func texted[T ~string](all []T) any {
	if len(all) == 0 {
		return nil
	}
	return distinct(all)
}

// distinct gives each word once, in order.
func distinct[T ~string](all []T) []string {
	seen := make(map[string]bool, len(all))
	out := make([]string, 0, len(all))
	for _, v := range all {
		if text := strings.Clone(string(v)); !seen[text] {
			seen[text] = true
			out = append(out, text)
		}
	}
	return out
}

// limitOf is the limit that shows whether there is more than a page; for a page of 0, none that counts.
func limitOf(first int) int {
	if first == 0 {
		return unlimited
	}
	return first + 1
}

const unlimited = 1 << 40
