// Package search makes the index that a browser searches: files of a static site, each a classic script, so that the search also works
// from file:// where neither fetch nor modules run.
//
// What a page adds to the index (its Partial) is a pure function of the page, small, and can be remembered by the page's digest:
//
//	p := search.Page(doc)                      // per page, in parallel
//	l := search.NewLayout(urls)                // how many pages there are decides how the index is cut
//	joined, err := l.Join(pages, options)      // meta.js, t-*.js, m-*.js, f.js
//	file := l.Text(block, docs)                // x-*.js, one for each of l.Texts() blocks of pages, each on its own
//
// Pages are numbered in the order in which they are given. A page is cut into sections: section 0 is the text before its first heading
// and carries the page's title, section n is the text under its n-th heading.
//
// The files:
//
//	meta.js    what every query needs: the beginnings of the term files, names of roles and kinds; on small sites titles and addresses too
//	t-co.js    the terms from "co" up to the next term file, each with the sections it stands in and how much it says there
//	m-3.js     titles, addresses and kinds of a block of pages (large sites)
//	f.js       kinds and roles of all pages, for the filters (large sites)
//	x-12.js    headings and text of a block of pages, packed, to show the passage that matched
//
// A query loads meta.js and one term file a word: term files are cut at beginnings of words, so that a word and its longer forms stand
// together, as do most of its misspellings. Every file carries the stamp of the list of pages. A browser that has files of two builds
// sees it and starts again.
//
// Ranking is the browser's (themes/default/src/search/rank.ts); what it needs is precomputed here as one of eight levels a section and
// term. Both sides cut text into terms by the same rules (words.go and words.ts), which testdata/contract holds as cases. How well pages are found is tested with the
// theme's script: on generated sites (recall_test.go), and by what readers of the guide look for (internal/build/testdata/content/searching.tsv).
//
// Incremental: Page and Text depend on their pages alone. Levels depend on nothing but the section they stand in, so an edit changes the term files of the words it
// touches and leaves the others byte by byte as they were: Change makes these alone, of what was kept of an index that was joined from all pages.
package search

// Version changes when equal pages give another index.
const Version = 5

// Dir is the folder of all files, from the site's root.
const Dir = "data/search/"

// A Doc is one page as a reader may find it. Text for trainers only, answers and drafts must not be in it.
type Doc struct {
	URL      string // from the site's root: "skills/feedback.html"
	Title    string
	Kind     string   // id of one of Options.Kinds
	Roles    []string // ids of Options.Roles; none: for everybody
	Lang     string   // "en-GB": decides the stemming
	Foreign  string   // the language of a page that is not in that of the site
	Sections []Section
}

// A Section is the text under one heading. The text before the first heading is a section without ID and Title, and may be left out.
type Section struct {
	ID      string // of the heading
	Title   string // plain text of the heading
	Text    string // plain text
	Prompts string // plain prompts of questions
	Words   string // by which it is found as well; no passage shows them
}

// Meta is what the index says of a page besides its terms.
type Meta struct {
	URL, Title, Kind string
	Roles            []string
	Lang, Foreign    string
}

// Meta returns what the index says of d besides its terms.
func (d *Doc) Meta() Meta {
	return Meta{URL: d.URL, Title: d.Title, Kind: d.Kind, Roles: d.Roles, Lang: d.Lang, Foreign: d.Foreign}
}

// Options are what the index says of the site.
type Options struct {
	Roles []Name // in the order of the filter
	Kinds []Name
	Lang  string // the language of the site
	// Each calls do(0) … do(n-1), perhaps several at once; nil: one after the other.
	Each func(n int, do func(i int)) `wire:"-"`
}

func (o *Options) each(n int, do func(i int)) {
	if o.Each != nil {
		o.Each(n, do)
		return
	}
	for i := range n {
		do(i)
	}
}

// A Name is an id and the words for it.
type Name struct{ ID, Title string }

// A File is one file of the index.
type File struct {
	Path string // from the site's root: "data/search/meta.js"
	Data []byte
}

// parts returns the section before the first heading and the sections under headings. The number of a section is its place in rest plus
// one.
func (d *Doc) parts() (lead Section, rest []Section) {
	rest = d.Sections
	if len(rest) > 0 && rest[0].ID == "" && rest[0].Title == "" {
		lead, rest = rest[0], rest[1:]
	}
	return lead, rest
}
