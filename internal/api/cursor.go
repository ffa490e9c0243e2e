package api

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"maps"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/entente-graph/entente/graph"
)

// A cursor is a place in a list: the load the list was read at, which list it was, and the place in its order.
// Clients see opaque text. A checksum tells text that was cut; the list's mark, a cursor of another list.
type cursor struct {
	load  graph.LoadNumber
	mark  uint32
	place []string
}

const cursorVersion = "1"

func (c cursor) String() string {
	parts := append([]string{cursorVersion, strconv.FormatInt(int64(c.load), 36), strconv.FormatUint(uint64(c.mark), 36)}, c.place...)
	text := strings.Join(parts, "\x1f")
	return base64.RawURLEncoding.EncodeToString(append(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(text))), text...))
}

func parseCursor(text string) (cursor, error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(raw) < 5 || binary.BigEndian.Uint32(raw) != crc32.ChecksumIEEE(raw[4:]) {
		return cursor{}, badCursor("%q is not a cursor: give one whole, as a page gave it", shorten(text))
	}
	parts := strings.Split(string(raw[4:]), "\x1f")
	if len(parts) < 4 || parts[0] != cursorVersion {
		return cursor{}, badCursor("%q is a cursor of another version: begin again without it", shorten(text))
	}
	load, err1 := strconv.ParseInt(parts[1], 36, 64)
	mark, err2 := strconv.ParseUint(parts[2], 36, 32)
	if err1 != nil || err2 != nil {
		return cursor{}, badCursor("%q is not a cursor", shorten(text))
	}
	return cursor{load: graph.LoadNumber(load), mark: uint32(mark), place: parts[3:]}, nil
}

func badCursor(format string, args ...any) error {
	return &graph.Problem{Kind: graph.ErrInvalid, Code: graph.CodeInvalidCursor, Message: fmt.Sprintf(format, args...)}
}

// shorten keeps text that a message repeats to a length a person reads.
func shorten(text string) string {
	if r := []rune(text); len(r) > 60 {
		return string(r[:57]) + "…"
	}
	return text
}

// paging is what a field's page arguments ask for.
type paging struct {
	first, last   *int
	after, before *string
}

// A listing is a list to be read in a world, and the part of it that is wanted.
type listing struct {
	*world
	first, last   int
	after, before []string // places; nil: none
	count         bool
	mark          uint32
}

// list reads a field's page arguments: which state of the graph its cursors go on in, and how much is wanted.
// owner tells apart lists of one name: the key of what the field belongs to; the questions have none.
func list(ctx context.Context, s graph.State, owner string, p paging) (*listing, error) {
	l := &listing{first: graph.DefaultPage}
	fc := graphql.GetFieldContext(ctx)
	if p.first != nil {
		l.first = *p.first
	}
	if p.last != nil {
		if fc.Field.Arguments.ForName("first") != nil {
			return nil, graph.BadInput("first and last exclude each other: give one of them")
		}
		l.first, l.last = 0, *p.last
	}
	switch {
	case p.after != nil && p.last != nil:
		return nil, graph.BadInput("after goes with first, and before with last")
	case p.before != nil && p.last == nil:
		return nil, graph.BadInput("before goes with last: say how many")
	case p.last != nil && *p.last == 0:
		return nil, graph.BadInput("a page of 0: the smallest is 1")
	}
	if err := (graph.Page{First: l.first, Last: l.last}).Check(); err != nil {
		return nil, err
	}
	mark, err := markOf(fc, owner, s)
	if err != nil {
		return nil, err
	}
	l.mark = mark
	for _, side := range []struct {
		text  *string
		place *[]string
	}{{p.after, &l.after}, {p.before, &l.before}} {
		if side.text == nil {
			continue
		}
		c, err := parseCursor(*side.text)
		if err != nil {
			return nil, err
		}
		if c.mark != mark {
			return nil, badCursor("the cursor %q is of another list: other arguments, another object or another day", shorten(*side.text))
		}
		if s, err = goOn(ctx, s, c.load); err != nil {
			return nil, err
		}
		*side.place = c.place
	}
	if l.world, err = in(ctx, s); err != nil {
		return nil, err
	}
	l.count = asks(ctx, "totalCount")
	return l, nil
}

// goOn gives the state in which a list goes on that was begun at a load.
func goOn(ctx context.Context, s graph.State, load graph.LoadNumber) (graph.State, error) {
	if load == s.Load {
		return s, nil
	}
	if s.Pinned {
		return s, badCursor("the cursor is of load %d, and the snapshot is of load %d: begin again, or ask for that load", load, s.Load)
	}
	h, err := requestOf(ctx).reader.Head(ctx)
	if err != nil {
		return s, err
	}
	if load > h.Load.Number {
		return s, badCursor("the cursor is of load %d, which this graph does not have: the newest is %d", load, h.Load.Number)
	}
	requestOf(ctx).note("%s goes on at load %d, where its cursor was given; the newest is %d",
		graphql.GetFieldContext(ctx).Field.Name, load, h.Load.Number)
	s.Load, s.Pinned = load, true // ids name the state they were read in
	return s, nil
}

// markOf tells lists apart: by field, owner, day, and all arguments that are not about the page.
func markOf(fc *graphql.FieldContext, owner string, s graph.State) (uint32, error) {
	args := maps.Clone(fc.Args)
	for _, name := range []string{"first", "last", "after", "before"} {
		delete(args, name)
	}
	text, err := json.Marshal(args)
	if err != nil {
		return 0, fmt.Errorf("the arguments of %s: %w", fc.Field.Name, err)
	}
	day := ""
	if s.AsOf != nil {
		day = s.AsOf.String()
	}
	h := fnv.New32a()
	for _, part := range []string{fc.Field.Name, owner, day, string(text)} {
		_, _ = h.Write([]byte(part + "\x1e")) // never fails
	}
	return h.Sum32(), nil
}

// asks tells whether a field below the current one is asked for.
func asks(ctx context.Context, name string) bool {
	fc := graphql.GetFieldContext(ctx)
	for _, f := range graphql.CollectFieldsCtx(ctx, []string{fc.Field.Definition.Type.Name()}) {
		if f.Name == name {
			return true
		}
	}
	return false
}
