package curriculum

import (
	"cmp"
	"slices"
	"strings"

	"waymark/internal/diag"
)

// translations joins the pages that are one in several languages. The original is the one that translates none; a translation may be made of another.
func (r *resolver) translations() {
	groups := map[*Module][]*Module{}
	var originals []*Module
	for _, m := range r.Modules {
		id := m.Doc.Meta.TranslationOf
		if id.Value == "" {
			continue
		}
		if r.translated(m) == nil {
			r.known(m, "page/translation", id)
			continue
		}
		original := r.original(m)
		if original == nil {
			r.ds.Add("page/translation", m.at(id), "take the line away from the page that was written first", "the page is a translation of itself")
			continue
		}
		if groups[original] == nil {
			originals = append(originals, original)
			groups[original] = []*Module{original}
		}
		for _, other := range groups[original] {
			if strings.EqualFold(r.language(other), r.language(m)) {
				d := r.ds.Add("page/translation", m.at(id), "say which language it is in, as in `lang: de`", "the page is in the language of the one that it translates: %s", diag.Quote(r.language(m)))
				d.Related = append(d.Related, diag.Related{Span: other.at(other.Doc.Title), Message: "this one"})
				break
			}
		}
		groups[original] = append(groups[original], m)
	}
	for _, original := range originals {
		group := groups[original]
		slices.SortStableFunc(group[1:], func(a, b *Module) int {
			return cmp.Or(cmp.Compare(r.language(a), r.language(b)), cmp.Compare(a.Source, b.Source))
		})
		for _, m := range group {
			m.Translations = group
		}
	}
}

// translated returns the page that m is said to translate, or nil.
func (r *resolver) translated(m *Module) *Module { return r.ModuleByID(m.Doc.Meta.TranslationOf.Value) }

// original returns the page at the end of what m translates, or nil where there is no end.
func (r *resolver) original(m *Module) *Module {
	for range r.Modules {
		of := r.translated(m)
		if of == nil {
			return m
		}
		m = of
	}
	return nil
}

// language returns the language of a page.
func (r *resolver) language(m *Module) string {
	return cmp.Or(m.Doc.Meta.Lang.Value, r.Config.Language)
}
