package scalar

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	domain "github.com/entente-graph/entente/graph"
)

// TestIDsRoundTrip: any id comes back whole, and any other text is refused.
func TestIDsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.StringMatching(`[a-z:-]{1,12}(\x1f[a-z0-9]{0,6}){0,3}`).Draw(t, "key")
		id := GlobalID{Type: rapid.StringMatching(`[A-Z][a-z]{2,8}`).Draw(t, "type"), Key: key}
		if rapid.Bool().Draw(t, "pinned") {
			id.State = domain.State{Load: domain.LoadNumber(rapid.Int64Range(0, 1<<40).Draw(t, "load")), Pinned: true}
			if rapid.Bool().Draw(t, "day") {
				day := domain.MustDay("0001-01-01") + domain.Day(rapid.IntRange(0, 3_000_000).Draw(t, "days"))
				id.State.AsOf = &day
			}
		}
		text := id.String()
		back, err := ParseID(text)
		if err != nil {
			t.Fatal(err)
		}
		if back.Type != id.Type || back.Key != id.Key || back.State.Load != id.State.Load || back.State.Pinned != id.State.Pinned || back.String() != text {
			t.Fatalf("%+v came back as %+v", id, back)
		}
		if strings.ContainsAny(text, "+/= ") {
			t.Fatalf("%q does not go into a URL", text)
		}
		if cut := rapid.IntRange(0, len(text)-1).Draw(t, "cut"); cut < len(text) {
			if _, err := ParseID(text[:cut]); err == nil {
				t.Fatalf("%q was taken, cut to %q", text, text[:cut])
			}
		}
	})
}

// TestIDsOutsideASnapshotNameTheHead: the load does not show in them.
func TestIDsOutsideASnapshotNameTheHead(t *testing.T) {
	a := NewID("Actor", domain.State{Load: 2}, "iso3:JPN").String()
	b := NewID("Actor", domain.State{Load: 3}, "iso3:JPN").String()
	if a != b {
		t.Errorf("%s and %s", a, b)
	}
}

func TestInputs(t *testing.T) {
	for _, bad := range []any{"2019-02-30", "2019", "20190101", "", 7, nil, true} {
		if _, err := UnmarshalDay(bad); !errors.Is(err, domain.ErrInvalid) {
			t.Errorf("Day %v: %v", bad, err)
		}
	}
	for _, bad := range []any{"2019-02-03", "June", "", 7, nil} {
		if _, err := UnmarshalDateTime(bad); !errors.Is(err, domain.ErrInvalid) {
			t.Errorf("DateTime %v: %v", bad, err)
		}
	}
	for _, bad := range []any{json.Number("1.5"), json.Number("99999999999"), int64(1) << 40, "x", nil, 1.5, true} {
		if _, err := UnmarshalInt(bad); !errors.Is(err, domain.ErrInvalid) {
			t.Errorf("Int %v: %v", bad, err)
		}
	}
	if n, err := UnmarshalLoad(json.Number("7")); n != 7 || err != nil {
		t.Error(n, err)
	}
	if s, err := UnmarshalString(7); err == nil {
		t.Error(s)
	}
}

// TestWhatIsMissingIsNull: empty text, a bound of time, no moment.
func TestWhatIsMissingIsNull(t *testing.T) {
	var b strings.Builder
	MarshalString("").MarshalGQL(&b)
	MarshalDay(domain.MaxDay).MarshalGQL(&b)
	MarshalDay(domain.MinDay).MarshalGQL(&b)
	if b.String() != "nullnullnull" {
		t.Error(b.String())
	}
	b.Reset()
	MarshalDay(domain.MustDay("0987-06-05")).MarshalGQL(&b)
	MarshalString("Dokdo \"독도\" <竹島>").MarshalGQL(&b)
	if b.String() != `"0987-06-05""Dokdo \"독도\" <竹島>"` {
		t.Error(b.String())
	}
}
