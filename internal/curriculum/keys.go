package curriculum

import (
	"cmp"
	"slices"
	"strings"

	"waymark/internal/diag"
	"waymark/internal/markdown"
	"waymark/internal/schema"
	"waymark/internal/source"
)

// keys checks what the keys of a page's own front matter say together and no tag can tell: fields that nobody could fill in, addresses that would not be shown.
func (r *resolver) keys() {
	for _, m := range r.Modules {
		meta := &m.Doc.Meta
		if b := meta.Form; m.Kind == "form" && (b == nil || len(b.Fields) == 0) && !slices.ContainsFunc(m.Doc.Diags, isYAML) {
			r.ds.Add("form/empty", m.span(diag.Range{}), "add `form: {fields: [{id: name, label: Name}]}`, or write another `kind`", "the page is of kind form and has no fields")
		} else if b != nil {
			for i := range b.Fields {
				r.field(m, b.Fields, i)
			}
		}
		for i := range meta.Sources {
			s := &meta.Sources[i]
			r.address(m, s.URL.Value, s.URL.At)
			r.doi(m, s.DOI, s.ID.At)
		}
		if b := meta.Reading; b != nil {
			for i := range b.Items {
				r.address(m, b.Items[i].URL.Value, b.Items[i].URL.At)
				r.doi(m, b.Items[i].DOI, b.Items[i].ID.At)
			}
		}
	}
}

// keyAt returns the place of a key at the margin of the front matter.
func (m *Module) keyAt(key string) diag.Range {
	data, err := m.Doc.File.Bytes()
	if err != nil || m.Doc.Text.Start > len(data) {
		return diag.Range{}
	}
	at, _ := schema.KeyAt(data[:m.Doc.Text.Start], key)
	return at
}

func isYAML(d diag.Diagnostic) bool { return strings.HasPrefix(d.Code, "yaml/") || unread(&d) }

// field checks that a field of a form can be filled in, and that nothing said of it is lost.
func (r *resolver) field(m *Module, fields []markdown.Field, i int) {
	f := &fields[i]
	to := m.Doc.Text.Start
	if i+1 < len(fields) {
		to = fields[i+1].ID.At.Start
	}
	if m.wrongKeys(f.ID.At) || slices.ContainsFunc(m.Doc.Diags, func(d diag.Diagnostic) bool { return isYAML(d) && f.ID.At.Start <= d.Span.Start && d.Span.Start <= to }) {
		return // what it lacks may have been written, only not well
	}
	choice, table := slices.Contains([]string{"choice", "choices", "scale"}, f.Type), f.Type == "table"
	switch {
	case choice && len(f.Options) == 0:
		r.ds.Add("form/field", m.at(f.ID), "add what can be chosen, as in `options: [weekly, monthly]`", "the field %s is a %s without options", diag.Quote(f.ID.Value), f.Type)
	case table && len(f.Columns) == 0:
		r.ds.Add("form/field", m.at(f.ID), "add the headings, as in `columns: [Who, What, By when]`", "the field %s is a table without columns", diag.Quote(f.ID.Value))
	}
	lone, key := f.Options, "options"
	if table {
		lone, key = f.Columns, "columns"
	}
	if len(lone) == 1 && (choice && f.Type != "choices" || table && strings.Contains(lone[0], ",")) {
		r.ds.Add("form/field", m.at(f.ID), "write several as a list: `"+key+": ["+cmp.Or(lone[0], "a")+", …]`", "the field %s has one entry under %s, %s", diag.Quote(f.ID.Value), diag.Quote(key), diag.Quote(lone[0]))
	}
	for i, o := range f.Options {
		switch o = strings.TrimSpace(o); {
		case !choice:
		case o == "":
			r.ds.Add("form/field", m.at(f.ID), "write what can be chosen, or take it away", "the field %s has an option without words", diag.Quote(f.ID.Value))
		case slices.ContainsFunc(f.Options[:i], func(before string) bool { return strings.TrimSpace(before) == o }):
			r.ds.Add("form/field", m.at(f.ID), "take one of the two away", "the field %s has the option %s twice", diag.Quote(f.ID.Value), diag.Quote(o))
		}
	}
	for _, k := range []struct {
		key       string
		idle      bool
		belongsTo string
	}{
		{"options", len(f.Options) > 0 && !choice, "choice`, or `type: choices` where several may be chosen"},
		{"columns", len(f.Columns) > 0 && !table, "table`"},
		{"rows", (f.Rows.Blank > 0 || len(f.Rows.Labels) > 0) && !table, "table`"},
		{"lines", f.Lines > 0 && f.Type != "lines", "lines`"},
		{"unit", f.Unit != "" && (choice || table || f.Type == "lines" || f.Type == "check"), "number`"},
	} {
		if k.idle {
			r.ds.Add("form/field-idle", m.at(f.ID), "write `type: "+k.belongsTo+", or take the key away", "the field %s is of type %s, so %s does nothing", diag.Quote(f.ID.Value), cmp.Or(f.Type, "text"), diag.Quote(k.key))
		}
	}
}

// address reports a `url` that pages do not lead to: the title would stand there without a link.
func (r *resolver) address(m *Module, url string, at diag.Range) {
	s := strings.TrimSpace(url)
	if s == "" || SafeURL(s) != "" {
		return
	}
	host, rest, _ := strings.Cut(s, ":")
	hint := "write the whole address, which begins with https://, or take the line away"
	full, within := join(m.Source, s)
	switch {
	case strings.ContainsAny(s, " \\"):
	case strings.HasPrefix(s, "//"):
		hint = "write " + diag.Quote("https:"+s)
	case strings.ContainsAny(s[:1], "./#") || source.IsMarkdown(s) || within && (r.assets[full] || r.page(full, false) != nil):
		hint = "write the whole address of the published page, which begins with https://, or take the line away and link to it in the text below"
	case !external(s) && strings.Contains(s, "@") && !strings.Contains(s, "/"):
		hint = "write " + diag.Quote("mailto:"+s)
	case !external(s) || strings.Contains(host, ".") && rest != "" && rest[0] >= '0' && rest[0] <= '9': // a port
		hint = "write " + diag.Quote("https://"+s)
	}
	r.ds.Add("page/url", m.span(at), hint, "%s is not a whole address, so no link is shown", diag.Quote(url))
}

// doi reports what is no DOI, as one that is written as an address.
func (r *resolver) doi(m *Module, doi string, at diag.Range) {
	if number, name, _ := strings.Cut(doi, "/"); doi == "" || strings.HasPrefix(number, "10.") && number != "10." && name != "" && !strings.Contains(doi, " ") {
		return
	}
	hint := "write it as in `doi: 10.1000/182`, or take the line away"
	if i := strings.Index(doi, "10."); i > 0 && !strings.Contains(doi, " ") {
		hint = "write `doi: " + doi[i:] + "`"
	}
	r.ds.Add("page/url", m.span(at), hint, "%s is not a DOI, which is written as 10.1000/182", diag.Quote(doi))
}
