package build

import (
	"crypto/sha256"
	"fmt"

	"waymark/internal/diag"
	"waymark/internal/drawing"
	"waymark/internal/source"
	"waymark/internal/wire"
)

// Drawings are published without what could run in them, unless the site trusts its authors with raw HTML. What was found in one is remembered under the digest of its bytes.

// A drawnFact is what is known of a drawing.
type drawnFact struct {
	Clean [32]byte // digest of what is published
	Taken []drawing.Taken
	Fault *drawing.Fault
}

var drawnShape = wire.Shape(drawnFact{})

// drawnBefore returns what is remembered of the drawing with that digest, or nil.
func (b *Builder) drawnBefore(digest [32]byte) *drawnFact {
	f := new(drawnFact)
	if b.get(drawnKey(digest), f) {
		return f
	}
	return nil
}

func drawnKey(digest [32]byte) [32]byte {
	return sha256.Sum256(append(append([]byte{'d', drawing.Version}, drawnShape[:]...), digest[:]...))
}

// drawn returns what is known of a drawing.
func (b *Builder) drawn(data []byte, digest [32]byte) *drawnFact {
	if len(data) > drawing.MaxSize {
		_, _, fault := drawing.Clean(data)
		return &drawnFact{Fault: fault}
	}
	f := b.drawnBefore(digest)
	if f != nil {
		return f
	}
	clean, taken, fault := drawing.Clean(data)
	if f = (&drawnFact{Clean: digest, Taken: taken, Fault: fault}); len(taken) > 0 {
		f.Clean = diag.Digest(clean)
	}
	b.o.Cache.Put(drawnKey(digest), wire.Marshal(f))
	return f
}

// report says what was taken out of drawings, and which cannot be read.
func (f assetFacts) report(proj *source.Project) diag.List {
	var ds diag.List
	for _, a := range proj.Assets {
		d := f.drawings[a.Path]
		if d == nil {
			continue
		}
		file := diag.LazyFile(source.ContentDir+"/"+a.Path, func() ([]byte, error) { return proj.Open(a) })
		if f := d.Fault; f != nil {
			if f.At < 0 { // too large to be read for an excerpt
				file = diag.NewFile(file.Path, nil)
			}
			ds.Add("image/unreadable", file.Span(diag.At(max(f.At, 0))), "save the drawing anew as plain SVG, or offer it in a zip", "the drawing %s cannot be read safely: %s", diag.Quote(a.Path), f.Why)
			continue
		}
		for _, t := range d.Taken {
			more := ""
			if t.More > 0 {
				more = fmt.Sprintf(" (and %d more)", t.More)
			}
			ds.Add("image/active", file.Span(diag.Range{Start: t.At, End: t.End}), "save the drawing as plain SVG, without scripts and without what is loaded from elsewhere", "%s was taken out of the drawing%s", t.What, more)
		}
	}
	return ds
}

// published returns the bytes of a file of the content as they are published.
func (f assetFacts) published(name string, data []byte) ([]byte, error) {
	if f.drawings[name] == nil {
		return data, nil
	}
	clean, _, fault := drawing.Clean(data)
	if fault != nil {
		return nil, fault
	}
	return clean, nil
}
