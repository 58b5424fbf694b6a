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
	h := sha256.New()
	for _, c := range p.Contents {
		h.Write(c.Doc.Digest[:])
	}
	h.Sum(p.Parts[0][:0])
	h.Reset()
	for _, part := range p.Parts {
		h.Write(part[:])
	}
	h.Sum(p.Key[:0])
}
