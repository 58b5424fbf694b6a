package theme

import (
	"html/template"
	"reflect"
	"slices"
	"text/template/parse"

	"waymark/internal/diag"
)

// references reports templates and messages that a template names and the theme does not have: they would only come to light on the first page that
// is drawn with them, or show the message's key to readers.
func (t *Theme) references(name string) (ds diag.List) {
	s := t.sources[name]
	at := func(n parse.Node) diag.Span { return s.file.Span(diag.At(int(n.Position()))) }
	wants := func(n parse.Node, other string) {
		if t.base.Lookup(other) == nil {
			ds.Add("theme/template", at(n), diag.DidYouMean(other, t.Templates()), "the theme has no template %s", diag.Quote(other))
		}
	}
	nodes(t.base.Lookup(name), func(n parse.Node) {
		switch n := n.(type) {
		case *parse.TemplateNode:
			wants(n, n.Name)
		case *parse.CommandNode:
			if len(n.Args) < 2 {
				return
			}
			f, isFunc := n.Args[0].(*parse.IdentifierNode)
			arg, isText := n.Args[1].(*parse.StringNode)
			switch {
			case !isFunc || !isText:
			case f.Ident == "draw" || f.Ident == "once":
				wants(arg, arg.Text)
			case f.Ident == "t" && !t.says(arg.Text):
				ds.Add("theme/template", at(arg), diag.DidYouMean(arg.Text, sortedKeys(t.words("en"))), "no message is called %s", diag.Quote(arg.Text))
			}
		}
	})
	return ds
}

// nodes calls f for each node of a template, from the outside in; of none where there is no such template.
func nodes(x *template.Template, f func(parse.Node)) {
	if x != nil && x.Tree != nil {
		walk(reflect.ValueOf(x.Tree.Root), f)
	}
}

// walk calls f for each node below v, which is one or holds some.
func walk(v reflect.Value, f func(parse.Node)) {
	switch v.Kind() {
	case reflect.Interface:
		walk(v.Elem(), f)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return // the text of a node
		}
		for i := range v.Len() {
			walk(v.Index(i), f)
		}
	case reflect.Pointer:
		if v.IsNil() || v.Type() == reflect.TypeFor[*parse.Tree]() {
			return
		}
		if n, ok := v.Interface().(parse.Node); ok {
			f(n)
		}
		for i := range v.Elem().NumField() {
			if field := v.Elem().Type().Field(i); field.IsExported() && slices.Contains(holds, field.Type.Kind()) || field.Anonymous {
				walk(v.Elem().Field(i), f)
			}
		}
	case reflect.Struct: // what branches have in common
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() && slices.Contains(holds, field.Type.Kind()) {
				walk(v.Field(i), f)
			}
		}
	}
}

// holds are the kinds of fields in which nodes hold others.
var holds = []reflect.Kind{reflect.Pointer, reflect.Slice, reflect.Interface}
