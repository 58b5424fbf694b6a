package plan

import (
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"strings"
)

// Sample fills the view that v points to, so that a template can be tried on it: everything is said, texts have the signs that HTML uses for itself, lists have two of
// everything. It is always the same.
func Sample(v any) { new(sampler).fill(reflect.ValueOf(v).Elem(), "") }

// A sampler makes values that are all different.
type sampler struct{ n, depth int }

func (s *sampler) fill(v reflect.Value, name string) {
	s.n++
	switch v.Interface().(type) {
	case template.HTML:
		v.SetString(fmt.Sprintf("<p>html %d</p>", s.n))
		return
	case template.JS:
		v.SetString(fmt.Sprintf(`{"n":%d}`, s.n))
		return
	}
	switch v.Kind() {
	case reflect.String:
		switch {
		case name == "ID" || name == "Key" || strings.HasSuffix(name, "Prefix"):
			v.SetString(fmt.Sprintf("id-%d", s.n))
		case name == "URL" || name == "Root" || slices.Contains(addressFields, name):
			v.SetString(fmt.Sprintf("page-%d.html", s.n))
		case name == "Lang" || name == "Language":
			v.SetString("en")
		case name == "Dir":
			v.SetString("ltr")
		case strings.HasPrefix(name, "Review") || name == "Reviewed":
			v.SetString("2026-05-31")
		default:
			v.SetString(fmt.Sprintf("%s %d <&\"'>", strings.ToLower(name), s.n))
		}
	case reflect.Int:
		v.SetInt(int64(s.n%5 + 1))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		s.fill(v.Elem(), name)
	case reflect.Slice:
		if s.depth > 6 {
			return
		}
		s.depth++
		for range 2 {
			el := reflect.New(v.Type().Elem()).Elem()
			s.fill(el, strings.TrimSuffix(name, "s"))
			v.Set(reflect.Append(v, el))
		}
		s.depth--
	case reflect.Map:
		if v.Type() == reflect.TypeFor[Params]() {
			return // what may be in them only their author knows
		}
		v.Set(reflect.MakeMap(v.Type()))
		for _, key := range []string{"class", "minutes", "group"} {
			v.SetMapIndex(reflect.ValueOf(key), reflect.ValueOf("5"))
		}
	case reflect.Struct:
		if s.depth > 6 {
			return
		}
		s.depth++
		for _, f := range reflect.VisibleFields(v.Type()) {
			if f.IsExported() && len(f.Index) == 1 {
				s.fill(v.FieldByIndex(f.Index), f.Name)
			}
		}
		s.depth--
	}
}

// addressFields are fields of views that hold an address.
var addressFields = []string{"Home", "Logo", "Icon", "CSS", "JS", "Theme", "Font", "Base", "Extra", "Manifest", "Search", "Progress", "Canonical", "Edit", "Certificate", "Badge", "Workbook", "First", "Print", "Screen", "Data", "Path"}
