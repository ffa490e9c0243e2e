package neo4jstore

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-graph/entente/internal/testneeds"
)

// scanned says of which labels all nodes, and of which types all rows, may be looked at, by which texts (empty: all), and why.
var scanned = []struct{ what, text, why string }{
	{"Head", "", "there is one"},
	{"Migration", "", "there are a few"},
	{"Erasure", "", "statements are erased by hand: there are few"},
	{"Load", "amendments_of", "erasing looks at loads, of which there are few"},
	{"Quarantined", "quarantined_as", "erasing is rare, and an index would cost every load"},
	{"", "sweep_rows", "making index rows anew goes through all of them"},
}

// gathered says which texts sort, or gather, what no limit bounds, and why.
var gathered = map[string]string{
	"actor_keys":            "the accounts of one actor, under each of its keys",
	"actors_among":          "the accounts of one actor, under each of its keys",
	"actors_by_name":        "the accounts of one actor, under each of its keys",
	"statements_of_persons": "the accounts of the actors asked about",
	"actors_called":         "few actors have one name",
	"assertions_about":      "gives all of the engagements asked about",
	"components":            "gives all parts",
	"count_of_load":         "counts",
	"engagements_tagged":    "those that one handle names: what is part of one thing, or bears one number",
	"erasures":              "there are few",
	"families":              "gives all parts of all wholes",
	"gatherings":            "gives all who take part in as many engagements as its limit says, by year",
	"gatherings, filtered":  "the same",
	"holders":               "gives all that ever held the codes",
	"links":                 "gives all of the accounts asked about",
	"search":                "the best is known once all that is found is",
	"statements_of_kind":    "gives all",
	"tie_dyads_of_actor":    "an actor has no more dyads than there are actors",
	"tie_records":           "gives all of the dyads asked about",
}

// standIns are values for parameters with which a text finds nothing, so that it is planned and nothing happens.
func standIns(text string) map[string]any {
	params := map[string]any{}
	for _, p := range parametersIn(text) {
		name := p[1:]
		switch {
		case slices.Contains([]string{
			"about", "accounts", "alignments", "at", "closed", "codes", "dyads", "entries", "erasures", "ids", "keys", "kinds", "levels", "loads", "names",
			"pairs", "offices", "authors", "persons", "where", "refs", "rows", "statements", "states", "terms", "topics", "a", "b", "of", "actors", "box",
			"who", "organizations", "statuses", "senders", "receivers", "ofSources", "ofParties", "handles",
		}, name):
			params[name] = []any{}
		case slices.Contains([]string{"counts", "props", "ranks"}, name):
			params[name] = map[string]any{}
		case slices.Contains([]string{"load", "limit", "most", "lease", "number", "open", "rank", "since", "knownAt"}, name):
			params[name] = 1
		case slices.Contains([]string{"leads", "members", "bodies", "joined", "byName", "within"}, name):
			params[name] = true
		default:
			params[name] = "~"
		}
	}
	return params
}

var writes = regexp.MustCompile(`\b(SET|CREATE|DELETE|MERGE)\b`)

// TestPlans has the server plan every text over a world, and refuses what costs the more the larger a graph is: looking at
// all nodes of a label or all rows of a type, joining two lists, and sorting or gathering what no limit bounds where an
// index has the order.
func TestPlans(t *testing.T) {
	w, ctx := theWorld(), context.Background()
	s, _ := w.store(t)
	used := map[string]bool{}
	for _, name := range sortedKeys(texts()) {
		if !testneeds.Whole() && strings.Count(name, ",") > 1 {
			continue // a variant of several variants, which are planned; planning all takes half a minute
		}
		p := planOf(ctx, t, s, name)
		for _, wrong := range refusedIn(name, p, used) {
			t.Errorf("%s: %s\n%s", name, wrong, drawn(p, 1))
		}
	}
	for name, why := range gathered {
		if !used[name] {
			t.Errorf("%s gathers nothing: it needs no exception (%s)", name, why)
		}
	}
	for _, e := range scanned {
		if !used[e.what+" in "+e.text] {
			t.Errorf("no %s is scanned in %q: it needs no exception (%s)", e.what, e.text, e.why)
		}
	}
}

// planOf gives the plan of a text. It is carried out, and finds nothing, for the driver gives operators that have two inputs
// the second one twice where a text is only explained (5.28.4), and not where it is profiled.
func planOf(ctx context.Context, t *testing.T, s *Store, name string) neo4j.ProfiledPlan {
	t.Helper()
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: s.o.Database})
	defer func() { _ = session.Close(ctx) }()
	tx, err := session.BeginTransaction(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	result, err := tx.Run(ctx, "PROFILE "+texts()[name], standIns(texts()[name]))
	if err == nil {
		_, err = result.Collect(ctx)
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	summary, err := result.Consume(ctx)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return summary.Profile()
}

func drawn(p neo4j.ProfiledPlan, depth int) string {
	all := fmt.Sprintf("%s%s %s\n", strings.Repeat("  ", depth), operator(p), details(p))
	for _, child := range p.Children() {
		all += drawn(child, depth+1)
	}
	return all
}

func operator(p neo4j.ProfiledPlan) string {
	name, _, _ := strings.Cut(p.Operator(), "@")
	return name
}

func details(p neo4j.ProfiledPlan) string {
	text, _ := p.Arguments()["Details"].(string)
	return text
}

var scans = regexp.MustCompile(`AllNodesScan|AllRelationshipsScan|TypeScan|TypesScan|IndexScan|IndexContainsScan|IndexEndsWithScan|LabelScan|LabelNodesScan`)

// refusedIn lists what is wrong with a plan, and notes which exceptions it needs.
func refusedIn(name string, p neo4j.ProfiledPlan, used map[string]bool) (wrong []string) {
	switch op := operator(p); {
	case scans.MatchString(op):
		if !mayScan(name, details(p), used) {
			wrong = append(wrong, "looks at everything: "+op+" "+details(p))
		}
	case (op == "CartesianProduct" || strings.HasSuffix(op, "HashJoin")) && !slices.ContainsFunc(p.Children(), single):
		wrong = append(wrong, "joins two lists: "+op+" "+details(p))
	case slices.Contains([]string{"Sort", "Top", "PartialSort", "PartialTop", "Distinct", "EagerAggregation", "Eager"}, op):
		if writes.MatchString(texts()[name]) || strings.Contains(name, "counted") || strings.Contains(name, "ordered") || limited(p.Children()[0]) {
			break // of what is ordered no index has the order
		}
		used[name], used[fileOf(name)] = true, true
		if gathered[name] == "" && gathered[fileOf(name)] == "" {
			wrong = append(wrong, "gathers what no limit bounds: "+op+" "+details(p))
		}
	}
	for _, child := range p.Children() {
		wrong = append(wrong, refusedIn(name, child, used)...)
	}
	return wrong
}

func mayScan(name, what string, used map[string]bool) bool {
	for _, e := range scanned {
		if strings.Contains(what, ":"+e.what) && (e.text == "" || e.text == fileOf(name)) {
			used[e.what+" in "+e.text] = true
			return true
		}
	}
	return false
}

// single tells whether a plan gives one row at most.
func single(p neo4j.ProfiledPlan) bool {
	children := p.Children()
	switch op := operator(p); {
	case strings.HasPrefix(op, "NodeUniqueIndexSeek"), op == "Argument", op == "EmptyRow":
		return true
	case op == "NodeByLabelScan":
		return strings.HasSuffix(details(p), ":Head")
	case op == "EagerAggregation":
		return !strings.Contains(strings.SplitN(details(p), "(", 2)[0], ",") // by nothing
	case op == "Expand(All)", op == "VarLengthExpand(All)", op == "Unwind", op == "Union", len(children) == 0:
		return false
	case strings.Contains(op, "Semi"):
		return single(children[0])
	}
	return !slices.ContainsFunc(children, func(c neo4j.ProfiledPlan) bool { return !single(c) })
}

// limited tells whether a plan gives no more rows than a limit, or a list of the question's, says.
func limited(p neo4j.ProfiledPlan) bool {
	children := p.Children()
	switch op := operator(p); {
	case op == "Unwind" && len(children) == 0, single(p), op == "Limit", op == "Top", op == "PartialTop", op == "NodeIndexSeek", strings.Contains(op, "ByElementIdSeek"):
		return true
	case strings.Contains(op, "Expand") && !strings.Contains(op, "Into"), len(children) == 0:
		return false
	case strings.Contains(op, "Semi"):
		return limited(children[0])
	}
	return !slices.ContainsFunc(children, func(c neo4j.ProfiledPlan) bool { return !limited(c) })
}
