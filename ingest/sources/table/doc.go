// Package usertable reads a person's own table, of text, of a workbook or of Parquet, by a mapping: a YAML file that says
// what its columns mean. docs/table.md tells people how to write one.
//
// source.go says what the source is and yields its rows; files.go knows which file is what and how the table is laid out;
// format.go is the mapping's format, one table of shapes; mapping.go and compile.go make of a checked mapping what is asked of
// each row; cell.go, date.go and party.go read cells; engagement.go makes the engagements, group.go one of several
// rows. schema.go writes the JSON Schema.
package usertable
