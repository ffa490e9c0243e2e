// Package graph is the domain of Entente: who the actors of diplomacy were, what
// they agreed and disputed, where they met and what they did to one another, and
// what follows from that about their ties over time.
//
// It holds the nouns (Actor, Engagement, Tie, Spell, Tenure, Assertion …), time
// (Day, Date, Period, Interval), the questions a store answers (Reader) and the
// orders it takes (Writer), and the conclusions: pure functions over statements,
// so that two stores cannot disagree about them. Stores fetch, graph concludes.
//
// It promises to import the standard library and golang.org/x/text only, to
// never be more precise than a source, and to share nothing with its caller:
// what is passed in or returned belongs to whoever receives it.
//
// It does not read files, know a database, or speak GraphQL or HTTP.
package graph
