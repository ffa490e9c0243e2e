package api

import (
	"bytes"
	"encoding/json"
	"testing"
)

// short prints JSON as a person would: what fits a line on one.
func short(t *testing.T, raw []byte) string {
	t.Helper()
	var compact func(raw json.RawMessage, indent string) string
	compact = func(raw json.RawMessage, indent string) string {
		var line string
		var b json.RawMessage
		if err := json.Unmarshal(raw, &b); err != nil {
			t.Fatal(err)
		}
		line = spaced(t, b)
		if len(indent)+len(line) <= 118 || (b[0] != '{' && b[0] != '[') {
			return line
		}
		inner := indent + "  "
		dec := json.NewDecoder(bytes.NewReader(b))
		_, _ = dec.Token()
		out := string(b[0]) + "\n"
		for n := 0; dec.More(); n++ {
			if n > 0 {
				out += ",\n"
			}
			out += inner
			if b[0] == '{' {
				name, err := dec.Token()
				if err != nil {
					t.Fatal(err)
				}
				key, _ := json.Marshal(name)
				out += string(key) + ": "
			}
			var v json.RawMessage
			if err := dec.Decode(&v); err != nil {
				t.Fatal(err)
			}
			out += compact(v, inner)
		}
		closing := map[byte]string{'{': "}", '[': "]"}[b[0]]
		return out + "\n" + indent + closing
	}
	return compact(raw, "") + "\n"
}

// spaced prints JSON on one line, with a space behind what separates.
func spaced(t *testing.T, raw json.RawMessage) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, raw); err != nil {
		t.Fatal(err)
	}
	var out []byte
	text := false
	for i, c := range b.Bytes() {
		if c == '"' && (i == 0 || b.Bytes()[i-1] != '\\') {
			text = !text
		}
		if out = append(out, c); !text && (c == ',' || c == ':') {
			out = append(out, ' ')
		}
	}
	return string(out)
}
