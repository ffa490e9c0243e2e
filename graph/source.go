package graph

// SourceKind orders sources by default preference: the registry, then dossiers, then datasets.
type SourceKind string

// The kinds of source.
const (
	SourceRegistry SourceKind = "REGISTRY"
	SourceDossier  SourceKind = "DOSSIER"
	SourceDataset  SourceKind = "DATASET"
)

// A Source is a published dataset, or a dossier: the body of a source statement, so that
// each load knows the version and the coverage it held.
type Source struct {
	In        State      `json:"-"`
	Recorded  LoadNumber `json:"-"`
	Key       SourceKey  `json:"key"`
	Kind      SourceKind `json:"kind"`
	Title     string     `json:"title"`
	Version   string     `json:"version"`
	Publisher string     `json:"publisher,omitempty"`
	License   string     `json:"license,omitempty"`
	URL       string     `json:"url,omitempty"`
	Language  string     `json:"language,omitempty"`
	BibTeX    string     `json:"bibtex,omitempty"`
	Coverage  []Coverage `json:"coverage,omitempty"`
}

// A Coverage is a window in which a source speaks: of which kinds of thing, on which topics, of
// whom, in which period. Empty lists are "all". Only a complete window gives NONE or zero;
// outside every window the answer is "no data".
type Coverage struct {
	Kinds    []StatementKind  `json:"kinds,omitempty"`
	Forms    []EngagementKind `json:"engagements,omitempty"`
	Topics   []Topic          `json:"topics,omitempty"`
	Actors   []ActorKey       `json:"actors,omitempty"` // both of a dyad must be among them
	From     Date             `json:"from,omitzero"`
	To       Date             `json:"to,omitzero"`
	Complete bool             `json:"complete"` // false: selective
	Note     string           `json:"note,omitempty"`
}

// Days is the window's interval: from the earliest day of From to the latest of To.
func (c Coverage) Days() Interval {
	i := Always
	if !c.From.IsZero() {
		i.From = c.From.Earliest()
	}
	if !c.To.IsZero() {
		i.To = c.To.Latest() + 1
	}
	return i
}
