package usertable

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A dateFormat is how a date is written in a column.
type dateFormat struct {
	text  string
	like  *regexp.Regexp
	parts []byte // what the groups of like are: Y, M, D, or N for the name of a month
}

// serial is the format of days as Excel numbers them, from 1 January 1900, as 1.
const serial = "excel"

var serialNumber = regexp.MustCompile(`^(\d{1,7})(\.\d+)?$`)

// ofSerial gives the day that Excel shows for a number; the part behind the point is the time of day. Excel has a 29 February
// 1900, number 60, which was none.
func ofSerial(text string) (date string, ok bool) {
	found := serialNumber.FindStringSubmatch(text)
	if found == nil {
		return "", false
	}
	n, err := strconv.Atoi(found[1])
	if err != nil || n < 1 || n == 60 || n > 2958465 {
		return "", false
	}
	if n < 60 {
		n++
	}
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n).Format("2006-01-02"), true
}

var dateTokens = []struct {
	token, like string
	part        byte
}{
	{"YYYY", `(\d{4})`, 'Y'},
	{"MMMM", `(\pL+)`, 'N'},
	{"MMM", `(\pL+)\.?`, 'N'},
	{"MM", `(\d{2})`, 'M'},
	{"M", `(\d{1,2})`, 'M'},
	{"DD", `(\d{2})`, 'D'},
	{"D", `(\d{1,2})`, 'D'},
}

func parseFormat(text string) (*dateFormat, error) {
	f := &dateFormat{text: text}
	if text == serial {
		return f, nil
	}
	var like strings.Builder
next:
	for rest := text; rest != ""; {
		for _, t := range dateTokens {
			if strings.HasPrefix(rest, t.token) {
				like.WriteString(t.like)
				f.parts = append(f.parts, t.part)
				rest = rest[len(t.token):]
				continue next
			}
		}
		if strings.ContainsRune("YyMmDd", rune(rest[0])) {
			return nil, fmt.Errorf("%q is none of YYYY, MM, M, MMM, MMMM, DD, D", rest)
		}
		if rest[0] == ' ' {
			like.WriteString(`\s+`)
		} else {
			like.WriteString(regexp.QuoteMeta(rest[:1]))
		}
		rest = rest[1:]
	}
	count := func(parts string) int {
		return len(slices.DeleteFunc(slices.Clone(f.parts), func(p byte) bool { return !strings.ContainsRune(parts, rune(p)) }))
	}
	switch {
	case count("Y") != 1:
		return nil, fmt.Errorf("it must have one year, YYYY (a year of two digits may be of several centuries)")
	case count("MN") > 1 || count("D") > 1:
		return nil, fmt.Errorf("it has a month or a day twice")
	case count("D") == 1 && count("MN") == 0:
		return nil, fmt.Errorf("it has a day and no month")
	}
	var err error
	if f.like, err = regexp.Compile("^" + like.String() + "$"); err != nil {
		return nil, err
	}
	return f, nil
}

// read gives the date as the model writes it; ok is false where the text is not written so. Months and days that say
// nothing make it coarser.
func (f *dateFormat) read(text string, missing map[string]bool) (date string, ok bool) {
	if f.text == serial {
		return ofSerial(text)
	}
	found := f.like.FindStringSubmatch(text)
	if found == nil {
		return "", false
	}
	var year, month, day string
	for i, p := range f.parts {
		part := found[i+1]
		switch p {
		case 'Y':
			year = part
		case 'N':
			n := monthNamed(part)
			if n == 0 {
				return "", false
			}
			month = strconv.Itoa(n)
		case 'M':
			month = part
		case 'D':
			day = part
		}
	}
	return joinDate(year, month, day, missing), true
}

// joinDate writes a date of its parts, of which those that say nothing are left out.
func joinDate(year, month, day string, missing map[string]bool) string {
	date := pad(year, 4)
	if month == "" || missing[month] {
		return date
	}
	date += "-" + pad(month, 2)
	if day == "" || missing[day] {
		return date
	}
	return date + "-" + pad(day, 2)
}

func pad(digits string, n int) string {
	if len(digits) < n {
		return strings.Repeat("0", n-len(digits)) + digits
	}
	return digits
}

var months = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// monthNamed gives the number of a month by its English name, or its first three letters; 0 if it is none.
func monthNamed(name string) int {
	name = strings.ToLower(name)
	for i, m := range months {
		if m == name || len(name) == 3 && strings.HasPrefix(m, name) || name == "sept" && i == 8 {
			return i + 1
		}
	}
	return 0
}

// usualFormats are those that tables have, for suggestions.
var usualFormats = []string{
	"YYYY-MM-DD", "YYYY/M/D", "YYYYMMDD", "D.M.YYYY", "M/D/YYYY", "D/M/YYYY", "D-M-YYYY", "D MMM YYYY", "D MMMM YYYY", "MMMM D, YYYY", "MMM D, YYYY",
	"D-MMM-YYYY", "YYYYMM", "M/YYYY", "MMMM YYYY", "MMM YYYY",
}

// fitting gives the usual formats that a text is written in and that make a date of it.
func fitting(text string) (fit []string) {
	for _, u := range usualFormats {
		f, err := parseFormat(u)
		if err != nil {
			continue
		}
		if date, ok := f.read(text, nil); ok && isDate(date) {
			fit = append(fit, u)
		}
	}
	if date, ok := ofSerial(text); ok && len(fit) == 0 && date > "1927" && date < "2174" { // five digits
		fit = append(fit, serial+" (as the number that Excel gives a day, it is "+date+")")
	}
	return fit
}
