package scalar

import (
	"encoding/base64"
	"hash/crc32"
	"io"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	domain "github.com/entente-graph/entente/graph"
)

// A GlobalID names an object in a state of the graph. Inside a snapshot it carries the load and the day, so that
// caches of clients never take one day's object for another's; outside it names the object at the head.
type GlobalID struct {
	Type  string // the GraphQL type
	Key   string // parts joined by KeySeparator
	State domain.State
	wrong error
}

// KeySeparator joins the parts of a key that has several. No key of the domain holds it.
const KeySeparator = "\x1f"

// NewID names an object of a type by the parts of its key.
func NewID(typ string, in domain.State, parts ...string) GlobalID {
	return GlobalID{Type: typ, Key: strings.Join(parts, KeySeparator), State: in}
}

// Parts gives the parts of the key, or false if there are not so many.
func (id GlobalID) Parts(n int) ([]string, bool) {
	parts := strings.Split(id.Key, KeySeparator)
	return parts, len(parts) == n
}

const idVersion = "1"

// String gives the id as clients see it: opaque, of letters that a URL carries.
func (id GlobalID) String() string {
	load, day := "", ""
	if id.State.Pinned {
		load = strconv.FormatInt(int64(id.State.Load), 10)
		if id.State.AsOf != nil {
			day = id.State.AsOf.String()
		}
	}
	text := strings.Join([]string{idVersion, id.Type, load, day, id.Key}, "\x1e")
	sum := crc32.ChecksumIEEE([]byte(text))
	return base64.RawURLEncoding.EncodeToString(append([]byte{byte(sum >> 8), byte(sum)}, text...))
}

// ParseID reads what String gives.
func ParseID(text string) (GlobalID, error) {
	bad := func() (GlobalID, error) {
		if len(text) > 60 {
			text = text[:57] + "…"
		}
		return GlobalID{}, domain.BadInput("%q is not an id: use what an id field gave, whole", text)
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(raw) < 2 {
		return bad()
	}
	sum := crc32.ChecksumIEEE(raw[2:])
	if raw[0] != byte(sum>>8) || raw[1] != byte(sum) {
		return bad()
	}
	parts := strings.SplitN(string(raw[2:]), "\x1e", 5)
	if len(parts) != 5 || parts[0] != idVersion {
		return bad()
	}
	id := GlobalID{Type: parts[1], Key: parts[4]}
	if parts[2] != "" {
		n, err := strconv.ParseInt(parts[2], 10, 64)
		if err != nil {
			return bad()
		}
		id.State = domain.State{Load: domain.LoadNumber(n), Pinned: true}
	}
	if parts[3] != "" {
		day, err := domain.ParseDay(parts[3])
		if err != nil || !id.State.Pinned {
			return bad()
		}
		id.State.AsOf = &day
	}
	return id, nil
}

// MarshalGQL prints the id.
func (id GlobalID) MarshalGQL(w io.Writer) { graphql.MarshalString(id.String()).MarshalGQL(w) }

// UnmarshalGQL reads an id. What is none is Wrong, and no error: of a list of ids it would take the others with it.
func (id *GlobalID) UnmarshalGQL(v any) error {
	*id = GlobalID{}
	text, ok := v.(string)
	if !ok {
		id.wrong = domain.BadInput("%v is not an id: ids are strings", v)
		return nil
	}
	parsed, err := ParseID(text)
	if err != nil {
		id.wrong = err
		return nil
	}
	*id = parsed
	return nil
}

// Wrong says why what was asked for is no id; nil if it is one.
func (id GlobalID) Wrong() error { return id.wrong }
