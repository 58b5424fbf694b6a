package plan

import (
	"reflect"
	"slices"
	"strings"

	"waymark/internal/diag"
	"waymark/internal/quiz"
)

// PageTemplates names, for each template of a page, the part of the view that it gets.
var PageTemplates = map[string]string{
	"home.html": "Home", "module.html": "Module", "reading.html": "Module", "form.html": "Module", "session.html": "Module", "cohort.html": "Module", "path.html": "Path", "section.html": "Section",
	"glossary.html": "Glossary", "index.html": "Index", "print.html": "Print", "progress.html": "Progress", "certificate.html": "Award", "alias.html": "Alias", "404.html": "",
}

// sharedBlocks are templates that those of several blocks call.
var sharedBlocks = []string{"question", "choice", "callout"}

// templates reports what is wrong in the site's own templates and shows only when they are drawn. Templates have no types, so each is tried on a view in which everything is said
// and on one in which as little is said as a page can say; the first fault ends it. Such views are no pages, so from them only that is reported which no page can make right
// (theme.Fault.Certain): fields that are not there, values of the wrong type, drawing without end. What goes wrong on some pages only, as with a list that is too short or with what
// is not there, shows when they are drawn whole: build.Options.Draw. The default theme's templates are tried by its tests.
func (m *maker) templates() {
	if !m.look.Own() {
		return
	}
	drawn := map[string][]string{}
	for i := range m.plan.Pages {
		if p := &m.plan.Pages[i]; !slices.Contains(drawn[p.Template], p.Lang) {
			drawn[p.Template] = append(drawn[p.Template], p.Lang)
		}
	}
	m.ds = append(m.ds, m.look.Unsaid(drawn)...)
	seen := map[diag.Span]bool{}
	endless := false
	try := func(name string, data any) {
		if endless {
			return
		}
		f := m.look.Try(name, m.cfg.Language, data)
		if f == nil || !f.Own || !f.Certain() || seen[f.Span] {
			return
		}
		seen[f.Span] = true
		endless = endless || f.Endless() // which takes seconds to find out
		if f.Field == "" {
			m.ds = append(m.ds, f.Diagnostic(""))
			return
		}
		if f.Type == "interface" {
			f.Type = "this value of params"
		}
		known := fieldsOf(reflect.TypeFor[View](), f.Type)
		if known == nil {
			known = append(fieldsOf(reflect.TypeFor[Check](), f.Type), fieldsOf(reflect.TypeFor[Callout](), f.Type)...)
		}
		m.ds.Add("theme/field", f.Span, diag.DidYouMean(f.Field, known), "%s has no field %s", f.Type, diag.Quote(f.Field))
	}
	for _, name := range m.look.Templates() {
		block, isBlock := strings.CutPrefix(strings.TrimSuffix(name, ".html"), "blocks/")
		part, isPage := PageTemplates[name]
		switch {
		case isPage:
			full, least := new(View), &View{Site: new(Site), Assets: new(Assets)}
			Sample(full)
			full.Site.Params, least.Site.Params = m.cfg.Params, m.cfg.Params // the same on all pages; what a page says itself is there only sometimes
			for _, f := range reflect.VisibleFields(reflect.TypeFor[View]()) {
				switch {
				case f.Type.Kind() != reflect.Pointer || f.Tag.Get("wire") == "-": // what is not written is shared, and every page has it
				case f.Name != part:
					reflect.ValueOf(full).Elem().FieldByIndex(f.Index).SetZero()
				default:
					reflect.ValueOf(least).Elem().FieldByIndex(f.Index).Set(reflect.New(f.Type.Elem()))
				}
			}
			try(name, full)
			try(name, least)
		case isBlock && slices.Contains(quiz.Types, quiz.Type(block)):
			c := new(Check)
			Sample(c)
			c.Type, c.Word = quiz.Type(block), "question"
			try(name, c)
		case isBlock && !slices.Contains(sharedBlocks, block):
			c := new(Callout)
			Sample(c)
			try(name, c)
		}
	}
}

// fieldsOf returns the names of the fields of the type that templates call name, if it is part of t.
func fieldsOf(t reflect.Type, name string) (fields []string) {
	seen := map[reflect.Type]bool{}
	var look func(t reflect.Type)
	look = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || seen[t] {
			return
		}
		seen[t] = true
		for _, f := range reflect.VisibleFields(t) {
			if t.String() == name && f.IsExported() {
				fields = append(fields, f.Name)
			}
			look(f.Type)
		}
	}
	look(t)
	return fields
}
