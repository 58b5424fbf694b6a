package markdown

import (
	"reflect"
	"slices"
	"strings"

	"waymark/internal/diag"
	"waymark/internal/quiz"
)

// Facts returns what other pages can see of a page, as bytes without places, and the places that were left out, in a fixed order. Two versions of a page with equal facts
// differ in nothing but their text: they have the same headings, links, checks and front matter, only elsewhere in the file; their places correspond one to one.
func (d *Doc) Facts() ([]byte, []diag.Range) {
	c, err := Unmarshal(d.Marshal(), d.File) // a copy, down to the last list
	if err != nil {
		panic("markdown: a page cannot be copied: " + err.Error()) // it was written a moment ago
	}
	c.Digest, c.Diags = [32]byte{}, nil
	c.Words = Minutes(c.Words)
	var places []diag.Range
	eachRange(reflect.ValueOf(c).Elem(), func(r *diag.Range) {
		places = append(places, *r)
		*r = diag.Range{}
	})
	b := c.Marshal()
	if quiz.NearEnd(d.Checks, d.Text) {
		b = append(b, 1)
	}
	return b, places
}

// Minutes returns how long it takes to read words of prose, in whole minutes: 200 words take one.
func Minutes(words int) int { return (words + 199) / 200 }

var (
	rangeType = reflect.TypeFor[diag.Range]()
	fileType  = reflect.TypeFor[*diag.File]()
)

// eachRange calls f for every range in v, which is addressable, in the order of fields, elements and sorted keys.
func eachRange(v reflect.Value, f func(*diag.Range)) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() && v.Type() != fileType && v.Kind() == reflect.Pointer {
			eachRange(v.Elem(), f)
		}
	case reflect.Struct:
		if v.Type() == rangeType {
			f(v.Addr().Interface().(*diag.Range))
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				eachRange(v.Field(i), f)
			}
		}
	case reflect.Slice, reflect.Array:
		switch v.Type().Elem().Kind() {
		case reflect.Pointer, reflect.Struct, reflect.Slice, reflect.Array, reflect.Map:
			for i := range v.Len() {
				eachRange(v.Index(i), f)
			}
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, k := range keys {
			x := reflect.New(v.Type().Elem()).Elem()
			x.Set(v.MapIndex(k))
			eachRange(x, f)
			v.SetMapIndex(k, x)
		}
	}
}
