package markdown

import (
	"reflect"
	"slices"
	"strings"

	"waymark/internal/diag"
	"waymark/internal/quiz"
	"waymark/internal/wire"
)

// Facts returns the digest of what other pages can see of a page, but for places. Two versions of a page with equal facts differ in nothing but their text: they have the
// same headings, links, checks and front matter, only elsewhere in the file; their Places correspond one to one.
func (d *Doc) Facts() (sum [32]byte) {
	s := toStore(d)
	defer s.free()
	s.Doc.Digest = [32]byte{}
	s.Doc.Words = Minutes(d.Words)
	wire.LendWithout(rangeType, s, func(b []byte) {
		if quiz.NearEnd(d.Checks, d.Text) {
			b = append(b, 1)
		}
		sum = diag.Digest(b)
	})
	return sum
}

// Places returns the places in the file that Facts leaves out, in a fixed order.
func (d *Doc) Places() (places []diag.Range) {
	eachRange(reflect.ValueOf(d).Elem(), func(r diag.Range) diag.Range {
		places = append(places, r)
		return r
	})
	return places
}

// Minutes returns how long it takes to read words of prose, in whole minutes: 200 words take one.
func Minutes(words int) int { return (words + 199) / 200 }

var rangeType = reflect.TypeFor[diag.Range]()

// eachRange calls f for every range in v that is stored, in the order of fields, elements and sorted keys, and puts what f returns in its place where that is another.
func eachRange(v reflect.Value, f func(diag.Range) diag.Range) (changed bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			changed = eachRange(v.Elem(), f)
		}
	case reflect.Struct:
		if v.Type() == rangeType {
			was := v.Interface().(diag.Range)
			is := f(was)
			if changed = is != was; changed {
				v.Set(reflect.ValueOf(is))
			}
			return changed
		}
		for i := range v.NumField() {
			if x := v.Type().Field(i); x.IsExported() && x.Tag.Get("wire") != "-" {
				changed = eachRange(v.Field(i), f) || changed
			}
		}
	case reflect.Slice, reflect.Array:
		switch v.Type().Elem().Kind() {
		case reflect.Pointer, reflect.Struct, reflect.Slice, reflect.Array, reflect.Map:
			for i := range v.Len() {
				changed = eachRange(v.Index(i), f) || changed
			}
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, k := range keys {
			x := reflect.New(v.Type().Elem()).Elem()
			x.Set(v.MapIndex(k))
			if eachRange(x, f) {
				changed = true
				v.SetMapIndex(k, x)
			}
		}
	}
	return changed
}
