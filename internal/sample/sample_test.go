package sample

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources"
	"github.com/entente-graph/entente/ingest/sources/dossier"
)

func open(t *testing.T, file string) graph.Store {
	t.Helper()
	store, err := sqlitestore.Open(file, sqlitestore.Create())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func empty(t *testing.T) graph.Store { return open(t, filepath.Join(t.TempDir(), "store.db")) }

// small gives the loads of the sample with few visits and travels: the rules are the same, and thousands take seconds.
func small() []step {
	all := steps()
	for i, keep := range map[int]string{3: "1870.xml", 4: "secretary-travels/hay-john-milton.xml"} {
		whole := all[i].files
		all[i].files = func() (fs.FS, error) {
			files, err := whole()
			if err != nil {
				return nil, err
			}
			text, err := fs.ReadFile(files, keep)
			return ingest.OneFile(path.Base(keep), text), err
		}
	}
	return all
}

// apply applies the sample and gives the numbers of the loads that it made.
func apply(t *testing.T, store graph.Store) []graph.LoadNumber {
	t.Helper()
	made := []graph.LoadNumber{}
	err := applySteps(context.Background(), store, small(), "test", Teller{Loaded: func(r ingest.Report) { made = append(made, r.Load) }})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func notes(t *testing.T, store graph.Store) []string {
	t.Helper()
	held, err := loads(context.Background(), store)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range held {
		out = append(out, l.Note)
	}
	return out
}

// status asks for the tie that the program was made for.
func status(t *testing.T, store graph.Store, load graph.LoadNumber) graph.TieStatus {
	t.Helper()
	ctx := context.Background()
	v, err := graph.At(ctx, store, graph.SnapshotQuery{Load: &load})
	if err != nil {
		t.Fatal(err)
	}
	d, err := v.Dyad(ctx, "JPN", "KOR")
	if err != nil {
		t.Fatal(err)
	}
	found, err := v.Ties(ctx, []graph.DyadKey{d.Key}, graph.TieFilter{Topics: []graph.Topic{graph.TopicDefense}})
	if err != nil {
		t.Fatal(err)
	}
	return found[d.Key][0].Status
}

func TestTheSampleIsFiveLoadsOnce(t *testing.T) {
	t.Parallel()
	store := empty(t)
	if diff := cmp.Diff([]graph.LoadNumber{1, 2, 3, 4, 5}, apply(t, store)); diff != "" {
		t.Errorf("the first time (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]graph.LoadNumber{}, apply(t, store)); diff != "" {
		t.Errorf("the second time (-want +got):\n%s", diff)
	}
	if before, after := status(t, store, 2), status(t, store, 3); before != graph.Suspended || after != graph.Active {
		t.Errorf("at load 2 the tie is %s, at load 3 %s", before, after)
	}
	// However the first run is interrupted, the graph is the same.
	if diff := cmp.Diff(digest(t, store), digest(t, interrupted(t))); diff != "" {
		t.Errorf("the digest after an interrupted first run (-want +got):\n%s", diff)
	}
}

func digest(t *testing.T, store graph.Store) string {
	t.Helper()
	head, err := store.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	d, n, err := graph.Digest(context.Background(), store, head.Load.Number)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s of %d", d, n)
}

// interrupted gives a store whose first run was killed while it loaded, whose second was interrupted after a load, and
// whose third made up for both.
func interrupted(t *testing.T) graph.Store {
	t.Helper()
	store, err := sqlitestore.Open(filepath.Join(t.TempDir(), "store.db"), sqlitestore.Create(), sqlitestore.Lease(2*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	first := steps()[0]
	if _, err := store.Open(context.Background(), graph.LoadInfo{Source: first.slice.Source, Slices: []graph.Slice{first.slice}, Note: first.note}); err != nil {
		t.Fatal(err)
	}
	// A program that is killed leaves its load open: the next one waits until its time is over, and says so.
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	waited := 0
	err = applySteps(ctx, store, small(), "test", Teller{
		Loaded:  func(ingest.Report) { cancel() },
		Waiting: func(error) { waited++ },
	})
	if !errors.Is(err, context.Canceled) || waited != 1 {
		t.Fatalf("interrupted after a load: waited %d times, %v", waited, err)
	}
	if made := apply(t, store); len(made) != 4 {
		t.Fatalf("made up for with the loads %v", made)
	}
	return store
}

// A dossier of the sample's name that a person loaded is theirs: the sample never touches it.
func TestAPersonsOwnDossierIsLeftAlone(t *testing.T) {
	t.Parallel()
	store := empty(t)
	src, err := sources.ByKey("dossier")
	if err != nil {
		t.Fatal(err)
	}
	_, err = ingest.Load(context.Background(), ingest.Options{
		Source: src, Files: ingest.OneFile("mine.yaml", dossier.NortheastAsia), Reader: store, Writer: store, Note: "mine",
	})
	if err != nil {
		t.Fatal(err)
	}
	apply(t, store)
	if diff := cmp.Diff([]string{
		"sample: travels of its presidents and secretaries of state", "sample: visits to the United States", "sample: the registry of states", "mine",
	}, notes(t, store)); diff != "" {
		t.Errorf("the loads, newest first (-want +got):\n%s", diff)
	}
}

// Other dossiers do not matter, whenever they were loaded.
func TestOtherDossiersDoNotMatter(t *testing.T) {
	t.Parallel()
	store := empty(t)
	src, err := sources.ByKey("dossier")
	if err != nil {
		t.Fatal(err)
	}
	exampler, ok := src.(ingest.Exampler)
	if !ok {
		t.Fatal("dossiers have no example")
	}
	_, err = ingest.Load(context.Background(), ingest.Options{
		Source: src, Files: ingest.OneFile(exampler.Example()), Reader: store, Writer: store,
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]graph.LoadNumber{2, 3, 4, 5, 6}, apply(t, store)); diff != "" {
		t.Errorf("the sample's loads (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]graph.LoadNumber{}, apply(t, store)); diff != "" {
		t.Errorf("the second time (-want +got):\n%s", diff)
	}
}

// What is due is decided by the newest load of the slice alone.
func TestWhatIsDue(t *testing.T) {
	t.Parallel()
	all := small()
	made := func(i int, changed bool) graph.Load {
		l := graph.Load{Slices: []graph.Slice{all[i].slice}, Note: all[i].note}
		files, err := all[i].files()
		if err != nil {
			t.Fatal(err)
		}
		l.Files = filesOf(t, files)
		if changed {
			l.Files[0].SHA256 = "of another program's"
		}
		return l
	}
	own := graph.Load{Slices: []graph.Slice{all[1].slice}, Note: "my edition"}
	decade := graph.Load{Slices: []graph.Slice{all[3].slice, {Source: "us-visits", ID: "1990"}}, Note: "one decade"}
	other := graph.Load{Slices: []graph.Slice{{Source: "other", ID: "other"}}, Note: all[2].note}
	for name, c := range map[string]struct {
		held []graph.Load // newest first
		want []bool
	}{
		"an empty store":                   {nil, []bool{true, true, true, true, true}},
		"states only":                      {[]graph.Load{made(0, false)}, []bool{false, true, true, true, true}},
		"up to the earlier edition":        {[]graph.Load{made(1, false), made(0, false)}, []bool{false, false, true, true, true}},
		"the states and the dossier":       {[]graph.Load{made(2, false), made(1, false), made(0, false)}, []bool{false, false, false, true, true}},
		"everything":                       {[]graph.Load{made(4, false), made(3, false), made(2, false), made(1, false), made(0, false)}, []bool{false, false, false, false, false}},
		"other visits and travels":         {[]graph.Load{made(4, true), made(3, true), made(2, false), made(1, false), made(0, false)}, []bool{false, false, false, true, true}},
		"a person's visits":                {[]graph.Load{decade, made(4, false), made(3, false), made(2, false), made(1, false), made(0, false)}, []bool{false, false, false, false, false}},
		"everything, and others":           {[]graph.Load{other, made(2, false), made(1, false), other, made(0, false)}, []bool{false, false, false, true, true}},
		"of an older program":              {[]graph.Load{made(2, true), made(1, true), made(0, true)}, []bool{true, false, true, true, true}},
		"a person's over the sample's":     {[]graph.Load{own, made(2, true), made(1, false), made(0, false)}, []bool{false, false, false, true, true}},
		"whole without the earlier":        {[]graph.Load{made(2, false), made(0, false)}, []bool{false, false, false, true, true}},
		"a person's under the sample's":    {[]graph.Load{made(1, false), own, made(0, false)}, []bool{false, false, true, true, true}},
		"the dossier, but not the states":  {[]graph.Load{made(2, false)}, []bool{true, false, false, true, true}},
		"a load of several slices as mine": {[]graph.Load{{Slices: []graph.Slice{all[0].slice, all[1].slice}}}, []bool{false, false, false, true, true}},
	} {
		for i, s := range all {
			due, err := s.due(c.held, all, i)
			if err != nil {
				t.Fatal(err)
			}
			if due != c.want[i] {
				t.Errorf("%s: is %q due? %v", name, s.note, due)
			}
		}
	}
}

// filesOf gives what a load made from the files would say of them.
func filesOf(t *testing.T, files fs.FS) []graph.File {
	t.Helper()
	var out []graph.File
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, name)
		sum := sha256.Sum256(text)
		out = append(out, graph.File{Name: name, SHA256: hex.EncodeToString(sum[:]), Size: int64(len(text))})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
