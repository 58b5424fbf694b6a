package schema

import (
	"encoding/json"
	"reflect"
	"slices"
)

// JSONSchema returns the JSON Schema (draft 2020-12) of what Decode accepts for a value of v's struct type.
func JSONSchema(v any, title string) []byte {
	g := &Generator{defs: map[string]any{}, names: map[reflect.Type]string{}}
	root := g.structure(reflect.TypeOf(v))
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
	case reflect.Bool:
		return map[string]any{"enum": []any{true, false, "on", "off", "yes", "no"}}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Slice:
		el := g.Of(t.Elem())
		return map[string]any{"anyOf": []any{map[string]any{"type": []string{"array", "null"}, "items": el}, el}}
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
			if f.typ.Kind() == reflect.Slice {
				s = map[string]any{"anyOf": []any{map[string]any{"type": "array", "items": one}, one}}
			} else {
				s = one
			}
		}
		if f.to > 0 {
			s["minimum"], s["maximum"] = f.from, f.to
		}
		if f.required && (f.typ.Kind() == reflect.String || f.typ == textType) {
			s["pattern"] = `\S`
		}
		if f.language {
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
