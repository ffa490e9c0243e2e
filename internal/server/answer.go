package server

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/permanent"
)

// tablesVersion changes when the layout of tables does, so that answers kept by clients are not taken for the same.
const tablesVersion = "tables/1"

// A tieQuestion is a question about ties, resolved: however it was spelled, equal questions are equal.
type tieQuestion struct {
	permanent.Ground
	dyad    graph.DyadKey
	filter  graph.TieFilter
	state   graph.State
	version string
}

// tag is the strong tag of the answer in a format.
func (q tieQuestion) tag(ending string) string {
	return q.Tag(
		fmt.Sprint(q.state.Load), dayText(q.state.AsOf), tablesVersion, q.version,
		"ties", ending, string(q.dyad.A), string(q.dyad.B), string(q.filter.Nature), q.topics(),
	)
}

func (q tieQuestion) topics() string {
	names := make([]string, len(q.filter.Topics))
	for i, t := range q.filter.Topics {
		names[i] = strings.ToLower(string(t))
	}
	return strings.Join(names, ",")
}

// permalink is the path by which this answer can be asked for again, whatever is loaded later: it names the load, and
// the day where there is one. Without a day nothing of a load is cut, which is as lasting. It names the ground, too: where
// that is no longer what it was, the answer is GONE.
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
	params = append(params, q.Params())
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
	permanent.Keep(h, named)
	h.Add("Link", "<"+q.permalink(ending)+`>; rel="canonical"`)
	if ending != "bib" {
		h.Add("Link", "<"+q.permalink("bib")+`>; rel="describedby"; type="application/x-bibtex"`)
	}
}
