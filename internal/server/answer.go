package server

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// tablesVersion changes when the layout of tables does, so that answers kept by clients are not taken for the same.
const tablesVersion = "tables/1"

// packedTag stands in the tags of answers that were sent compressed.
const packedTag = "-gzip"

// A tieQuestion is a question about ties, resolved: however it was spelled, equal questions are equal.
type tieQuestion struct {
	store   string
	dyad    graph.DyadKey
	filter  graph.TieFilter
	state   graph.State
	erased  graph.LoadNumber // the newest load that erased something: an erasure holds at every load
	version string
}

// tag is the strong tag of the answer in a format. An answer is a function of all that is in it: the store, the load,
// the day or none, what was erased, the rules, the program, and the question. Equal tags mean equal bytes.
func (q tieQuestion) tag(ending string) string {
	h := sha256.New()
	for _, part := range []string{
		q.store, fmt.Sprint(q.state.Load), dayText(q.state.AsOf), fmt.Sprint(q.erased), graph.RuleSpells, tablesVersion, q.version,
		"ties", ending, string(q.dyad.A), string(q.dyad.B), string(q.filter.Nature), q.topics(),
	} {
		fmt.Fprintf(h, "%d:%s", len(part), part) //nolint:errcheck // a hash takes everything
	}
	return `"` + base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:15]) + `"`
}

func (q tieQuestion) topics() string {
	names := make([]string, len(q.filter.Topics))
	for i, t := range q.filter.Topics {
		names[i] = strings.ToLower(string(t))
	}
	return strings.Join(names, ",")
}

// permalink is the path by which this answer can be asked for again, whatever is loaded later: it names the load, and
// the day where there is one. Without a day nothing of a load is cut, which is as lasting.
func (q tieQuestion) permalink(ending string) string {
	var params []string
	add := func(name, value string) {
		if value != "" {
			params = append(params, name+"="+value)
		}
	}
	add("topic", q.topics())
	if q.filter.Nature != graph.Cooperation {
		add("nature", strings.ToLower(string(q.filter.Nature)))
	}
	add("asOf", dayText(q.state.AsOf))
	add("load", fmt.Sprint(q.state.Load))
	return "/v1/dyads/" + url.PathEscape(string(q.dyad.A)) + "/" + url.PathEscape(string(q.dyad.B)) +
		"/ties." + ending + "?" + strings.Join(params, "&")
}

func dayText(d *graph.Day) string {
	if d == nil {
		return ""
	}
	return d.String()
}

// stamp sets what identifies an answer and says for how long it may be kept. named: the asker named the load, so the
// address has one answer as long as the program is the same.
func (q tieQuestion) stamp(h http.Header, ending string, named bool) {
	h.Set("ETag", q.tag(ending))
	h.Set("Cache-Control", "no-cache")
	if named {
		h.Set("Cache-Control", "public, max-age=86400")
	}
	h.Add("Link", "<"+q.permalink(ending)+`>; rel="canonical"`)
	if ending != "bib" {
		h.Add("Link", "<"+q.permalink("bib")+`>; rel="describedby"; type="application/x-bibtex"`)
	}
}

// held tells whether the client holds the answer with this tag, compressed or not, and under which tag.
func held(r *http.Request, tag string) (string, bool) {
	for _, line := range r.Header.Values("If-None-Match") {
		for part := range strings.SplitSeq(line, ",") {
			own := strings.TrimPrefix(strings.TrimSpace(part), "W/")
			if own == tag || own == strings.TrimSuffix(tag, `"`)+packedTag+`"` {
				return own, true
			}
		}
	}
	return "", false
}
