package schema

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
)

// JSONSchema returns the JSON Schema (draft 2020-12) of what Decode accepts for a value of v's struct type.
func JSONSchema(v any, title string) []byte { return printed(v, title, func(map[string]any) {}) }

// OverlaySchema is JSONSchema for a file that lies over another: it need not say what the other one says.
func OverlaySchema(v any, title string) []byte {
	return printed(v, title, func(root map[string]any) {
		root["type"] = []string{"object", "null"}
		delete(root, "required")
	})
}

func printed(v any, title string, alter func(root map[string]any)) []byte {
	g := &Generator{defs: map[string]any{}, names: map[reflect.Type]string{}}
	root := g.structure(reflect.TypeOf(v))
	alter(root)
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = title
	if len(g.defs) > 0 {
		root["$defs"] = g.defs
	}
	out, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic("schema: " + err.Error()) // maps of plain values always marshal
	}
	return append(out, '\n')
}

// A Generator holds the definitions of one JSONSchema; Custom types use it.
type Generator struct {
	defs  map[string]any
	names map[reflect.Type]string
}

// Of returns the schema of a Go type.
func (g *Generator) Of(t reflect.Type) map[string]any {
	if t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(customType) {
		if name, ok := g.names[t]; ok {
			return map[string]any{"$ref": "#/$defs/" + name}
		}
		g.names[t] = t.Name()
		g.defs[t.Name()] = reflect.New(t).Interface().(Custom).JSONSchema(g)
		return map[string]any{"$ref": "#/$defs/" + t.Name()}
	}
	if t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(scalarType) {
		types, pattern, least, most := reflect.New(t).Interface().(Scalar).Form()
		s := map[string]any{"type": types, "pattern": pattern}
		if slices.Contains(types, "integer") {
			s["minimum"], s["maximum"] = least, most
		}
		return s
	}
	if t == textType {
		return anyScalar()
	}
	switch t.Kind() {
	case reflect.Pointer:
		return g.Of(t.Elem())
	case reflect.Interface:
		return map[string]any{}
	case reflect.String:
		return anyScalar()
	case reflect.Bool: // in quotes, too, and in capitals
		return map[string]any{"type": []string{"boolean", "string"}, "pattern": `^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Oo][Nn]|[Oo][Ff][Ff]|[Yy][Ee][Ss]|[Nn][Oo])$`}
	case reflect.Int:
		return number(math.MinInt32, math.MaxInt32)
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Slice:
		return oneOrMore(g.Of(t.Elem()))
	case reflect.Map:
		return map[string]any{"type": []string{"object", "null"}, "additionalProperties": g.Of(t.Elem())}
	case reflect.Struct:
		if name, ok := g.names[t]; ok {
			return map[string]any{"$ref": "#/$defs/" + name}
		}
		name := t.Name()
		g.names[t] = name
		g.defs[name] = g.structure(t)
		return map[string]any{"$ref": "#/$defs/" + name}
	}
	panic("schema: no JSON Schema for " + t.String())
}

// oneOrMore is a list of values, or one of them.
func oneOrMore(el map[string]any) map[string]any {
	return map[string]any{"anyOf": []any{map[string]any{"type": []string{"array", "null"}, "items": el}, el}}
}

// number is a whole number, or a text that is one: those who put it in quotes mean the same.
func number(least, most int) map[string]any {
	return map[string]any{"type": []string{"integer", "string"}, "minimum": least, "maximum": most, "pattern": `^[+-]?[0-9]+$`}
}

// forms are what a text may be that the build looks at later: in a tag `as:"id"`.
var forms = map[string]string{
	"id":      `^[\p{Ll}\p{Lm}\p{Lo}\p{N}]([\p{Ll}\p{Lm}\p{Lo}\p{N}\p{M}_-]{0,98}[\p{Ll}\p{Lm}\p{Lo}\p{N}\p{M}])?$`, // IsSlug
	"color":   `^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$`,
	"address": `^\s*[Hh][Tt][Tt][Pp][Ss]?://[^/?#@\s]+(/[^?#]*)?$`,
}

// anyScalar is what a text may be written as: YAML reads 2026 and true as other types, which Decode takes as text.
func anyScalar() map[string]any {
	return map[string]any{"type": []string{"string", "number", "boolean"}}
}

func (g *Generator) structure(t reflect.Type) map[string]any {
	props := map[string]any{}
	var required []string
	for _, f := range describe(t).fields {
		if f.at {
			continue
		}
		s := g.Of(f.typ)
		if len(f.enum) > 0 {
			one := map[string]any{"enum": words(f.enum)}
			switch f.typ.Kind() {
			case reflect.Slice:
				s = map[string]any{"anyOf": []any{map[string]any{"type": "array", "items": one}, one}}
			case reflect.Map:
				s["additionalProperties"] = one
			default:
				s = one
			}
		}
		switch pattern := forms[f.as]; {
		case f.to > 0 && f.typ.Kind() == reflect.Slice:
			s = oneOrMore(number(f.from, f.to))
		case f.to > 0:
			s = number(f.from, f.to)
		case pattern != "" && f.required:
			s["pattern"] = pattern
		case pattern != "":
			s["pattern"] = "^$|" + pattern
		case f.as == "full":
			s = map[string]any{"anyOf": []any{map[string]any{"type": "array", "items": g.Of(f.typ.Elem()), "minItems": 1}, g.Of(f.typ.Elem())}}
		case f.required && (f.typ.Kind() == reflect.String || f.typ == textType):
			s["pattern"] = `\S`
		case f.language:
			s = map[string]any{"type": "string", "pattern": languagePattern}
		}
		if f.doc != "" {
			s["description"] = f.doc
		}
		props[f.key] = s
		if f.required {
			required = append(required, f.key)
		}
	}
	out := map[string]any{"type": []string{"object", "null"}, "properties": props, "additionalProperties": false}
	if len(required) > 0 {
		out["type"], out["required"] = "object", required
	}
	return out
}

// words are the values of an enumeration as they reach a validator: true and false without quotes are no words in YAML.
func words(enum []string) []any {
	var all []any
	for _, w := range enum {
		all = append(all, w)
		if w == "true" || w == "false" {
			all = append(all, w == "true")
		}
	}
	return all
}

// Keys returns the keys of v's struct type with their documentation, in order, for reference pages.
func Keys(v any) (keys, docs []string) {
	for _, f := range describe(reflect.TypeOf(v)).fields {
		if !f.at {
			keys = append(keys, f.key)
			docs = append(docs, f.doc)
		}
	}
	return keys, docs
}
