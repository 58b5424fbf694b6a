package plan

import (
	"cmp"
	"crypto/sha256"
	"path"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/text/language"
	"waymark/internal/curriculum"
	"waymark/internal/diag"
	"waymark/internal/filename"
	"waymark/internal/schema"
	"waymark/internal/source"
	"waymark/internal/theme"
	"waymark/internal/wire"
)

// Options are what Make needs besides the curriculum and the theme.
type Options struct {
	Today schema.Date
	Serve bool   // the live preview: drafts carry a badge
	Base  string // the path that the live preview stands under, as in /handbook/; empty: /
	// ConfigAt returns the place of a text of site.yaml, for diagnostics.
	ConfigAt func(schema.Text) diag.Span
	// Images are the sizes of the content's images, by their paths; a file that is none is missing.
	Images map[string]Size
	// Copied are the smaller copies of images, by the path of the image, narrow ones first.
	Copied map[string][]Copied
	// CopyKeys are the digests of the content's files, by their paths.
	CopyKeys map[string][32]byte
	// CSS is appended to the theme's first style sheet: the colours of code.
	CSS []byte
	// Keys computes n keys, or what else is to be done for each of n pages, by calling key(i) for each; it may do so in parallel. nil: one after the other.
	Keys func(n int, key func(i int))
	// Keep is called with all that a page shows, as bytes, under their digest, which is the second of the page's Parts, and with what many pages show, under its own (see
	// Loader); and with the bytes of each Datum under its key. The bytes are others when it returns. It must be safe for concurrent use; nil: nothing is kept.
	Keep func(sum [32]byte, data []byte)
	// Hold bounds the bytes of what was made for keys and is held until it is written: views of pages, and files. What is not held is made again.
	Hold int64
	// Check leaves the keys out: nothing will be rendered.
	Check bool
}

// Size is the size of an image in pixels.
type Size struct{ Width, Height int }

// Make plans every output. The list holds what can only be seen now: two sources with one address, aliases that cannot be, colours that cannot be read.
func Make(cur *curriculum.Curriculum, look *theme.Theme, o Options) (*Plan, diag.List) {
	m := &maker{
		Curriculum: cur, look: look, o: o, cfg: cur.Config, plan: &Plan{Books: map[string]string{}},
		at:    addresses{folder: cur.Config.URLs == "folder", keep: cur.Config.Numbers == "keep"},
		out:   make(map[*curriculum.Module]string, len(cur.Modules)),
		langs: map[string]string{}, owner: map[string]claim{}, folders: map[string]folder{}, twofold: map[string]bool{},
	}
	s := settings{Checks: cur.Config.Checks}
	for _, r := range cur.Config.Roles {
		s.Roles = append(s.Roles, r.ID.Value, r.Title)
	}
	m.settings = diag.Digest(wire.Marshal(&s))
	m.extra = map[string]bool{}
	for _, files := range look.Meta.Extra {
		for _, f := range files {
			m.extra[f] = false
		}
	}
	m.speaks()
	m.claimAll()
	m.searchFiles()
	m.smaller()
	m.bookNames()
	m.navigation()
	m.pages()
	m.copies()
	m.data()
	m.brand()
	m.templates()
	m.keys()
	m.offline()
	return m.plan, m.ds
}

// speaks reports a language of the site, or of pages, in which the theme has no words: once, at the first page.
func (m *maker) speaks() {
	said := map[string]bool{}
	speaks := func(lang string, at func() diag.Span) {
		tag, err := language.Parse(lang)
		if err != nil || m.look.Speaks(lang) {
			return // that it is no language was said
		}
		base, _ := tag.Base()
		if said[base.String()] {
			return
		}
		said[base.String()] = true
		file := path.Join("themes", cmp.Or(m.cfg.Theme.Value, "default"), "messages", base.String()+".yaml")
		m.ds.Add("theme/language", at(), "put words of your own into "+file+", all or a part of those in the copy that `waymark theme eject messages/en.yaml` makes",
			"the theme has no words in the language %s, so the interface uses those of %s", diag.Quote(lang), diag.Quote(m.look.Language(lang)))
	}
	speaks(m.cfg.Language, m.cfg.LanguageAt)
	var mods []*curriculum.Module
	for _, mod := range m.Modules {
		if mod.Doc.Meta.Lang.Value != "" {
			mods = append(mods, mod)
		}
	}
	sort.Slice(mods, func(i, j int) bool { return mods[i].Source < mods[j].Source })
	for _, mod := range mods {
		l := mod.Doc.Meta.Lang
		speaks(l.Value, func() diag.Span { return mod.Doc.File.Span(l.At) })
	}
}

// settings are what render knows of the site besides a page's view.
type settings struct {
	Checks source.Checks
	Roles  []string // ids and titles
}

type maker struct {
	*curriculum.Curriculum
	look     *theme.Theme
	o        Options
	cfg      *source.Config
	at       addresses
	plan     *Plan
	ds       diag.List
	settings [32]byte

	out     map[*curriculum.Module]string
	langs   map[string]string           // language of a page, by its output, where it says one
	owner   map[string]claim            // by folded path
	folders map[string]folder           // by folded path
	twofold map[string]bool             // folders of which it was said that they are spelt in two ways
	books   map[*curriculum.Path]string // outputs of the workbooks
	copied  map[string][]sized          // smaller copies of images, by the image's path
	extra   map[string]bool             // the theme's files for what only some pages use, and whether a page does
	home    *curriculum.Module
	gloss   *curriculum.Module
	nav     []navEntry
	terms   string       // output with the glossary
	build   string       // see buildID
	sites   sync.Map     // siteKey → *Site
	assets  sync.Map     // assetsKey → *Assets
	rails   sync.Map     // railKey → *Rail
	held    atomic.Int64 // bytes that are held; see Options.Hold
}

// add plans a page.
func (m *maker) add(p Page) {
	p.Lang = m.langAt(p.Path)
	m.addExtra(&p)
	m.plan.Pages = append(m.plan.Pages, p)
}

// keys computes the key of every page and of every file made of the curriculum.
func (m *maker) keys() {
	pages := m.plan.Pages
	sort.Slice(pages, func(i, j int) bool { return pages[i].Path < pages[j].Path })
	slices.SortStableFunc(m.plan.Copies, func(a, b Copy) int { return strings.Compare(a.Path, b.Path) })
	slices.SortStableFunc(m.plan.Data, func(a, b Datum) int { return strings.Compare(a.Path, b.Path) })
	if m.o.Check {
		return
	}
	var shared digests
	one := func(i int) {
		if i == 0 { // first, for together they take as long as a hundred pages; one after the other, for those of a large site are large
			m.sealData()
			return
		}
		p := &pages[i-1]
		s := m.stored(p, &shared)
		wire.Lend(s, func(b []byte) {
			p.Parts[1] = sha256.Sum256(b)
			m.keep(p.Parts[1], b)
			if m.room(len(b)) {
				p.hold(s.View)
			}
		})
		p.Parts[2] = m.look.Digest
		p.Parts[3] = [32]byte{Version}
		p.seal()
	}
	m.each(1+len(pages), one)
}

// each calls f for each number below n; see Options.Keys.
func (m *maker) each(n int, f func(i int)) {
	if m.o.Keys != nil {
		m.o.Keys(n, f)
		return
	}
	for i := range n {
		f(i)
	}
}

// copies plans the files that are published as they are.
func (m *maker) copies() {
	for _, a := range m.Assets {
		m.plan.Copies = append(m.plan.Copies, Copy{Path: m.at.asset(a.Path), Key: m.o.CopyKeys[a.Path], Source: a.Path})
	}
	for _, a := range m.look.Assets {
		p := assetsDir + a.Path
		if why := filename.Fault(p); why != "" {
			m.ds.Add("site/file-name", m.o.ConfigAt(m.cfg.Theme), "rename the file in the theme", "the theme's %s cannot be published: %s", diag.Quote(p), why)
			continue
		}
		if use, extra := m.extra[a.Path]; extra || a.Packed {
			m.claim(p, claim{"the theme's " + diag.Quote(a.Path), diag.Span{}, p})
			if use || !extra {
				m.plan.Data = append(m.plan.Data, Datum{Path: p, Key: a.Digest, Make: a.Bytes})
			}
			continue
		}
		data, key := a.Data, a.Digest
		if len(m.look.Meta.CSS) > 0 && a.Path == m.look.Meta.CSS[0] {
			data = append(append(slices.Clip(data), m.brandCSS()...), m.o.CSS...)
			key = diag.Digest(data)
		}
		m.claim(p, claim{"the theme's " + diag.Quote(a.Path), diag.Span{}, p})
		m.plan.Copies = append(m.plan.Copies, Copy{Path: p, Key: key, Data: data})
	}
}

// content returns what fills the holes of a module's document in the page at out.
func (m *maker) content(mod *curriculum.Module, out, prefix string, edition map[*curriculum.Module]string) Content {
	doc := mod.Doc
	c := Content{Doc: doc, Prefix: prefix, Hrefs: make([]string, len(doc.Links)), Rels: make([]Rel, len(doc.Links)), Images: make([]ImageAttrs, len(doc.Images))}
	for i, t := range mod.Targets {
		c.Hrefs[i], c.Rels[i] = m.href(out, t, edition)
	}
	for i, img := range doc.Images {
		t := mod.Targets[img.Link]
		c.Images[i] = m.image(out, t.Name, c.Hrefs[img.Link], img.Width, i > 0)
		if t.Kind != curriculum.ToAsset {
			c.Images[i].Src = ""
		}
	}
	for _, k := range doc.Checks {
		if k.Same == "" || len(k.Options) > 0 {
			continue
		}
		if other := m.Check(k.Same); other != nil {
			if c.Scales == nil {
				c.Scales = map[string]Scale{}
			}
			scale := Scale{Prompt: other.Prompt.Plain}
			for _, o := range other.Options {
				scale.Points = append(scale.Points, o.Text.Plain)
			}
			c.Scales[k.ID] = scale
		}
	}
	return c
}

// href returns the address of a link's target and the attributes that go with it. In an edition of several pages, links between them stay in it.
func (m *maker) href(out string, t curriculum.Target, edition map[*curriculum.Module]string) (href string, rel Rel) {
	switch t.Kind {
	case curriculum.External:
		if strings.HasPrefix(t.Name, "http:") || strings.HasPrefix(t.Name, "https:") || strings.HasPrefix(t.Name, "//") {
			return t.Name, RelExternal
		}
		return t.Name, RelNone
	case curriculum.ToModule:
		if p, ok := edition[t.Module]; ok {
			if t.Fragment == "" {
				return relative(out, out, partID(p)+".top"), RelNone
			}
			return relative(out, out, p+t.Fragment), RelNone
		}
		if t.Fragment == "" && m.out[t.Module] == out {
			return "#page.main", RelNone
		}
		return relative(out, m.out[t.Module], t.Fragment), RelNone
	case curriculum.ToSection:
		return relative(out, m.at.section(t.Section), ""), RelNone
	case curriculum.ToHome:
		return relative(out, homePath, ""), RelNone
	case curriculum.ToAsset:
		return relative(out, m.at.asset(t.Name), t.Fragment), RelNone
	case curriculum.ToTerm:
		return relative(out, m.terms, t.Name), RelNone
	}
	return t.Name, RelNone // Broken: what the author wrote, as `links: warn` lets through; Absent: nothing
}

// link leads from the page at out to a module. It is safe for concurrent use.
func (m *maker) link(out string, mod *curriculum.Module) Link {
	return Link{Text: mod.Title, URL: relative(out, m.out[mod], ""), Lang: m.foreign(out, mod)}
}

// foreign returns the language of what a page says, or of what the site says (nil), where it is not that of the page at out, or of the site (""): text in it is marked
// there, so that it is spoken and written as what it is.
func (m *maker) foreign(out string, mod *curriculum.Module) string {
	l := lang(mod, m.cfg)
	if l == m.langAt(out) {
		return ""
	}
	return l
}

// langAt is the language of the page at out.
func (m *maker) langAt(out string) string { return cmp.Or(m.langs[out], m.cfg.Language) }

// wordAt is a message in the language of the page at out.
func (m *maker) wordAt(out, key string) string {
	return m.look.Message(m.look.Language(m.langAt(out)), key)
}

func lang(mod *curriculum.Module, cfg *source.Config) string {
	if mod != nil && mod.Doc.Meta.Lang.Value != "" {
		return mod.Doc.Meta.Lang.Value
	}
	return cfg.Language
}
