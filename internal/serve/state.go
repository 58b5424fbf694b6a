package serve

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"reflect"
	"strings"

	"waymark/internal/build"
	"waymark/internal/diag"
)

// A state is all that requests and tabs see. It is immutable; a build makes the next one.
type state struct {
	number int         // of the build, from 1
	site   *build.Site // the last good one; nil before there is one
	look   string      // digest of what all pages load and are made with: styles, scripts, fonts, theme
	faults []fault     // errors of the last build, for the overlay; none: it was good
	notes  diag.List   // warnings of the last build, for the author's bar
}

// news is what one build changed for those who look at the site.
type news struct {
	count    int // outputs that are new, other or gone
	pages    map[string]bool
	files    []string // styles and images, to be exchanged in place; ordered
	reload   bool     // pages are loaded anew rather than morphed: a template or the configuration has changed
	scripts  bool     // every page is: what it has loaded has had its effect already
	goTo     string   // the output whose source was edited, if it is one alone
	faults   bool     // the errors are others than before
	notes    bool     // the warnings are
	complete bool     // there was no site before
}

func (n *news) nothing() bool { return n.count == 0 && !n.faults && !n.notes && !n.complete }

// next makes the state after a build, and says what is new in it. With an error, of the authors or of the machine, the last good site stays.
func (s *Server) next(old *state, site *build.Site, ds diag.List, err error) (*state, *news) {
	if old == nil {
		old = &state{}
	}
	st := &state{number: old.number + 1, site: old.site, look: old.look, notes: warnings(ds)}
	st.faults = s.faults(ds, err)
	n := &news{faults: !reflect.DeepEqual(old.faults, st.faults), notes: !same(old.notes, st.notes)}
	if len(st.faults) == 0 && site != nil {
		st.site, st.look = site, look(site)
		n.complete = old.site == nil
		if old.site != nil {
			n.compare(old.site, site)
		}
	}
	return st, n
}

// compare finds what has changed between two sites. Both lists are ordered by path, and equal keys are equal bytes.
func (n *news) compare(old, site *build.Site) {
	n.pages = map[string]bool{}
	copied := copies(site)
	var edited []string
	a, b := old.Files, site.Files
	for len(a) > 0 || len(b) > 0 {
		order := 0
		switch {
		case len(a) == 0:
			order = 1
		case len(b) == 0:
			order = -1
		default:
			order = cmp.Compare(a[0].Path, b[0].Path)
		}
		var was, is *build.File
		if order <= 0 {
			was, a = &a[0], a[1:]
		}
		if order >= 0 {
			is, b = &b[0], b[1:]
		}
		if was != nil && is != nil && was.Key == is.Key {
			continue
		}
		n.count++
		f := is
		if f == nil {
			f = was
		}
		if f.Page != nil {
			n.pages[f.Path] = true
			if is != nil && is.Page.Source != "" && (was == nil || was.Page == nil || was.Page.Parts[0] != is.Page.Parts[0]) {
				edited = append(edited, f.Path)
			}
			continue
		}
		switch kind(f.Path) {
		case swapped:
			n.files = append(n.files, f.Path)
		case loaded:
			// Data made of the curriculum (the search index) is read when it is needed; what a theme loads runs once.
			n.scripts = n.scripts || copied[f.Path]
		}
	}
	if digest(old) != digest(site) || !reflect.DeepEqual(old.Config, site.Config) {
		n.reload = true
	}
	if len(edited) == 1 {
		n.goTo = edited[0]
	}
}

func digest(s *build.Site) (d [32]byte) {
	if s.Theme != nil {
		d = s.Theme.Digest
	}
	return d
}

// copies lists the outputs that are published as they are.
func copies(s *build.Site) map[string]bool {
	m := map[string]bool{}
	if s.Plan != nil {
		for _, c := range s.Plan.Copies {
			m[c.Path] = true
		}
	}
	return m
}

// What a change of a file means for a page that is open.
const (
	swapped = iota + 1 // it can be exchanged in place
	loaded             // it has had its effect already
)

func kind(name string) int {
	switch strings.ToLower(path.Ext(name)) {
	case ".css", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif":
		return swapped
	case ".js", ".mjs", ".woff2", ".woff", ".ttf":
		return loaded
	}
	return 0
}

// look is the digest of what all pages are made with and load. A tab that was away while it changed loads its page anew.
func look(s *build.Site) string {
	h := sha256.New()
	d := digest(s)
	h.Write(d[:])
	copied := copies(s)
	for i := range s.Files {
		f := &s.Files[i]
		if f.HTML {
			continue
		}
		if k := kind(f.Path); k == loaded && copied[f.Path] || k == swapped && path.Ext(f.Path) == ".css" {
			h.Write([]byte(f.Path + "\x00"))
			h.Write(f.Key[:])
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// find returns the output of a path: one of the ordered list, or one that the site makes when it is asked for (the search index). That is all there
// is to be served.
func (st *state) find(name string) *build.File {
	if st == nil || st.site == nil {
		return nil
	}
	f, _ := st.site.Lookup(name)
	return f
}

// keyOf is the key of an output as pages and tabs carry it.
func keyOf(f *build.File) string { return hex.EncodeToString(f.Key[:8]) }

// insert puts the reload script into a page, before the end of its body. What ends without one, as what an unfinished template draws may, gets one: a browser that has seen
// a body already passes over that tag.
func insert(page []byte, tag string) []byte {
	i := bytes.LastIndex(page, []byte("</body>"))
	if i < 0 {
		i, tag = len(page), "<body>"+tag
	}
	out := make([]byte, 0, len(page)+len(tag))
	return append(append(append(out, page[:i]...), tag...), page[i:]...)
}

// scriptTag is all that serve adds to a page. What it says of the page is what the tab says of itself later (see hello).
func scriptTag(key, look string, missing bool) string {
	tag := `<script src="` + ownPath + `reload.js" data-key="` + key + `" data-look="` + look + `"`
	if missing {
		tag += ` data-missing`
	}
	return tag + `></script>`
}
