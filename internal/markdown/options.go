package markdown

import (
	"crypto/sha256"

	"waymark/internal/wire"
)

// version is part of every digest. It changes when the same page gives another Doc.
const version = 19

// Digest returns the digest of the options: with equal digests and equal bytes Parse gives equal Docs, as far as
// the files behind Include are the same.
func (o Options) Digest() [32]byte {
	return sha256.Sum256(append(wire.Marshal(o), version))
}
