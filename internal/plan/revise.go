package plan

import (
	"crypto/sha256"
	"slices"

	"waymark/internal/markdown"
)

// Revise returns the plan in which documents are exchanged for others of equal facts (see markdown.Doc.Facts), and the indices of the pages that show one. Nothing else
// about a plan depends on what is left: the text of the documents.
func (p *Plan) Revise(instead map[*markdown.Doc]*markdown.Doc) (*Plan, []int) {
	next := *p
	next.Pages = slices.Clone(p.Pages)
	var moved []int
	for i := range next.Pages {
		page := &next.Pages[i]
		if !slices.ContainsFunc(page.Contents, func(c Content) bool { return instead[c.Doc] != nil }) {
			continue
		}
		page.Contents = slices.Clone(page.Contents)
		for j := range page.Contents {
			if doc := instead[page.Contents[j].Doc]; doc != nil {
				page.Contents[j].Doc = doc
			}
		}
		page.seal()
		moved = append(moved, i)
	}
	return &next, moved
}

// seal computes the part of the page's key that its documents make, and the key.
func (p *Page) seal() {
	docs := make([][32]byte, len(p.Contents))
	for i, c := range p.Contents {
		docs[i] = c.Doc.Digest
	}
	p.Key = Seal(&p.Parts, docs)
}

// Seal fills in the first of a page's Parts, which the digests of its documents make, and returns the key.
func Seal(parts *[4][32]byte, docs [][32]byte) (key [32]byte) {
	h := sha256.New()
	for _, d := range docs {
		h.Write(d[:])
	}
	h.Sum(parts[0][:0])
	h.Reset()
	for _, part := range parts {
		h.Write(part[:])
	}
	h.Sum(key[:0])
	return key
}
