// Package form reads YAML that people write by hand: a file becomes a tree of texts, each with its place, and a table of
// shapes and fields says what may stand where. One table serves the check of a file, the JSON Schema for editors, and the
// tests of the documentation.
//
// It promises that scalars are the text that was written (0010 is not 8, 1.10 is not 1.1, no is not false), that all that is
// wrong in a file is told at once with line and column and what would be right, and that what is not YAML, or is YAML that
// such files do not use (anchors, tags, several documents), is named and not guessed at.
//
// It knows no kind of file: sources have the tables, and kinds of value of their own.
package form
