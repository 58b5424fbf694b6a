package plan

import (
	"cmp"
	"fmt"
	"path"
	"strings"

	"golang.org/x/text/unicode/norm"
	"waymark/internal/curriculum"
	"waymark/internal/diag"
	"waymark/internal/filename"
	"waymark/internal/source"
)

// A claim is a source that wants an output.
type claim struct {
	what string
	span diag.Span
	path string
}

// A folder is one of the site, with the first output in it.
type folder struct {
	claim
	dir string // as that output spells it
}

// claimAll gives every source its output and reports two that want the same one.
func (m *maker) claimAll() {
	for _, mod := range m.Modules {
		if curriculum.IsIndex(path.Base(mod.Source)) && !mod.Index {
			continue // the folder has two pages of its own, which was reported
		}
		p := m.at.module(mod)
		if s := mod.Doc.Meta.Slug; s.Value != "" && mod.Index {
			m.ds.Add("page/slug", mod.Doc.File.Span(s.At), "take the line away, or rename the folder", "the page of a folder has the folder's address, so the slug %s does nothing", diag.Quote(s.Value))
		} else if s.Value != "" {
			why, hint := badSlug(s.Value), "use letters, digits and hyphens"
			if why == "" {
				why, hint = cmp.Or(filename.Fault(s.Value), m.fault(mod, p)), "use another slug, of a few letters, digits and hyphens"
			}
			if why != "" {
				m.ds.Add("page/slug", mod.Doc.File.Span(s.At), hint, "%s cannot be part of an address: %s", diag.Quote(s.Value), why)
				continue
			}
		} else if why := m.fault(mod, p); why != "" {
			m.badName(mod.Doc.File.Span(diag.Range{}), p, mod.Index, why)
			continue
		}
		m.claim(p, claim{diag.Quote(mod.Source), mod.Doc.File.Span(diag.Range{}), p})
		m.out[mod] = p
		if l := mod.Doc.Meta.Lang.Value; l != "" {
			m.langs[p] = l
		}
		if mod.Index && mod.Section == m.Root {
			m.home = mod
		}
		if mod.Doc.Meta.Layout == "glossary" {
			m.gloss = mod
		}
	}
	for _, a := range m.Assets {
		p := m.at.asset(a.Path)
		span := diag.NewFile(source.ContentDir+"/"+a.Path, nil).Span(diag.Range{})
		if why := filename.Fault(p); why != "" {
			m.badName(span, p, false, why)
			continue
		}
		m.claim(p, claim{diag.Quote(a.Path), span, p})
	}
	m.terms = glossaryPath
	if m.gloss != nil {
		m.terms = m.out[m.gloss]
	}
}

func badSlug(s string) string {
	if strings.ContainsAny(s, "/%#?&") {
		return "it has a character that addresses use for themselves"
	}
	return ""
}

// fault says why a page, or what is made beside it under a longer name, cannot be published at p, or "".
func (m *maker) fault(mod *curriculum.Module, p string) string {
	why, stem := filename.Fault(p), strings.TrimSuffix(p, ".html")
	if mod.Doc.Meta.Reading != nil {
		why = cmp.Or(why, filename.Fault(stem+cslExt))
	}
	if mod.Path != nil && m.award(mod.Path) != nil {
		why = cmp.Or(why, filename.Fault(certificateOf(p)))
	}
	return why
}

// badName reports a file of the content whose name is no fault, but becomes one where it is published: without its number, or with another ending.
func (m *maker) badName(at diag.Span, p string, index bool, why string) {
	what := source.FileOrFolder(p)
	if path.Base(p) == "index.html" {
		what = source.FileOrFolder(path.Dir(p)) // its folder is made of the file's name
	}
	if index {
		what = "folder"
	}
	m.ds.Add("site/file-name", at, "rename the "+what, "%s cannot be published as %s: %s", diag.Quote(strings.TrimPrefix(at.File.Path, source.ContentDir+"/")), diag.Quote(p), why)
}

func (m *maker) claim(p string, c claim) {
	first, taken := m.holder(p)
	if !taken {
		m.take(p, c)
		return
	}
	hint := "rename one of the two files, or give one a `slug`"
	if c.span.File == nil {
		hint = "rename the file" // the other is the theme's, or Waymark's own
	}
	d := m.clash(first, c, hint)
	switch {
	case filename.Fold(first.path) != filename.Fold(p):
		d.Message = fmt.Sprintf("%s and %s cannot both be published: one needs a file where the other needs a folder, %s and %s", first.what, c.what, first.path, p)
		return
	case norm.NFC.String(first.path) == norm.NFC.String(p) && first.path != p:
		d.Message += "; the names look the same, but their letters are written in two Unicode forms"
	case !strings.EqualFold(first.path, p):
		d.Message += ", which some systems take for " + first.path
	}
}

// clash reports two sources that cannot both be published, at a place that an author can change.
func (m *maker) clash(first, c claim, hint string) *diag.Diagnostic {
	at, other := c.span, first.span
	if at.File == nil {
		at, other = other, at
	}
	if at.File == nil && m.o.ConfigAt != nil {
		at = m.o.ConfigAt(m.cfg.Theme) // two files of the theme
	}
	d := m.ds.Add("page/same-address", at, hint, "%s and %s want the same address, %s", first.what, c.what, c.path)
	if other.File != nil {
		d.Related = append(d.Related, diag.Related{Span: other, Message: "the other is here"})
	}
	return d
}

// holder returns who has an output, or has a file where it needs a folder, or a folder where it needs a file.
func (m *maker) holder(p string) (claim, bool) {
	p = filename.Fold(p)
	if f, ok := m.folders[p]; ok {
		return f.claim, true
	}
	for ; p != "." && p != "/"; p = path.Dir(p) {
		if c, ok := m.owner[p]; ok {
			return c, true
		}
	}
	return claim{}, false
}

// take gives an output to c. A folder of it that others spell otherwise is reported, once: on some systems the two are one, on others not.
func (m *maker) take(p string, c claim) {
	if dir, first, ok := m.respelt(p); ok && !m.twofold[dir] {
		m.twofold[dir] = true
		keep := first.dir
		if own := filename.Fold(dir) + "/"; c.span.File == nil || own == assetsDir || own == dataDir || own == printDir {
			keep = strings.TrimSuffix(own, "/") // Waymark's own files lie there, too
		}
		d := m.clash(first.claim, c, fmt.Sprintf("give one of the two folders another name, or spell both %s/", keep))
		d.Message = fmt.Sprintf("%s and %s lie in folders that some systems take for one: %s/ and %s/", first.what, c.what, first.dir, dir)
	}
	key := filename.Fold(p)
	m.owner[key] = c
	for key, dir := path.Dir(key), path.Dir(p); dir != "."; key, dir = path.Dir(key), path.Dir(dir) {
		if _, ok := m.folders[key]; ok {
			break // and so have those above it
		}
		m.folders[key] = folder{c, dir}
	}
}

// respelt returns the first folder on the way to p whose name another output spells otherwise, though some systems take both for one.
func (m *maker) respelt(p string) (dir string, other folder, ok bool) {
	for d := path.Dir(p); d != "."; d = path.Dir(d) {
		f, there := m.folders[filename.Fold(d)]
		if there && f.dir == d {
			break // and so are those above it
		}
		if there && path.Base(f.dir) != path.Base(d) {
			dir, other, ok = d, f, true
		}
	}
	return dir, other, ok
}

// free reports whether nobody claimed an output that Waymark makes by itself; the content's own page goes first.
func (m *maker) free(p string) bool {
	_, taken := m.holder(p)
	return !taken
}
