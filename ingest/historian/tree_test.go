package historian_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/entente-graph/entente/ingest/historian"
)

// TestTree: elements in elements with their texts, places and stretches; what stands around records; and what is refused.
func TestTree(t *testing.T) {
	t.Parallel()
	const text = "<?xml version=\"1.0\"?>\n<mission>\n  <id>x</id>\n  <chiefs>\n    <chief>\n      <id> a\n b </id>\n    </chief>\n    <remark/>\n    <chief n=\"1\"><note>c <hi>d</hi> e</note></chief>\n  </chiefs>\n</mission>\n"
	tree := func(text string) (*historian.Node, error) {
		return historian.Tree(t.Context(), fstest.MapFS{"a.xml": &fstest.MapFile{Data: []byte(text)}}, "a.xml", "test", "mission", "person")
	}
	root, err := tree(text)
	if err != nil {
		t.Fatal(err)
	}
	chiefs := root.Child("chiefs")
	if len(chiefs.Nodes) != 3 || chiefs.Nodes[0].Child("id").Text != "a b" || chiefs.Nodes[2].Child("note").Text != "c d e" || chiefs.Nodes[2].Child("@n").Text != "1" {
		t.Errorf("it is read as %+v", chiefs)
	}
	first, last := chiefs.Nodes[0], chiefs.Nodes[2]
	if got := text[first.Record.From:first.Record.To]; !strings.HasPrefix(got, "    <chief>") || !strings.HasSuffix(got, "</chief>") || first.Record.Line != 5 {
		t.Errorf("the first chief is %q, line %d", got, first.Record.Line)
	}
	frames := historian.Around(root, [][]*historian.Node{{first, last}, nil})
	if len(frames) != 2 || !strings.HasSuffix(text[:frames[0].To], "<chiefs>\n") || !strings.HasPrefix(text[frames[1].From:], "\n  </chiefs>") || frames[1].Line != 10 {
		t.Errorf("around them stands %+v", frames)
	}
	if m := first.Child("id").Mistake("wrong", ""); m.Line != 6 || m.Column != 12 {
		t.Errorf("the text begins at %d:%d", m.Line, m.Column)
	}
	bad := chiefs.Others("chief")
	if len(bad) != 2 || bad[0].Value != "<remark>" || bad[1].Value != "<chief>" {
		t.Errorf("what is not known there: %v", bad)
	}
	if bad := chiefs.Others("*chief", "remark"); len(bad) > 0 {
		t.Errorf("what is known there: %v", bad)
	}
	if empty := root.Child("nothing"); empty.Text != "" || empty.Mistake("missing", "").Line != 2 {
		t.Errorf("what is not there stands where it would: %+v", empty)
	}
	for wrong, says := range map[string]string{
		"":                        "there is no <mission> or <person> in it",
		"id,name\n":               "this is not XML",
		"<visits/>":               "this is not a file of test",
		"<mission><a></mission>":  "not well-formed",
		"<mission>":               "ends within an element",
		"<mission/><mission/>":    "something follows the end of <mission>",
		"<!DOCTYPE a><mission/>":  "no document type",
		"<mission>\xe9</mission>": "not UTF-8",
	} {
		if _, err := tree(wrong); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", wrong, err, says)
		}
	}
}
