package wire

import (
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// A codec writes and reads the values of one type.
type codec struct {
	enc func(b []byte, v reflect.Value) []byte
	dec func(r *reader, v reflect.Value)
}

var codecs sync.Map // codecKey → *codec

// A codecKey is a type, and the type whose values are left out wherever they stand in it; nil: none.
type codecKey struct{ t, without reflect.Type }

func codecOf(t, without reflect.Type) *codec {
	key := codecKey{t, without}
	if c, ok := codecs.Load(key); ok {
		return c.(*codec)
	}
	// Built before it is stored: another goroutine must never find half a codec. Two may build the same one; either will do.
	c, _ := codecs.LoadOrStore(key, key.build())
	return c.(*codec)
}

// nothing is the codec of what is left out.
var nothing = &codec{
	enc: func(b []byte, _ reflect.Value) []byte { return b },
	dec: func(*reader, reflect.Value) { panic(errStop) },
}

// lazy returns the codec of a part of a type. One that may lead back to the whole is looked up when it is first used, so that
// building the codec of a recursive type ends; one that nests counts the depth.
func (k codecKey) lazy(t reflect.Type) *codec {
	switch t.Kind() {
	case reflect.Struct, reflect.Slice, reflect.Array, reflect.Map, reflect.Pointer, reflect.Interface:
	default:
		return codecOf(t, nil)
	}
	if t == k.without {
		return nothing
	}
	get := sync.OnceValue(func() *codec { return codecOf(t, k.without) })
	return &codec{
		enc: func(b []byte, v reflect.Value) []byte { return get().enc(b, v) },
		dec: func(r *reader, v reflect.Value) {
			if r.depth++; r.depth > maxDepth {
				panic(errStop)
			}
			get().dec(r, v)
			r.depth--
		},
	}
}

// least returns how many bytes the shortest value of t takes.
func least(t reflect.Type) int {
	switch t.Kind() {
	case reflect.Float32, reflect.Float64:
		return 8
	case reflect.Array:
		return t.Len() * least(t.Elem())
	case reflect.Struct:
		n := 0
		for i := range t.NumField() {
			if f := t.Field(i); written(f) {
				n += least(f.Type)
			}
		}
		return n
	}
	return 1
}

// build makes the codec of a type. It is a table of kinds.
func (k codecKey) build() *codec {
	t, c := k.t, &codec{}
	switch t.Kind() {
	case reflect.Bool:
		c.enc = func(b []byte, v reflect.Value) []byte {
			if v.Bool() {
				return append(b, 1)
			}
			return append(b, 0)
		}
		c.dec = func(r *reader, v reflect.Value) { v.SetBool(r.take(1)[0] != 0) }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		c.enc = func(b []byte, v reflect.Value) []byte { return binary.AppendVarint(b, v.Int()) }
		c.dec = func(r *reader, v reflect.Value) {
			x, n := binary.Varint(r.b)
			if n <= 0 || v.OverflowInt(x) {
				panic(errStop)
			}
			r.b = r.b[n:]
			v.SetInt(x)
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		c.enc = func(b []byte, v reflect.Value) []byte { return binary.AppendUvarint(b, v.Uint()) }
		c.dec = func(r *reader, v reflect.Value) {
			x := r.uvarint()
			if v.OverflowUint(x) {
				panic(errStop)
			}
			v.SetUint(x)
		}
	case reflect.Float64, reflect.Float32:
		c.enc = func(b []byte, v reflect.Value) []byte {
			return binary.LittleEndian.AppendUint64(b, math.Float64bits(v.Float()))
		}
		c.dec = func(r *reader, v reflect.Value) {
			v.SetFloat(math.Float64frombits(binary.LittleEndian.Uint64(r.take(8))))
		}
	case reflect.String:
		c.enc = func(b []byte, v reflect.Value) []byte {
			s := v.String()
			return append(binary.AppendUvarint(b, uint64(len(s))), s...)
		}
		c.dec = func(r *reader, v reflect.Value) { v.SetString(string(r.take(r.uvarint()))) }
	case reflect.Pointer:
		el := k.lazy(t.Elem())
		c.enc = func(b []byte, v reflect.Value) []byte {
			if v.IsNil() {
				return append(b, 0)
			}
			return el.enc(append(b, 1), v.Elem())
		}
		c.dec = func(r *reader, v reflect.Value) {
			if r.take(1)[0] == 0 {
				v.SetZero()
				return
			}
			p := reflect.New(t.Elem())
			el.dec(r, p.Elem())
			v.Set(p)
		}
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			c.enc = func(b []byte, v reflect.Value) []byte {
				s := v.Bytes()
				return append(binary.AppendUvarint(b, uint64(len(s))), s...)
			}
			c.dec = func(r *reader, v reflect.Value) {
				if s := r.take(r.uvarint()); len(s) > 0 {
					v.SetBytes(slices.Clone(s))
				} else {
					v.SetZero()
				}
			}
			break
		}
		el, width := k.lazy(t.Elem()), least(t.Elem())
		if width == 0 {
			panic(fmt.Sprintf("wire: the elements of %s have nothing to write", t))
		}
		c.enc = func(b []byte, v reflect.Value) []byte {
			n := v.Len()
			b = binary.AppendUvarint(b, uint64(n))
			for i := range n {
				b = el.enc(b, v.Index(i))
			}
			return b
		}
		c.dec = func(r *reader, v reflect.Value) {
			n := r.count(width)
			if n == 0 {
				v.SetZero()
				return
			}
			s := reflect.MakeSlice(t, n, n)
			for i := range n {
				el.dec(r, s.Index(i))
			}
			v.Set(s)
		}
	case reflect.Array:
		if t.Elem() == reflect.TypeFor[byte]() { // a digest: as it is
			n := t.Len()
			c.enc = func(b []byte, v reflect.Value) []byte {
				at := len(b)
				b = append(b, make([]byte, n)...)
				reflect.Copy(reflect.ValueOf(b[at:]), v)
				return b
			}
			c.dec = func(r *reader, v reflect.Value) {
				reflect.Copy(v, reflect.ValueOf(r.take(uint64(n))))
			}
			break
		}
		el := k.lazy(t.Elem())
		c.enc = func(b []byte, v reflect.Value) []byte {
			for i := range t.Len() {
				b = el.enc(b, v.Index(i))
			}
			return b
		}
		c.dec = func(r *reader, v reflect.Value) {
			for i := range t.Len() {
				el.dec(r, v.Index(i))
			}
		}
	case reflect.Map:
		if t.Key().Kind() != reflect.String {
			panic(fmt.Sprintf("wire: cannot write a %s: the keys of maps must be strings", t))
		}
		el, width := k.lazy(t.Elem()), 1+least(t.Elem())
		c.enc = func(b []byte, v reflect.Value) []byte {
			keys := v.MapKeys()
			slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
			b = binary.AppendUvarint(b, uint64(len(keys)))
			for _, k := range keys {
				b = append(binary.AppendUvarint(b, uint64(k.Len())), k.String()...)
				b = el.enc(b, v.MapIndex(k))
			}
			return b
		}
		c.dec = func(r *reader, v reflect.Value) {
			n := r.count(width)
			if n == 0 {
				v.SetZero()
				return
			}
			m := reflect.MakeMapWithSize(t, n)
			for range n {
				k := reflect.ValueOf(string(r.take(r.uvarint()))).Convert(t.Key())
				x := reflect.New(t.Elem()).Elem()
				el.dec(r, x)
				m.SetMapIndex(k, x)
			}
			v.Set(m)
		}
	case reflect.Struct:
		type part struct {
			i int
			c *codec
		}
		var parts []part
		for i := range t.NumField() {
			if f := t.Field(i); written(f) {
				parts = append(parts, part{i, k.lazy(f.Type)})
			}
		}
		if len(parts) == 0 && t.NumField() > 0 {
			panic(fmt.Sprintf("wire: no field of %s can be written", t))
		}
		c.enc = func(b []byte, v reflect.Value) []byte {
			for _, p := range parts {
				b = p.c.enc(b, v.Field(p.i))
			}
			return b
		}
		c.dec = func(r *reader, v reflect.Value) {
			for _, p := range parts {
				p.c.dec(r, v.Field(p.i))
			}
		}
	case reflect.Interface:
		if t.NumMethod() > 0 {
			panic(fmt.Sprintf("wire: cannot write a %s: it may hold anything", t))
		}
		c.enc, c.dec = encodeAny, decodeAny
	default:
		panic(fmt.Sprintf("wire: cannot write a %s", t))
	}
	return c
}

// written reports whether the field is one that is written.
func written(f reflect.StructField) bool { return f.IsExported() && f.Tag.Get("wire") != "-" }
