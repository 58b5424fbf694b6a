package markdown

import (
	"bytes"
	"errors"
	"slices"
	"sync"

	"waymark/internal/diag"
	"waymark/internal/wire"
)

// A stored is a Doc as Marshal writes it. Equal Docs have equal bytes. Whoever keeps the bytes puts Shape into their key.
type stored struct {
	Doc    Doc
	Params []param
	Diags  []storedDiag
}

// A param is one of Meta.Params, which has no type of its own: Kind is one of m(ap), l(ist), s(tring), i(nt), f(loat), t(rue), n(ull), and 0 for false.
type param struct {
	Key   string
	Kind  byte
	Text  string
	Int   int
	Float float64
	Of    []param
}

type storedDiag struct {
	Severity diag.Severity
	Code     string
	Range    diag.Range
	Nowhere  bool // the diagnostic belongs to no file
	Message  string
	Hint     string
	Related  []storedRelated
}

type storedRelated struct {
	Range   diag.Range
	Nowhere bool
	Message string
}

// Shape is the digest of what Marshal writes and of the large parts of a Doc: of all types and of this package's version.
func Shape() [32]byte {
	a, b, c := wire.Shape(stored{}), wire.Shape(Content{}), wire.Shape(Prose{})
	return diag.Digest(slices.Concat(a[:], b[:], c[:], []byte{version}))
}

// Marshal returns the bytes of d without its large parts and its file.
func (d *Doc) Marshal() (out []byte) {
	d.Lend(func(b []byte) { out = bytes.Clone(b) })
	return out
}

// Lend calls use with the bytes that Marshal returns. When use returns they are others.
func (d *Doc) Lend(use func(b []byte)) {
	s := toStore(d)
	defer s.free()
	s.Diags = make([]storedDiag, len(d.Diags))
	for i, x := range d.Diags {
		y := storedDiag{x.Severity, x.Code, x.Span.Range, x.Span.File == nil, x.Message, x.Hint, nil}
		for _, r := range x.Related {
			y.Related = append(y.Related, storedRelated{r.Span.Range, r.Span.File == nil, r.Message})
		}
		s.Diags[i] = y
	}
	wire.Lend(s, use)
}

// storeds are where Docs stand while they are written: each takes two kilobytes.
var storeds = sync.Pool{New: func() any { return new(stored) }}

// toStore returns d to be written, without its diagnostics. Call free when it is.
func toStore(d *Doc) *stored {
	s := storeds.Get().(*stored)
	s.Doc, s.Params = *d, toParams(d.Meta.Params)
	return s
}

func (s *stored) free() {
	*s = stored{}
	storeds.Put(s)
}

// Unmarshal returns the Doc of f that data holds. Its large parts are not there: see PutAway.
func Unmarshal(data []byte, f *diag.File) (*Doc, error) {
	var s stored
	if err := wire.Unmarshal(data, &s); err != nil {
		return nil, err
	}
	d := &s.Doc
	d.File = f
	var err error
	if d.Meta.Params, err = fromParams(s.Params); err != nil {
		return nil, err
	}
	span := func(r diag.Range, nowhere bool) diag.Span {
		if nowhere {
			return diag.Span{Range: r}
		}
		return f.Span(r)
	}
	for _, x := range s.Diags {
		y := diag.Diagnostic{Severity: x.Severity, Code: x.Code, Span: span(x.Range, x.Nowhere), Message: x.Message, Hint: x.Hint}
		for _, r := range x.Related {
			y.Related = append(y.Related, diag.Related{Span: span(r.Range, r.Nowhere), Message: r.Message})
		}
		d.Diags = append(d.Diags, y)
	}
	return d, nil
}

// Marshal returns the bytes of c.
func (c *Content) Marshal() []byte { return wire.Marshal(c) }

// UnmarshalContent returns the content that data holds.
func UnmarshalContent(data []byte) (*Content, error) {
	c := &Content{}
	if err := wire.Unmarshal(data, c); err != nil {
		return nil, err
	}
	return c, nil
}

func toParams(m map[string]any) []param {
	var ps []param
	for k, v := range m {
		ps = append(ps, toParam(k, v))
	}
	slices.SortStableFunc(ps, func(a, b param) int {
		if a.Key < b.Key {
			return -1
		}
		return 1
	})
	return ps
}

func toParam(key string, v any) param {
	p := param{Key: key, Kind: 'n'}
	switch v := v.(type) {
	case map[string]any:
		p.Kind, p.Of = 'm', toParams(v)
	case []any:
		p.Kind = 'l'
		for _, x := range v {
			p.Of = append(p.Of, toParam("", x))
		}
	case string:
		p.Kind, p.Text = 's', v
	case int:
		p.Kind, p.Int = 'i', v
	case float64:
		p.Kind, p.Float = 'f', v
	case bool:
		p.Kind = 0
		if v {
			p.Kind = 't'
		}
	}
	return p
}

func fromParams(ps []param) (map[string]any, error) {
	if ps == nil {
		return nil, nil
	}
	m := make(map[string]any, len(ps))
	for _, p := range ps {
		v, err := fromParam(p)
		if err != nil {
			return nil, err
		}
		m[p.Key] = v
	}
	return m, nil
}

func fromParam(p param) (any, error) {
	switch p.Kind {
	case 'm':
		m, err := fromParams(p.Of)
		if m == nil {
			m = map[string]any{}
		}
		return m, err
	case 'l':
		var l []any
		for _, x := range p.Of {
			v, err := fromParam(x)
			if err != nil {
				return nil, err
			}
			l = append(l, v)
		}
		return l, nil
	case 's':
		return p.Text, nil
	case 'i':
		return p.Int, nil
	case 'f':
		return p.Float, nil
	case 't':
		return true, nil
	case 0:
		return false, nil
	case 'n':
		return nil, nil
	}
	return nil, errors.New("markdown: damaged data")
}
