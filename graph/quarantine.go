package graph

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Mistake is what is wrong with the input, where, and what would be right. Positions count from 1; 0 is unknown.
type Mistake struct {
	File       string `json:"file"`
	Line       int    `json:"line,omitempty"`
	Column     int    `json:"column,omitempty"`     // of text: the character in the line; of a table: the cell in the row
	Byte       int64  `json:"byte,omitempty"`       // where the value begins, in the file as it stands
	Field      string `json:"field,omitempty"`      // the name of the column, of a table
	Value      string `json:"value,omitempty"`      // the text as it stands in the file; may be empty
	Rule       string `json:"rule"`                 // what it breaks, in words
	Suggestion string `json:"suggestion,omitempty"` // the nearest valid value, or what to write; may be empty
}

// Error prints file:line:column: field, value, rule and suggestion in one line.
func (m Mistake) Error() string {
	var b strings.Builder
	b.WriteString(m.File)
	if m.Line > 0 {
		fmt.Fprintf(&b, ":%d", m.Line)
		if m.Column > 0 {
			fmt.Fprintf(&b, ":%d", m.Column)
		}
	}
	b.WriteString(": ")
	if m.Field != "" {
		fmt.Fprintf(&b, "%s: ", m.Field)
	}
	if m.Value != "" {
		fmt.Fprintf(&b, "%q: ", m.Value)
	}
	b.WriteString(m.Rule)
	if m.Suggestion != "" {
		fmt.Fprintf(&b, " (%s)", m.Suggestion)
	}
	return b.String()
}

// A Record is a stretch of a file, as it stands there: a row of a table, an element of XML. Byte offsets count from 0,
// From is in, To is out.
type Record struct {
	File string `json:"file"`
	Line int    `json:"line"` // of its first byte, from 1
	From int64  `json:"from"`
	To   int64  `json:"to"`
	// Text is the bytes themselves, once they have been fetched for a person to mend.
	Text string `json:"text,omitempty"`
	// Frame says that it is what stands around the records: a header, the beginning and the end of a document.
	Frame bool `json:"frame,omitempty"`
}

// Quarantined is one thing that a load did not understand: what is wrong with it, and all the records it was read
// from, so that it can be mended and loaded alone.
type Quarantined struct {
	N        int         `json:"n"`           // counts from 1 within the load
	Of       StatementID `json:"of,omitzero"` // the statement it would have been, as far as that is known
	Mistakes []Mistake   `json:"mistakes"`
	Records  []Record    `json:"records,omitempty"`
}

// An Edit is one mended record: in the file with the SHA-256, the bytes from From to To are to be read as Text. It is
// made by a person, kept with the load that was an amendment, and made again whenever that file is loaded again.
type Edit struct {
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
	Line   int    `json:"line"`
	From   int64  `json:"from"`
	To     int64  `json:"to"`
	Text   string `json:"text"`
}

// Mends tells whether the edit is of the record, or of a part of it.
func (e Edit) Mends(r Record) bool {
	return !r.Frame && r.File == e.File && e.From >= r.From && e.To <= r.To
}

// An Erasure is what is left of a statement that was removed from every number: that it was there, and why it went.
type Erasure struct {
	StatementID
	Load   LoadNumber // the load that erased it
	Reason string
}

// MarshalJSON keeps every byte of the text: what is not UTF-8 goes into "bytes", in base64.
func (r Record) MarshalJSON() ([]byte, error) {
	type plain Record
	out := struct {
		plain
		Bytes []byte `json:"bytes,omitempty"`
	}{plain: plain(r)}
	if !utf8.ValidString(r.Text) {
		out.Text, out.Bytes = "", []byte(r.Text)
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (r *Record) UnmarshalJSON(text []byte) error {
	type plain Record
	in := struct {
		*plain
		Bytes []byte `json:"bytes"`
	}{plain: (*plain)(r)}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	if len(in.Bytes) > 0 {
		r.Text = string(in.Bytes)
	}
	return nil
}

// MarshalJSON keeps every byte of the text, as that of a Record does.
func (e Edit) MarshalJSON() ([]byte, error) {
	type plain Edit
	out := struct {
		plain
		Bytes []byte `json:"bytes,omitempty"`
	}{plain: plain(e)}
	if !utf8.ValidString(e.Text) {
		out.Text, out.Bytes = "", []byte(e.Text)
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (e *Edit) UnmarshalJSON(text []byte) error {
	type plain Edit
	in := struct {
		*plain
		Bytes []byte `json:"bytes"`
	}{plain: (*plain)(e)}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	if len(in.Bytes) > 0 {
		e.Text = string(in.Bytes)
	}
	return nil
}
