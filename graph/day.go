package graph

import (
	"fmt"
	"math"
	"time"
)

// A Day is a civil day at the place it is about, proleptic Gregorian, counted
// from 1970-01-01. It has no time zone: diplomacy's sources name days, not instants.
type Day int32

// Bounds of time inside the program. They stand for "no bound" in intervals and
// never leave it: what is shown says why an end is absent instead.
const (
	minDay Day = math.MinInt32 / 2
	maxDay Day = math.MaxInt32 / 2
)

// MinDay and MaxDay are the bounds for stores, which compare with them. They are never shown.
const (
	MinDay = minDay
	MaxDay = maxDay
)

// NewDay gives the day, or false if there is none (30 February).
func NewDay(year, month, day int) (Day, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 {
		return 0, false
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day {
		return 0, false
	}
	return Day(t.Unix() / 86400), true
}

// ParseDay reads YYYY-MM-DD and nothing else.
func ParseDay(text string) (Day, error) {
	d, err := ParseDate(text)
	if err != nil || d.Precision() != PrecisionDay || d.Approximate() || d.Uncertain() {
		return 0, problem(ErrInvalid, CodeInvalidDate, "%q is not a day: write YYYY-MM-DD, a day that exists", text)
	}
	return d.Earliest(), nil
}

// MustDay is ParseDay for constants in tests and tables; it panics on anything else.
func MustDay(text string) Day {
	d, err := ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

// Time gives midnight UTC of the day, for arithmetic with calendars.
func (d Day) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String prints YYYY-MM-DD.
func (d Day) String() string {
	if d <= minDay {
		return "(no first day)"
	}
	if d >= maxDay {
		return "(no last day)"
	}
	return d.Time().Format("2006-01-02")
}

// DayOf gives the civil day of an instant in UTC.
func DayOf(t time.Time) Day {
	u := t.UTC()
	d, _ := NewDay(u.Year(), int(u.Month()), u.Day())
	return d
}

// MarshalText prints YYYY-MM-DD.
func (d Day) MarshalText() ([]byte, error) {
	if d <= minDay || d >= maxDay {
		return nil, fmt.Errorf("a bound is not a day")
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads YYYY-MM-DD.
func (d *Day) UnmarshalText(text []byte) error {
	day, err := ParseDay(string(text))
	if err == nil {
		*d = day
	}
	return err
}
