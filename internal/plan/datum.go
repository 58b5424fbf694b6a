package plan

import (
	"path"
	"strings"

	"waymark/internal/diag"
	"waymark/internal/filename"
)

// data plans the files made of the curriculum.
func (m *maker) data() {
	m.buildID()
	if !m.cfg.Progress.Off {
		m.script(SiteData, m.siteJS)
		for _, p := range m.Paths {
			m.script(pathData+p.ID+".js", func() []byte { return m.pathJS(p) })
		}
	}
	m.datum("curriculum.json", m.curriculumJSON)
	if m.cfg.BaseURL.Value != "" {
		m.datum("sitemap.xml", m.sitemap)
	}
	m.datum("robots.txt", m.robots)
	m.words()
	for _, mod := range m.Modules {
		if mod.Doc.Meta.Reading != nil && len(mod.Doc.Meta.Reading.Items) > 0 {
			stem := strings.TrimSuffix(m.out[mod], ".html")
			m.datum(stem+".bib", func() []byte { return bibtex(mod.Doc.Meta.Reading.Items) })
			m.datum(stem+cslExt, func() []byte { return csl(mod.Doc.Meta.Reading.Items) })
		}
		m.calendars(mod)
	}
}

// SiteData is where the site has what scripts know of the whole site, to say how far a learner is. A site that keeps no progress has none of it, and pages without its address keep nothing.
const SiteData = dataDir + "site.js"

// cslExt ends the name of a page's readings for other programs: the longest that is made of a page's.
const cslExt = ".csl.json"

// searchDir is the folder of the index of the search, which is made when all pages are rendered.
const searchDir = dataDir + "search/"

// searchFiles keeps the names of the index free: no script of the content may lie in its folder.
func (m *maker) searchFiles() {
	if m.cfg.Search.Off {
		return
	}
	own := claim{what: "Waymark's own " + diag.Quote(searchDir), path: searchDir + "meta.js"}
	m.claim(own.path, own)
	for _, a := range m.Assets {
		if p := m.at.asset(a.Path); p != own.path && strings.HasPrefix(p, searchDir) && path.Ext(p) == ".js" {
			m.clash(m.owner[filename.Fold(p)], claim{what: own.what, path: p}, "put the file into another folder")
		}
	}
}

// script adds a file that pages run: no file of the content may stand in its place.
func (m *maker) script(out string, make func() []byte) {
	m.claim(out, claim{what: "Waymark's own " + diag.Quote(out), path: out})
	m.plan.Data = append(m.plan.Data, Datum{Path: out, make: make})
}

// datum adds a file, which is made when its key is computed. A file of the content goes before it.
func (m *maker) datum(out string, make func() []byte) {
	if !m.free(out) {
		return
	}
	m.take(out, claim{what: "Waymark's own " + diag.Quote(out), path: out})
	m.plan.Data = append(m.plan.Data, Datum{Path: out, make: make})
}

// room takes room for n more bytes to be held, and reports whether there was. It is safe for concurrent use.
func (m *maker) room(n int) bool {
	if m.held.Add(int64(n)) <= m.o.Hold {
		return true
	}
	m.held.Add(-int64(n))
	return false
}

// sealData makes the files that have no key yet, and computes it. Their bytes are held, as far as there is room; else a file is made again when it is written.
func (m *maker) sealData() {
	for i := range m.plan.Data {
		d := &m.plan.Data[i]
		make := d.make
		if make == nil || m.o.Check {
			continue
		}
		data := make()
		d.Key = diag.Digest(data)
		m.keep(d.Key, data)
		d.make, d.Make = nil, func() ([]byte, error) { return make(), nil }
		if m.room(len(data)) {
			d.Make = func() ([]byte, error) { return data, nil }
		}
	}
}
