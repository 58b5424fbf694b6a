package schema

import (
	"cmp"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v4"
	"waymark/internal/diag"
)

// DecodeTOML is Decode for TOML. The decoder of TOML keeps no places, so they are found again in the text: those of keys and of values behind them are
// exact, what stands inside a list or an inline table has the place of the whole.
func DecodeTOML(src Source, dst any, lenient bool) (unknown []Unknown, ds diag.List) {
	d := &Decoder{src: src, lenient: lenient}
	whole := src.File.Span(diag.At(src.Offset))
	switch {
	case len(src.Data) > maxBytes || bracketDepth(src.Data) > 4*maxDepth:
		d.List.Add("yaml/too-large", whole, "split the file", "the data is larger than %d KiB, or nested too deep", maxBytes>>10)
		return nil, d.List
	case d.notText():
		return nil, d.List
	}
	var values map[string]any
	// The decoder knows no lone carriage return, and its offsets count line ends as one byte.
	_, err := toml.Decode(strings.ReplaceAll(string(src.Data), "\r\n", "\n"), &values)
	if err != nil {
		line, col, msg := 1, 1, err.Error()
		var pe toml.ParseError
		if errors.As(err, &pe) {
			line, col, msg = pe.Position.Line, max(pe.Position.Col, 1), pe.Message
		}
		at := d.offset(line, col)
		d.List.Add("yaml/syntax", src.File.Span(diag.At(at)), "look for a missing quote or bracket there; texts stand in quotes in TOML", "this is not valid TOML: %s", clean(msg))
		return nil, d.List
	}
	places := findPlaces(string(src.Data))
	root := places.node(values, "", place{1, 1, 1, 1})
	d.Value(root, reflect.ValueOf(dst).Elem())
	return d.unknown, d.List
}

// bracketDepth returns an upper bound of how deep lists and tables are nested.
func bracketDepth(data []byte) int {
	depth, most := 0, 0
	for _, c := range data {
		switch c {
		case '[', '{':
			depth++
			most = max(most, depth)
		case ']', '}':
			depth = max(depth-1, 0)
		}
	}
	return most
}

// A place is where a key and its value stand: lines and columns from 1, columns in characters.
type place struct{ line, col, valueLine, valueCol int }

// places are those of keys by their path, as in "sources.1.title".
type places map[string]place

func findPlaces(text string) places {
	ps := places{}
	table := ""
	counts := map[string]int{}
	n := 0
	for line := range strings.Lines(text) {
		n++
		trimmed := strings.TrimSpace(line)
		indent := utf8.RuneCountInString(line[:strings.Index(line, trimmed)])
		if strings.HasPrefix(trimmed, "[") && !strings.Contains(trimmed, "=") {
			list := strings.HasPrefix(trimmed, "[[")
			name, _, _ := strings.Cut(strings.TrimLeft(trimmed, "["), "]")
			table = indexed(dotted(name), counts, list)
			ps.add(table, place{n, indent + 1, n, indent + 1})
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if !ok || strings.ContainsAny(key, "#{[,") {
			continue
		}
		path := dotted(key)
		if table != "" {
			path = table + "." + path
		}
		col := utf8.RuneCountInString(key) + 1 + utf8.RuneCountInString(value[:len(value)-len(strings.TrimLeft(value, " \t"))]) + 1
		ps.add(path, place{n, indent + 1, n, col})
	}
	return ps
}

// add keeps the first place of a path, and makes it that of the tables around it if they have none.
func (ps places) add(path string, p place) {
	for path != "" {
		if _, ok := ps[path]; !ok {
			ps[path] = p
		}
		i := strings.LastIndexByte(path, '.')
		path = path[:max(i, 0)]
	}
}

// dotted joins the parts of a key with dots, without their quotes. Dots inside quotes make a path that finds no place; that is all they do.
func dotted(key string) string {
	parts := strings.Split(key, ".")
	for i, p := range parts {
		parts[i] = strings.Trim(strings.TrimSpace(p), `"'`)
	}
	return strings.Join(parts, ".")
}

// indexed puts the indices of the current elements behind the names of lists of tables.
func indexed(name string, counts map[string]int, list bool) string {
	out := ""
	parts := strings.Split(name, ".")
	for i, p := range parts {
		if out != "" {
			out += "."
		}
		out += p
		if list && i == len(parts)-1 {
			counts[out]++
		}
		if c := counts[out]; c > 0 {
			out += "." + strconv.Itoa(c-1)
		}
	}
	return out
}

// node returns v, which stands at path, as a YAML node. Its place is at unless a better one is known.
func (ps places) node(v any, path string, at place) *yaml.Node {
	if p, ok := ps[path]; ok {
		at = p
	}
	n := &yaml.Node{Kind: yaml.ScalarNode, Line: at.valueLine, Column: at.valueCol}
	below := func(name string) string {
		if path == "" {
			return name
		}
		return path + "." + name
	}
	switch v := v.(type) {
	case map[string]any:
		n.Kind, n.Tag = yaml.MappingNode, "!!map"
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		slices.SortFunc(keys, func(a, b string) int {
			p, q := ps[below(a)], ps[below(b)]
			return cmp.Or(cmp.Compare(p.line, q.line), cmp.Compare(p.col, q.col), cmp.Compare(a, b))
		})
		for _, k := range keys {
			p, ok := ps[below(k)]
			if !ok {
				p = place{at.valueLine, at.valueCol, at.valueLine, at.valueCol}
			}
			key := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: k, Line: p.line, Column: p.col}
			n.Content = append(n.Content, key, ps.node(v[k], below(k), p))
		}
	case []map[string]any:
		n.Kind, n.Tag = yaml.SequenceNode, "!!seq"
		for i, el := range v {
			n.Content = append(n.Content, ps.node(el, below(strconv.Itoa(i)), at))
		}
	case []any:
		n.Kind, n.Tag = yaml.SequenceNode, "!!seq"
		for i, el := range v {
			n.Content = append(n.Content, ps.node(el, below(strconv.Itoa(i)), at))
		}
	case string:
		n.Tag, n.Value, n.Style = "!!str", v, yaml.DoubleQuotedStyle
	case bool:
		n.Tag, n.Value = "!!bool", strconv.FormatBool(v)
	case int64:
		n.Tag, n.Value = "!!int", strconv.FormatInt(v, 10)
	case float64:
		n.Tag, n.Value = "!!float", strconv.FormatFloat(v, 'g', -1, 64)
	case time.Time:
		n.Tag, n.Value = "!!str", timeText(v)
	}
	return n
}

// timeText writes a date or time as TOML does. The decoder marks local ones by the name of their zone.
func timeText(t time.Time) string {
	switch t.Location().String() {
	case "date-local":
		return t.Format(time.DateOnly)
	case "datetime-local":
		return t.Format("2006-01-02T15:04:05")
	case "time-local":
		return t.Format(time.TimeOnly)
	}
	return t.Format(time.RFC3339)
}
