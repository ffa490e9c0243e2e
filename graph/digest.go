package graph

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// Digest hashes all statements that are open at a load: source, slice, kind, key and body hash of each, in the
// order of a manifest, so neither the order of loading nor the kind of store matters; no load number and no time
// is in it. Equal digests mean equal graphs. It gives the number of statements, too.
func Digest(ctx context.Context, r Reader, at LoadNumber) (digest Hash, statements int, err error) {
	h := sha256.New()
	write := func(part string) {
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(part)))
		h.Write(size[:])
		h.Write([]byte(part))
	}
	for e, err := range r.Manifest(ctx, ManifestQuery{Load: at}) {
		if err != nil {
			return Hash{}, 0, fmt.Errorf("the digest of load %d: %w", at, err)
		}
		for _, part := range []string{string(e.Source), string(e.Slice), string(e.Kind), e.Key, string(e.Hash[:])} {
			write(part)
		}
		statements++
	}
	return Hash(h.Sum(nil)), statements, nil
}
