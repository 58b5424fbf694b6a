package curriculum

import (
	"strings"

	"waymark/internal/diag"
)

// titles reports pages of one folder and one language with equal titles, which lists and search results show alike. Pages for different readers are not seen together.
func (r *resolver) titles() {
	type shown struct {
		in          *Section
		title, lang string
	}
	first := map[shown]*Module{}
	for _, m := range r.Modules {
		if m.Index || m.Draft || m.Retired || m.Kind == "path" || m.Kind == "cohort" {
			continue
		}
		key := shown{m.Section, strings.ToLower(m.Title), strings.ToLower(r.language(m))}
		other := first[key]
		if other == nil {
			first[key] = m
			continue
		}
		if !m.Visible(other.Audience) || strings.EqualFold(m.ID, other.ID) { // which is reported as what it is
			continue
		}
		d := r.ds.Add("page/title-twice", m.at(m.Doc.Title), "say in one of them what is special there", "two pages of the folder are called %s", diag.Quote(m.Title))
		d.Related = append(d.Related, diag.Related{Span: other.at(other.Doc.Title), Message: "the first is here"})
	}
}
