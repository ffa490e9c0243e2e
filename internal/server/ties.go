package server

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/permanent"
)

// A tieFormat is a form in which a table of ties is written.
type tieFormat struct {
	ending, media, disposition string
	write                      func(w io.Writer, t *tieTable, q tieQuestion, more *besides) error
	besides                    bool // it shows sources and works as well
}

var tieFormats = []tieFormat{
	{"csv", "text/csv; charset=utf-8; header=present", "attachment", writeTieCSV, false},
	{"json", "application/json", "inline", writeTieJSON, true},
	{"bib", "application/x-bibtex; charset=utf-8", "inline", writeTieBib, true},
}

// tieParameters are those of tables of ties.
var tieParameters = append([]string{"topic", "nature", "asOf", "load", "knownAt"}, permanent.GroundParams...)

// ties answers a table of the ties of the dyad in the path.
func (s *Server) ties(f tieFormat) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := s.answerTies(w, r, f); err != nil {
			s.fail(w, r, err)
		}
	})
}

// answerTies answers, or says why not before anything is written.
func (s *Server) answerTies(w http.ResponseWriter, r *http.Request, f tieFormat) error {
	params, err := readParameters(r.URL.RawQuery, tieParameters...)
	if err != nil {
		return err
	}
	snapshot, err := params.snapshot()
	if err != nil {
		return err
	}
	filter, err := params.tieFilter()
	if err != nil {
		return err
	}
	a, b := r.PathValue("a"), r.PathValue("b")
	if len(a) > maxEcho || len(b) > maxEcho {
		return graph.BadInput("a key has at most %d characters", maxEcho)
	}
	ctx := r.Context()
	v, err := graph.At(ctx, s.config.Reader, snapshot)
	if err != nil {
		return err
	}
	q := tieQuestion{Ground: permanent.Ground{Store: v.Head().StoreID}, filter: filter, state: v.State, version: s.config.Version}
	if q.Erased, err = v.Erased(ctx); err != nil {
		return err
	}
	if err := q.Check(url.Values(params)); err != nil {
		return err
	}
	dyad, err := v.Dyad(ctx, a, b)
	if err != nil {
		return err
	}
	q.dyad = dyad.Key
	if tag, ok := permanent.Held(r, q.tag(f.ending)); ok {
		q.stamp(w.Header(), f.ending, snapshot.Load != nil)
		w.Header().Set("ETag", tag)
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	t, err := newTieTable(ctx, v, []graph.DyadKey{dyad.Key}, filter)
	if err != nil {
		return err
	}
	var more *besides
	if f.besides {
		if more, err = newBesides(ctx, t); err != nil {
			return err
		}
	}
	now, err := v.Erased(ctx)
	if err != nil {
		return err
	}
	if now != q.Erased { // between the tag and the rows something was erased
		return s.answerTies(w, r, f)
	}
	q.stamp(w.Header(), f.ending, snapshot.Load != nil)
	w.Header().Set("Content-Type", f.media)
	w.Header().Set("Content-Disposition", f.disposition+`; filename="`+filename(t, q)+"."+f.ending+`"`)
	if r.Method == http.MethodHead {
		return nil
	}
	if err := f.write(w, t, q, more); err != nil {
		// The answer has begun: all that is left is to break it off, so that nobody takes it for whole.
		s.config.Logger.DebugContext(ctx, "an answer was not taken", "id", exchangeOf(r).id, "error", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

// filename names the question, for a person's folder of downloads: ties-KOR-JPN-defense-load3-asof-2019-06-01.
func filename(t *tieTable, q tieQuestion) string {
	p := t.pair(q.dyad)
	parts := []string{"ties"}
	for _, s := range []side{p.first, p.second} {
		name := string(s.iso3c)
		if name == "" {
			name = string(s.key)
		}
		parts = append(parts, name)
	}
	if n := len(q.filter.Topics); n > 0 && n <= 3 {
		parts = append(parts, strings.Split(q.topics(), ",")...)
	}
	if q.filter.Nature != graph.Cooperation {
		parts = append(parts, strings.ToLower(string(q.filter.Nature)))
	}
	parts = append(parts, fmt.Sprintf("load%d", q.state.Load))
	if q.state.AsOf != nil {
		parts = append(parts, "asof", q.state.AsOf.String())
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-':
			return r
		}
		return '-'
	}, strings.Join(parts, "-"))
}

// writeTieCSV writes the rows as RFC 4180 has it: a header, commas, CRLF, UTF-8.
func writeTieCSV(w io.Writer, t *tieTable, _ tieQuestion, _ *besides) error {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	if err := c.Write(tieColumns); err != nil {
		return err
	}
	for i := range t.Rows {
		if err := c.Write(t.Rows[i].cells()); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// writeTieJSON writes {"meta": …, "rows": […]}: the rows with the columns of CSV, and what a table has no place for:
// the state they stand in, the status of each tie on its day, and the sources.
func writeTieJSON(w io.Writer, t *tieTable, q tieQuestion, more *besides) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if _, err := io.WriteString(w, `{"meta":`); err != nil {
		return err
	}
	if err := e.Encode(metaOf(t, q, more)); err != nil {
		return err
	}
	if _, err := io.WriteString(w, `,"rows":[`); err != nil {
		return err
	}
	for i := range t.Rows {
		if i > 0 {
			if _, err := io.WriteString(w, ","); err != nil {
				return err
			}
		}
		if err := e.Encode(&t.Rows[i]); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "]}\n")
	return err
}
