// Package permanent says what identifies an answer, and what an address that is to last must name.
//
// An answer is a function of the store, the load, the day or none, what was erased, the rules by which ties are concluded,
// the version of the program's answers, and the question. Its tag is a hash over all of them: equal tags mean equal bytes. An
// address that is to last names the load (and in its question the day); and the ground on which it was answered (store,
// erasures, rule), so that where one of these is no longer what it was, it is GONE and never another answer.
//
// It knows no question and no form of answers; those who do tag with them.
package permanent

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// Answers is the version of the form in which answers are written. It changes when the same graph would be answered in
// other words, so that an answer kept by a client is not taken for the new one.
const Answers = "answers/1"

// PackedTag stands in the tags of answers that were sent compressed.
const PackedTag = "-gzip"

// Rules are those by which this program concludes.
var Rules = []string{graph.RuleSpells}

// The parameters of an address that is to last, beside those of its question.
const (
	ParamLoad   = "load"
	ParamStore  = "store"
	ParamErased = "erased"
	ParamRule   = "rule"
)

// GroundParams are the parameters that name the ground of an answer.
var GroundParams = []string{ParamStore, ParamErased, ParamRule}

// A Ground is what an answer stands on beside its state: it changes without any load.
type Ground struct {
	Store  string           // the store's id
	Erased graph.LoadNumber // the newest load that erased something: an erasure holds at every load
}

// Params names the ground in an address, in the order of the documentation.
func (g Ground) Params() string {
	text := ParamStore + "=" + url.QueryEscape(g.Store) + "&" + ParamErased + "=" + strconv.FormatInt(int64(g.Erased), 10)
	for _, rule := range Rules {
		text += "&" + ParamRule + "=" + url.QueryEscape(rule)
	}
	return text
}

// Check compares the ground that an address names with this one. What differs is GONE, or where it makes no sense,
// BAD_USER_INPUT; what is not named is not compared.
func (g Ground) Check(asked url.Values) error {
	if store := asked.Get(ParamStore); store != "" && store != g.Store {
		return gone("this address is of the store %q, and here is another: %q", cut(store), g.Store)
	}
	for _, rule := range asked[ParamRule] {
		if err := checkRule(rule, Rules); err != nil {
			return err
		}
	}
	text := asked.Get(ParamErased)
	if text == "" {
		return nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err != nil || n < 0 || graph.LoadNumber(n) > g.Erased:
		return graph.BadInput("%s: %q is not the number of a load that erased something", ParamErased, cut(text))
	case graph.LoadNumber(n) < g.Erased:
		return gone("load %d erased something on which this answer may have stood; without the parameter %s you are answered what is left",
			g.Erased, ParamErased)
	}
	return nil
}

// checkRule tells whether a rule is among those held. An earlier version of one is gone.
func checkRule(rule string, held []string) error {
	if rule == "" || slices.Contains(held, rule) {
		return nil
	}
	name, version, ok := strings.Cut(rule, "/")
	asked, err := strconv.Atoi(version)
	for _, h := range held {
		own, ours, _ := strings.Cut(h, "/")
		now, _ := strconv.Atoi(ours)
		if ok && err == nil && own == name && asked < now {
			return gone("the rule %s is no longer held: ties are concluded by %s", cut(rule), strings.Join(held, ", "))
		}
	}
	return graph.BadInput("there is no rule %q: ties are concluded by %s", cut(rule), strings.Join(held, ", "))
}

func gone(format string, args ...any) error {
	return &graph.Problem{Kind: graph.ErrGone, Code: graph.CodeGone, Message: fmt.Sprintf(format, args...)}
}

// Tag is the strong tag of an answer: of its ground, the rules, the form of answers, and all else that it is a function of.
func (g Ground) Tag(parts ...string) string {
	h := sha256.New()
	for _, part := range slices.Concat([]string{g.Store, fmt.Sprint(g.Erased), strings.Join(Rules, " "), Answers}, parts) {
		_, _ = fmt.Fprintf(h, "%d:", len(part)) // a hash takes everything
		_, _ = io.WriteString(h, part)
	}
	return `"` + base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:15]) + `"`
}

// Held tells whether the client holds the answer with this tag, compressed or not, and under which tag.
func Held(r *http.Request, tag string) (string, bool) {
	packed := strings.TrimSuffix(tag, `"`) + PackedTag + `"`
	for _, line := range r.Header.Values("If-None-Match") {
		for part := range strings.SplitSeq(line, ",") {
			if own := strings.TrimPrefix(strings.TrimSpace(part), "W/"); own == tag || own == packed {
				return own, true
			}
		}
	}
	return "", false
}

// Keep says in an answer's header for how long it may be kept. lasting: its address names the load, so that it has one
// answer as long as program and ground are the same.
func Keep(h http.Header, lasting bool) {
	h.Set("Cache-Control", "no-cache")
	if lasting {
		h.Set("Cache-Control", "public, max-age=86400")
	}
}

// cut leaves of what was sent what may be said back.
func cut(text string) string {
	if len(text) > 60 {
		return strings.ToValidUTF8(text[:57], "") + "…"
	}
	return text
}
