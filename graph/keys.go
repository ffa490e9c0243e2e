package graph

import (
	"strings"
)

// Keys are readable and plain, scheme:value. They come from source and natural
// key, so that two installations agree.
type (
	// ActorKey names an actor: iso3:KOR, cow:300, org:jmsdf, person:minoru-kihara.
	ActorKey string
	// EngagementKey names an engagement: northeast-asia:radar-incident-2018, cow-mid:4468.
	EngagementKey string
	// TenureKey names a tenure.
	TenureKey string
	// MembershipKey names a membership.
	MembershipKey string
	// RepresentationKey names a representation.
	RepresentationKey string
	// AssertionKey names an assertion.
	AssertionKey string
	// WorkKey names a work: northeast-asia:mayadeen-20240602.
	WorkKey string
	// SourceKey names a source: states, northeast-asia, cow-mid.
	SourceKey string
	// SliceID names what a load replaces: a whole dataset, or one dossier.
	SliceID string
)

// A Code is a value in a scheme, as people write it: cow:732, cowc:ROK, or with
// no scheme a bare three-letter code, which is ISO 3166-1.
type Code struct{ Scheme, Value string }

// ParseCode splits scheme:value. Schemes are lower case; a bare code has none.
func ParseCode(text string) Code {
	if scheme, value, ok := strings.Cut(strings.TrimSpace(text), ":"); ok {
		return Code{strings.ToLower(scheme), value}
	}
	return Code{"", strings.TrimSpace(text)}
}

// String prints scheme:value, or the bare value.
func (c Code) String() string {
	if c.Scheme == "" {
		return c.Value
	}
	return c.Scheme + ":" + c.Value
}

// Bare tells whether the code is three letters without a scheme.
func (c Code) Bare() bool {
	if c.Scheme != "" || len(c.Value) != 3 {
		return false
	}
	for _, r := range c.Value {
		if (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return false
		}
	}
	return true
}

// CodeSchemes are the schemes of codes whose holder changes with the day. Any other
// scheme belongs to keys themselves (org, person, a source).
var CodeSchemes = []string{"iso3", "iso2", "ison", "cow", "cowc", "gw", "gwc", "wd"}

// cutKey splits a key into its scheme and its own name.
func cutKey(key string) (scheme, own string, ok bool) { return strings.Cut(key, ":") }

// wordsOf makes a key's own name searchable: hyphens separate words.
func wordsOf(key string) string { return strings.ReplaceAll(key, "-", " ") }
