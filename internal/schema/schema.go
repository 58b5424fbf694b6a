// Package schema decodes YAML and TOML into Go structs, strictly, and prints the JSON Schema of the same structs.
//
// One description serves both, so that what an editor completes and what a build accepts cannot drift apart:
//
//	type Duration struct {
//		Read Minutes `key:"read" doc:"minutes to read it"`
//		Kind string  `key:"kind,required" enum:"book,article" doc:"what it is"`
//	}
//
// Every fault is a diagnostic with its place, and all faults of a file come in one run: unknown keys (with the
// nearest known one), wrong shapes, values outside their set, missing required keys. Field types are string, bool,
// int, float64, structs, pointers to structs, slices, map[string]T, the types of this package (Text, Minutes, Date, Percent),
// any other type whose pointer is a Scalar, and *yaml.Node or types that implement Custom for shapes that no struct describes.
// `any` takes whatever is there, as plain Go values.
package schema

import (
	"bytes"
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"waymark/internal/diag"
)

// A Source is the text to decode: Data is the part of File that starts at byte Offset.
type Source struct {
	File   *diag.File
	Data   []byte
	Offset int
}

// Scalar is what a type implements that is written as one value: "12m", "80%". The error says how it is
// written ("a duration is written as 25m or 1h30m").
type Scalar interface {
	SetText(s string) error
	// Form describes the value for the JSON Schema: the types ("string", "integer"), the pattern of a string, and the smallest and the largest integer.
	Form() (types []string, pattern string, least, most int)
}

// Custom is what a type implements whose shape no struct describes.
type Custom interface {
	// SetNode decodes n, reporting to d what is wrong.
	SetNode(d *Decoder, n *yaml.Node)
	// JSONSchema returns the schema of what SetNode accepts.
	JSONSchema(g *Generator) map[string]any
}

// Text is a string with its place in the file.
type Text struct {
	Value string
	At    diag.Range
}

func (t Text) String() string { return t.Value }

// limits stand before any decoding: no real front matter or site.yaml comes near them.
const (
	maxBytes = 1 << 20
	maxNodes = 100_000
	maxDepth = 64
)

// Decode fills dst, a pointer to a struct, from YAML. Keys that dst does not know, and at the top level those whose value has another
// shape than dst's, are reported unless lenient, in which case they are returned, in order, for one summary. Empty text is an empty mapping.
// What dst has already stays where the text does not say otherwise, so a file can lie over another: required keys are there then, lists and maps are
// replaced as a whole.
func Decode(src Source, dst any, lenient bool) (unknown []Unknown, ds diag.List) {
	if rest, ok := bytes.CutPrefix(src.Data, []byte("\ufeff")); ok {
		src.Offset += len(src.Data) - len(rest)
		src.Data = rest
	}
	d := &Decoder{src: src, lenient: lenient}
	room := plainRooms.Get().(*plainRoom)
	defer func() {
		room.empty()
		plainRooms.Put(room)
	}()
	root := d.parse(room)
	if root != nil {
		d.Value(root, reflect.ValueOf(dst).Elem())
	} else if len(d.List) == 0 {
		d.Value(&yaml.Node{Kind: yaml.MappingNode, Line: 1, Column: 1}, reflect.ValueOf(dst).Elem())
	}
	return d.unknown, d.List
}

// An Unknown is a key that was passed over, and what it says where that is a single value.
type Unknown struct {
	Text
	Says Text
}

// A Decoder holds the state of one Decode; Custom types use it.
type Decoder struct {
	List diag.List

	src     Source
	lenient bool
	unknown []Unknown
	lines   []int // byte offset of each line of src.Data
	nodes   int
	depth   int // of the Custom type at hand
}

func (d *Decoder) parse(room *plainRoom) *yaml.Node {
	whole := d.src.File.Span(diag.Range{Start: d.src.Offset, End: d.src.Offset})
	if len(d.src.Data) > maxBytes {
		d.List.Add("yaml/too-large", whole, "split the file", "the data is larger than %d KiB", maxBytes>>10)
		return nil
	}
	if d.notText() {
		return nil
	}
	if n, ok := plainly(d.src.Data, room); ok {
		return n
	}
	var doc yaml.Node
	// Duplicate keys are found by our own walk, which reports all of them and goes on.
	err := yaml.Load(d.src.Data, &doc, yaml.WithUniqueKeys(false))
	if err != nil {
		if strings.TrimSpace(stripComments(d.src.Data)) == "" {
			return nil
		}
		d.syntax(err)
		return nil
	}
	n := &doc
	if n.Kind == yaml.DocumentNode {
		if len(n.Content) == 0 {
			return nil
		}
		n = n.Content[0]
	}
	if n.Kind == 0 || n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" {
		return nil
	}
	return n
}

func stripComments(data []byte) string {
	var b strings.Builder
	for line := range strings.Lines(string(data)) {
		if s := strings.TrimSpace(line); s != "" && !strings.HasPrefix(s, "#") && s != "---" && s != "..." {
			b.WriteString(s)
		}
	}
	return b.String()
}

// notText reports bytes that are no UTF-8.
func (d *Decoder) notText() bool {
	for i := 0; i < len(d.src.Data); {
		r, n := utf8.DecodeRune(d.src.Data[i:])
		if r == utf8.RuneError && n == 1 {
			d.List.Add("yaml/syntax", d.src.File.Span(diag.At(d.src.Offset+i)), "save the file as UTF-8", "the text is not valid UTF-8 from here on")
			return true
		}
		i += n
	}
	return false
}

func isControl(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f }

func clean(s string) string {
	s = strings.TrimPrefix(s, "yaml: ")
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		s = s[:i]
	}
	return strings.Trim(diag.Quote(s), `"`)
}

// offset returns the byte offset in the file of a line and a column (in characters), both from 1.
func (d *Decoder) offset(line, col int) int {
	if d.lines == nil {
		d.lines = []int{0}
		for i, c := range d.src.Data {
			if c == '\n' {
				d.lines = append(d.lines, i+1)
			}
		}
	}
	if line > len(d.lines) {
		return d.src.Offset + len(d.src.Data)
	}
	off := d.lines[max(line, 1)-1]
	for ; col > 1 && off < len(d.src.Data) && d.src.Data[off] != '\n'; col-- {
		_, n := utf8.DecodeRune(d.src.Data[off:])
		off += n
	}
	return d.src.Offset + off
}

// Range returns the place of a node: of the whole value for a plain scalar on one line, else of its start.
func (d *Decoder) Range(n *yaml.Node) diag.Range {
	start := d.offset(n.Line, n.Column)
	end := start
	if n.Kind == yaml.ScalarNode && !strings.Contains(n.Value, "\n") {
		width := len(n.Value)
		if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
			width += 2
		}
		end = min(start+width, d.src.Offset+len(d.src.Data))
	}
	return diag.Range{Start: start, End: end}
}

// Report adds a diagnostic at n.
func (d *Decoder) Report(code string, n *yaml.Node, hint, format string, args ...any) {
	d.List.Add(code, d.src.File.Span(d.Range(n)), hint, format, args...)
}

// Resolve follows aliases, and says false when the data expands to more than it may.
func (d *Decoder) Resolve(n *yaml.Node) (*yaml.Node, bool) {
	for n.Kind == yaml.AliasNode && n.Alias != nil {
		n = n.Alias
	}
	d.nodes++
	if d.nodes == maxNodes {
		d.Report("yaml/too-large", n, "use fewer aliases, or split the file", "the data expands to more than %d values", maxNodes)
	}
	return n, d.nodes < maxNodes
}

var (
	scalarType = reflect.TypeFor[Scalar]()
	customType = reflect.TypeFor[Custom]()
	textType   = reflect.TypeFor[Text]()
	rangeType  = reflect.TypeFor[diag.Range]()
)

// Named decodes n, the value of the key name, into v.
func (d *Decoder) Named(name string, n *yaml.Node, v reflect.Value) { d.value(n, v, name, d.depth) }

// Value decodes n into v.
func (d *Decoder) Value(n *yaml.Node, v reflect.Value) { d.value(n, v, "", d.depth) }

func (d *Decoder) value(n *yaml.Node, v reflect.Value, name string, depth int) {
	n, ok := d.Resolve(n)
	if !ok {
		return
	}
	if depth > maxDepth {
		d.tooDeep(n)
		return
	}
	t := v.Type()
	if t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(customType) {
		outer := d.depth
		d.depth = depth + 1
		v.Addr().Interface().(Custom).SetNode(d, n)
		d.depth = outer
		return
	}
	if t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(scalarType) {
		if d.scalar(n, name) {
			if err := v.Addr().Interface().(Scalar).SetText(n.Value); err != nil {
				d.Report("yaml/value", n, "", "%s: %s is not right: %s", label(name), diag.Quote(n.Value), err)
			}
		}
		return
	}
	if t == textType {
		if d.scalar(n, name) {
			v.Set(reflect.ValueOf(Text{n.Value, d.Range(n)}))
		}
		return
	}
	switch t.Kind() {
	case reflect.Pointer:
		p := reflect.New(t.Elem())
		d.value(n, p.Elem(), name, depth)
		v.Set(p)
	case reflect.Interface:
		if x := d.plain(n, depth); x != nil {
			v.Set(reflect.ValueOf(x))
		}
	case reflect.String:
		if d.scalar(n, name) {
			v.SetString(n.Value)
		}
	case reflect.Bool:
		if d.scalar(n, name) {
			switch strings.ToLower(n.Value) {
			case "true", "on", "yes":
				v.SetBool(true)
			case "false", "off", "no":
				v.SetBool(false)
			default:
				d.Report("yaml/type", n, "write true or false", "%s is true or false, not %s", label(name), diag.Quote(n.Value))
			}
		}
	case reflect.Int:
		if d.scalar(n, name) {
			i, err := strconv.Atoi(n.Value)
			if err != nil || i > math.MaxInt32 || i < math.MinInt32 {
				d.Report("yaml/type", n, "write a whole number", "%s is a whole number, not %s", label(name), diag.Quote(n.Value))
				return
			}
			v.SetInt(int64(i))
		}
	case reflect.Float64:
		if d.scalar(n, name) {
			f, err := strconv.ParseFloat(n.Value, 64)
			if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
				d.Report("yaml/type", n, "write a number", "%s is a number, not %s", label(name), diag.Quote(n.Value))
				return
			}
			v.SetFloat(f)
		}
	case reflect.Slice:
		d.slice(n, v, name, depth)
	case reflect.Map:
		d.mapping(n, v, name, depth)
	case reflect.Struct:
		d.structure(n, v, name, depth)
	default:
		panic("schema: no decoding for " + t.String())
	}
}

// tooDeep reports nesting without end, once: nothing more is read.
func (d *Decoder) tooDeep(n *yaml.Node) {
	d.nodes = maxNodes
	d.Report("yaml/too-large", n, "flatten it", "the data is nested more than %d deep", maxDepth)
}

func label(name string) string {
	if name == "" {
		return "the value"
	}
	return diag.Quote(name)
}

func (d *Decoder) scalar(n *yaml.Node, name string) bool {
	if n.Kind == yaml.ScalarNode && n.ShortTag() != "!!null" {
		return true
	}
	if n.Kind == yaml.ScalarNode {
		d.Report("yaml/type", n, "give it a value, or take the key away", "%s has no value", label(name))
		return false
	}
	d.Report("yaml/type", n, "write one value", "%s wants one value, not a %s", label(name), kindName(n))
	return false
}

func kindName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "mapping"
	case yaml.SequenceNode:
		return "list"
	}
	return "single value"
}

// slice puts the list in the place of what v has: that of a file that this one lies over. What is no value at all is left out, so that nobody
// looks for it; a mapping with a fault in it stays, since others may name it.
func (d *Decoder) slice(n *yaml.Node, v reflect.Value, name string, depth int) {
	v.SetZero()
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" {
		return
	}
	if n.Kind != yaml.SequenceNode {
		// one value is a list of one: `audience: mentor`
		el := reflect.New(v.Type().Elem()).Elem()
		before := len(d.List)
		d.value(n, el, name, depth+1)
		if len(d.List) == before {
			v.Set(reflect.Append(v, el))
		}
		return
	}
	list := reflect.MakeSlice(v.Type(), 0, len(n.Content))
	for _, c := range n.Content {
		if d.notKeys(c, v.Type().Elem(), name, true) {
			continue
		}
		el := reflect.New(v.Type().Elem()).Elem()
		before := len(d.List)
		d.value(c, el, name, depth+1)
		if len(d.List) == before || !el.IsZero() {
			list = reflect.Append(list, el)
		}
	}
	if list.Len() > 0 {
		v.Set(list)
	}
}

// plain returns n as Go values: map[string]any, []any, string, bool, int, float64, nil.
func (d *Decoder) plain(n *yaml.Node, depth int) any {
	n, ok := d.Resolve(n)
	if !ok {
		return nil
	}
	if depth > maxDepth {
		d.tooDeep(n)
		return nil
	}
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		d.pairs(n, func(key, val *yaml.Node) { m[key.Value] = d.plain(val, depth+1) })
		return m
	case yaml.SequenceNode:
		var s []any
		for _, c := range n.Content {
			s = append(s, d.plain(c, depth+1))
		}
		return s
	}
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!int":
		if i, err := strconv.Atoi(n.Value); err == nil {
			return i
		}
	case "!!float":
		if f, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return f
		}
	}
	return n.Value
}
