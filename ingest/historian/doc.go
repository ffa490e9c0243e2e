// Package historian reads what the datasets of the Office of the Historian (U.S. Department of State) share: XML
// files of records, and the short names it gives to countries. Sources of its datasets use it; sources do not import
// one another.
//
// Of files it promises positions by line and byte, that nothing is passed over (an element that nobody knows is a
// mistake of its record, another root or a document type is refused), and memory in proportion to one file. Of
// countries it promises that a name is resolved by code on the day, through the registry's roster, or not at all.
//
// It knows neither visits nor travels.
package historian
