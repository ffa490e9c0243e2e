package graph

import (
	"strconv"
	"strings"
)

// Precision is how finely a date is known.
type Precision uint8

// The precisions of a date. A set is "one of these days".
const (
	PrecisionNone Precision = iota
	PrecisionDay
	PrecisionMonth
	PrecisionYear
	PrecisionSet
)

// A Date is as precise as its source: a day, a month, a year, or one of a range
// of days, perhaps approximate (~) or uncertain (?). It keeps the text as given
// (EDTF) with the earliest and the latest day that the text names. The zero Date
// is no date. Dates compare with ==.
type Date struct {
	edtf                   string
	earliest, latest       Day
	precision              Precision
	approximate, uncertain bool
}

// ParseDate reads 2018, 2018-12, 2018-12-20, each with ~ (approximate), ? (uncertain)
// or % (both) behind it, and [2018-12-20..2019-01-22] (one of these days).
func ParseDate(text string) (Date, error) {
	if lo, hi, ok := cutSet(text); ok {
		a, errA := ParseDate(lo)
		b, errB := ParseDate(hi)
		if errA != nil || errB != nil || a.qualified() || b.qualified() || a.precision == PrecisionSet || b.precision == PrecisionSet {
			return Date{}, badDate(text)
		}
		if a.earliest > b.latest {
			return Date{}, problem(ErrInvalid, CodeInvalidDate, "%q is not a date: the range ends before it begins", text)
		}
		return Date{edtf: text, earliest: a.earliest, latest: b.latest, precision: PrecisionSet}, nil
	}
	d := Date{edtf: text}
	body := text
	switch {
	case strings.HasSuffix(body, "~"):
		d.approximate = true
	case strings.HasSuffix(body, "?"):
		d.uncertain = true
	case strings.HasSuffix(body, "%"):
		d.approximate, d.uncertain = true, true
	}
	if d.qualified() {
		body = body[:len(body)-1]
	}
	parts := strings.Split(body, "-")
	year, ok := number(parts[0], 4)
	if !ok || len(parts) > 3 || year == 0 {
		return Date{}, badDate(text)
	}
	var month, day int
	if len(parts) > 1 {
		if month, ok = number(parts[1], 2); !ok {
			return Date{}, badDate(text)
		}
	}
	if len(parts) > 2 {
		if day, ok = number(parts[2], 2); !ok {
			return Date{}, badDate(text)
		}
	}
	switch len(parts) {
	case 1:
		d.precision = PrecisionYear
		d.earliest, _ = NewDay(year, 1, 1)
		d.latest, _ = NewDay(year, 12, 31)
	case 2:
		d.precision = PrecisionMonth
		if d.earliest, ok = NewDay(year, month, 1); !ok {
			return Date{}, problem(ErrInvalid, CodeInvalidDate, "%q is not a date: there is no month %s", text, parts[1])
		}
		d.latest = DayOf(d.earliest.Time().AddDate(0, 1, 0)) - 1
		if year == 9999 && month == 12 {
			d.latest, _ = NewDay(9999, 12, 31)
		}
	default:
		d.precision = PrecisionDay
		if d.earliest, ok = NewDay(year, month, day); !ok {
			return Date{}, problem(ErrInvalid, CodeInvalidDate, "%q is not a date: there is no such day", text)
		}
		d.latest = d.earliest
	}
	return d, nil
}

// MustDate is ParseDate for constants in tests and tables; it panics on anything else.
func MustDate(text string) Date {
	d, err := ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// DateOf is the exact date of a day.
func DateOf(d Day) Date {
	return Date{edtf: d.String(), earliest: d, latest: d, precision: PrecisionDay}
}

// OneOf is the date of what was on one of the days from the first to the last, and nobody knows on which.
func OneOf(first, last Day) Date {
	if first >= last {
		return DateOf(first)
	}
	return Date{edtf: "[" + first.String() + ".." + last.String() + "]", earliest: first, latest: last, precision: PrecisionSet}
}

func cutSet(text string) (lo, hi string, ok bool) {
	if !strings.HasPrefix(text, "[") || !strings.HasSuffix(text, "]") {
		return "", "", false
	}
	return strings.Cut(text[1:len(text)-1], "..")
}

func number(text string, digits int) (int, bool) {
	if len(text) != digits {
		return 0, false
	}
	for _, c := range text {
		if c < '0' || c > '9' {
			return 0, false
		}
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}

func badDate(text string) error {
	return problem(ErrInvalid, CodeInvalidDate,
		"%q is not a date: write YYYY, YYYY-MM or YYYY-MM-DD, with ~ (approximate), ? (uncertain) or %% (both) behind it, or [DAY..DAY]", text)
}

// String gives the EDTF text as the source has it.
func (d Date) String() string { return d.edtf }

// EDTF gives the text as the source has it.
func (d Date) EDTF() string { return d.edtf }

// IsZero says that there is no date.
func (d Date) IsZero() bool { return d.edtf == "" }

// Earliest is the first day the text names, not widened for ~ or ?.
func (d Date) Earliest() Day { return d.earliest }

// Latest is the last day the text names, not widened for ~ or ?.
func (d Date) Latest() Day { return d.latest }

// Precision is how fine the date is.
func (d Date) Precision() Precision { return d.precision }

// Approximate says that the source gives the date as about right (~).
func (d Date) Approximate() bool { return d.approximate }

// Uncertain says that the source, or its reader, is not sure of the date (?).
func (d Date) Uncertain() bool { return d.uncertain }

// Exact says that the date is one day and nobody doubts it.
func (d Date) Exact() bool { return d.precision == PrecisionDay && !d.qualified() }

func (d Date) qualified() bool { return d.approximate || d.uncertain }

// PossibleEarliest is the first day the date may mean: an approximate or uncertain
// date is widened by one unit of its precision.
func (d Date) PossibleEarliest() Day {
	if !d.qualified() {
		return d.earliest
	}
	return shift(d.earliest, d.precision, -1)
}

// PossibleLatest is the last day the date may mean, widened as PossibleEarliest is.
func (d Date) PossibleLatest() Day {
	if !d.qualified() {
		return d.latest
	}
	if d.precision == PrecisionDay {
		return d.latest + 1
	}
	return shift(d.latest+1, d.precision, 1) - 1
}

// shift moves a day by n units of a precision; the day is the first of its unit or a day.
func shift(d Day, p Precision, n int) Day {
	switch p {
	case PrecisionMonth:
		return Day(d.Time().AddDate(0, n, 0).Unix() / 86400)
	case PrecisionYear:
		return Day(d.Time().AddDate(n, 0, 0).Unix() / 86400)
	default:
		return d + Day(n)
	}
}

// DayBefore is the date of the last day before something that happened at d: for
// an exact or qualified day, the day before with the same qualifier. A date coarser
// than a day has no day before it, and is its own answer.
func (d Date) DayBefore() Date { return d.moved(-1) }

// DayAfter is the date of the first day after something that lasted through d, as DayBefore is of the last before.
func (d Date) DayAfter() Date { return d.moved(1) }

func (d Date) moved(days Day) Date {
	if d.precision != PrecisionDay { // the zero date too
		return d
	}
	next := d
	next.earliest += days
	next.latest += days
	next.edtf = next.earliest.String() + strings.TrimLeft(d.edtf, "0123456789-")
	return next
}

// MarshalText prints the EDTF text.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.edtf), nil }

// UnmarshalText reads EDTF; empty text is no date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}
