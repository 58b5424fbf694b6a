package schema

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
	"waymark/internal/diag"
)

func (d *Decoder) mapping(n *yaml.Node, v reflect.Value, name string, depth int) {
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" {
		return
	}
	if n.Kind != yaml.MappingNode {
		d.Report("yaml/type", n, "write `key: value` lines, indented", "%s wants keys with values, not a %s", label(name), kindName(n))
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	d.pairs(n, func(key, val *yaml.Node) {
		el := reflect.New(v.Type().Elem()).Elem()
		d.value(val, el, key.Value, depth+1)
		v.SetMapIndex(reflect.ValueOf(key.Value).Convert(v.Type().Key()), el)
	})
}

// pairs calls f for each key of a mapping once, with merge keys followed and duplicates reported.
func (d *Decoder) pairs(n *yaml.Node, f func(key, val *yaml.Node)) {
	seen := map[string]bool{}
	var merged []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, val := n.Content[i], n.Content[i+1]
		if k.Kind == yaml.ScalarNode && k.ShortTag() == "!!merge" {
			merged = append(merged, val)
			continue
		}
		if k.Kind != yaml.ScalarNode {
			d.Report("yaml/type", k, "write a word as the key", "a key is one word")
			continue
		}
		if seen[k.Value] {
			d.Report("yaml/duplicate-key", k, "keep one of the two", "%s stands twice here", diag.Quote(k.Value))
			continue
		}
		seen[k.Value] = true
		f(k, val)
	}
	for _, from := range merged {
		d.merge(from, seen, f, 0)
	}
}

// merge calls f for the keys behind a merge key (`<<: *base`) that the mapping does not have itself; of several mappings the first one that has a
// key gives it (YAML 1.1, "Merge Key Language-Independent Type").
func (d *Decoder) merge(n *yaml.Node, seen map[string]bool, f func(key, val *yaml.Node), depth int) {
	n, ok := d.Resolve(n)
	switch {
	case !ok:
	case depth > maxDepth:
		d.tooDeep(n)
	case n.Kind == yaml.SequenceNode:
		for _, c := range n.Content {
			d.merge(c, seen, f, depth+1)
		}
	case n.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(n.Content) && d.nodes < maxNodes; i += 2 {
			d.Resolve(n.Content[i]) // counts also the keys that are passed over
			switch k, val := n.Content[i], n.Content[i+1]; {
			case k.ShortTag() == "!!merge":
				d.merge(val, seen, f, depth+1)
			case k.Kind == yaml.ScalarNode && !seen[k.Value]:
				seen[k.Value] = true
				f(k, val)
			}
		}
	default:
		d.Report("yaml/type", n, "write `<<: *name`", "%s joins mappings, not a %s", diag.Quote("<<"), kindName(n))
	}
}

func (d *Decoder) structure(n *yaml.Node, v reflect.Value, name string, depth int) {
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" {
		n = &yaml.Node{Kind: yaml.MappingNode, Line: n.Line, Column: n.Column}
	}
	if d.notKeys(n, v.Type(), name, false) {
		return
	}
	info := describe(v.Type())
	have := map[string]bool{} // the keys that are there, and those that were meant
	d.pairs(n, func(key, val *yaml.Node) {
		f, ok := info.byKey[key.Value]
		if !ok {
			have[diag.Nearest(key.Value, info.keys)] = true
			if d.lenient {
				d.passOver(key, val)
				return
			}
			d.Report("yaml/unknown-key", key, diag.DidYouMean(key.Value, info.keys), "%s is not a key of %s", diag.Quote(key.Value), where(name))
			return
		}
		have[f.key] = true
		field := v.FieldByIndex(f.index)
		before := len(d.List)
		d.value(val, field, key.Value, depth+1)
		if len(d.List) == before {
			d.judge(val, field, f)
		}
		if d.lenient && depth == 0 && len(d.List) > before {
			// The same word may mean something else in a handbook from elsewhere: `role: contributor`.
			d.List = d.List[:before]
			field.SetZero()
			d.passOver(key, val)
		}
	})
	for _, f := range info.fields {
		if f.required && !have[f.key] && v.FieldByIndex(f.index).IsZero() {
			d.Report("yaml/missing", n, "add a line `"+f.key+": …`", "%s has no %s", where(name), diag.Quote(f.key))
		}
		if f.at {
			v.FieldByIndex(f.index).Set(reflect.ValueOf(d.Range(n)))
		}
	}
}

// judge reports a value of the right shape that the tags of its field do not allow.
func (d *Decoder) judge(n *yaml.Node, v reflect.Value, f field) {
	switch {
	case len(f.enum) > 0 && v.Kind() != reflect.Map:
		d.enum(n, v, f.key, f.enum)
	case f.to > 0 && v.Kind() == reflect.Int && (int(v.Int()) < f.from || int(v.Int()) > f.to):
		d.Report("yaml/value", n, fmt.Sprintf("write a number from %d to %d", f.from, f.to), "%s cannot be %d", label(f.key), v.Int())
	case f.required && isBlank(v):
		d.Report("yaml/type", n, "write what it is", "%s has no value", label(f.key))
	case f.language && !IsLanguage(textOf(v)):
		hint := "write a language tag as in en, en-GB, de or ar"
		if tag := strings.ReplaceAll(textOf(v), "_", "-"); IsLanguage(tag) {
			hint = "write " + diag.Quote(tag)
		}
		d.Report("yaml/value", n, hint, "%s is not a language", diag.Quote(textOf(v)))
	}
}

func (d *Decoder) passOver(key, val *yaml.Node) {
	u := Unknown{Text: Text{key.Value, d.Range(key)}, Says: Text{At: d.Range(val)}}
	if val, ok := d.Resolve(val); ok && val.Kind == yaml.ScalarNode && val.ShortTag() != "!!null" {
		u.Says.Value = val.Value
	}
	d.unknown = append(d.unknown, u)
}

// isBlank reports whether v is a text in which nothing stands.
func isBlank(v reflect.Value) bool {
	switch t := v.Interface().(type) {
	case string:
		return strings.TrimSpace(t) == ""
	case Text:
		return strings.TrimSpace(t.Value) == ""
	}
	return false
}

func where(name string) string {
	if name == "" {
		return "this file"
	}
	return diag.Quote(name)
}

func (d *Decoder) enum(n *yaml.Node, v reflect.Value, name string, allowed []string) {
	n, ok := d.Resolve(n)
	if !ok {
		return
	}
	if n.Kind == yaml.SequenceNode {
		for i, c := range n.Content {
			if i < v.Len() {
				d.enum(c, v.Index(i), name, allowed)
			}
		}
		return
	}
	if n.Kind == yaml.ScalarNode && !slices.Contains(allowed, n.Value) {
		d.Report("yaml/value", n, diag.DidYouMean(n.Value, allowed), "%s cannot be %s", label(name), diag.Quote(n.Value))
	}
}

// textOf returns the text of a field that is a string or a Text.
func textOf(field reflect.Value) string {
	if t, ok := field.Interface().(Text); ok {
		return t.Value
	}
	return field.String()
}

// A field is what the tags of a struct field say.
type field struct {
	key      string
	index    []int
	required bool
	language bool     // the field is a text that names a language: `key:"lang,language"`
	at       bool     // the field takes the mapping's place, not a key: `key:"-at"`
	enum     []string // of a map they are its values', judged by who reads it, and for the JSON Schema
	from, to int      // of a whole number: `range:"1,50"`; to is 0 where any will do. Those of a list are judged by who reads it, and are for the JSON Schema
	as       string   // for the JSON Schema, what the build judges later: `as:"id"`, one of forms, or `as:"full"`, a list that is not empty
	doc      string
	typ      reflect.Type
}

type structInfo struct {
	fields []field
	byKey  map[string]field
	keys   []string
}

var described sync.Map // reflect.Type → *structInfo

func describe(t reflect.Type) *structInfo {
	if i, ok := described.Load(t); ok {
		return i.(*structInfo)
	}
	info := &structInfo{byKey: map[string]field{}}
	for _, f := range reflect.VisibleFields(t) {
		tag, ok := f.Tag.Lookup("key")
		if !ok {
			continue
		}
		name, opts, _ := strings.Cut(tag, ",")
		x := field{key: name, index: f.Index, required: opts == "required", language: opts == "language", as: f.Tag.Get("as"), doc: f.Tag.Get("doc"), typ: f.Type}
		if name == "-at" {
			if f.Type != rangeType {
				panic(fmt.Sprintf("schema: %s.%s is not a diag.Range", t, f.Name))
			}
			x.key, x.at = "", true
			info.fields = append(info.fields, x)
			continue
		}
		if e := f.Tag.Get("enum"); e != "" {
			x.enum = strings.Split(e, ",")
		}
		if r := f.Tag.Get("range"); r != "" {
			if _, err := fmt.Sscanf(r, "%d,%d", &x.from, &x.to); err != nil || f.Type.Kind() != reflect.Int && f.Type != reflect.TypeFor[[]int]() {
				panic(fmt.Sprintf("schema: %s.%s has no range of whole numbers", t, f.Name))
			}
		}
		info.fields = append(info.fields, x)
		info.byKey[name] = x
		info.keys = append(info.keys, name)
	}
	described.Store(t, info)
	return info
}
