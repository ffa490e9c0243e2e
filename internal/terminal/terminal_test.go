package terminal

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// screen makes a plain screen of so many columns.
func screen(columns string) (*Screen, *bytes.Buffer) {
	var b bytes.Buffer
	return New(&b, func(name string) string { return map[string]string{"COLUMNS": columns}[name] }), &b
}

func check(t *testing.T, got, want string) {
	t.Helper()
	if diff := cmp.Diff(strings.TrimPrefix(want, "\n"), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestColumnsLineUpWhateverTheScript(t *testing.T) {
	t.Parallel()
	s, b := screen("")
	table := NewTable("NAME", "EMPTY", "YEAR")
	table.Add(Text("日本", "", "1868")...)
	table.Add(Text("대한민국", "", "1948")...)
	table.Add(Text("Österreich", "", "1918")...)
	table.Print(s)
	check(t, b.String(), `
NAME        YEAR
日本        1868
대한민국    1948
Österreich  1918
`)
}

func TestANarrowScreenWrapsTextAndKeepsKeysWhole(t *testing.T) {
	t.Parallel()
	s, b := screen("60")
	table := NewTable("WHEN", "TITLE", "KEY")
	table.Add(Text("2018-12-20", "Encounter of a destroyer and a patrol aircraft at sea, off the peninsula", "northeast-asia:radar-incident-2018")...)
	table.Add(Text("2024-06-01", "共同声明", "northeast-asia:joint-statement-2024")...)
	table.Print(s)
	check(t, b.String(), `
WHEN        TITLE
2018-12-20  Encounter of a destroyer and a patrol aircraft
            at sea, off the peninsula
  northeast-asia:radar-incident-2018
2024-06-01  共同声明
  northeast-asia:joint-statement-2024
`)
}

func TestALineBelowARow(t *testing.T) {
	t.Parallel()
	s, b := screen("40")
	table := NewTable("", "STATUS")
	table.Add(Text("1", "ACTIVE")...)
	table.Below("began with ", "High-level defence exchanges begin")
	table.Below("ended with ", "")
	table.Print(s)
	check(t, b.String(), `
   STATUS
1  ACTIVE
   began with High-level defence
              exchanges begin
`)
}

func TestATableWithoutRowsPrintsNothing(t *testing.T) {
	t.Parallel()
	s, b := screen("")
	NewTable("A").Print(s)
	check(t, b.String(), "")
}

func TestWrap(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		width int
		want  []string
	}{
		{"one two three", 0, []string{"one two three"}},
		{"one two three", 7, []string{"one two", "three"}},
		{"extraordinarily", 6, []string{"extrao", "rdinar", "ily"}},
		{"日韓防衛相が会談、共同声明", 12, []string{"日韓防衛相が", "会談、共同声", "明"}},
		{"会談、共同", 4, []string{"会", "談、", "共同"}},
		{"see https://example.org/a/very/long/path now", 12, []string{"see", "https://example.org/a/very/long/path", "now"}},
		{"a\nb\tc", 0, []string{"a b c"}},
	} {
		if diff := cmp.Diff(c.want, Wrap(c.text, c.width)); diff != "" {
			t.Errorf("%q in %d columns (-want +got):\n%s", c.text, c.width, diff)
		}
	}
}

// No line is wider than asked, and no text is lost.
func TestWrapLosesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringMatching(`([a-z]{1,12} |[日本語、。韓国]{1,6}){0,12}`).Draw(r, "text")
		width := rapid.IntRange(2, 30).Draw(r, "width")
		lines := Wrap(text, width)
		for _, l := range lines {
			if Width(l) > width+2 { // closing punctuation may hang over
				r.Fatalf("%q is %d columns wide, and %d were asked for", l, Width(l), width)
			}
		}
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if squeeze(strings.Join(lines, "")) != squeeze(text) {
			r.Fatalf("%q became %q", text, lines)
		}
	})
}

func TestDataCannotDisturbATerminal(t *testing.T) {
	t.Parallel()
	got := Clean("red \x1b[31m, back\b, right to left \u202e, line\nend")
	if strings.ContainsAny(got, "\x1b\b\n\u202e") {
		t.Errorf("it still holds control characters: %q", got)
	}
}

func TestColoursAreForTerminals(t *testing.T) {
	t.Parallel()
	plain, _ := screen("")
	if got := plain.Styled(Red, "x"); got != "x" {
		t.Errorf("a plain screen has colours: %q", got)
	}
	colourful := &Screen{color: true}
	if got := colourful.Styled(Red, "x"); got != "\x1b[31mx\x1b[0m" {
		t.Errorf("a terminal has none: %q", got)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestTheFirstErrorOfWritingIsKept(t *testing.T) {
	t.Parallel()
	s := New(full{}, func(string) string { return "" })
	s.Line("a")
	s.Line("b")
	if s.Err() == nil {
		t.Error("it was lost")
	}
}

func TestComma(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 999: "999", 1990: "1,990", 1234567: "1,234,567", -1990: "-1,990", -100: "-100"} {
		if got := Comma(n); got != want {
			t.Errorf("%d is printed %s", n, got)
		}
	}
}
