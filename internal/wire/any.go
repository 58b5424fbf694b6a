package wire

import (
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"slices"
)

// What an `any` may hold is what YAML, TOML and JSON have, decoded: nil, bool, int, float64, string, []any and map[string]any. Each is
// written behind a byte that says which it is. An empty list comes back as a nil []any, an empty map as an empty one.
const (
	anyNil = iota
	anyFalse
	anyTrue
	anyInt
	anyFloat
	anyString
	anyList
	anyMap
)

func encodeAny(b []byte, v reflect.Value) []byte { return appendAny(b, v.Interface()) }

func appendAny(b []byte, x any) []byte {
	switch x := x.(type) {
	case nil:
		return append(b, anyNil)
	case bool:
		if x {
			return append(b, anyTrue)
		}
		return append(b, anyFalse)
	case int:
		return binary.AppendVarint(append(b, anyInt), int64(x))
	case float64:
		return binary.LittleEndian.AppendUint64(append(b, anyFloat), math.Float64bits(x))
	case string:
		return append(binary.AppendUvarint(append(b, anyString), uint64(len(x))), x...)
	case []any:
		b = binary.AppendUvarint(append(b, anyList), uint64(len(x)))
		for _, y := range x {
			b = appendAny(b, y)
		}
		return b
	case map[string]any:
		keys := make([]string, 0, len(x))
		for k := range x {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		b = binary.AppendUvarint(append(b, anyMap), uint64(len(x)))
		for _, k := range keys {
			b = append(binary.AppendUvarint(b, uint64(len(k))), k...)
			b = appendAny(b, x[k])
		}
		return b
	}
	panic(fmt.Sprintf("wire: cannot write a %T in an any", x))
}

func decodeAny(r *reader, v reflect.Value) {
	if x := r.any(); x != nil {
		v.Set(reflect.ValueOf(x))
	} else {
		v.SetZero()
	}
}

func (r *reader) any() any {
	if r.depth++; r.depth > maxDepth {
		panic(errStop)
	}
	defer func() { r.depth-- }()
	switch r.take(1)[0] {
	case anyNil:
		return nil
	case anyFalse:
		return false
	case anyTrue:
		return true
	case anyInt:
		x, n := binary.Varint(r.b)
		if n <= 0 || int64(int(x)) != x {
			panic(errStop)
		}
		r.b = r.b[n:]
		return int(x)
	case anyFloat:
		return math.Float64frombits(binary.LittleEndian.Uint64(r.take(8)))
	case anyString:
		return string(r.take(r.uvarint()))
	case anyList:
		n := r.count(1)
		if n == 0 {
			return []any(nil)
		}
		list := make([]any, n)
		for i := range list {
			list[i] = r.any()
		}
		return list
	case anyMap:
		n := r.count(2)
		m := make(map[string]any, n)
		for range n {
			k := string(r.take(r.uvarint()))
			m[k] = r.any()
		}
		return m
	}
	panic(errStop)
}
