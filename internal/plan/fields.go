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
	"home.html": "Home", "module.html": "Module", "reading.html": "Module", "form.html": "Module", "session.html": "Module", "path.html": "Path", "section.html": "Section",
	"glossary.html": "Glossary", "index.html": "Index", "print.html": "Print", "progress.html": "Progress", "certificate.html": "Award", "alias.html": "Alias", "404.html": "",
}

// sharedBlocks are templates that those of several blocks call.
var sharedBlocks = []string{"question", "choice", "callout"}

// fields reports what the site's own templates ask for and no page has. Templates have no types, so each is tried on a view in which everything is said; the first wrong field
// ends it. The default theme's templates are tried by its tests.
func (m *maker) fields() {
	if !m.look.Own() {
		return
	}
	seen := map[diag.Span]bool{}
	try := func(name string, data any) {
		e, ok := m.look.WrongField(name, m.cfg.Language, data)
		if !ok || seen[e.Span] {
			return
		}
		seen[e.Span] = true
		if e.Type == "interface" {
			e.Type = "this value of params"
		}
		known := fieldsOf(reflect.TypeFor[View](), e.Type)
		if known == nil {
			known = append(fieldsOf(reflect.TypeFor[Check](), e.Type), fieldsOf(reflect.TypeFor[Callout](), e.Type)...)
		}
		m.ds.Add("theme/field", e.Span, diag.DidYouMean(e.Field, known), "%s has no field %s", e.Type, diag.Quote(e.Field))
	}
	for _, name := range m.look.Templates() {
		block, isBlock := strings.CutPrefix(strings.TrimSuffix(name, ".html"), "blocks/")
		part, isPage := PageTemplates[name]
		switch {
		case isPage:
			v := new(View)
			Sample(v)
			v.Site.Params = m.cfg.Params // the same on all pages; what a page says itself is there only sometimes
			for _, f := range reflect.VisibleFields(reflect.TypeFor[View]()) {
				if f.Type.Kind() == reflect.Pointer && f.Tag.Get("wire") != "-" && f.Name != part { // what is not written is shared, and every page has it
					reflect.ValueOf(v).Elem().FieldByIndex(f.Index).SetZero()
				}
			}
			try(name, v)
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
