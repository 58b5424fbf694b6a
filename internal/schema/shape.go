package schema

import (
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// notKeys reports a value or a list where the keys of a struct are wanted, and shows how the author's value is written with a key. An entry stands in a list.
func (d *Decoder) notKeys(n *yaml.Node, t reflect.Type, name string, entry bool) bool {
	if t.Kind() != reflect.Struct || t == textType || reflect.PointerTo(t).Implements(customType) || reflect.PointerTo(t).Implements(scalarType) {
		return false
	}
	for n.Kind == yaml.AliasNode && n.Alias != nil {
		n = n.Alias
	}
	if n.Kind == yaml.MappingNode || n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" {
		return false
	}
	what, hint := label(name), "write `key: value` lines, indented"
	switch as := d.withKeys(n, t); {
	case as == "" || name == "":
	case entry:
		hint = "write it as in `" + as + "`"
	default:
		hint = "write it as in `" + name + ": " + as + "`"
	}
	if entry {
		what = "an entry of " + what
	}
	d.Report("yaml/type", n, hint, "%s wants keys with values, not a %s", what, kindName(n))
	return true
}

// withKeys returns n as a struct of type t would have it: under its title or text, with the keys that must be there, else under the first that takes it; "" where
// none does.
func (d *Decoder) withKeys(n *yaml.Node, t reflect.Type) string {
	info := describe(t)
	value := written(n)
	var required []string
	for _, f := range info.fields {
		switch {
		case f.required && n.Kind == yaml.ScalarNode && (f.key == "title" || f.key == "text"):
			required = append(required, f.key+": "+value)
		case f.required:
			required = append(required, f.key+": …")
		}
	}
	if len(required) > 0 {
		return "{" + strings.Join(required, ", ") + "}"
	}
	if _, ok := info.byKey["off"]; ok && n.Kind == yaml.ScalarNode {
		switch strings.ToLower(n.Value) {
		case "off", "no", "false":
			return "{off: true}"
		case "on", "yes", "true":
			return "{off: false}"
		}
	}
	for _, f := range info.fields {
		if sample := d.sample(n, f, value); sample != "" {
			return "{" + f.key + ": " + sample + "}"
		}
	}
	return ""
}

// sample returns how n may be written as a value of f, or "" for what f does not take.
func (d *Decoder) sample(n *yaml.Node, f field, value string) string {
	t := f.typ
	list := t.Kind() == reflect.Slice
	if list {
		t = t.Elem()
	}
	switch {
	case f.at || n.Kind != yaml.ScalarNode && !list || len(f.enum) > 0 && !slices.Contains(f.enum, n.Value):
		return ""
	case reflect.PointerTo(t).Implements(scalarType):
		v := reflect.New(t)
		if n.Kind == yaml.ScalarNode && v.Interface().(Scalar).SetText(n.Value) == nil {
			return value
		}
		return map[reflect.Type]string{reflect.TypeFor[Minutes](): "10m"}[t] // the nearest to "10 minutes"
	case t != textType && t.Kind() != reflect.String || reflect.PointerTo(t).Implements(customType):
		return ""
	case list && n.Kind == yaml.ScalarNode:
		return "[" + value + "]"
	}
	return value
}

// written returns n as it may stand in a hint: a short value or a list of such.
func written(n *yaml.Node) string {
	if n.Kind == yaml.SequenceNode {
		var all []string
		for _, c := range n.Content {
			all = append(all, written(c))
		}
		if s := strings.Join(all, ", "); len(s) <= 60 {
			return "[" + s + "]"
		}
		return "[…]"
	}
	if n.Kind != yaml.ScalarNode || n.Value == "" || len(n.Value) > 40 || strings.ContainsAny(n.Value, "\n:#[]{},\"'`") || n.Value[0] == ' ' {
		return "…"
	}
	return n.Value
}
