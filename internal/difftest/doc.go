// Package difftest asks two stores the same random questions and compares what they answer, byte for byte.
//
// Two graphs are loaded into both stores: the sample, and one that is generated so that everything the schema can show
// is there. A generator reads the schema and makes documents of it, so new fields, arguments and types take part from
// the day they are in the schema: nothing here names a field, but for a few arguments whose name says which words fit
// (values.go). Answers lead on: a cursor in one makes a question about the next page, an id one about the object.
//
// The questions go through the whole program above the store: HTTP, limits, resolvers, views. The one thing that two
// stores cannot have in common, when their loads became visible, is set aside below all that, in dated; no byte of an
// answer is masked.
//
// A difference is made as small as it can be by leaving out what it does not need, and printed with its seed.
package difftest
