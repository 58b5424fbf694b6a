package plan

import (
	"path"
	"slices"

	"waymark/internal/curriculum"
)

// What only some pages use, such as the script that draws diagrams, is loaded by these pages alone, and published when there is one.

// addExtra puts what a page's documents use into its head.
func (m *maker) addExtra(p *Page) {
	var scripts, sheets []string
	for _, u := range uses(p.Contents) {
		for _, f := range m.look.Meta.Extra[u] {
			m.extra[f] = true
			switch path.Ext(f) {
			case ".js":
				scripts = append(scripts, f)
			case ".css":
				sheets = append(sheets, f)
			}
		}
	}
	if len(scripts)+len(sheets) == 0 {
		return
	}
	view := p.view
	p.view = func() *View {
		v := view()
		for _, f := range scripts {
			v.Page.Extra = append(v.Page.Extra, v.Assets.Base+f)
		}
		for _, f := range sheets {
			v.Page.ExtraCSS = append(v.Page.ExtraCSS, v.Assets.Base+f)
		}
		return v
	}
}

// drawable reports what a module uses and the theme cannot draw.
func (m *maker) drawable(mod *curriculum.Module) {
	for _, u := range mod.Doc.Uses {
		if len(m.look.Meta.Extra[u.Value]) == 0 {
			m.ds.Add("theme/not-drawn", mod.Doc.File.Span(u.At), "put a script that draws it into the theme's assets/ and name it in theme.yaml under `extra: {"+u.Value+": [file.js]}`", "the theme has no script for %s, so readers see the source", u.Value)
		}
	}
}

// uses merges what the documents of a page must load.
func uses(contents []Content) []string {
	var all []string
	for _, c := range contents {
		for _, u := range c.Doc.Uses {
			if !slices.Contains(all, u.Value) {
				all = append(all, u.Value)
			}
		}
	}
	slices.Sort(all)
	return all
}
