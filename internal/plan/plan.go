// Package plan decides every output of the site and everything that it will show.
//
// Make turns a curriculum into three plain lists: pages, copies and data. A page has a key, the digest of all that its bytes depend on (what its view
// holds, the content of its documents, the theme's templates, the renderer's version), so equal keys mean equal bytes. Nothing surprises the renderer: whatever an
// author can get wrong is reported by the end of Make. view.go is the contract with themes, url.go the only place that makes addresses.
//
// Incremental: Make runs on every build. A view is made when its key is computed, and made again when the page is rendered where it is not held (see Options.Hold), so that a
// large site need not hold all views; it is bounded to the page's own section or path, so that a change re-renders only what shows it.
package plan

import (
	"sync/atomic"

	"waymark/internal/markdown"
)

// Version is part of every key. Raise it when equal views are rendered to other bytes.
const Version = 1

// A Plan is every output of the site.
type Plan struct {
	Pages  []Page  // HTML pages, ordered by path
	Copies []Copy  // files that are published as they are, ordered by path
	Data   []Datum // files made of the curriculum: sitemap.xml, curriculum.json …, ordered by path
	// Books are the pages to print: the workbook of each path under the path's id, the whole handbook under "". There are none where site.yaml wants none.
	Books map[string]string
	Stats Stats
}

// Stats are what the summary counts.
type Stats struct {
	Modules, Paths, Checks int

	Drafts int // pages that are left out because they are drafts
}

// A Page is one HTML page.
type Page struct {
	Path     string // "roles/sponsor.html"
	Template string // "module.html"
	Lang     string
	Source   string // the source file, from the project's root; empty for pages that have none
	Key      [32]byte
	Parts    [4][32]byte // what the key is made of, for --explain: source, view, theme, version
	Contents []Content
	view     func() *View
}

// hold lets the page's view be v the first time that it is asked for, and what makes it has to make it only when it is asked for again: a view is for one who may fill it in.
func (p *Page) hold(v *View) {
	var first atomic.Pointer[View]
	first.Store(v)
	again := p.view
	p.view = func() *View {
		if v := first.Swap(nil); v != nil {
			return v
		}
		return again()
	}
}

// View makes the page's view; its template.HTML fields are empty. It is safe for concurrent use.
func (p *Page) View() *View { return p.view() }

// A Content is a document that a page shows, with what fills its holes.
type Content struct {
	Doc    *markdown.Doc
	Hrefs  []string // for each of Doc.Links: the address from the page; empty for one that is left out of this edition
	Rels   []Rel    // for each of Doc.Links: what sort of link it is
	Images []ImageAttrs
	Prefix string // of ids, in editions of several pages
	// Draws are, for each quiz of the document by its id, the questions that it may draw.
	Draws map[string][]Drawn
	// Scales are, for each rating that repeats another's scale, that scale.
	Scales map[string]Scale
	// Lent documents only give questions to a quiz; their text is not shown.
	Lent bool
}

// A Scale is what a rating asks, and the words of its points.
type Scale struct {
	Prompt string
	Points []string
}

// Drawn is a question that a quiz may draw: one of the checks of one of the page's Contents.
type Drawn struct{ Content, Check int }

// ImageAttrs are the attributes of an img element that depend on the file.
type ImageAttrs struct {
	Src           string
	Srcset, Sizes string // of its smaller copies; empty where there are none
	Width, Height int    // 0: unknown
	Lazy          bool
}

// A Copy is a file that is published as it is.
type Copy struct {
	Path   string
	Key    [32]byte // digest of its bytes
	Data   []byte   // its bytes, or nil for a file of the content
	Source string   // path under content/, when Data is nil
	// Smaller is set for a smaller copy of the picture at Source.
	Smaller *Copied
}

// A Datum is a file made of the curriculum.
type Datum struct {
	Path string
	Key  [32]byte
	Make func() ([]byte, error)
	make func() []byte // until it has a key
}

// Rel is what sort of link a link is, where that changes its attributes.
type Rel uint8

const (
	RelNone     Rel = iota
	RelExternal     // leads out of the site
)
