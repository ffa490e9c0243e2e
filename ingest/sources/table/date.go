package usertable

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/form"
)

func isDate(text string) bool {
	_, err := graph.ParseDate(text)
	return err == nil
}

// A moment is a date, or why there is none.
type moment struct {
	date   graph.Date
	why    graph.OpenEnd
	same   bool // of an end: the day on which it began
	column string
}

// moment reads a date; the zero one where the cells say nothing. What is no date is a mistake, which it keeps.
func (r *reading) moment(d *date) moment {
	if d == nil {
		return moment{}
	}
	if d.year != "" {
		return r.ofParts(d)
	}
	m := moment{column: d.of.columnOf()}
	text := width.Fold.String(r.fill(d.of, d.missing)) // ２０２３ is 2023
	if means, ok := d.values[text]; ok {
		m.set(means)
		return m
	}
	if column, ok := d.of.one(); ok && d.values != nil {
		if means, ok := d.values[clean(r.row.Get(column))]; ok { // also a cell that says nothing elsewhere
			m.set(means)
			return m
		}
	}
	if text == "" {
		return m
	}
	if column, ok := d.of.one(); ok && len(d.formats) > 0 {
		m.date = r.formatted(d, column, text)
		return m
	}
	if column, _ := d.of.one(); column == "" { // a template or a constant; its columns may say nothing: {Year}-{Month}
		text = strings.TrimRight(text, "- ")
		if slices.Contains(endWords, text) {
			m.set(text)
			return m
		}
	}
	date, err := graph.ParseDate(text)
	if err != nil {
		rule := "this is not a date: " + reason(err)
		if len(fitting(text)) > 0 || strings.Contains(rule, "write YYYY") {
			rule = "this is not a date as the graph writes them: YYYY, YYYY-MM or YYYY-MM-DD"
		}
		r.mistake(m.column, rule, r.howWritten(text, d))
	}
	m.date = date
	return m
}

func (m *moment) set(means string) {
	switch {
	case means == nothing:
	case means == sameDay:
		m.same = true
	case slices.Contains(endWords, means):
		m.why = form.Model[graph.OpenEnd](means)
	default:
		m.date, _ = graph.ParseDate(means) // the mapping was checked
	}
}

// from is the period from a date to what a moment says of its end. What is censored was observed as long as the table looks.
func (r *reading) from(start graph.Date, end moment) graph.Period {
	if end.why == graph.Censored {
		return graph.Observed(start, r.last.Latest())
	}
	return graph.Period{Start: start, End: end.date, Why: end.why}
}

func reason(err error) string {
	_, why, _ := strings.Cut(err.Error(), " is not a date: ")
	return why
}

// formatted reads a cell by its formats: exactly one must fit.
func (r *reading) formatted(d *date, column, text string) graph.Date {
	missing := r.says(d.missing)
	var reads, fits []string
	for _, f := range d.formats {
		if date, ok := f.read(text, missing); ok && !slices.Contains(reads, date) {
			reads, fits = append(reads, date), append(fits, f.text)
		}
	}
	switch len(reads) {
	case 0:
		var formats []string
		for _, f := range d.formats {
			formats = append(formats, f.text)
		}
		r.mistake(column, "this is not written as "+strings.Join(formats, " or "), r.howWritten(text, d))
		return graph.Date{}
	case 1:
	default:
		valid := slices.DeleteFunc(slices.Clone(reads), func(date string) bool { return !isDate(date) })
		if len(valid) != 1 {
			r.mistake(column, fmt.Sprintf("this can be read as %s, by %s", strings.Join(reads, " and as "), strings.Join(fits, " and ")), "give one format, or say by values what this cell means")
			return graph.Date{}
		}
		reads = valid
	}
	date, err := graph.ParseDate(reads[0])
	if err != nil {
		r.mistake(column, "this is not a date: "+reason(err), "")
	}
	return date
}

// says joins what says nothing in one field with what does in all.
func (r *reading) says(missing map[string]bool) map[string]bool {
	if len(r.layout.missing) == 0 {
		return missing
	}
	all := map[string]bool{}
	for _, m := range []map[string]bool{missing, r.layout.missing} {
		for text := range m {
			all[text] = true
		}
	}
	return all
}

// howWritten tells which formats a cell is written in.
func (r *reading) howWritten(text string, d *date) string {
	fit := fitting(text)
	switch {
	case len(fit) > 0:
		return "say how it is written: format: " + strings.Join(fit, " or ")
	case d.field == "to":
		return "say by values what it means: a date, " + strings.Join(endWords, ", ")
	default:
		return "say by format how it is written, or by values what it means"
	}
}

var digits = regexp.MustCompile(`^[0-9]{1,4}$`)

// ofParts reads a date of which year, month and day stand in columns of their own.
func (r *reading) ofParts(d *date) moment {
	m := moment{column: d.year}
	if means, ok := d.values[clean(r.row.Get(d.year))]; ok {
		m.set(means)
		return m
	}
	var parts [3]string
	for i, column := range []string{d.year, d.month, d.day} {
		if column == "" {
			continue
		}
		text := width.Fold.String(r.get(column, d.missing))
		if text != "" && !digits.MatchString(text) {
			r.mistake(column, fmt.Sprintf("this is not the number of a %s", []string{"year", "month", "day"}[i]), "digits alone; what says nothing is listed under missing")
			return m
		}
		parts[i] = text
	}
	if parts[0] == "" {
		if parts[1] != "" || parts[2] != "" {
			r.mistake(d.year, "there is a month or a day, and no year", "")
		}
		return m
	}
	if parts[1] == "" && parts[2] != "" {
		r.mistake(d.month, "there is a day, and no month", "")
		return m
	}
	date, err := graph.ParseDate(joinDate(parts[0], parts[1], parts[2], nil))
	if err != nil {
		r.mistake(d.year, fmt.Sprintf("%s is not a date: %s", joinDate(parts[0], parts[1], parts[2], nil), reason(err)), "")
	}
	m.date = date
	return m
}

// period reads date, or from and to. known is false where the cells say nothing of it at all.
func (r *reading) period(on, from, to *date) (p graph.Period, column string) {
	if on != nil {
		m := r.moment(on)
		if m.date.IsZero() {
			if len(r.bad) == 0 {
				r.mistake(m.column, "there is no date here", "if that is so of some rows, leave them out (rows: except), or give from and to")
			}
			return p, m.column
		}
		return graph.On(m.date), m.column
	}
	a, b := r.moment(from), r.moment(to)
	p = r.from(a.date, b)
	if b.same {
		p.End = a.date
	}
	if p.End.IsZero() && p.Why == "" {
		p.Why = graph.Unknown
	}
	column = a.column
	if column == "" {
		column = b.column
	}
	if err := p.Check(); err != nil {
		r.mistake(b.column, err.Error(), "")
	}
	return p, column
}
