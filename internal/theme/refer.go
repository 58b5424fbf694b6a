package theme

import (
	"html/template"
	"reflect"
	"slices"
	"text/template/parse"

	"waymark/internal/diag"
)

// references reports templates, icons and messages that a template names and the theme does not have: they would only come to light on the first page that
// is drawn with them, or show the message's key to readers.
func (t *Theme) references(name string) (ds diag.List) {
	s := t.sources[name]
	at := func(n parse.Node) diag.Span { return s.file.Span(diag.At(int(n.Position()))) }
	calls(t.base.Lookup(name), func(what string, n parse.Node, other string) {
		switch what {
		case "template", "draw", "once":
			if t.base.Lookup(other) == nil {
				ds.Add("theme/template", at(n), diag.DidYouMean(other, t.Templates()), "the theme has no template %s", diag.Quote(other))
			}
		case "icon":
			if _, ok := t.icons[other]; !ok {
				ds.Add("theme/template", at(n), diag.DidYouMean(other, sortedKeys(t.icons)), "the theme has no icon %s", diag.Quote(other))
			}
		case "t", "n":
			if !t.says(messageOf(what, other)) {
				ds.Add("theme/template", at(n), diag.DidYouMean(other, sortedKeys(t.words("en"))), "no message is called %s", diag.Quote(messageOf(what, other)))
			}
		}
	})
	return ds
}

// messageOf is the message that {{t "key"}} or {{n "key" 2}} shows when there is no other form.
func messageOf(call, key string) string {
	if call == "n" {
		return key + ".other"
	}
	return key
}

// Unsaid reports messages that the site's own templates name and that neither the English words nor those of a language have in which the template is drawn, though others do.
// drawn are the languages of the pages that are drawn by a template, by its name. Of a template that none of these names itself or by others, as those of blocks, it is not known
// where it is drawn: it is enough that one of the languages has the message.
func (t *Theme) Unsaid(drawn map[string][]string) (ds diag.List) {
	called := map[string][]string{}
	for _, x := range t.base.Templates() {
		calls(x, func(what string, _ parse.Node, other string) {
			if what == "template" || what == "draw" || what == "once" {
				called[x.Name()] = append(called[x.Name()], other)
			}
		})
	}
	for _, name := range t.Templates() {
		if !t.own(name) {
			continue
		}
		var all, known []string
		for page, langs := range drawn {
			all = append(all, langs...)
			if leads(page, name, called) {
				known = append(known, langs...)
			}
		}
		slices.Sort(all)
		slices.Sort(known)
		calls(t.base.Lookup(name), func(what string, n parse.Node, key string) {
			if key = messageOf(what, key); what != "t" && what != "n" || t.words("en")[key] != "" || !t.says(key) {
				return
			}
			has := func(lang string) bool { return t.words(t.Language(lang))[key] != "" }
			lacking := slices.DeleteFunc(slices.Clone(known), has)
			if len(known) == 0 && !slices.ContainsFunc(all, has) {
				lacking = all
			}
			if len(lacking) > 0 {
				ds.Add("theme/message", t.sources[name].file.Span(diag.At(int(n.Position()))), "put it into messages/en.yaml of the theme, which is for every language that lacks it",
					"no message is called %s in the language %s, so readers may see that", diag.Quote(key), diag.Quote(t.Language(lacking[0])))
			}
		})
	}
	return ds
}

// calls calls f for each name in a template that is written out: of a template, after template, draw or once; of an icon; of a message, after t or n.
func calls(x *template.Template, f func(what string, n parse.Node, name string)) {
	nodes(x, func(n parse.Node) {
		switch n := n.(type) {
		case *parse.TemplateNode:
			f("template", n, n.Name)
		case *parse.CommandNode:
			if what, arg, ok := call(n); ok {
				f(what, arg, arg.Text)
			}
		}
	})
}

// call returns the function that a command calls with a word before all, and the word.
func call(c *parse.CommandNode) (what string, word *parse.StringNode, ok bool) {
	if len(c.Args) < 2 {
		return "", nil, false
	}
	name, isFunc := c.Args[0].(*parse.IdentifierNode)
	word, isText := c.Args[1].(*parse.StringNode)
	if !isFunc || !isText {
		return "", nil, false
	}
	return name.Ident, word, true
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
