// Package scalar holds the API's scalars: days, moments, texts that may be missing, and ids that name an object in
// a state of the graph. They live here so that gqlgen stays out of the domain.
package scalar

import (
	"encoding/json"
	"math"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"

	domain "github.com/entente-graph/entente/graph"
)

// MarshalDay prints YYYY-MM-DD, and a bound of time, which is no day, as null.
func MarshalDay(d domain.Day) graphql.Marshaler {
	if d <= domain.MinDay || d >= domain.MaxDay {
		return graphql.Null
	}
	return graphql.MarshalString(d.String())
}

// UnmarshalDay reads YYYY-MM-DD.
func UnmarshalDay(v any) (domain.Day, error) {
	text, ok := v.(string)
	if !ok {
		return 0, domain.BadInput("a Day is a string, YYYY-MM-DD, not %v", v)
	}
	return domain.ParseDay(text)
}

// MarshalDateTime prints RFC 3339 in UTC.
func MarshalDateTime(t time.Time) graphql.Marshaler {
	if t.IsZero() {
		return graphql.Null
	}
	return graphql.MarshalString(t.UTC().Format(time.RFC3339Nano))
}

// UnmarshalDateTime reads RFC 3339.
func UnmarshalDateTime(v any) (time.Time, error) {
	text, ok := v.(string)
	if !ok {
		return time.Time{}, domain.BadInput("a DateTime is a string, as 2024-06-02T09:30:00Z, not %v", v)
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, &domain.Problem{
			Kind: domain.ErrInvalid, Code: domain.CodeInvalidDate,
			Message: strconv.Quote(text) + " is not a moment: write it as 2024-06-02T09:30:00Z",
		}
	}
	return t.UTC(), nil
}

// MarshalString prints text; what is empty is not known, which is null.
func MarshalString(s string) graphql.Marshaler {
	if s == "" {
		return graphql.Null
	}
	return graphql.MarshalString(s)
}

// UnmarshalString reads a string, and nothing else.
func UnmarshalString(v any) (string, error) {
	text, ok := v.(string)
	if !ok {
		return "", domain.BadInput("%v is not a String", v)
	}
	return text, nil
}

// MarshalInt prints an integer.
func MarshalInt(i int) graphql.Marshaler { return graphql.MarshalInt(i) }

// UnmarshalInt reads a whole number of 32 bits.
func UnmarshalInt(v any) (int, error) {
	n, err := whole(v)
	return int(n), err
}

// MarshalLoad prints a load's number.
func MarshalLoad(n domain.LoadNumber) graphql.Marshaler { return graphql.MarshalInt64(int64(n)) }

// UnmarshalLoad reads a load's number.
func UnmarshalLoad(v any) (domain.LoadNumber, error) {
	n, err := whole(v)
	return domain.LoadNumber(n), err
}

func whole(v any) (int64, error) {
	var n int64
	var err error
	switch v := v.(type) {
	case int64:
		n = v
	case int:
		n = int64(v)
	case json.Number:
		n, err = strconv.ParseInt(v.String(), 10, 64)
	case string: // a literal whose digits did not fit
		n, err = strconv.ParseInt(v, 10, 64)
	default:
		return 0, domain.BadInput("%v is not an Int", v)
	}
	if err != nil || n < math.MinInt32 || n > math.MaxInt32 {
		return 0, domain.BadInput("%v is not an Int: a whole number of 32 bits", v)
	}
	return n, nil
}

// MarshalSize prints a number of bytes; beyond 32 bits it is a number all the same.
func MarshalSize(n int64) graphql.Marshaler { return graphql.MarshalInt64(n) }

// UnmarshalSize reads what MarshalSize prints.
func UnmarshalSize(v any) (int64, error) { return whole(v) }
