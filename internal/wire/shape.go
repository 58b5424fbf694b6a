package wire

import (
	"crypto/sha256"
	"fmt"
	"reflect"
	"strings"
)

// Shape returns a digest of the type of v, or of what v points to: the names, kinds and order of all fields that Marshal writes.
// Types that are written alike may differ in shape; types of equal shape are written alike.
func Shape(v any) [32]byte {
	t := reflect.TypeOf(v)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	var b strings.Builder
	shape(&b, t, map[reflect.Type]bool{})
	return sha256.Sum256([]byte(b.String()))
}

// shape writes t down. A type that was met before is written as its name alone: a recursive one would not end.
func shape(b *strings.Builder, t reflect.Type, seen map[reflect.Type]bool) {
	// The kind as well as the name: a named int that becomes a string keeps its name.
	fmt.Fprintf(b, "%s %s", t, t.Kind())
	if seen[t] {
		return
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		b.WriteString("[")
		shape(b, t.Elem(), seen)
		b.WriteString("]")
	case reflect.Array:
		fmt.Fprintf(b, "[%d ", t.Len())
		shape(b, t.Elem(), seen)
		b.WriteString("]")
	case reflect.Struct:
		b.WriteString("(")
		for i := range t.NumField() {
			if f := t.Field(i); written(f) {
				fmt.Fprintf(b, "%s ", f.Name)
				shape(b, f.Type, seen)
				b.WriteString(";")
			}
		}
		b.WriteString(")")
	}
}
