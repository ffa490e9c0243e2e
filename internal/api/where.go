package api

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api/model"
)

// narrow adds to a filter what where and orderBy ask for. only, if not empty, is the kind that the field is about.
func narrow(
	ctx context.Context, w *world, f *graph.EngagementFilter, only graph.EngagementKind, where *model.EngagementWhere, by *model.EngagementOrder,
) error {
	if by != nil {
		f.Order = graph.Order{By: by.Field, Descending: by.Direction == "DESC"}
	}
	if where == nil {
		return nil
	}
	if err := excludes(f, only, where); err != nil {
		return err
	}
	if n := objectsIn(where); n > maxObjects {
		return graph.BadInput("where holds %d objects within AND, OR and NOT: the limit is %d", n, maxObjects)
	}
	a := &conditions{world: w, constituents: map[string]map[graph.ActorKey][]graph.Constituent{}}
	if err := a.find(ctx, where); err != nil {
		return err
	}
	tree, err := a.tree(ctx, where)
	f.Where = tree
	return err
}

// maxObjects bounds a tree, whatever it would come to.
const maxObjects = 64

func objectsIn(where *model.EngagementWhere) int {
	if where == nil {
		return 0
	}
	n := 1 + objectsIn(where.NOT)
	for _, inner := range where.AND {
		n += objectsIn(inner)
	}
	for _, inner := range where.OR {
		n += objectsIn(inner)
	}
	return n
}

// excludes says so where what is asked for is, at first sight, nothing that the field lists.
func excludes(f *graph.EngagementFilter, only graph.EngagementKind, where *model.EngagementWhere) error {
	if where.Kind != nil && only != "" {
		asked := values((*model.One[graph.EngagementKind])(where.Kind))
		if len(asked) > 0 && !slices.Contains(asked, only) {
			return graph.BadInput("kind %v excludes everything here: only engagements of kind %s are listed", asked, only)
		}
	}
	if where.Level != nil && len(f.Levels) > 0 {
		asked := values((*model.One[graph.MeetingLevel])(where.Level))
		if len(asked) > 0 && !slices.Contains(asked, graph.LevelSummit) {
			return graph.BadInput("level %v excludes everything here: only meetings of level SUMMIT are listed", asked)
		}
	}
	return nil
}

// values gives the values that one may have; nil: any.
func values[T comparable](o *model.One[T]) []T {
	switch {
	case o == nil || o.Eq == nil && o.In == nil:
		return nil
	case o.Eq == nil:
		return o.In
	case o.In != nil && !slices.Contains(o.In, *o.Eq):
		return []T{}
	default:
		return []T{*o.Eq}
	}
}

// conditions makes a tree of conditions of what a document asks for. The actors that are named anywhere in it are found at
// once, and for each way in which they count, those through whom they do.
type conditions struct {
	*world
	keys         map[string]graph.ActorKey
	constituents map[string]map[graph.ActorKey][]graph.Constituent // by through
}

// actorsOf gives the parts of a where that name actors, with through whom these count.
func actorsOf(where *model.EngagementWhere, do func(texts []string, through []graph.Involvement)) {
	if where == nil {
		return
	}
	for _, inner := range append(append(slices.Clone(where.AND), where.OR...), where.NOT) {
		actorsOf(inner, do)
	}
	if p := where.Parties; p != nil {
		do(slices.Concat(p.AnyOf, p.AllOf, p.Only), p.Through)
	}
	for _, k := range []*model.ActorKeyWhere{where.By, where.Toward} {
		do(values((*model.One[string])(k)), graph.DefaultInvolvements)
	}
}

func (a *conditions) find(ctx context.Context, where *model.EngagementWhere) error {
	var texts []string
	actorsOf(where, func(named []string, _ []graph.Involvement) {
		for _, text := range named {
			if !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
	})
	if len(texts) == 0 {
		return nil
	}
	found, err := a.Resolve(ctx, texts...)
	if err != nil {
		return err
	}
	a.keys = make(map[string]graph.ActorKey, len(texts))
	for i, text := range texts {
		a.keys[text] = found[i]
	}
	wanted := map[string][]graph.ActorKey{}
	ways := map[string][]graph.Involvement{}
	actorsOf(where, func(named []string, through []graph.Involvement) {
		way := wayOf(through)
		for _, text := range named {
			if key := a.keys[text]; !slices.Contains(wanted[way], key) {
				wanted[way] = append(wanted[way], key)
			}
		}
		ways[way] = through
	})
	for way, keys := range wanted {
		if a.constituents[way], err = a.Taking(ctx, keys, ways[way]); err != nil {
			return err
		}
	}
	return nil
}

// wayOf names a set of involvements.
func wayOf(through []graph.Involvement) (way string) {
	for _, i := range graph.Involvements {
		if slices.Contains(through, i) {
			way += string(i) + " "
		}
	}
	return way
}

// taking gives those through whom any of the actors takes part; it is not nil.
func (a *conditions) taking(texts []string, through []graph.Involvement) []graph.Constituent {
	all := []graph.Constituent{}
	for _, text := range texts {
		for _, c := range a.constituents[wayOf(through)][a.keys[text]] {
			if !slices.Contains(all, c) {
				all = append(all, c)
			}
		}
	}
	return all
}

func (a *conditions) tree(ctx context.Context, where *model.EngagementWhere) (graph.Where, error) {
	var all []graph.Where
	add := func(w graph.Where, err error) error {
		all = append(all, w)
		return err
	}
	several := func(of []*model.EngagementWhere) ([]graph.Where, error) {
		out := make([]graph.Where, len(of))
		for i, inner := range of {
			var err error
			if out[i], err = a.tree(ctx, inner); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	if where.AND != nil {
		of, err := several(where.AND)
		if err := add(graph.AllOf(of...), err); err != nil {
			return graph.Where{}, err
		}
	}
	if where.OR != nil {
		of, err := several(where.OR)
		if err := add(graph.AnyOf(of...), err); err != nil {
			return graph.Where{}, err
		}
	}
	if where.NOT != nil {
		of, err := a.tree(ctx, where.NOT)
		if err := add(graph.NotSo(of), err); err != nil {
			return graph.Where{}, err
		}
	}
	all = append(all, tags(where)...)
	all = append(all, a.directed(where)...)
	for _, part := range []func(context.Context, *model.EngagementWhere) ([]graph.Where, error){a.parties, lies, titles, identified, a.sources, a.beside} {
		of, err := part(ctx, where)
		if err != nil {
			return graph.Where{}, err
		}
		all = append(all, of...)
	}
	if f := where.InForce; f != nil {
		all = append(all, graph.So(graph.Condition{Kind: graph.IsInForce, Lapsed: !f.Eq, On: f.On}))
	}
	return graph.AllOf(all...), nil
}

// tags asks for what engagements are called for their traits.
func tags(where *model.EngagementWhere) (all []graph.Where) {
	all = append(all, one(graph.TagKind, (*model.One[graph.EngagementKind])(where.Kind))...)
	all = append(all, one(graph.TagForm, (*model.One[model.EngagementForm])(where.Form))...)
	all = append(all, one(graph.TagLevel, (*model.One[graph.MeetingLevel])(where.Level))...)
	all = append(all, one(graph.TagFormat, (*model.One[graph.MeetingFormat])(where.Format))...)
	all = append(all, one(graph.TagSetting, (*model.One[graph.MeetingSetting])(where.Setting))...)
	all = append(all, one(graph.TagType, (*model.One[graph.ActType])(where.Type))...)
	all = append(all, one(graph.TagCAMEO, (*model.One[string])(where.Cameo))...)
	all = append(all, set(graph.TagTopic, (*model.Set[graph.Topic])(where.Topics), graph.Topics)...)
	all = append(all, set(graph.TagObligation, (*model.Set[graph.ObligationType])(where.Obligations), graph.ObligationTypes)...)
	all = append(all, numbers(graph.TagQuadClass, (*model.Number[int])(where.QuadClass), 1, 4, 1)...)
	all = append(all, numbers(graph.TagHostility, (*model.Number[int])(where.Hostility), 1, 5, 1)...)
	return append(all, numbers(graph.TagGoldstein, (*model.Number[float64])(where.Goldstein), -100, 100, 10)...)
}

func one[T ~string](kind string, o *model.One[T]) []graph.Where {
	if v := values(o); v != nil {
		return []graph.Where{graph.Tagged(kind, v...)}
	}
	return nil
}

// set asks of values of a closed list. None but some is: one of these, and none of the others.
func set[T ~string](kind string, s *model.Set[T], closed []T) (all []graph.Where) {
	if s == nil {
		return nil
	}
	if s.AnyOf != nil {
		all = append(all, graph.Tagged(kind, s.AnyOf...))
	}
	if s.AllOf != nil {
		c := graph.Tagged(kind, s.AllOf...)
		c.Is.Every = true
		all = append(all, c)
	}
	if s.Only != nil {
		others := slices.DeleteFunc(slices.Clone(closed), func(v T) bool { return slices.Contains(s.Only, v) })
		all = append(all, graph.Tagged(kind, s.Only...), graph.NotSo(graph.Tagged(kind, others...)))
	}
	return all
}

// numbers asks for those between two, of which so many make one, as they are told by tags.
func numbers[T int | float64](kind string, n *model.Number[T], least, most int, scale float64) []graph.Where {
	if n == nil || !n.Any() {
		return nil
	}
	c := graph.Condition{Kind: graph.HasTags}
	for i := least; i <= most; i++ {
		if n.Has(T(math.Round(float64(i)) / scale)) {
			c.Tags = append(c.Tags, graph.TagNumber(kind, i))
		}
	}
	return []graph.Where{graph.So(c)}
}

// parties asks who takes part.
func (a *conditions) parties(_ context.Context, where *model.EngagementWhere) (all []graph.Where, err error) {
	p := where.Parties
	if p == nil {
		return nil, nil
	}
	days, err := fromTo(p.From, p.To)
	if err != nil {
		return nil, fmt.Errorf("parties: %w", err)
	}
	how := graph.Condition{Kind: graph.HasParts, Roles: values((*model.One[graph.Role])(p.Role)), Sides: values((*model.One[string])(p.Side)), Days: days}
	if never(how.Roles) || never(how.Sides) {
		return []graph.Where{graph.AnyOf()}, nil
	}
	if p.Alignment != graph.AnyAlignment && len(p.AllOf) != 2 {
		return nil, graph.BadInput("parties: {alignment: %s} is how two actors stand to each other: allOf names %d, not two", p.Alignment, len(p.AllOf))
	}
	taking := func(texts []string) []graph.Constituent { return graph.Within(a.taking(texts, p.Through), days) }
	if p.Alignment != graph.AnyAlignment || len(p.AllOf) == 2 && days != graph.Always {
		all = append(all, graph.So(graph.Condition{Kind: graph.StandsSo, A: taking(p.AllOf[:1]), B: taking(p.AllOf[1:]), Stand: p.Alignment}))
	}
	if len(p.AllOf) > 0 {
		c := how
		for _, text := range p.AllOf {
			c.Groups = append(c.Groups, taking([]string{text}))
		}
		all = append(all, graph.So(c))
	}
	if p.AnyOf != nil {
		c := how
		c.Groups = [][]graph.Constituent{taking(p.AnyOf)}
		all = append(all, graph.So(c))
	}
	if p.Only != nil {
		all = append(all, graph.So(graph.Condition{Kind: graph.HasOnly, A: taking(p.Only), Days: days}))
	}
	if p.AllOf == nil && p.AnyOf == nil && (len(how.Roles)+len(how.Sides) > 0 || p.Only == nil && days != graph.Always) {
		how.Anyone = true
		all = append(all, graph.So(how))
	}
	return all, nil
}

// never tells whether a list that was given leaves nothing.
func never[T any](values []T) bool { return values != nil && len(values) == 0 }

// directed asks who does something, and toward whom: by the roles of an act, or by an obligation. Where types of
// obligation are asked for beside, it is an obligation of one of these.
func (a *conditions) directed(where *model.EngagementWhere) []graph.Where {
	by, toward := values((*model.One[string])(where.By)), values((*model.One[string])(where.Toward))
	if by == nil && toward == nil {
		return nil
	}
	owes := graph.Condition{Kind: graph.Owes}
	var act []graph.Where
	if by != nil {
		owes.A = a.taking(by, graph.DefaultInvolvements)
		act = append(act, graph.So(graph.Condition{Kind: graph.HasParts, Groups: [][]graph.Constituent{owes.A}, Roles: []graph.Role{graph.RoleBy}}))
	}
	if toward != nil {
		owes.B = a.taking(toward, graph.DefaultInvolvements)
		act = append(act, graph.So(graph.Condition{Kind: graph.HasParts, Groups: [][]graph.Constituent{owes.B}, Roles: []graph.Role{graph.RoleToward}}))
	}
	if o := where.Obligations; o != nil && len(o.AnyOf) > 0 {
		owes.Types = o.AnyOf
		return []graph.Where{graph.So(owes)}
	}
	return []graph.Where{graph.AnyOf(graph.AllOf(act...), graph.So(owes))}
}

func lies(ctx context.Context, where *model.EngagementWhere) ([]graph.Where, error) {
	if where.Period == nil {
		return nil, nil
	}
	i, err := intervalOf(ctx, where.Period)
	return []graph.Where{graph.So(graph.Condition{Kind: graph.LiesSo, Days: i, Overlap: where.Period.Overlap, Certainty: where.Period.Certainty})}, err
}

// titles asks for words of titles.
func titles(_ context.Context, where *model.EngagementWhere) ([]graph.Where, error) {
	return named("title", where.Title)
}

// named asks for words of titles or names. All must be fulfilled, each perhaps by another one.
func named(field string, where *model.TextWhere) (all []graph.Where, err error) {
	if where == nil {
		return nil, nil
	}
	for _, asked := range []struct {
		match graph.TextMatch
		name  string
		text  *string
	}{
		{graph.MatchContains, "contains", where.Contains}, {graph.MatchStartsWith, "startsWith", where.StartsWith}, {graph.MatchEquals, "eq", where.Eq},
	} {
		if asked.text == nil {
			continue
		}
		folded := graph.Fold(*asked.text)
		if folded == "" {
			return nil, graph.BadInput("%s: {%s: %q} has nothing to look for: give a letter or a word", field, asked.name, *asked.text)
		}
		all = append(all, graph.So(graph.Condition{Kind: graph.HasTitle, Match: asked.match, Text: folded}))
	}
	return all, nil
}

// identified asks for what datasets call it.
func identified(_ context.Context, where *model.EngagementWhere) ([]graph.Where, error) {
	codes, err := codesOf(where.Identifier)
	if codes == nil || err != nil {
		return nil, err
	}
	c := graph.Condition{Kind: graph.HasTags}
	for _, code := range codes {
		c.Tags = append(c.Tags, graph.IdentifierTag(code))
	}
	return []graph.Where{graph.So(c)}, nil
}

// sources asks whose statement it is; a source that nobody knows is a mistake.
func (a *conditions) sources(ctx context.Context, where *model.EngagementWhere) ([]graph.Where, error) {
	return spoken(ctx, a.world, where.Source)
}

func spoken(ctx context.Context, w *world, where *model.StringWhere) ([]graph.Where, error) {
	for _, key := range values((*model.One[string])(where)) {
		if _, err := w.Source(ctx, graph.SourceKey(key)); err != nil {
			return nil, err
		}
	}
	return one(graph.TagSource, (*model.One[string])(where)), nil
}

// beside asks for what stands to other engagements so; one that is not there is a mistake.
func (a *conditions) beside(ctx context.Context, where *model.EngagementWhere) (all []graph.Where, err error) {
	for _, asked := range []struct {
		kind string
		keys *model.EngagementKeyWhere
	}{{graph.TagPartOf, where.PartOf}, {graph.TagAmends, where.Amends}, {graph.TagReplaces, where.Replaces}} {
		o := (*model.One[graph.EngagementKey])(asked.keys)
		keys := values(o)
		if len(keys) == 0 {
			all = append(all, one(asked.kind, o)...)
			continue
		}
		there, err := a.EngagementsByKey(ctx, keys)
		if err != nil {
			return nil, err
		}
		for _, key := range keys {
			if there[key] != nil {
				continue
			}
			if _, err := a.Engagement(ctx, key); err != nil { // it says what is near
				return nil, err
			}
		}
		all = append(all, one(asked.kind, o)...)
	}
	return all, nil
}
