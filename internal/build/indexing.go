package build

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"sort"
	"sync"

	"waymark/internal/cache"
	"waymark/internal/diag"
	"waymark/internal/search"
	"waymark/internal/wire"
)

// An indexing makes the files of the index of a site.
type indexing struct {
	b      *Builder
	pages  []searchable
	layout search.Layout
	o      search.Options
	family [32]byte // digest of what the indexes have in common that can be made of one another: the list of pages
	metas  [32]byte // digest of what the index says of pages besides their terms
	key    [32]byte // digest of all
}

// An indexEntry is what is remembered of a file of the index.
type indexEntry struct {
	Path string
	Key  [32]byte
}

// An indexBase is what is remembered of an index that was joined from all pages, for the next ones of its family: those of the same pages with other words.
type indexBase struct {
	Of     [32]byte // key of the index
	Metas  [32]byte
	Base   search.Base
	Pages  [][32]byte   // keys of what each page added
	Terms  []indexEntry // the files of terms, in their order
	Titles []indexEntry // the others
}

// index lists the files of the index. Their names follow from the terms, so the list is remembered under the digest of what made it.
func (b *Builder) index(site *Site, layout search.Layout, pages []searchable) []File {
	x := &indexing{b: b, pages: pages, layout: layout, o: searchOptions(site)}
	h := sha256.New()
	fmt.Fprintf(h, "search index %d\x00", search.Version)
	h.Write(wire.Marshal(&x.layout))
	h.Sum(x.family[:0])
	h.Write(wire.Marshal(&x.o))
	for i := range pages {
		wire.Lend(&pages[i].meta, func(b []byte) { h.Write(b) })
	}
	h.Sum(x.metas[:0])
	for i := range pages {
		h.Write(pages[i].digest[:])
	}
	h.Sum(x.key[:0])
	files, err := x.files()
	if err != nil {
		// What fails here fails again when the files are written, and is reported then.
		return []File{{Path: search.Dir + "meta.js", Key: x.key, Write: func(io.Writer) error { return err }}}
	}
	return files
}

// files lists the files. All data of the index are made when one file is written of which they are not at hand.
func (x *indexing) files() ([]File, error) {
	b := x.b
	whole := sync.OnceValues(func() (map[string][]byte, error) {
		j, err := x.join()
		if err != nil {
			return nil, err
		}
		return dataOf(j.Terms(), j.Titles()), nil
	})
	b.indexed.mu.Lock()
	defer b.indexed.mu.Unlock()
	var entries []indexEntry
	var made map[string][]byte
	if b.indexed.key == x.key {
		entries = b.indexed.entries
	} else if raw, ok := b.o.Cache.Get(x.key); !ok || wire.Unmarshal(raw, &entries) != nil || len(entries) == 0 {
		if entries, made = x.change(); made == nil {
			j, err := x.join()
			if err != nil {
				return nil, err
			}
			terms, titles := j.Terms(), j.Titles()
			made = dataOf(terms, titles)
			base := indexBase{Terms: entriesOf(terms, nil), Titles: entriesOf(titles, nil)}
			entries = slices.Concat(base.Terms, base.Titles)
			b.o.Cache.Later(func() { x.keep(&base, j) })
		}
		sort.Slice(entries, func(i, j int) bool { return entries[i].Path < entries[j].Path })
		b.o.Cache.Put(x.key, wire.Marshal(&entries))
	}
	b.indexed.key, b.indexed.entries = x.key, entries
	files := []File{}
	for _, e := range entries {
		files = append(files, File{Path: e.Path, Key: e.Key, Write: func(w io.Writer) error {
			data, ok := made[e.Path]
			if !ok {
				all, err := whole()
				if err != nil {
					return err
				}
				if data, ok = all[e.Path]; !ok {
					return fmt.Errorf("%s: the index has no such file", e.Path)
				}
			}
			_, err := w.Write(data)
			return err
		}})
	}
	return files, nil
}

func dataOf(lists ...[]search.File) map[string][]byte {
	data := map[string][]byte{}
	for _, files := range lists {
		for _, f := range files {
			if f.Data != nil {
				data[f.Path] = f.Data
			}
		}
	}
	return data
}

// entriesOf returns the entries of files; those of files without data are those that they have in old.
func entriesOf(files []search.File, old []indexEntry) []indexEntry {
	of := make(map[string]indexEntry, len(old))
	for _, e := range old {
		of[e.Path] = e
	}
	entries := make([]indexEntry, len(files))
	for i, f := range files {
		if entries[i] = of[f.Path]; f.Data != nil {
			entries[i] = indexEntry{f.Path, diag.Digest(f.Data)}
		}
	}
	return entries
}

// change makes the index of the family's base and what a few pages add now. It returns the data of the files that are not as in the base; nil: there is no such base, or one that is
// not worth it.
func (x *indexing) change() ([]indexEntry, map[string][]byte) {
	kept := x.b.o.Cache
	n := x.bases()
	if n == 0 {
		return nil, nil
	}
	var base indexBase
	if raw, ok := kept.Get(x.baseKey(n - 1)); !ok || wire.Unmarshal(raw, &base) != nil || len(base.Pages) != len(x.pages) {
		return nil, nil
	}
	var changes []search.Change
	for i := range x.pages {
		part := x.pages[i].partialKey()
		if part == base.Pages[i] {
			kept.Touch(part)
			continue
		}
		if len(changes) >= max(8, len(x.pages)/32) {
			return nil, nil // what has changed since is so much that it is time for another base
		}
		was, ok := keptPartial(base.Pages[i], kept)
		if !ok {
			return nil, nil
		}
		is, err := x.b.partial(x.pages[i], kept)
		if err != nil {
			return nil, nil // which is said when all are joined
		}
		changes = append(changes, search.Change{Page: i, Was: was, Is: is})
	}
	terms, starts, ok := x.layout.Change(&base.Base, func(file int) ([]byte, bool) { return kept.Get(postingsKey(base.Of, file)) }, changes)
	if !ok {
		return nil, nil
	}
	for file := range base.Base.Ends {
		kept.Touch(postingsKey(base.Of, file))
	}
	entries := entriesOf(terms, base.Terms)
	if x.metas == base.Metas && slices.Equal(starts, base.Base.Starts()) {
		return append(entries, base.Titles...), dataOf(terms)
	}
	titles := x.layout.Titles(func(yield func(search.Meta) bool) {
		for i := range x.pages {
			if !yield(x.pages[i].meta) {
				return
			}
		}
	}, starts, x.o)
	return append(entries, entriesOf(titles, nil)...), dataOf(terms, titles)
}

// keep remembers an index that was joined, as the newest base of its family.
func (x *indexing) keep(base *indexBase, j *search.Joined) {
	kept := x.b.o.Cache
	if kept == nil || kept.Verifies() { // it is one of many that may be kept under its key
		return
	}
	base.Of, base.Metas, base.Base, base.Pages = x.key, x.metas, *j.Base(), make([][32]byte, len(x.pages))
	for i := range x.pages {
		base.Pages[i] = x.pages[i].partialKey()
	}
	_ = parallel(context.Background(), x.b.o.Jobs, len(base.Base.Ends), func(file int) error {
		kept.Put(postingsKey(x.key, file), j.Postings(file))
		return nil
	})
	wire.Lend(base, func(raw []byte) { kept.Put(x.baseKey(x.bases()), raw) })
}

// bases returns how many bases of the family are kept.
func (x *indexing) bases() (n int) {
	for x.b.o.Cache.Peek(x.baseKey(n)) {
		n++
	}
	return n
}

var baseShape = wire.Shape(indexBase{})

// baseKey is the key of the n-th base of the family. A newer one does not replace those before it, which the cache gives up when nobody has asked for them for long; the count begins
// anew then.
func (x *indexing) baseKey(n int) [32]byte {
	return derive(x.family, fmt.Sprintf("base %x %d", baseShape, n))
}

// postingsKey is the key of the postings of a file of the index that has the key index: equal keys, equal bytes.
func postingsKey(index [32]byte, file int) [32]byte {
	return derive(index, fmt.Sprintf("postings %d", file))
}

// join joins all pages. What was remembered of a page and turns out to be damaged is made anew.
func (x *indexing) join() (*search.Joined, error) {
	x.b.indexed.joins.Add(1)
	j, err := x.joinFrom(x.b.o.Cache)
	if err != nil && x.b.o.Cache != nil {
		return x.joinFrom(nil)
	}
	return j, err
}

func (x *indexing) joinFrom(remembered *cache.Cache) (*search.Joined, error) {
	parts := make([]search.Partial, len(x.pages))
	err := parallel(context.Background(), x.b.o.Jobs, len(x.pages), func(i int) (err error) {
		parts[i], err = x.b.partial(x.pages[i], remembered)
		return err
	})
	if err != nil {
		return nil, err
	}
	o := x.o
	o.Each = func(n int, do func(i int)) {
		_ = parallel(context.Background(), x.b.o.Jobs, n, func(i int) error { do(i); return nil })
	}
	return x.layout.Join(func(yield func(search.Meta, search.Partial) bool) {
		for i, p := range x.pages {
			if !yield(p.meta, parts[i]) {
				return
			}
		}
	}, o)
}
