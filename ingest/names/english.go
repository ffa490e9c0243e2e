package names

import _ "embed" // the table

// English is what names mean that several datasets print in English and the registry does not have as a name of the state, or not
// of that time. Short names of states that changed with the same number (Russia, Serbia, Yemen) stand for the number, which
// names its holder on the day.
//
//go:embed english.csv
var English string

// Official is a table of the names of ISO 3166-1 and of the United Nations, with what stands in brackets or behind a comma there.
//
//go:embed official.csv
var Official string
