package build

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"waymark/internal/cache"
	"waymark/internal/markdown"
	"waymark/internal/search"
	"waymark/internal/source"
	"waymark/internal/wire"
)

// A searchable is a page that the search finds.
type searchable struct {
	file   string   // of the author; empty for the glossary that the build makes
	digest [32]byte // of the document, and of the terms
	prose  func() (*markdown.Prose, error)
	meta   search.Meta
	terms  []source.Term // explained on the page, below its text
}

// searchFiles adds the search index to the site's files. Files of text are made one by one when they are written; the terms of all pages are joined
// only when something in them changed. In the live preview the files are listed when somebody searches.
func (b *Builder) searchFiles(site *Site) {
	switch {
	case site.Config.Search.Off:
	case b.o.Serve:
		site.search = sync.OnceValue(func() []File { return b.searchList(site) })
	default:
		site.Files = append(site.Files, b.searchList(site)...)
	}
}

// searchList lists the files of the search index, ordered by path.
func (b *Builder) searchList(site *Site) (files []File) {
	pages := site.finds
	if pages == nil && site.Plan != nil {
		pages = b.searchables(site)
	}
	if len(pages) == 0 {
		return nil
	}
	layout := layoutOf(pages)
	files = append(b.texts(layout, pages), b.index(site, layout, pages)...)
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files
}

func layoutOf(pages []searchable) search.Layout {
	urls := make([]string, len(pages))
	for i, p := range pages {
		urls[i] = p.meta.URL
	}
	return search.NewLayout(urls)
}

// texts lists the files of text of the search.
func (b *Builder) texts(layout search.Layout, pages []searchable) (files []File) {
	for block := range layout.Texts() {
		from, to := layout.Pages(block)
		h := sha256.New()
		fmt.Fprintf(h, "search text %d %s %d\x00", search.Version, layout.Stamp, block)
		for _, p := range pages[from:to] {
			h.Write(p.digest[:])
			h.Write(wire.Marshal(&p.meta))
		}
		f := File{Path: layout.TextPath(block), Write: func(w io.Writer) error {
			docs := make([]search.Doc, 0, to-from)
			for _, p := range pages[from:to] {
				d, err := searchDoc(p)
				if err != nil {
					return err
				}
				docs = append(docs, d)
			}
			_, err := w.Write(layout.Text(block, docs).Data)
			return err
		}}
		h.Sum(f.Key[:0])
		files = append(files, f)
	}
	return files
}

// partialKey is the key of what a page adds to the index.
func (p *searchable) partialKey() [32]byte {
	return derive(p.digest, fmt.Sprintf("search %d %s\x00%s", search.Version, p.meta.Title, p.meta.Lang))
}

// explain adds the terms that the page of the glossary explains below its text.
func (p *searchable) explain(terms []source.Term) {
	if p.terms = terms; len(terms) == 0 {
		return
	}
	h := sha256.New()
	for _, t := range terms {
		fmt.Fprintf(h, "%q %q %q %q\n", t.ID.Value, t.Term, t.Also, t.Text)
	}
	p.digest = derive(p.digest, "terms "+string(h.Sum(nil)))
}

// keptPartial returns what is remembered under key of what a page adds to the index.
func keptPartial(key [32]byte, remembered *cache.Cache) (part search.Partial, ok bool) {
	raw, ok := remembered.Get(key)
	ok = ok && wire.Unmarshal(raw, &part) == nil
	return part, ok
}

// partial returns what a page adds to the index, remembered by the page's digest.
func (b *Builder) partial(p searchable, remembered *cache.Cache) (search.Partial, error) {
	key := p.partialKey()
	if part, ok := b.ahead.parts.LoadAndDelete(key); ok {
		return part.(search.Partial), nil
	}
	if part, ok := keptPartial(key, remembered); ok {
		return part, nil
	}
	return newPartial(p, key, remembered)
}

// newPartial makes what a page adds to the index, which has the key key.
func newPartial(p searchable, key [32]byte, remembered *cache.Cache) (part search.Partial, err error) {
	d, err := searchDoc(p)
	if err != nil {
		return part, err
	}
	part = search.Page(d)
	wire.Lend(&part, func(raw []byte) { remembered.Put(key, raw) })
	return part, nil
}

// ready makes what a page adds to the index of the search, as far as it can be told before the curriculum is known: a title that follows from the name of the file cannot.
func (b *Builder) ready(doc *markdown.Doc, language string) {
	if language != "" && doc.Title.Value != "" && findable(doc) {
		meta := search.Meta{Title: doc.Title.Value, Lang: cmp.Or(doc.Meta.Lang.Value, language)}
		p := searchable{file: doc.File.Path, digest: doc.Digest, prose: doc.Prose, meta: meta}
		key := p.partialKey()
		// What fails here fails again when the index is made, and is reported then.
		part, err := newPartial(p, key, b.o.Cache)
		if size := int64(len(part.Postings)); err == nil && b.held.Add(size) <= b.hold {
			b.ahead.parts.Store(key, part)
		} else {
			b.held.Add(-size)
		}
	}
}

// findable reports whether the author lets the search find a page.
func findable(doc *markdown.Doc) bool { return doc.Meta.Search == nil || *doc.Meta.Search }

// searchables lists the pages that the search finds, in the order of their addresses.
func (b *Builder) searchables(site *Site) []searchable {
	var pages []searchable
	for i := range site.Plan.Pages {
		p := &site.Plan.Pages[i]
		if p.Template == "glossary.html" && p.Source == "" {
			lang := site.Theme.Language(site.Config.Language)
			s := searchable{prose: noProse, meta: search.Meta{URL: p.Path, Title: site.Theme.Message(lang, "nav.glossary"), Kind: "page", Lang: site.Config.Search.Language}}
			s.explain(site.Curriculum.Terms)
			pages = append(pages, s)
		}
		if p.Source == "" || p.Template == "print.html" || len(p.Contents) == 0 {
			continue
		}
		m := site.Curriculum.ModuleAt(strings.TrimPrefix(p.Source, source.ContentDir+"/"))
		if m == nil || m.Retired || m.Draft && !b.o.Serve {
			continue
		}
		if !findable(m.Doc) {
			continue
		}
		meta := search.Meta{URL: p.Path, Title: m.Title, Kind: m.Kind, Lang: cmp.Or(m.Doc.Meta.Lang.Value, site.Config.Search.Language)}
		if own := m.Doc.Meta.Lang.Value; own != site.Config.Language {
			meta.Foreign = own
		}
		for _, r := range m.Audience {
			meta.Roles = append(meta.Roles, r.ID.Value)
		}
		if m.Path != nil {
			for _, r := range m.Path.Roles {
				meta.Roles = append(meta.Roles, r.ID.Value)
			}
		}
		doc := site.doc(m)
		s := searchable{file: doc.File.Path, digest: doc.Digest, prose: doc.Prose, meta: meta}
		if p.Template == "glossary.html" {
			s.explain(site.Curriculum.Terms)
		}
		pages = append(pages, s)
	}
	return pages
}

// noProse is that of the glossary that the build makes: no author wrote any for it.
func noProse() (*markdown.Prose, error) { return &markdown.Prose{}, nil }

func searchDoc(p searchable) (search.Doc, error) {
	prose, err := p.prose()
	if err != nil {
		return search.Doc{}, fmt.Errorf("%s: %w", p.meta.URL, err)
	}
	d := search.Doc{URL: p.meta.URL, Title: p.meta.Title, Kind: p.meta.Kind, Roles: p.meta.Roles, Lang: p.meta.Lang, Foreign: p.meta.Foreign}
	lead, rest := search.Section{Text: prose.Summary, Words: strings.Join(prose.Tags, " ")}, prose.Sections
	if len(rest) > 0 && rest[0].ID == "" {
		lead.Text = strings.TrimSpace(lead.Text + " " + rest[0].Text)
		lead.Prompts, rest = rest[0].Prompts, rest[1:]
	}
	d.Sections = append(make([]search.Section, 0, 1+len(rest)), lead)
	for _, s := range rest {
		d.Sections = append(d.Sections, search.Section{ID: s.ID, Title: s.Title, Text: s.Text, Prompts: s.Prompts})
	}
	// A term stands in the text and is no heading: what is about it comes before what explains it.
	for _, t := range p.terms {
		d.Sections = append(d.Sections, search.Section{ID: t.ID.Value, Text: t.Term + ": " + t.Text, Words: strings.Join(t.Also, " ")})
	}
	return d, nil
}

func searchOptions(site *Site) search.Options {
	o := search.Options{Lang: site.Config.Language}
	for _, r := range site.Config.Roles {
		o.Roles = append(o.Roles, search.Name{ID: r.ID.Value, Title: r.Title})
	}
	lang := site.Theme.Language(site.Config.Language)
	for _, k := range []string{"path", "role", "practice", "challenge", "reading", "form", "session", "cohort", "page", "section"} {
		o.Kinds = append(o.Kinds, search.Name{ID: k, Title: site.Theme.Message(lang, "kind."+k)})
	}
	return o
}
