package theme

import (
	"bytes"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"
)

// An escaper writes values into one kind of place of an HTML text.
type escaper struct {
	plain   func(b *bytes.Buffer, s string) bool // writes a string, unless it needs more than this knows
	numbers bool                                 // are written as they are
	safe    reflect.Type                         // of strings that are written as they are; nil: of none

	tmpl        *template.Template // shows a value in such a place
	left, right int                // length of what it writes around the value
}

func (e *escaper) write(b *bytes.Buffer, v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		switch s := v.String(); {
		case v.Type() == reflect.TypeFor[string]():
			if e.plain(b, s) {
				return nil
			}
		case v.Type() == e.safe:
			b.WriteString(s)
			return nil
		}
	case reflect.Int:
		if e.numbers && v.Type() == reflect.TypeFor[int]() {
			b.Write(strconv.AppendInt(b.AvailableBuffer(), v.Int(), 10))
			return nil
		}
	}
	var out bytes.Buffer
	if err := e.tmpl.Execute(&out, anyOf(v)); err != nil {
		return err
	}
	b.Write(out.Bytes()[e.left : out.Len()-e.right])
	return nil
}

// escapers are those that a run knows, by what html/template calls them.
var escapers = sync.OnceValue(func() map[string]*escaper {
	text := func(b *bytes.Buffer, s string) bool {
		b.WriteString(escapeText(s))
		return true
	}
	bare := func(more string) func(b *bytes.Buffer, s string) bool {
		var fine [256]bool
		for _, c := range "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + more {
			fine[c] = true
		}
		return func(b *bytes.Buffer, s string) bool {
			for i := range len(s) {
				if !fine[s[i]] {
					return false
				}
			}
			b.WriteString(s)
			return true
		}
	}
	all := map[string]*escaper{}
	for _, c := range []struct {
		around string
		escaper
	}{
		{"{{.}}", escaper{plain: text, numbers: true, safe: reflect.TypeFor[template.HTML]()}},
		{"<title>{{.}}</title>", escaper{plain: text, numbers: true}},
		{`<a title="{{.}}">`, escaper{plain: text, numbers: true}},
		{`<a href="{{.}}">`, escaper{plain: bare("/#"), numbers: true}},
		{`<a href="#{{.}}">`, escaper{plain: bare(""), numbers: true}},
		{`<script type="application/json">{{.}}</script>`, escaper{plain: func(*bytes.Buffer, string) bool { return false }, safe: reflect.TypeFor[template.JS]()}},
	} {
		left, right, _ := strings.Cut(c.around, "{{.}}")
		c.tmpl = template.Must(template.New("").Parse(c.around))
		c.left, c.right = len(left), len(right)
		if err := c.tmpl.Execute(new(bytes.Buffer), ""); err != nil {
			continue // it is drawn by html/template then
		}
		nodes(c.tmpl, func(n parse.Node) {
			if n, ok := n.(*parse.ActionNode); ok {
				all[chain(n.Pipe)] = &c.escaper
			}
		})
	}
	return all
})

// chain are the escapers of an action.
func chain(p *parse.PipeNode) string {
	var b strings.Builder
	for _, c := range p.Cmds[1:] {
		b.WriteString(c.String() + "|")
	}
	return b.String()
}
