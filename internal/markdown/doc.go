// Package markdown turns one page into a Doc: its front matter, its prose and its blocks, with every fault that can
// be seen in the page alone.
//
//	doc, err := markdown.Parse(file, options)       // err is the machine's; the page's faults are in doc.Diags
//	content, err := doc.Content()
//	err = markdown.Write(&buf, content.Body, filler) // HTML, with what only other pages know filled in
//
// Parse is a pure function of the file's bytes and the Options: it reads no other page, no clock and no disk (an included file comes from a
// function in the Options, and is part of the Doc's digest), so its result can be remembered. What depends on other pages (where a link leads,
// how large an image is, how a theme draws a block) is left as a hole in the HTML, which Write fills in later.
//
// The syntax is CommonMark 0.31.2 with GFM, footnotes, definition lists, heading attributes, GitHub's alerts, and containers between lines of
// colons. Goldmark parses; limits (limit.go) stand before those parts of it that take too long on some input. The HTML is drawn here.
//
// The HTML has no styles in attributes. What a theme may rely on are these classes: anchor (link of a heading to itself), term, cite,
// footnote-ref, footnote-back, footnotes; saypair around say with rather-not behind it; tablewrap around a table, left, right and center on cells; tasks on a list with boxes; figure.code around
// code with a title, chroma on highlighted code (see HighlightCSS), mermaid and math on pre; tab on the sections of tabs.
package markdown

import (
	"waymark/internal/diag"
	"waymark/internal/quiz"
	"waymark/internal/schema"
)

// Options are what Parse needs to know of the site. Everything in them is part of a page's digest.
type Options struct {
	HTML        string            // sanitize (also ""), escape, allow
	Lenient     bool              // front_matter: lenient
	Kind        string            // the kind of a page that names none: "path" under content/paths, "cohort" under content/cohorts, "page" elsewhere
	Words       map[string]string // the site's own names for containers: "pregunta" → "question"
	Audiences   []string          // role ids: each is a container word
	Blocks      []string          // container words of the theme's own: it has templates of these names
	TrueFalse   [][2]string       // word pairs for true/false besides True/False
	Terms       map[string]Term   // glossary, by id
	Typographer bool
	Language    string // the site's, for pages without lang
	For         string // id of a role: blocks and reading items for other roles are left out, as if they were not written
	Learners    bool   // notes for facilitators are left out

	// Include returns the bytes of another file of the content, for `::: include`. The path is slash-separated and counts from the
	// project's root, as diag.File.Path does; it never leads out of it. Without Include, including is a fault.
	Include func(path string) ([]byte, error) `wire:"-"`
	// Facts leaves code out of the content: a check wants what is known of a page, not its HTML, and colouring is most of the work.
	Facts bool `wire:"-"`
	// Memo remembers highlighted code. Its functions must be safe for concurrent use; each may be nil.
	Memo Memo `wire:"-"`
	// Key is what Digest returns, for callers that parse many pages with the same options; zero means that Parse computes it.
	Key [32]byte `wire:"-"`

	seekAddresses bool // where none can stand too; for tests
}

// A Memo remembers bytes under the digest of all that they were made of.
type Memo struct {
	Get func(key [32]byte) ([]byte, bool)
	Put func(key [32]byte, value []byte)
}

// Term is one entry of the glossary.
type Term struct {
	ID    string
	Forms []string // the term and its other forms, as they occur in running text
}

// A Doc is what is known of one page. It is immutable once parsed.
type Doc struct {
	File   *diag.File `wire:"-"`
	Digest [32]byte   // of the file's bytes, the options and what is included

	Meta     Meta
	Title    schema.Text // from front matter, else the first h1, else empty: the caller makes one of the file name
	Headings []Heading
	Checks   []*quiz.Check
	Links    []Link
	Images   []Image
	Raw      []string      // what may be addresses of files in raw HTML that is published as it is, under `html: allow`
	Remarks  []schema.Text // what stands behind brackets as an address does, [sic](final report), and is none for its blanks: a slip where a page has that name
	Anchors  []string      // all ids that a link may lead to, besides those of Headings: footnotes, figures, checks
	Text     diag.Range    // the text below the front matter
	Words    int           // words of prose, checks left out
	Uses     []schema.Text // what a page must load beyond the usual: "mermaid", "math"; sorted, each where it is first used
	Foreign  []schema.Text // front matter keys passed over under `front_matter: lenient`
	Includes []string      // paths of the files that the page includes, sorted; a change in one changes the page
	Diags    diag.List     `wire:"-"`

	content *Content
	prose   *Prose
	away    struct {
		content func() (*Content, error)
		prose   func() (*Prose, error)
	}
}

// Content is what a page shows below its head, the largest part of a Doc. It can be kept elsewhere (see PutAway).
type Content struct {
	Body   Body
	Blocks []Block
}

// Content returns the page's content, loading it if it was put away. The error is that of the machine.
func (d *Doc) Content() (*Content, error) {
	if d.content != nil || d.away.content == nil {
		return d.content, nil
	}
	return d.away.content()
}

// A Prose is what the search finds in a page: the other large part of a Doc.
type Prose struct {
	Summary  string
	Tags     []string
	Sections []Section
}

// A Section is the text under one heading: prose and the prompts of questions, never answers, nor text for facilitators only.
type Section struct {
	ID, Title string // of the heading; both empty before the first
	Text      string
	Prompts   string
}

// Prose returns the page's prose, loading it if it was put away. The error is that of the machine.
func (d *Doc) Prose() (*Prose, error) {
	if d.prose != nil || d.away.prose == nil {
		return d.prose, nil
	}
	return d.away.prose()
}

// PutAway makes the functions the sources of the page's large parts and lets go of what is held.
// They must return equal values each time and be safe for concurrent use.
func (d *Doc) PutAway(content func() (*Content, error), prose func() (*Prose, error)) {
	d.content, d.prose = nil, nil
	d.away.content, d.away.prose = content, prose
}

// Size returns about how many bytes the large parts take that are held.
func (d *Doc) Size() (n int64) {
	add := func(parts ...Body) {
		for i := range parts {
			n += int64(len(parts[i].HTML) + len(parts[i].Holes)*24)
		}
	}
	if c := d.content; c != nil {
		add(c.Body)
		for i := range c.Blocks {
			b := &c.Blocks[i]
			add(b.Title, b.Body)
			add(b.Parts...)
			n += 256
		}
	}
	if p := d.prose; p != nil {
		for _, s := range p.Sections {
			n += int64(len(s.Text)+len(s.Prompts)) + 64
		}
	}
	return n
}

// A Heading of the page's prose; headings inside checks are not in the list.
type Heading struct {
	Level int
	ID    string
	Text  string // plain
	Range diag.Range
}

// A Link is a link, or a term of the glossary that is linked on first use.
type Link struct {
	Dest  string     // as written, entities and escapes resolved; for a term its id
	Term  bool       // Dest is the id of a glossary term
	Image bool       // an image's source, see Image
	Range diag.Range // the destination, for a diagnostic
}

// An Image is an image of the page.
type Image struct {
	Link  int // index in Doc.Links
	Alt   string
	Title string
	// Width and Height are those of an img element, if it has them; HoleImage writes them all the same.
	Width, Height int
}

// Body is HTML with holes. Holes are ordered by At.
type Body struct {
	HTML  []byte
	Holes []Hole
}

// A Hole is a place in a Body that is filled when the page is written.
type Hole struct {
	At   int
	Kind HoleKind
	N    int // which one: index in Doc.Links, Doc.Images, Content.Blocks; the number of a gap
}

// HoleKind says what goes into a hole.
type HoleKind uint8

const (
	HoleHref   HoleKind = iota + 1 // the href attribute with a leading blank: address of Doc.Links[N]; attributes of the link (external …) follow by HoleRel
	HoleRel                        // attributes of an a element that depend on where Links[N] leads, with a leading blank: ` rel="external"`
	HoleImage                      // attributes of an img element: src, width, height, loading of Doc.Images[N], with a leading blank
	HolePrefix                     // prefix of an id or of a fragment in this page: empty, or "module-id--" in editions of several pages
	HoleBlock                      // Content.Blocks[N], drawn by the theme
	HoleGap                        // the field of gap N of a cloze, drawn by the theme
)

// A Block is a container that the theme draws: templates/blocks/<name>.html.
type Block struct {
	Name  string            // canonical word: note tip important warning caution details steps figure tabs facilitator say rather-not talk key-points diagram, an audience word, question reflection rating scenario quiz
	ID    string            // without prefix; may be empty
	Title Body              // of callouts, details; may be empty
	Attrs map[string]string // what is left of the attributes
	Body  Body              // the content; empty for checks
	Check int               // for checks: one more than the index in Doc.Checks
	Parts []Body            // for checks: Parts[r.Part-1] is the HTML of the quiz.Rich r
	Range diag.Range
}
