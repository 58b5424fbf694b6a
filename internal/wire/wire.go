// Package wire turns plain Go values into bytes and back: compactly, deterministically and without
// type descriptions, so that one entry of a few kilobytes costs microseconds.
//
// It serves two ends: entries of the cache, and the keys of pages (equal values have equal bytes). A value is made of bools,
// integers, floats, strings, structs, slices, arrays, maps with string keys, pointers, and `any` that holds what plain data has
// (see any.go); unexported fields and fields with the tag `wire:"-"` are left out. A nil and an empty list or map have the same
// bytes and come back as nil. There is no versioning inside: whoever stores the bytes puts Shape of the type into their key,
// so that a changed struct finds nothing instead of nonsense.
//
// A type that cannot be written is a fault of the program, and Marshal panics on it when it first sees the type. So does a struct
// that has fields but none to write, such as a time.Time: it would come back empty and nobody would notice.
package wire

import (
	"bytes"
	"encoding/binary"
	"errors"
	"reflect"
	"sync"
)

// Marshal returns the bytes of v, or of what v points to.
func Marshal(v any) (out []byte) {
	Lend(v, func(b []byte) { out = bytes.Clone(b) })
	return out
}

// Lend calls use with the bytes of v, or of what v points to. When use returns they are others.
func Lend(v any, use func(b []byte)) { LendWithout(nil, v, use) }

// LendLarge does as Lend does with a value of about size bytes: its bytes need not move again and again while they become more.
func LendLarge(size int, v any, use func(b []byte)) {
	use(appendTo(make([]byte, 0, size), nil, v))
}

// LendWithout calls use with the bytes of v, or of what v points to, but for all structs of the type without, wherever they stand in it. They say whether two values differ
// in anything else, and cannot be read back. When use returns they are others.
func LendWithout(without reflect.Type, v any, use func(b []byte)) {
	scratch := scratches.Get().(*[]byte)
	b := appendTo((*scratch)[:0], without, v)
	use(b)
	if cap(b) <= mostScratch {
		*scratch = b
		scratches.Put(scratch)
	}
}

// scratches are what is written into: bytes that grow as they are written take three times their room.
var scratches = sync.Pool{New: func() any { return new([]byte) }}

const mostScratch = 1 << 20

// appendTo appends to b the bytes of v, or of what v points to, but for structs of the type without; nil: for none.
func appendTo(b []byte, without reflect.Type, v any) []byte {
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Pointer {
		rv = rv.Elem()
	}
	return codecOf(rv.Type(), without).enc(b, rv)
}

// ErrDamaged is returned by Unmarshal for bytes that are not those of a value of the type.
var ErrDamaged = errors.New("wire: damaged data")

// Unmarshal fills the value that v points to; fields that are not written stay as they are. Whatever the bytes, it neither panics
// nor takes more than a small multiple of their length in memory. Strings are copied, so b may be reused. After an error the value
// is in any state.
func Unmarshal(b []byte, v any) (err error) {
	defer func() {
		if r := recover(); r != nil {
			if r != any(errStop) {
				panic(r)
			}
			err = ErrDamaged
		}
	}()
	rv := reflect.ValueOf(v).Elem()
	d := &reader{b: b, room: len(b)}
	codecOf(rv.Type(), nil).dec(d, rv)
	if len(d.b) != 0 {
		return ErrDamaged
	}
	return nil
}

// errStop is the panic by which decoding stops at damage; Unmarshal catches it and nothing else.
var errStop = new(int)

// maxDepth bounds the nesting of a value that is read. Recursive types would let a damaged entry of a few megabytes use up the
// stack, which cannot be caught.
const maxDepth = 10_000

type reader struct {
	b     []byte
	depth int
	room  int // how many more elements of lists the bytes can hold
}

func (r *reader) uvarint() uint64 {
	x, n := binary.Uvarint(r.b)
	if n <= 0 {
		panic(errStop)
	}
	r.b = r.b[n:]
	return x
}

func (r *reader) take(n uint64) []byte {
	if n > uint64(len(r.b)) {
		panic(errStop)
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

// count reads the length of a list whose elements take at least width bytes each. A length beyond the rest is damage, and nothing is
// allocated for it. Nor can lists inside lists each claim the whole rest: every element, however deep, has a byte of its own.
func (r *reader) count(width int) int {
	n := r.uvarint()
	if n > uint64(len(r.b)/width) || n > uint64(r.room) {
		panic(errStop)
	}
	r.room -= int(n)
	return int(n)
}
