package build

import (
	"context"
	"crypto/sha256"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"waymark/internal/curriculum"
	"waymark/internal/diag"
	"waymark/internal/markdown"
	"waymark/internal/picture"
	"waymark/internal/plan"
	"waymark/internal/source"
	"waymark/internal/theme"
	"waymark/internal/wire"
)

// memory is what a Builder remembers between builds, and what it finds in the cache on disk.
type memory struct {
	content source.Reader
	docs    [2][]pageDoc // of the last build: of the whole, and of an edition that leaves something out
	sums    []pageSum    // of the last build
	last    *settled     // nil: nothing can be revised
	theme   struct {
		reader theme.Reader
		parsed *theme.Theme // the one whose templates were parsed
		said   diag.List
	}
	known map[source.Asset]assetFact // of a file that is said to be as it was
	pictures
	ahead
	held    atomic.Int64 // bytes of page contents held in memory
	hold    int64        // how many may be, when the cache could give them back: maxHeld, or none on a large site
	atOnce  bool         // the contents of a page are parsed with its facts, never later
	indexed struct {     // the list of files of the search index, which readers of the preview ask for at once
		mu      sync.Mutex
		key     [32]byte
		entries []indexEntry
		joins   atomic.Int32 // how often all pages were joined
	}
}

// mostKept is what the cache may keep on disk for each page, in bytes, when its usual limit is less: twenty thousand are usual.
const mostKept = 64 << 10

// ahead is what parsing makes for the stages after it, so that they need not read it back from the cache.
type ahead struct {
	seen  sync.Map // key of a page → digest of its facts
	parts sync.Map // key of what a page adds to the index of the search → search.Partial; taken by who joins them
}

// maxHeld bounds the contents of pages that are held in memory for the pages to be rendered next.
const maxHeld = 16 << 20

func newMemory() memory {
	return memory{known: map[source.Asset]assetFact{}, pictures: pictures{lists: map[[32]byte][]plan.Copied{}}}
}

// remember sets how much of a site of so many pages is held in memory and kept on disk.
func (b *Builder) remember(pages int) {
	if !b.o.Serve {
		b.content = source.Reader{} // what the file system said of each file is not asked for again
	}
	if b.hold = maxHeld; pages >= b.o.large {
		b.hold = 0
	}
	b.o.Cache.Allow(int64(pages) * mostKept)
}

// docShape is part of every cache key, so that a changed type finds nothing instead of nonsense.
var docShape = markdown.Shape()

// A pageDoc is the document of a page, with all that it depends on but for what it includes.
type pageDoc struct {
	path         string
	options, sum [32]byte
	doc          *markdown.Doc
}

// A pageSum is the digest of a page as it was found. A file that has the size and time it had is taken for the same, unless it was too young for its time to tell.
type pageSum struct {
	path string
	stat source.Stat
	sum  [32]byte
}

func (d pageDoc) name() string { return d.path }
func (s pageSum) name() string { return s.path }

// lookUp returns what a list that is ordered by path has of one; most often it is at place i, as in the build before. It is nil where there is nothing.
func lookUp[E interface{ name() string }](list []E, i int, path string) *E {
	if i >= len(list) || list[i].name() != path {
		var ok bool
		if i, ok = slices.BinarySearchFunc(list, path, func(e E, path string) int { return strings.Compare(e.name(), path) }); !ok {
			return nil
		}
	}
	return &list[i]
}

// A parsing is how the pages of a site are parsed.
type parsing struct {
	markdown.Options
	digest [32]byte // of the options
	finds  string   // the language of the search, for which a page is made ready while its text is at hand; "": it is not
}

// of returns the options for the page at path.
func (how *parsing) of(path string) markdown.Options {
	o := how.Options
	o.Kind = curriculum.KindAt(path)
	return o
}

func (b *Builder) parsing(proj *source.Project, o markdown.Options) *parsing {
	how := &parsing{Options: o, digest: o.Digest()}
	how.Key = how.digest
	if search := proj.Config.Search; !search.Off && !b.o.Serve && !b.o.Check {
		how.finds = search.Language
	}
	return how
}

// factsOf returns the digest of the facts of a document, which is at hand where the page was parsed.
func (b *Builder) factsOf(doc *markdown.Doc) [32]byte {
	if sum, ok := b.ahead.seen.LoadAndDelete(doc.Digest); ok {
		return sum.([32]byte)
	}
	return doc.Facts()
}

// page returns the document of a page: remembered in memory, where it is known, found in the cache, or parsed. sum is the digest of the page's bytes; it is filled in when it is
// not known yet, and corrected when the page changed since it was read.
func (b *Builder) page(p source.Page, how *parsing, sum *[32]byte, inMemory *pageDoc) (doc *markdown.Doc, fresh bool, err error) {
	o := how.of(p.Path)
	known := *sum != [32]byte{}
	if !known {
		data, err := p.File.Bytes()
		if err != nil {
			return nil, false, err
		}
		*sum = diag.Digest(data)
	}
	if d := inMemory; d != nil && d.options == how.digest && d.sum == *sum && b.includesSame(d.doc, o) {
		return d.doc, false, nil
	}
	key := pageKey(how.digest, p.Path, *sum)
	facts := derive(key, "facts")
	if raw, ok := b.o.Cache.Get(facts); ok {
		// Where the rest is not kept, as after a check, the page can be parsed again when it is rendered, but on a large site, where that would be for each of its parts.
		again := o.Facts || b.hold > 0 && !b.o.Serve && !b.atOnce
		if doc, err := markdown.Unmarshal(raw, p.File); err == nil && b.includesSame(doc, o) && (again || b.o.Cache.Has(derive(key, "content"))) {
			b.putAway(doc, key, p, how)
			return doc, false, nil
		}
	}
	if known {
		data, err := p.File.Bytes()
		if err != nil {
			return nil, false, err
		}
		if now := diag.Digest(data); now != *sum {
			*sum, key = now, pageKey(how.digest, p.Path, now)
			facts = derive(key, "facts")
		}
	}
	if doc, err = markdown.Parse(p.File, o); err != nil {
		return nil, false, err
	}
	if doc.Digest = key; len(doc.Includes) > 0 {
		doc.Digest = b.includesDigest(doc, o)
	}
	// A page that includes others is not kept on disk: its key does not cover what it includes, and an entry that is there is never replaced.
	if b.o.Cache == nil || len(doc.Includes) > 0 {
		return doc, true, nil
	}
	doc.Lend(func(raw []byte) { b.o.Cache.Put(facts, raw) })
	// What a check sees of a page lacks the colours of code, so it is not kept as the page's content. It keeps no plan either, for which the digest of its facts is.
	if o.Facts {
		return doc, true, nil
	}
	if !b.o.Serve {
		b.ahead.seen.Store(key, doc.Facts())
	}
	b.ready(doc, how.finds)
	// What is held is not kept on disk: few pages are rendered of a site of this size after an edit, and to parse these again is cheaper than to keep them all.
	if size := doc.Size(); b.held.Add(size) > b.hold {
		b.held.Add(-size)
		return doc, true, b.away(doc, key, p, how)
	}
	return doc, true, nil
}

// away puts the large parts of a page into the cache, and lets go of them when they are there.
func (b *Builder) away(doc *markdown.Doc, key [32]byte, p source.Page, how *parsing) error {
	content, err := doc.Content()
	if err != nil {
		return err
	}
	prose, err := doc.Prose()
	if err != nil {
		return err
	}
	body := derive(key, "content")
	wire.Lend(content, func(raw []byte) { b.o.Cache.Put(body, raw) })
	wire.Lend(prose, func(raw []byte) { b.o.Cache.Put(derive(key, "prose"), raw) })
	if b.o.Cache.Has(body) {
		b.putAway(doc, key, p, how)
	}
	return nil
}

// pageKey is the key of a page whose bytes have the digest sum, parsed with options.
func pageKey(options [32]byte, path string, sum [32]byte) (key [32]byte) {
	h := sha256.New()
	h.Write(options[:])
	h.Write(docShape[:])
	fmt.Fprintf(h, "%d\x00%s\x00", len(path), path)
	h.Write(sum[:])
	h.Sum(key[:0])
	return key
}

// putAway lets go of the large parts of a page. They come back from the cache or, where that does not have them, by parsing the page again: once, on a site whose pages may be held.
func (b *Builder) putAway(doc *markdown.Doc, key [32]byte, p source.Page, how *parsing) {
	again := func() (*markdown.Doc, error) { return reparse(key, p, how) }
	if b.hold > 0 {
		again = sync.OnceValues(again)
	}
	doc.PutAway(func() (*markdown.Content, error) {
		return kept(b, derive(key, "content"), again, (*markdown.Doc).Content)
	}, func() (*markdown.Prose, error) {
		return kept(b, derive(key, "prose"), again, (*markdown.Doc).Prose)
	})
}

// kept returns a part of a page: what the cache has under key, or else what part returns of the page when it is parsed again.
func kept[T any](b *Builder, key [32]byte, again func() (*markdown.Doc, error), part func(*markdown.Doc) (*T, error)) (*T, error) {
	if v := new(T); b.get(key, v) {
		return v, nil
	}
	doc, err := again()
	if err != nil {
		return nil, err
	}
	return part(doc)
}

// reparse parses the page that had the key key. The error is ErrChanged where it is another one by now.
func reparse(key [32]byte, p source.Page, how *parsing) (*markdown.Doc, error) {
	data, err := p.File.Bytes()
	if err != nil {
		return nil, err
	}
	p.File.Release()
	if pageKey(how.digest, p.Path, diag.Digest(data)) != key {
		return nil, fmt.Errorf("%s: %w", p.File.Path, ErrChanged)
	}
	return markdown.Parse(diag.NewFile(p.File.Path, data), how.of(p.Path))
}

// get reads an entry of the cache into what v points to.
func (b *Builder) get(key [32]byte, v any) bool {
	raw, ok := b.o.Cache.Get(key)
	return ok && wire.Unmarshal(raw, v) == nil
}

func derive(key [32]byte, what string) [32]byte {
	return sha256.Sum256(append(key[:], what...))
}

// anyIncludes reports whether one of the documents, some of which may be nil, includes files.
func anyIncludes(docs []*markdown.Doc) bool {
	return slices.ContainsFunc(docs, func(d *markdown.Doc) bool { return d != nil && len(d.Includes) > 0 })
}

// includesSame reports whether the files that a page includes are as they were.
func (b *Builder) includesSame(doc *markdown.Doc, o markdown.Options) bool {
	return len(doc.Includes) == 0 || doc.Digest == b.includesDigest(doc, o)
}

// includesDigest is the digest of a page that includes files: its own key is not enough.
func (b *Builder) includesDigest(doc *markdown.Doc, o markdown.Options) [32]byte {
	h := sha256.New()
	data, _ := doc.File.Bytes()
	h.Write(data)
	d := o.Digest()
	h.Write(d[:])
	for _, name := range doc.Includes {
		data, err := o.Include(name)
		fmt.Fprintf(h, "%s\x00%d\x00%v\x00", name, len(data), err != nil)
		h.Write(data)
	}
	var sum [32]byte
	h.Sum(sum[:0])
	return sum
}

// highlights remembers coloured code blocks, which are two thirds of a cold build.
func (b *Builder) highlights() markdown.Memo {
	if b.o.Cache == nil {
		return markdown.Memo{}
	}
	return markdown.Memo{Get: b.o.Cache.Get, Put: b.o.Cache.Put}
}

type assetFact struct {
	digest  [32]byte
	size    plan.Size
	drawing *drawnFact // nil for what is no drawing
}

type assetFacts struct {
	digests  map[string][32]byte // of the files as they are
	keys     map[string][32]byte // of what is published
	sizes    map[string]plan.Size
	drawings map[string]*drawnFact // those that are not published as they are
}

// assets digests the files that are published as they are, and measures images; the build began at began. What came of a file is known to later builds, unless it may be written
// again without a sign.
func (b *Builder) assets(ctx context.Context, proj *source.Project, began time.Time) (assetFacts, error) {
	facts := make([]assetFact, len(proj.Assets))
	err := parallel(ctx, b.o.Jobs, len(proj.Assets), func(i int) error {
		a := proj.Assets[i]
		f, ok := b.known[a]
		if !ok {
			var err error
			if f, err = b.asset(proj, a, began); err != nil {
				return fmt.Errorf("%s: %w", path.Join(source.ContentDir, a.Path), err)
			}
		}
		facts[i] = f
		return nil
	})
	if err != nil {
		return assetFacts{}, err
	}
	out := assetFacts{digests: map[string][32]byte{}, keys: map[string][32]byte{}, sizes: map[string]plan.Size{}, drawings: map[string]*drawnFact{}}
	trusted := proj.Config.Markdown.HTML == "allow"
	next := map[source.Asset]assetFact{}
	for i, a := range proj.Assets {
		if aged(a.Mod, began) {
			next[a] = facts[i]
		}
		out.digests[a.Path], out.keys[a.Path] = facts[i].digest, facts[i].digest
		if d := facts[i].drawing; d != nil && !trusted && (d.Fault != nil || len(d.Taken) > 0) {
			out.drawings[a.Path], out.keys[a.Path] = d, d.Clean
		}
		if facts[i].size != (plan.Size{}) {
			out.sizes[a.Path] = facts[i].size
		}
	}
	b.known = next
	return out, nil
}

// A measured is what is remembered of a file that is published as it is.
type measured struct {
	Digest [32]byte
	Size   plan.Size
}

var measuredShape = wire.Shape(measured{})

// measures changes when the same file has another size.
const measures = 1

// asset finds out what there is to know of a file. It is not read where an earlier program has read it and the file system says that it is the same, as with pages.
func (b *Builder) asset(proj *source.Project, a source.Asset, began time.Time) (assetFact, error) {
	if !a.Kept.Known() {
		return b.readAsset(proj, a)
	}
	key := sha256.Sum256(fmt.Appendf(nil, "file %x %d %q %d", measuredShape, measures, a.Path, a.Stat))
	var m measured
	if b.get(key, &m) {
		f := assetFact{digest: m.Digest, size: m.Size}
		if isDrawing(a.Path) {
			f.drawing = b.drawnBefore(m.Digest)
		}
		if !isDrawing(a.Path) || f.drawing != nil {
			return f, nil
		}
	}
	f, err := b.readAsset(proj, a)
	if err == nil && aged(max(a.Mod, a.Kept.Changed), began) {
		b.o.Cache.Put(key, wire.Marshal(&measured{f.digest, f.size}))
	}
	return f, err
}

func (b *Builder) readAsset(proj *source.Project, a source.Asset) (f assetFact, err error) {
	if !isImage(a.Path) { // a film need not be held
		h := sha256.New()
		err = proj.Copy(h, a)
		f.digest = [32]byte(h.Sum(nil))
		return f, err
	}
	data, err := proj.Open(a)
	if err != nil {
		return f, err
	}
	f = assetFact{digest: diag.Digest(data), size: measure(a.Path, data)}
	if isDrawing(a.Path) {
		f.drawing = b.drawn(data, f.digest)
	}
	return f, nil
}

func isDrawing(name string) bool { return strings.EqualFold(path.Ext(name), ".svg") }

// isImage reports whether measure looks into a file.
func isImage(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg":
		return true
	}
	return false
}

func measure(name string, data []byte) plan.Size {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp":
		return plan.Size(picture.Measure(data))
	case ".svg":
		return svgSize(data)
	}
	return plan.Size{}
}
