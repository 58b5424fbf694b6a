package build

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"sync"
	"time"

	"waymark/internal/diag"
	"waymark/internal/plan"
	"waymark/internal/source"
	"waymark/internal/theme"
	"waymark/internal/wire"
)

// A record is what a build comes to, without the bytes: the outputs with their keys, and what there was to say. It is remembered under the digest of all that a build
// reads, so that a build in which nothing changed need only read its input: it neither parses nor plans, and where the destination has all files under their
// keys it renders nothing either. Should a file be wanted all the same, the whole build is made for it.
type record struct {
	Files []recordFile
	Stats plan.Stats
	Said  []note
	Pages int // parsed
}

type recordFile struct {
	Path string
	Key  [32]byte
	HTML bool
}

var recordShape = wire.Shape(record{})

// read digests every page, so that nothing that is remembered needs to be read again; the build began at began. A file of which the
// file system keeps the same is taken for the same; a builder that builds again does so by size and time where no more is known. It is left out when nothing is remembered: then each page is read once, to be parsed.
func (b *Builder) read(ctx context.Context, proj *source.Project, began time.Time) ([][32]byte, error) {
	sums := make([][32]byte, len(proj.Pages))
	for i, p := range proj.Pages {
		if s := lookUp(b.sums, i, p.Path); s != nil && s.stat == p.Stat {
			sums[i] = s.sum
		}
	}
	if b.o.Cache.Empty() {
		return sums, nil
	}
	if len(b.sums) == 0 {
		b.findSums(proj, sums)
	}
	anew := slices.Contains(sums, [32]byte{})
	err := parallel(ctx, b.o.Jobs, len(proj.Pages), func(i int) error {
		if sums[i] != ([32]byte{}) {
			return nil
		}
		f := proj.Pages[i].File
		defer f.Release()
		data, err := f.Bytes()
		sums[i] = diag.Digest(data)
		return err
	})
	if err == nil && anew {
		b.storeSums(proj, sums, began)
	}
	return sums, err
}

// together is of how many pages of a folder the digests are remembered as one, at most: when one of them changes, or one comes before them, all of these are read again.
const together = 64

// eachTogether calls f for each group of pages whose digests are remembered as one: from the page from up to the page to.
func eachTogether(pages []source.Page, f func(from, to int)) {
	for from := 0; from < len(pages); {
		dir, to := path.Dir(pages[from].Path), from+1
		for to < len(pages) && to-from < together && path.Dir(pages[to].Path) == dir {
			to++
		}
		f(from, to)
		from = to
	}
}

// findSums fills in the digests of pages that are as they were when they were read by an earlier program: the file system keeps the same of them. It needs more than size and time
// for that, since a file that is put in the place of another one may well have these of the other.
func (b *Builder) findSums(proj *source.Project, sums [][32]byte) {
	eachTogether(proj.Pages, func(from, to int) {
		key, ok := sumsKey(proj.Pages[from:to])
		if !ok {
			return
		}
		b.getDigests(key, sums[from:to])
	})
}

// getDigests fills in digests that are remembered as one under key, and reports whether they are.
func (b *Builder) getDigests(key [32]byte, list [][32]byte) bool {
	raw, ok := b.o.Cache.Get(key)
	if !ok || len(raw) != 32*len(list) {
		return false
	}
	for i := range list {
		list[i] = [32]byte(raw[32*i:])
	}
	return true
}

func (b *Builder) putDigests(key [32]byte, list [][32]byte) {
	raw := make([]byte, 0, 32*len(list))
	for _, sum := range list {
		raw = append(raw, sum[:]...)
	}
	b.o.Cache.Put(key, raw)
}

// storeSums remembers the digests of pages that were read after began for later programs, but for those of which the file system may not tell that they are written again.
func (b *Builder) storeSums(proj *source.Project, sums [][32]byte, began time.Time) {
	if b.o.Cache == nil {
		return
	}
	young := func(p source.Page) bool { return !aged(max(p.Mod, p.Kept.Changed), began) }
	eachTogether(proj.Pages, func(from, to int) {
		pages := proj.Pages[from:to]
		key, ok := sumsKey(pages)
		if !ok || slices.ContainsFunc(pages, young) {
			return
		}
		b.putDigests(key, sums[from:to])
	})
}

// sumsKey is the key of the digests of pages, and false where not enough is known of a file.
func sumsKey(pages []source.Page) (key [32]byte, ok bool) {
	h := sha256.New()
	h.Write([]byte("digests of pages"))
	for _, p := range pages {
		if !p.Kept.Known() {
			return key, false
		}
		fmt.Fprintf(h, "\x00%s\x00%d %d %d %d", p.Path, p.Size, p.Mod, p.Kept.ID, p.Kept.Changed)
	}
	return [32]byte(h.Sum(nil)), true
}

// young is how long the time of a file may not tell two versions apart: file systems count in steps of up to two seconds.
const young = 2 * time.Second

// aged reports whether a file of that time, read after began, has another time when it is written again.
func aged(mod int64, began time.Time) bool { return mod > 0 && mod < began.Add(-young).UnixNano() }

// keepSums remembers the digests of pages that were read after began. One that was written just before may be written again without a sign.
func (b *Builder) keepSums(proj *source.Project, sums [][32]byte, began time.Time) {
	b.sums = make([]pageSum, len(sums))
	for i, p := range proj.Pages {
		b.sums[i].path = p.Path
		if aged(p.Mod, began) {
			b.sums[i] = pageSum{p.Path, p.Stat, sums[i]}
		}
	}
}

// An input is what was read for a build besides the configuration.
type input struct {
	look   *theme.Theme
	found  diag.List  // faults of names and settings
	sums   [][32]byte // digests of the pages
	assets assetFacts
	frame  [32]byte // see Builder.frame

	// reported waits until the theme's templates are read, and returns what there is to say besides what pages and plan say.
	reported func() diag.List
}

// frame is the digest of all that a build reads besides the text of the pages: the program, the options, the configuration, the theme, the list of pages and every other file
// of the content.
func (b *Builder) frame(proj *source.Project, in input) [32]byte {
	h := sha256.New()
	h.Write(recordShape[:])
	h.Write(docShape[:])
	o := &b.o // without Jobs, Progress and the like, which change no byte
	fmt.Fprintf(h, "%q %q %q %v %v %v %v %v %v %v\x00", o.Program, o.Today, o.For, o.Drafts, o.Stale, o.Strict, o.Learners, o.Check, o.Draw, o.Serve)
	for _, f := range proj.Texts() {
		data, _ := f.Bytes()
		fmt.Fprintf(h, "%s\x00%d\x00", f.Path, len(data))
		h.Write(data)
	}
	for _, k := range slices.Sorted(maps.Keys(o.Set)) {
		fmt.Fprintf(h, "%s=%q\x00", k, o.Set[k])
	}
	h.Write(in.look.Digest[:])
	for _, a := range in.look.Assets {
		fmt.Fprintf(h, "%s\x00", a.Path)
		h.Write(a.Digest[:])
	}
	paths := make([]byte, 0, 64*len(proj.Pages))
	for _, p := range proj.Pages {
		paths = append(append(paths, p.Path...), 0)
	}
	h.Write(paths)
	for _, a := range proj.Assets {
		fmt.Fprintf(h, "\x00%s\x00", a.Path)
		sum := in.assets.digests[a.Path]
		h.Write(sum[:])
	}
	for _, d := range in.found { // of the list of files, which is not read from one
		fmt.Fprintf(h, "%s\x00%s\x00", d.Code, d.Message)
	}
	return [32]byte(h.Sum(nil))
}

// recordKey is the digest of all that a build reads.
func recordKey(in input) [32]byte {
	h := sha256.New()
	h.Write(in.frame[:])
	for _, sum := range in.sums {
		h.Write(sum[:])
	}
	return [32]byte(h.Sum(nil))
}

// recall fills in the site of a build that is remembered, and returns what it said.
func (b *Builder) recall(ctx context.Context, site *Site, in input) (diag.List, bool) {
	if b.o.Serve || b.o.Program == "" || b.o.forget || b.o.Cache.Empty() {
		return nil, false // the live preview remembers in memory, and asks for every page
	}
	proj := site.Project
	raw, ok := b.o.Cache.Get(recordKey(in))
	var r record
	if !ok || wire.Unmarshal(raw, &r) != nil {
		return nil, false
	}
	b.lacks(ctx, site)
	for _, f := range r.Files {
		site.Files = append(site.Files, File{Path: f.Path, Key: f.Key, HTML: f.HTML, Write: func(w io.Writer) error { return site.write(w, f.Path, f.Key) }})
	}
	site.Stats, site.Remembered = r.Stats, r.Pages
	return newReader(proj).read(r.Said), true
}

// Forget lets the builder's builds take from what earlier ones remembered neither a build nor a plan, nor a page whose text would be read again when it is rendered. They come to a
// site however often the content changes meanwhile.
func (b *Builder) Forget() {
	b.o.forget, b.atOnce = true, true
	b.docs, b.last = [2][]pageDoc{}, nil
}

// lacks says that the site has no plan: the whole is built when it is asked for.
func (b *Builder) lacks(ctx context.Context, site *Site) {
	site.whole = sync.OnceValues(func() (*Site, error) {
		whole := New(b.o)
		whole.o.forget = true
		s, ds, err := whole.Build(ctx)
		if err == nil && ds.HasErrors() {
			err = ErrChanged
		}
		return s, err
	})
}

// write writes an output as the whole has it.
func (s *Site) write(w io.Writer, path string, key [32]byte) error {
	whole, err := s.whole()
	if err != nil {
		return err
	}
	now, ok := whole.Lookup(path)
	if !ok || now.Key != key {
		return ErrChanged
	}
	return now.Write(w)
}

// ErrChanged is what a Site of a build that was remembered says when its content has changed since: its outputs are not to be had any more. See Builder.Forget.
var ErrChanged = errors.New("the content changed while the site was built; build again")

// record remembers a build that came to a site. One with a page that includes files is not remembered, nor is a site with a fault in a file that is not the project's.
func (b *Builder) record(site *Site, in input, ds diag.List, includes bool) {
	if b.o.Cache == nil || b.o.Serve || b.o.Program == "" || includes {
		return
	}
	proj := site.Project
	r := record{Stats: site.Stats, Pages: len(proj.Pages), Files: make([]recordFile, len(site.Files))}
	for i, f := range site.Files {
		r.Files[i] = recordFile{f.Path, f.Key, f.HTML}
	}
	b.o.Cache.Later(func() {
		n := newNoter(proj)
		r.Said = n.notes(ds)
		if n.fine {
			wire.LendLarge(len(r.Files)*128+sizeOf(r.Said), &r, func(raw []byte) { b.o.Cache.Put(recordKey(in), raw) })
		}
	})
}
