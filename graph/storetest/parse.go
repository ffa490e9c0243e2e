package storetest

import (
	"fmt"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// A step is one thing of a file: a statement, an order to the loader, or a question.
type step struct {
	line      int
	statement *entry
	order     []string
	ask       *question
}

// An entry is what a statement says; the player makes the statement of the source it is at.
type entry struct {
	noun any // as graph.NewStatement takes it
}

// block is a line with the indented lines below it.
type block struct {
	line  int
	text  string
	below []string
}

func parse(name, text string) ([]step, error) {
	var steps []step
	for _, b := range blocks(text) {
		st, err := parseBlock(b)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %s: %w", name, b.line, b.text, err)
		}
		st.line = b.line
		steps = append(steps, st)
	}
	return steps, nil
}

func blocks(text string) []block {
	var found []block
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, " \t\r")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, " ") && len(found) > 0:
			last := &found[len(found)-1]
			last.below = append(last.below, strings.TrimSpace(line))
		default:
			found = append(found, block{line: i + 1, text: strings.TrimSpace(line)})
		}
	}
	return found
}

func parseBlock(b block) (step, error) {
	w, err := split(b.text)
	if err != nil {
		return step{}, err
	}
	first := w.next("a word")
	switch first {
	case "ask":
		q, err := parseQuestion(b.text, w)
		if q != nil {
			q.want = b.below
		}
		return step{ask: q}, err
	case "load", "by", "retract", "twice", "discard":
		if len(b.below) > 0 {
			return step{}, fmt.Errorf("%s has no lines below it", first)
		}
		return step{order: append([]string{first}, w.list...)}, nil
	}
	noun, err := parseNoun(first, w, b.below)
	if err != nil {
		return step{}, err
	}
	return step{statement: &entry{noun}}, nil
}

func parseNoun(first string, w *words, below []string) (any, error) {
	switch first {
	case "source":
		s := &graph.Source{Key: graph.SourceKey(w.next("a key")), Kind: graph.SourceKind(w.upper("registry, dossier or dataset"))}
		s.Title, _ = w.text()
		return s, details(w, below, func(w *words) { coverage(s, w) })
	case "state", "organization", "person":
		a := &graph.ActorFacts{Key: graph.ActorKey(w.next("a key")), Kind: graph.ActorKind(strings.ToUpper(first)), Names: w.names()}
		if p := w.period(); !p.IsZero() {
			a.Existence = []graph.Period{p}
		}
		return a, details(w, below, func(w *words) { actorDetail(a, w) })
	case "tenure":
		t := &graph.Tenure{Key: graph.TenureKey(w.next("a key")), Person: graph.ActorKey(w.next("a person"))}
		t.Office, _ = w.text()
		if !w.take("of") {
			w.fail("of ACTOR is missing")
		}
		t.Of, t.Period = graph.ActorKey(w.next("an actor")), w.period()
		return t, details(w, below, nil)
	case "membership":
		m := &graph.Membership{Key: graph.MembershipKey(w.next("a key")), Member: graph.ActorKey(w.next("a member")), Status: graph.MemberFull}
		if !w.take("in") {
			w.fail("in ORGANIZATION is missing")
		}
		m.Organization = graph.ActorKey(w.next("an organization"))
		if len(w.list) > 0 && !dated(w.list[0]) {
			m.Status = graph.MembershipStatus(w.upper("a status"))
		}
		m.Period = w.period()
		return m, details(w, below, nil)
	case "identity":
		i := &graph.Identity{Lead: graph.ActorKey(w.next("the key that leads"))}
		i.Key, i.Persons = string(i.Lead), []graph.ActorKey{i.Lead}
		for len(w.list) > 0 {
			other := graph.ActorKey(w.next("another key"))
			i.Persons = append(i.Persons, other)
			i.Because = append(i.Because, graph.Sameness{A: i.Lead, B: other, Rule: "a test"})
		}
		return i, details(w, below, nil)
	case "representation":
		return parseRepresentation(w, below)
	case "assertion":
		a := &graph.Assertion{Key: graph.AssertionKey(w.next("a key"))}
		if !w.take("about") {
			w.fail("about ENGAGEMENT is missing")
		}
		a.About, a.Author = graph.EngagementKey(w.next("an engagement")), graph.ActorKey(w.next("an author"))
		a.Stance = graph.Stance(w.upper("a stance"))
		if p := w.period(); !p.IsZero() {
			a.Date = p.Start
		}
		a.Text, _ = w.text()
		return a, details(w, below, nil)
	case "agreement", "dispute", "meeting", "act":
		return engagement(first, w, below)
	}
	return nil, fmt.Errorf("%q begins no statement, order or question", first)
}

// details reads the lines below a statement.
func details(w *words, below []string, read func(*words)) error {
	if err := w.end(); err != nil {
		return err
	}
	for _, line := range below {
		d, err := split(line)
		switch {
		case err != nil:
			return err
		case read == nil:
			return fmt.Errorf("nothing can stand below it: %s", line)
		}
		if read(d); d.end() != nil {
			return fmt.Errorf("%s: %w", line, d.err)
		}
	}
	return nil
}

func coverage(s *graph.Source, w *words) {
	c := graph.Coverage{}
	if !w.take("covers") {
		w.fail("a source has lines that begin with covers")
	}
	c.Complete = w.take("complete")
	for w.take("topic") {
		c.Topics = append(c.Topics, graph.Topic(w.upper("a topic")))
	}
	p := w.period()
	c.From, c.To = p.Start, p.End
	s.Coverage = append(s.Coverage, c)
}

func actorDetail(a *graph.ActorFacts, w *words) {
	switch {
	case w.take("code"):
		c := graph.ParseCode(w.next("a code"))
		a.Identifiers = append(a.Identifiers, graph.Identifier{Scheme: c.Scheme, Value: c.Value, Period: w.period()})
	case w.take("part", "of"):
		a.PartOf = append(a.PartOf, graph.PartOf{Actor: graph.ActorKey(w.next("an actor")), Period: w.period()})
	case w.take("name"):
		text, lang := w.text()
		a.Names = append(a.Names, graph.Name{Text: text, Lang: lang, Period: w.period()})
	case w.take("existed"):
		a.Existence = append(a.Existence, w.period())
	default:
		w.fail("below an actor stand code, part of, name and existed")
	}
}

func engagement(kind string, w *words, below []string) (graph.Engagement, error) {
	b := graph.EngagementBase{
		Key: graph.EngagementKey(w.next("a key")), Kind: graph.EngagementKind(strings.ToUpper(kind)), Titles: w.names(),
	}
	var level graph.MeetingLevel
	for len(w.list) > 0 && !dated(w.list[0]) {
		word := w.upper("a topic")
		if kind == "meeting" && level == "" && isLevel(word) {
			level = graph.MeetingLevel(word)
			continue
		}
		topic, err := graph.ParseTopic(word)
		if err != nil {
			return nil, err
		}
		b.Topics = append(b.Topics, topic)
	}
	b.Period = w.period()
	var e graph.Engagement
	switch kind {
	case "agreement":
		e = &graph.Agreement{EngagementBase: b, Form: graph.FormAgreement}
	case "dispute":
		e = &graph.Dispute{EngagementBase: b, Form: graph.DisputeIncident}
	case "meeting":
		e = &graph.Meeting{EngagementBase: b, Level: level}
	case "act":
		e = &graph.Act{EngagementBase: b, Type: "PROTEST"}
	}
	return e, details(w, below, func(w *words) { engagementDetail(e, w) })
}

func isLevel(word string) bool {
	switch graph.MeetingLevel(word) {
	case graph.LevelSummit, graph.LevelMinisterial, graph.LevelOfficials, graph.LevelMilitary, graph.LevelMixed:
		return true
	}
	return false
}

func engagementDetail(e graph.Engagement, w *words) {
	b := e.Base()
	agreement, isAgreement := e.(*graph.Agreement)
	switch {
	case w.take("part"):
		p := graph.Participation{Actor: graph.ActorKey(w.next("an actor")), Role: graph.Role(w.upper("a role"))}
		if w.take("side") {
			p.Side = w.next("a side")
		}
		if w.take("for") {
			p.OnBehalfOf = graph.ActorKey(w.next("an actor"))
		}
		p.Period = w.period()
		b.Participations = append(b.Participations, p)
	case w.take("called"):
		c := graph.ParseCode(w.next("a code"))
		b.Identifiers = append(b.Identifiers, graph.Identifier{Scheme: c.Scheme, Value: c.Value})
	case w.take("related"):
		b.Related = append(b.Related, graph.EngagementKey(w.next("a key")))
	case w.take("effect"):
		f := graph.Effect{Type: graph.EffectType(w.upper("an effect")), Topic: graph.Topic(w.upper("a topic"))}
		for len(w.list) > 0 && !dated(w.list[0]) {
			f.Between = append(f.Between, graph.ActorKey(w.next("an actor")))
		}
		f.Date = w.date()
		if w.take("strand") {
			f.Strand = w.next("a strand")
		}
		if len(w.list) > 0 {
			f.Extent = graph.Extent(w.upper("an extent"))
		}
		b.Effects = append(b.Effects, f)
	case isAgreement && w.take("stage"):
		agreement.Stages = append(agreement.Stages, graph.Stage{Stage: graph.StageKind(w.upper("a stage")), Date: w.date()})
	case isAgreement && w.take("owes"):
		agreement.Obligations = append(agreement.Obligations, graph.Obligation{
			Type: graph.ObligationType(w.upper("a type")), By: graph.ActorKey(w.next("an actor")), Toward: graph.ActorKey(w.next("an actor")),
		})
	case isAgreement && w.take("parties", "complete"):
		agreement.PartiesComplete = true
	default:
		w.fail("below an engagement stand part, called, related and effect; below an agreement also stage, owes and parties complete")
	}
}
