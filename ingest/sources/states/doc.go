// Package states is the registry of states that comes with the program, and the only source that mints them:
// every member of the Correlates of War and the Gleditsch–Ward systems since 1816, every country or
// territory that ISO 3166-1 has a code for, and those it has had one for.
//
// It decides which units of the lists are one actor, says so case by case (README.md and the notes in
// tables/actors.csv), and gives each actor its existence, its codes with the days on which they hold, its
// names, what it succeeded and what it is part of.
//
// The tables are written by hand and embedded. A code names one holder on a day, or none: a table that says
// otherwise, or names an actor that is not there, is a mistake with file, line and column, and all
// mistakes come at once. Names of today come from CLDR. The package reads nothing else.
package states
