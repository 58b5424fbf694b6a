package build

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"

	"waymark/internal/diag"
	"waymark/internal/markdown"
	"waymark/internal/plan"
	"waymark/internal/render"
	"waymark/internal/search"
	"waymark/internal/source"
	"waymark/internal/wire"
)

// What a builder that builds again keeps in memory (see revise.go), one that builds once finds in the cache: the plan of a site whose pages differ in nothing but text from
// those that it was made of. It is kept under the digest of the frame and of what all pages' facts are, what each page shows under its own digest, so that one edited
// page costs one parsed and one rendered page and the files of the search that have its words, whatever the size of the site.

// A planned is a plan, as far as it does not follow from the text of pages.
type planned struct {
	Files []plannedFile // but for those of the search
	Stats plan.Stats
	Finds []find
}

// A spoken is what was said of the plan's pages at their places then. Any text of these facts will do: Keys say which it was.
type spoken struct {
	Keys [][32]byte // digests of the documents
	// Parsed is what was said of each page that has a fault, in the order of the pages; Found what was said when they were resolved and planned.
	Parsed []parsedNotes
	Found  []note
}

type plannedFile struct {
	Path string
	Key  [32]byte // but for pages
	HTML bool
	View [32]byte // digest of what a page shows
	Docs []int    // the pages whose documents it shows
}

type parsedNotes struct {
	Page  int
	Notes []note
}

type find struct {
	Page  int // -1 for the glossary that the build makes
	Meta  search.Meta
	Terms bool // the page explains the terms of the glossary
}

var plannedShape, spokenShape = wire.Shape(planned{}), wire.Shape(spoken{})

// restores reports whether plans are remembered on disk. An edition is made twice, a site for reading offline has a file that names all others, and the live preview
// remembers in memory.
func (b *Builder) restores(site *Site) bool {
	return b.o.Cache != nil && b.o.Program != "" && !b.o.Serve && !b.o.Check && !b.leavesOut() && !site.Config.Offline
}

// frameKey is what says that a plan of the frame was ever kept.
func frameKey(in input) [32]byte {
	return derive(in.frame, "planned "+string(plannedShape[:])+string(spokenShape[:]))
}

// plannedKey is the key of a plan. seen are the digests of the facts of all pages.
func plannedKey(in input, seen [][32]byte) [32]byte {
	h := sha256.New()
	key := frameKey(in)
	h.Write(key[:])
	for _, sum := range seen {
		h.Write(sum[:])
	}
	return [32]byte(h.Sum(nil))
}

func keptKey(sum [32]byte) [32]byte {
	shape := plan.StoredShape()
	return derive(sum, "view "+string(shape[:]))
}

// keeper returns what keeps what the plan gives it; see plan.Options.
func (b *Builder) keeper(site *Site) func(sum [32]byte, data []byte) {
	if !b.restores(site) {
		return nil
	}
	return func(sum [32]byte, data []byte) { b.o.Cache.Put(keptKey(sum), data) }
}

// seenKey is the key of the digests of the facts of pages, remembered as one.
func seenKey(keys [][32]byte) [32]byte {
	h := sha256.New()
	h.Write([]byte("seen"))
	for _, key := range keys {
		h.Write(key[:])
	}
	return [32]byte(h.Sum(nil))
}

// store returns the plan of a good build as it would be restored; nil when it cannot be. The site's files are listed but for those of the search.
func (b *Builder) store(site *Site, in input, whole said) *restored {
	if !b.restores(site) || site.Plan == nil {
		return nil
	}
	proj := site.Project
	r := b.restored(proj, in)
	p, said := &r.planned, &r.spoken
	p.Stats, said.Keys = site.Stats, r.keys
	page := make(map[string]int, len(proj.Pages))
	seen := make([][32]byte, len(proj.Pages))
	n := newNoter(proj)
	_ = parallel(context.Background(), b.o.Jobs, len(seen), func(i int) error {
		seen[i] = b.factsOf(whole.docs[i])
		return nil
	})
	for i, doc := range whole.docs {
		page[doc.File.Path], said.Keys[i] = i, doc.Digest
		r.anew[i] = len(doc.Includes) > 0
		if len(doc.Diags) > 0 {
			said.Parsed = append(said.Parsed, parsedNotes{i, n.notes(doc.Diags)})
		}
	}
	said.Found = n.notes(whole.found)
	if !n.fine {
		return nil
	}
	eachTogether(proj.Pages, func(from, to int) {
		if !slices.Contains(r.anew[from:to], true) {
			b.putDigests(seenKey(r.keys[from:to]), seen[from:to])
		}
	})
	for _, f := range site.Files {
		x := plannedFile{Path: f.Path, Key: f.Key, HTML: f.HTML}
		if f.Page != nil {
			x.Key, x.View = [32]byte{}, f.Parts[1]
			for _, c := range f.Page.Contents {
				x.Docs = append(x.Docs, page[c.Doc.File.Path])
			}
		}
		p.Files = append(p.Files, x)
	}
	if !site.Config.Search.Off {
		site.finds = b.searchables(site)
		for _, s := range site.finds {
			i, ok := page[s.file]
			if !ok {
				i = -1
			}
			p.Finds = append(p.Finds, find{i, s.meta, len(s.terms) > 0})
		}
	}
	r.frame, r.key = frameKey(in), plannedKey(in, seen)
	return r
}

// keep puts the plan into the cache, and lets go of it.
func (r *restored) keep() {
	if r == nil {
		return
	}
	kept := r.b.o.Cache
	wire.LendLarge(256*(len(r.Files)+len(r.Finds)), &r.planned, func(raw []byte) { kept.Put(r.key, raw) })
	kept.Put(r.frame, nil)
	if !kept.Verifies() { // there is nothing to compare with: it may be said of another text
		size := 40*len(r.Keys) + sizeOf(r.Found)
		for _, p := range r.Parsed {
			size += sizeOf(p.Notes)
		}
		wire.LendLarge(size, &r.spoken, func(raw []byte) { kept.Put(derive(r.key, "said"), raw) })
	}
	r.planned, r.spoken = planned{}, spoken{}
}

// restore fills in a site whose plan is remembered, and returns all there is to say.
func (b *Builder) restore(ctx context.Context, site *Site, in input) (diag.List, bool, error) {
	if !b.restores(site) || b.last != nil || b.o.forget || b.o.Cache.Empty() || !b.o.Cache.Has(frameKey(in)) {
		return nil, false, nil
	}
	proj, look := site.Project, site.Theme
	go func() { // what is restored leaves a core to it
		in.reported()
		look.Prepare(proj.Config.Language)
	}()
	r := b.restored(proj, in)
	seen := make([][32]byte, len(proj.Pages))
	var groups [][2]int
	eachTogether(proj.Pages, func(from, to int) { groups = append(groups, [2]int{from, to}) })
	err := parallel(ctx, b.o.Jobs, len(groups), func(g int) error { return r.see(seen, groups[g][0], groups[g][1]) })
	if err != nil {
		return nil, false, err
	}
	for _, doc := range r.docs {
		if doc != nil {
			r.parsed++
		}
	}
	r.key = plannedKey(in, seen)
	if !r.b.get(r.key, &r.planned) || !r.b.get(derive(r.key, "said"), &r.spoken) || len(r.Keys) != len(r.keys) {
		return nil, false, nil
	}
	found, ok, err := r.said()
	if !ok || err != nil {
		return nil, false, err
	}
	ds := slices.Concat(in.reported(), found).Apply(proj.Config.Switches(), b.o.Strict).Sort()
	site.Stats, site.Parsed, site.Remembered = r.Stats, r.parsed, len(proj.Pages)-r.parsed
	b.lacks(ctx, site)
	if ds.HasErrors() {
		return ds, true, ctx.Err()
	}
	r.files(site)
	b.addSearch(site)
	b.record(site, in, ds, anyIncludes(r.docs)) // a page that includes others was parsed
	r.touch()
	return ds, true, ctx.Err()
}

// A restored is a plan that was remembered, and the pages as they are now.
type restored struct {
	planned
	spoken
	b      *Builder
	proj   *source.Project
	how    *parsing
	sums   [][32]byte      // of the pages
	keys   [][32]byte      // of the pages' documents, which are their digests
	docs   []*markdown.Doc // of pages that were asked for before there were files; others are made anew each time
	frame  [32]byte        // keys of what is kept
	key    [32]byte
	anew   []bool // pages that include others: they are not in the cache
	parsed int
}

func (b *Builder) restored(proj *source.Project, in input) *restored {
	n := len(proj.Pages)
	return &restored{
		b: b, proj: proj, how: b.parsing(proj, b.options(proj, in.look)),
		sums: in.sums, docs: make([]*markdown.Doc, n), keys: make([][32]byte, n), anew: make([]bool, n),
	}
}

// see fills in the keys of the pages from from up to to, and the digests of their facts. The documents are at hand then of those that were parsed for it. The error may be ErrChanged.
func (r *restored) see(seen [][32]byte, from, to int) error {
	keys, seen := r.keys[from:to], seen[from:to]
	for i := range keys {
		keys[i] = pageKey(r.how.digest, r.proj.Pages[from+i].Path, r.sums[from+i])
	}
	if r.b.getDigests(seenKey(keys), seen) {
		return nil
	}
	includes := false
	for i := range keys {
		doc, fresh, err := r.load(from + i)
		if err != nil {
			return err
		}
		if seen[i] = r.b.factsOf(doc); fresh {
			r.docs[from+i] = doc
		}
		if len(doc.Includes) > 0 {
			includes, keys[i] = true, doc.Digest // which covers what it includes, and can be known in no other way
		} else if doc.Digest != keys[i] {
			return fmt.Errorf("%s: %w", doc.File.Path, ErrChanged)
		}
	}
	if !includes {
		r.b.putDigests(seenKey(keys), seen)
	}
	return nil
}

// doc returns the document of a page. It is for one goroutine a page.
func (r *restored) doc(i int) (*markdown.Doc, error) {
	if r.docs[i] != nil {
		return r.docs[i], nil
	}
	doc, _, err := r.load(i)
	r.docs[i] = doc
	return doc, err
}

// load makes the document of a page, and reports whether it was parsed for that.
func (r *restored) load(i int) (*markdown.Doc, bool, error) {
	sum := r.sums[i]
	doc, fresh, err := r.b.page(r.proj.Pages[i], r.how, &sum, nil)
	if err == nil && sum != r.sums[i] {
		err = fmt.Errorf("%s: %w", r.proj.Pages[i].File.Path, ErrChanged)
	}
	return doc, fresh, err
}

// prose returns what the search finds in a page, which takes its document only when the cache does not have it.
func (r *restored) prose(i int) (*markdown.Prose, error) {
	prose := new(markdown.Prose)
	if r.b.get(derive(r.keys[i], "prose"), prose) {
		return prose, nil
	}
	doc, _, err := r.load(i)
	if err != nil {
		return nil, err
	}
	return doc.Prose()
}

// said returns what was said of the pages and of the plan, at the places where it is now; false when that cannot be told.
func (r *restored) said() (diag.List, bool, error) {
	move := map[*diag.File]func(diag.Span) (diag.Span, bool){}
	var ds diag.List
	notes, reader := r.Parsed, newReader(r.proj)
	for i, key := range r.keys {
		var was []note
		if len(notes) > 0 && notes[0].Page == i {
			was, notes = notes[0].Notes, notes[1:]
		}
		if key == r.Keys[i] {
			if was != nil {
				ds = append(ds, reader.read(was)...)
			}
			continue
		}
		doc, err := r.doc(i)
		if err != nil {
			return nil, false, err
		}
		ds = append(ds, doc.Diags...)
		raw, ok := r.b.o.Cache.Get(derive(r.Keys[i], "facts"))
		if !ok {
			return nil, false, nil
		}
		old, err := markdown.Unmarshal(raw, doc.File)
		if err != nil {
			return nil, false, nil
		}
		move[doc.File] = mover(old, doc)
	}
	found := reader.read(r.Found)
	for i := range found {
		if !moved(&found[i], move) {
			return nil, false, nil
		}
	}
	return append(ds, found...), true, nil
}

// files lists the outputs, but for those of the search.
func (r *restored) files(site *Site) {
	page := r.renderer(site)
	parts := make([][4][32]byte, len(r.Files))
	for i, x := range r.Files {
		f := File{Path: x.Path, Key: x.Key, HTML: x.HTML}
		if !x.HTML {
			f.Write = r.datum(site, f.Path, f.Key)
			site.Files = append(site.Files, f)
			continue
		}
		docs := make([][32]byte, len(x.Docs))
		for k, d := range x.Docs {
			docs[k] = r.keys[d]
		}
		f.Parts = &parts[i]
		*f.Parts = [4][32]byte{1: x.View, 2: site.Theme.Digest, 3: {plan.Version}}
		f.Key = plan.Seal(f.Parts, docs)
		f.Write = page(f.Path, f.Key, x.View)
		site.Files = append(site.Files, f)
	}
	site.finds = r.finds()
}

// datum returns what writes a file that was made of the curriculum. Others are not in the cache, and written as the whole has them.
func (r *restored) datum(site *Site, path string, key [32]byte) func(io.Writer) error {
	return func(w io.Writer) error {
		if data, ok := r.b.o.Cache.Get(keptKey(key)); ok {
			_, err := w.Write(data)
			return err
		}
		return site.write(w, path, key)
	}
}

// renderer returns a function that returns what writes a page, of which the cache has all that it shows.
func (r *restored) renderer(site *Site) func(path string, key, view [32]byte) func(io.Writer) error {
	rs := site.rendering()
	index := make(map[string]int, len(r.proj.Pages))
	for i, p := range r.proj.Pages {
		index[p.File.Path] = i
	}
	loader := &plan.Loader{
		Get: func(sum [32]byte) ([]byte, bool) { return r.b.o.Cache.Get(keptKey(sum)) },
		Doc: func(file string) (*markdown.Doc, error) {
			i, ok := index[file]
			if !ok {
				return nil, fmt.Errorf("no such page")
			}
			doc, _, err := r.load(i)
			return doc, err
		},
	}
	return func(path string, key, view [32]byte) func(io.Writer) error {
		return func(w io.Writer) error {
			page, ok, err := loader.Page(view)
			if err != nil {
				return err
			}
			if !ok {
				return site.write(w, path, key)
			}
			return render.Page(w, page, site.Theme, rs)
		}
	}
}

// finds are the pages that the search finds.
func (r *restored) finds() []searchable {
	var list []searchable
	for _, x := range r.Finds {
		s := searchable{prose: noProse, meta: x.Meta}
		if x.Page >= 0 {
			s.file, s.digest, s.prose = r.proj.Pages[x.Page].File.Path, r.keys[x.Page], func() (*markdown.Prose, error) { return r.prose(x.Page) }
		}
		if x.Terms {
			s.explain(r.proj.Glossary)
		}
		list = append(list, s)
	}
	return list
}

// touch tells the cache that what was not looked at is still of use.
func (r *restored) touch() {
	for _, key := range r.keys {
		r.b.o.Cache.Touch(derive(key, "facts"), derive(key, "content"), derive(key, "prose"))
	}
	for _, f := range r.Files {
		if f.HTML {
			r.b.o.Cache.Touch(keptKey(f.View))
		}
	}
}
