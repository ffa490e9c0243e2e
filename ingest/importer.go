package ingest

import (
	"context"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// checkImporter refuses to replace what another importer loaded under the same name: a dossier and a table that are called
// alike are two things.
func (l *loading) checkImporter(ctx context.Context) error {
	h, err := readHistory(ctx, l.Reader)
	if err != nil {
		return err
	}
	mine := string(l.Source.Info().Key)
	for _, s := range l.slices {
		for _, n := range slices.Backward(h.now[s]) {
			of, ok := h.load(n)
			if !ok || of.Importer == "" || of.Importer == mine {
				continue
			}
			return graph.BadInput("%s was loaded by %s (load %d), and this would replace it: give one of the two another name, or undo that load first", s.ID, of.Importer, n)
		}
	}
	return nil
}
