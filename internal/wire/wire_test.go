package wire

import (
	"bytes"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// A doc has one field of every kind that can be written.
type doc struct {
	Yes      bool
	I        int
	I8       int8
	U16      uint16
	B        byte
	F        float64
	F32      float32
	S        string
	Word     word
	Raw      []byte
	Named    octets
	Digest   [4]byte
	Sum      sum
	Grid     [2][3]int
	Pair     pair
	Embedded // its fields are written like those of any struct
	At       *pair
	Text     *string
	List     []string
	Pairs    []pair
	Rows     [][]int
	Many     []*pair
	Map      map[string]int
	Slots    map[word]pair
	Set      map[string]struct{}
	Nested   map[string]map[string][]pair
	Any      any
	Params   map[string]any
	Tree     tree
	Rings    rings
	Left     string `wire:"-"`
	hidden   int
}

type (
	word     string
	octets   []octet
	octet    byte
	sum      [3]octet
	pair     struct{ From, To int }
	Embedded struct{ Deep string }
	// tree and rings lead back to themselves, by pointer, list and map.
	tree struct {
		Name string
		Up   *tree
		Kids []tree
		By   map[string]tree
	}
	rings []rings
)

func full() doc {
	s := "text"
	return doc{
		Yes: true, I: math.MinInt64, I8: -128, U16: math.MaxUint16, B: 200, F: -math.Pi, F32: 1.5, S: "größe\x00", Word: "w",
		Raw: []byte{0, 128, 255}, Named: octets{1, 200}, Digest: [4]byte{255, 0, 128, 1}, Sum: sum{9, 255, 0},
		Grid: [2][3]int{{1, 2, 3}, {4, 5, 6}}, Pair: pair{1, -2}, Embedded: Embedded{"deep"}, At: &pair{3, 4}, Text: &s,
		List: []string{"", "a", "b"}, Pairs: []pair{{1, 2}, {}}, Rows: [][]int{{1}, nil, {2, 3}}, Many: []*pair{nil, {5, 6}},
		Map: map[string]int{"z": 1, "a": 2, "": 3}, Slots: map[word]pair{"x": {7, 8}}, Set: map[string]struct{}{"in": {}},
		Nested: map[string]map[string][]pair{"a": {"b": {{1, 1}}}, "c": nil},
		Any:    []any{nil, true, false, 42, -1.5, "s", []any(nil), map[string]any{}, map[string]any{"k": []any{1}}},
		Params: map[string]any{"b": 1, "a": "x", "none": nil},
		Tree:   tree{Name: "root", Up: &tree{Name: "up"}, Kids: []tree{{Name: "kid"}}, By: map[string]tree{"k": {Name: "by"}}},
		Rings:  rings{{}, {{}, nil}, nil},
	}
}

// same ignores what has no bytes of its own: the fields left out, and whether an empty list or map is nil.
var same = []cmp.Option{
	cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(doc{}), cmpopts.IgnoreFields(doc{}, "Left"), cmpopts.EquateNaNs(),
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	for name, in := range map[string]doc{"full": full(), "zero": {}} {
		t.Run(name, func(t *testing.T) {
			var out doc
			if err := Unmarshal(Marshal(in), &out); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(in, out, same...); d != "" {
				t.Error(d)
			}
			if !bytes.Equal(Marshal(in), Marshal(&in)) {
				t.Error("a value and a pointer to it differ")
			}
			if !bytes.Equal(Marshal(in), Marshal(out)) {
				t.Error("written a second time it differs")
			}
			if got := appendTo([]byte("before"), nil, in); !bytes.Equal(got, append([]byte("before"), Marshal(in)...)) {
				t.Error("Append is not the bytes before and those of Marshal")
			}
		})
	}
}

func TestFieldsLeftOutMoveNothing(t *testing.T) {
	a, b := full(), full()
	b.Left, b.hidden = "left", 7
	if !bytes.Equal(Marshal(a), Marshal(b)) {
		t.Error("a field that is not written changes the bytes")
	}
	out := doc{Left: "kept"}
	if err := Unmarshal(Marshal(a), &out); err != nil || out.Left != "kept" {
		t.Errorf("Left = %q, %v; want it as it was", out.Left, err)
	}
}

// Each written field must move the bytes, or two different pages would have one key.
func TestEveryFieldMovesTheBytes(t *testing.T) {
	zero, rv := Marshal(doc{}), reflect.ValueOf(full())
	for i := range rv.NumField() {
		f := rv.Type().Field(i)
		if !written(f) {
			continue
		}
		var d doc
		reflect.ValueOf(&d).Elem().Field(i).Set(rv.Field(i))
		if bytes.Equal(Marshal(d), zero) {
			t.Errorf("%s: set and unset have the same bytes", f.Name)
		}
	}
}

func TestMapsAreWrittenInOrder(t *testing.T) {
	m := map[string]any{}
	for i := range 200 {
		m[strings.Repeat("k", i)] = map[string]any{"b": i, "a": i}
	}
	want := Marshal(doc{Params: m})
	for range 20 {
		if !bytes.Equal(Marshal(doc{Params: m}), want) {
			t.Fatal("two writings of one map differ")
		}
	}
}

// The first use of a type by many goroutines at once once found a codec without functions.
func TestFirstUseByManyAtOnce(t *testing.T) {
	type once struct{ D []doc }
	in := once{D: []doc{full(), {}}}
	var wg sync.WaitGroup
	for range 32 {
		wg.Go(func() {
			var out once
			if err := Unmarshal(Marshal(in), &out); err != nil || len(out.D) != 2 {
				t.Errorf("%d docs, %v", len(out.D), err)
			}
		})
	}
	wg.Wait()
}

func TestDamageIsAnErrorNeverAPanic(t *testing.T) {
	good := Marshal(full())
	try := func(b []byte) {
		var out doc
		if err := Unmarshal(b, &out); err == nil {
			Marshal(out) // what was accepted is a value
		} else if err != ErrDamaged {
			t.Fatalf("%v", err)
		}
	}
	for i := range good {
		try(good[:i])
		for _, x := range []byte{0x01, 0x80, 0xff} {
			b := bytes.Clone(good)
			b[i] ^= x
			try(b)
		}
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		b := bytes.Clone(good)
		for range 1 + rnd.IntN(8) {
			b[rnd.IntN(len(b))] = byte(rnd.Uint32())
		}
		try(b)
	}
	var d doc
	for i := range good {
		if Unmarshal(good[:i], &d) == nil {
			t.Errorf("the first %d of %d bytes are taken for the whole", i, len(good))
		}
	}
	if Unmarshal(append(good, 0), &d) == nil {
		t.Error("bytes after the end go unnoticed")
	}
}

func TestDeepDamageDoesNotUseUpTheStack(t *testing.T) {
	type chain struct{ Next *chain }
	var c chain
	if err := Unmarshal(bytes.Repeat([]byte{1}, 50<<20), &c); err != ErrDamaged {
		t.Errorf("a chain of 50 million pointers: %v", err)
	}
	var a []any
	if err := Unmarshal(bytes.Repeat([]byte{1, anyList}, 10<<20), &a); err != ErrDamaged {
		t.Errorf("ten million lists in each other: %v", err)
	}
}

func TestALengthBeyondTheRestAllocatesNothing(t *testing.T) {
	type wide struct{ A, B, C, D, E, F, G, H [64]float64 }
	var list []wide
	b := append([]byte{0xff, 0xff, 0x03}, make([]byte, 65535)...) // "65,535 elements follow", in 64 KB
	if n := testing.AllocsPerRun(1, func() { _ = Unmarshal(b, &list) }); n > 20 || list != nil {
		t.Errorf("%v allocations, %d elements", n, len(list))
	}
}

func TestListsInListsCannotAllClaimTheRest(t *testing.T) {
	var b []byte
	for range 5000 { // outermost last: each list says that it has as many elements as there are bytes behind it
		n := len(b)
		b = append(append(make([]byte, 0, n+3), Marshal(uint64(n))...), b...)
	}
	var out rings
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_ = Unmarshal(b, &out)
	runtime.ReadMemStats(&after)
	if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 16 {
		t.Errorf("%d bytes took %d MB", len(b), mb)
	}
}

func TestWhatCannotBeWrittenIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		v    any
		want string
	}{
		"time":            {struct{ T time.Time }{}, "no field of time.Time can be written"},
		"function":        {struct{ F func() }{}, "cannot write a func()"},
		"interface":       {struct{ E error }{}, "cannot write a error"},
		"int keys":        {struct{ M map[int]string }{}, "the keys of maps must be strings"},
		"empty elements":  {struct{ L []struct{} }{}, "have nothing to write"},
		"any with struct": {struct{ X any }{pair{1, 2}}, "cannot write a wire.pair in an any"},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if r, _ := recover().(string); !strings.Contains(r, c.want) {
					t.Errorf("panic %q, want %q", r, c.want)
				}
			}()
			Marshal(c.v)
		})
	}
}

func TestShapeMovesWithTheType(t *testing.T) {
	type inner struct{ A int }
	base := Shape(struct {
		A int
		B []inner
		C [4]byte
	}{})
	type before struct{ At word }
	for name, other := range map[string]any{
		"field renamed": struct {
			X int
			B []inner
			C [4]byte
		}{},
		"field of another type": struct {
			A string
			B []inner
			C [4]byte
		}{},
		"fields in another order": struct {
			B []inner
			A int
			C [4]byte
		}{},
		"array of another length": struct {
			A int
			B []inner
			C [5]byte
		}{},
	} {
		if Shape(other) == base {
			t.Errorf("%s: the shape stays", name)
		}
	}
	if Shape(full()) != Shape(&doc{}) {
		t.Error("the shape depends on the value")
	}

	// A type keeps its name and changes its kind, or a named array its length: as two programs would have it.
	shapes := map[[32]byte]bool{}
	{
		type minutes int
		shapes[Shape(struct{ M minutes }{})] = true
	}
	{
		type minutes string
		shapes[Shape(struct{ M minutes }{})] = true
	}
	{
		type minutes [4]byte
		shapes[Shape(struct{ M minutes }{})] = true
	}
	{
		type minutes [5]byte
		shapes[Shape(struct{ M minutes }{})] = true
	}
	if len(shapes) != 4 {
		t.Errorf("%d shapes of four types with one name", len(shapes))
	}
}

func FuzzUnmarshal(f *testing.F) {
	f.Add(Marshal(full()))
	f.Add(Marshal(doc{}))
	f.Fuzz(func(t *testing.T, b []byte) {
		var one, two doc
		if Unmarshal(b, &one) != nil {
			return
		}
		if err := Unmarshal(Marshal(one), &two); err != nil {
			t.Fatalf("accepted, written, refused: %v", err)
		}
		if d := cmp.Diff(one, two, same...); d != "" {
			t.Fatal(d)
		}
	})
}

func BenchmarkMarshal(b *testing.B) {
	in := make([]doc, 20)
	for i := range in {
		in[i] = full()
	}
	var buf []byte
	for b.Loop() {
		buf = appendTo(buf[:0], nil, in)
	}
	b.SetBytes(int64(len(buf)))
}

func BenchmarkUnmarshal(b *testing.B) {
	in := make([]doc, 20)
	for i := range in {
		in[i] = full()
	}
	data := Marshal(in)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		var out []doc
		if err := Unmarshal(data, &out); err != nil {
			b.Fatal(err)
		}
	}
}
