package plan

import (
	"crypto/sha256"
	"fmt"
	"sync"

	"waymark/internal/markdown"
	"waymark/internal/wire"
)

// A stored is all that a page shows but for the text of its documents. Its digest is part of the page's key; its bytes, where they are kept, are the planned page: what a
// page of equal digest shows need not be planned again.
type stored struct {
	View                         *View
	Site, Assets, Rail           [32]byte // digests of what the view shares with other pages; zero: it has none
	Contents                     []storedContent
	Settings                     [32]byte // see settings
	Path, Template, Lang, Source string
}

// A storedContent is a Content with its document's file in place of the document.
type storedContent struct {
	File   string
	Hrefs  []string
	Rels   []Rel
	Images []ImageAttrs
	Prefix string
	Draws  map[string][]Drawn
	Scales map[string]Scale
	Lent   bool
}

// StoredShape is the digest of the types of what Keep gets. Whoever keeps it puts it into the key.
var StoredShape = sync.OnceValue(func() [32]byte {
	h := sha256.New()
	for _, v := range []any{stored{}, Site{}, Assets{}, Rail{}} {
		sum := wire.Shape(v)
		h.Write(sum[:])
	}
	return [32]byte(h.Sum(nil))
})

func (m *maker) stored(p *Page, shared *digests) *stored {
	v := p.View()
	s := &stored{View: v, Settings: m.settings, Path: p.Path, Template: p.Template, Lang: p.Lang, Source: p.Source}
	s.Site, s.Assets = shared.of(v.Site, m.keep), shared.of(v.Assets, m.keep)
	if rail := v.rail(); *rail != nil {
		s.Rail = shared.of(*rail, m.keep)
	}
	for _, c := range p.Contents {
		s.Contents = append(s.Contents, storedContent{c.Doc.File.Path, c.Hrefs, c.Rels, c.Images, c.Prefix, c.Draws, c.Scales, c.Lent})
	}
	return s
}

func (m *maker) keep(sum [32]byte, data []byte) {
	if m.o.Keep != nil {
		m.o.Keep(sum, data)
	}
}

// rail is where the view has the compact path that the page shows; what it points to is nil for none.
func (v *View) rail() **Rail {
	if v.Module == nil || v.Module.Place == nil {
		return new(*Rail)
	}
	return &v.Module.Place.Rail
}

// digests remembers the digests of what many views share, by its address.
type digests struct{ known sync.Map }

func (d *digests) of(part any, keep func([32]byte, []byte)) [32]byte {
	if sum, ok := d.known.Load(part); ok {
		return sum.([32]byte)
	}
	var sum [32]byte
	wire.Lend(part, func(data []byte) {
		sum = sha256.Sum256(data)
		keep(sum, data)
	})
	d.known.Store(part, sum)
	return sum
}

// A Loader makes pages again of what Keep got. It is safe for concurrent use.
type Loader struct {
	Get func(sum [32]byte) ([]byte, bool)                // what was kept
	Doc func(file string) (doc *markdown.Doc, err error) // the document of a source file

	shared sync.Map // digest → *Site, *Assets or *Rail
}

// Page returns the page that shows what has the digest sum, without a key, and false when something of it is not there any more. The error is that of Doc.
func (l *Loader) Page(sum [32]byte) (*Page, bool, error) {
	data, ok := l.Get(sum)
	if !ok {
		return nil, false, nil
	}
	s, ok := l.read(data)
	if !ok {
		return nil, false, nil
	}
	p := &Page{Path: s.Path, Template: s.Template, Lang: s.Lang, Source: s.Source}
	for _, c := range s.Contents {
		doc, err := l.Doc(c.File)
		if err != nil {
			return nil, false, fmt.Errorf("%s: %w", c.File, err)
		}
		p.Contents = append(p.Contents, Content{doc, c.Hrefs, c.Rels, c.Images, c.Prefix, c.Draws, c.Scales, c.Lent})
	}
	p.view = func() *View {
		s, _ := l.read(data) // as it was a moment ago: what it shares is there
		return s.View
	}
	p.hold(s.View)
	return p, true, nil
}

func (l *Loader) read(data []byte) (*stored, bool) {
	s := new(stored)
	if wire.Unmarshal(data, s) != nil || s.View == nil {
		return nil, false
	}
	var ok bool
	if s.View.Site, ok = share[Site](l, s.Site); !ok {
		return nil, false
	}
	if s.View.Assets, ok = share[Assets](l, s.Assets); !ok {
		return nil, false
	}
	if s.Rail != ([32]byte{}) {
		*s.View.rail(), ok = share[Rail](l, s.Rail)
	}
	return s, ok
}

// share returns what many pages show, one for all of them.
func share[T any](l *Loader, sum [32]byte) (*T, bool) {
	if part, ok := l.shared.Load(sum); ok {
		t, ok := part.(*T)
		return t, ok
	}
	data, ok := l.Get(sum)
	if !ok {
		return nil, false
	}
	t := new(T)
	if wire.Unmarshal(data, t) != nil {
		return nil, false
	}
	part, _ := l.shared.LoadOrStore(sum, t)
	t, ok = part.(*T)
	return t, ok
}
