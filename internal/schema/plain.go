package schema

import (
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// plainly reads YAML of the sort that nearly all front matter is: block mappings and lists of single values, of `[…]` and of `{…}` on one line, plain or in quotes without
// escapes. It returns the very tree that the library makes of it, or false for anything else, which may be valid: then the library reads it. It takes a tenth of
// the library's time. The tree is there until the room is given back.
func plainly(data []byte, room *plainRoom) (*yaml.Node, bool) {
	p := plainReader{text: string(data), room: room, list: room.list[:0]}
	defer func() { room.list = p.list[:0] }()
	p.next()
	if p.end || p.indent != 0 {
		return nil, false
	}
	n, ok := p.mapping(0, 0)
	return n, ok && p.end
}

// A plainReader stands on a line of text: the part rest of it is still to be read, and begins at column col (in bytes, from 0). A line without anything on it is passed over.
type plainReader struct {
	text   string // from the next line on
	rest   string
	col    int
	indent int // of the line
	line   int // from 1
	wide   int // how many bytes of the line before col are not the first of a character
	end    bool

	room *plainRoom
	list []*yaml.Node // what the mappings and lists at hand hold so far
}

// A plainRoom is where the nodes of one tree after the other are. They are large, and nobody has them when a page's front matter was read.
type plainRoom struct {
	nodes []yaml.Node
	used  int
	list  []*yaml.Node
}

var plainRooms = sync.Pool{New: func() any { return &plainRoom{nodes: make([]yaml.Node, 96)} }}

func (r *plainRoom) node() *yaml.Node {
	if r.used == len(r.nodes) {
		return new(yaml.Node)
	}
	r.used++
	return &r.nodes[r.used-1]
}

// empty makes room for another tree.
func (r *plainRoom) empty() {
	clear(r.nodes[:r.used])
	clear(r.list[:cap(r.list)])
	r.used = 0
}

// maxPlainDepth is far from any limit of the library.
const maxPlainDepth = 8

// next goes to the next line, with something on it.
func (p *plainReader) next() {
	for p.text != "" {
		var line string
		line, p.text, _ = strings.Cut(p.text, "\n")
		p.line++
		if line == "" {
			continue
		}
		p.rest = strings.TrimLeft(line, " ")
		p.indent = len(line) - len(p.rest)
		p.col, p.wide = p.indent, 0
		return
	}
	p.rest, p.indent, p.end = "", -1, true
}

// skip goes n bytes on in the line.
func (p *plainReader) skip(n int) {
	for i := range n {
		if !utf8.RuneStart(p.rest[i]) {
			p.wide++
		}
	}
	p.rest, p.col = p.rest[n:], p.col+n
}

func (p *plainReader) node(kind yaml.Kind, style yaml.Style, tag, value string) *yaml.Node {
	n := p.room.node()
	n.Kind, n.Style, n.Tag, n.Value, n.Line, n.Column = kind, style, tag, value, p.line, p.col-p.wide+1
	return n
}

// hold gives n what was put on the list since it had from values.
func (p *plainReader) hold(n *yaml.Node, from int) {
	if len(p.list) > from {
		n.Content = slices.Clone(p.list[from:])
	}
	p.list = p.list[:from]
}

// key reads `key: ` or `key:` at the end of the line, and returns false where no such thing stands. A key is a word of ASCII.
func (p *plainReader) key() (*yaml.Node, bool) {
	i := 0
	for i < len(p.rest) && isKeyByte(p.rest[i], i == 0) {
		i++
	}
	if i == 0 || i > 100 || i == len(p.rest) || p.rest[i] != ':' || i+1 < len(p.rest) && p.rest[i+1] != ' ' {
		return nil, false
	}
	word := p.rest[:i]
	if namesValue(word) {
		return nil, false
	}
	n := p.node(yaml.ScalarNode, 0, "!!str", word)
	p.skip(i + 1)
	p.blanks()
	return n, true
}

func isKeyByte(c byte, first bool) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || !first && ('0' <= c && c <= '9' || c == '-')
}

// namesValue reports whether a word is a value of a type of its own.
func namesValue(word string) bool {
	return (len(word) == 4 || len(word) == 5) && (strings.EqualFold(word, "true") || strings.EqualFold(word, "false") || strings.EqualFold(word, "null"))
}

func (p *plainReader) blanks() { p.skip(len(p.rest) - len(strings.TrimLeft(p.rest, " "))) }

// mapping reads the lines of a block mapping whose keys stand in column indent; the first one begins here.
func (p *plainReader) mapping(indent, depth int) (*yaml.Node, bool) {
	if depth > maxPlainDepth {
		return nil, false
	}
	n, from := p.node(yaml.MappingNode, 0, "!!map", ""), len(p.list)
	for {
		key, ok := p.key()
		if !ok {
			return nil, false
		}
		p.list = append(p.list, key)
		var val *yaml.Node
		if p.rest == "" {
			p.next()
			switch {
			case p.indent >= indent && strings.HasPrefix(p.rest, "- "):
				val, ok = p.sequence(p.indent, depth+1)
			case p.indent > indent:
				val, ok = p.mapping(p.indent, depth+1)
			default: // it has no value
				return nil, false
			}
		} else {
			val, ok = p.lastly(depth + 1)
		}
		if !ok {
			return nil, false
		}
		p.list = append(p.list, val)
		if p.indent < indent || p.end {
			p.hold(n, from)
			return n, true
		}
		if p.indent > indent {
			return nil, false
		}
	}
}

// sequence reads the lines of a block list whose hyphens stand in column indent.
func (p *plainReader) sequence(indent, depth int) (*yaml.Node, bool) {
	if depth > maxPlainDepth {
		return nil, false
	}
	n, from := p.node(yaml.SequenceNode, 0, "!!seq", ""), len(p.list)
	for {
		p.skip(2)
		at := *p
		_, keyed := p.key()
		*p = at
		read := p.lastly
		if keyed {
			read = func(depth int) (*yaml.Node, bool) { return p.mapping(indent+2, depth) }
		}
		val, ok := read(depth + 1)
		if !ok {
			return nil, false
		}
		p.list = append(p.list, val)
		if p.indent < indent || p.end || p.indent == indent && !strings.HasPrefix(p.rest, "-") {
			p.hold(n, from)
			return n, true
		}
		if p.indent > indent || !strings.HasPrefix(p.rest, "- ") {
			return nil, false
		}
	}
}

// lastly reads a value that takes the rest of the line, and goes to the next one.
func (p *plainReader) lastly(depth int) (*yaml.Node, bool) {
	n, ok := p.value(depth, false)
	if !ok || p.rest != "" {
		return nil, false
	}
	p.next()
	return n, true
}

// value reads a value on the line, in brackets (flow) or up to the end.
func (p *plainReader) value(depth int, flow bool) (*yaml.Node, bool) {
	if p.rest == "" || depth > maxPlainDepth {
		return nil, false
	}
	switch c := p.rest[0]; c {
	case '[':
		return p.brackets(yaml.SequenceNode, "!!seq", "]", depth)
	case '{':
		return p.brackets(yaml.MappingNode, "!!map", "}", depth)
	case '"', '\'':
		i := strings.IndexByte(p.rest[1:], c) + 1
		if i == 0 || strings.IndexByte(p.rest[1:i], '\\') >= 0 || !isPlainText(p.rest[1:i]) || i+1 < len(p.rest) && p.rest[i+1] == c {
			return nil, false
		}
		style := yaml.DoubleQuotedStyle
		if c == '\'' {
			style = yaml.SingleQuotedStyle
		}
		n := p.node(yaml.ScalarNode, style, "!!str", p.rest[1:i])
		p.skip(i + 1)
		return n, true
	}
	end := len(p.rest)
	if flow {
		if i := strings.IndexAny(p.rest, ",]}"); i >= 0 {
			end = i
		}
	}
	text := strings.TrimRight(p.rest[:end], " ")
	tag := plainTag(text)
	if tag == "" || !isPlainText(text) || len(text) < end && !flow || strings.Contains(text, ": ") || strings.HasSuffix(text, ":") || strings.Contains(text, " #") {
		return nil, false
	}
	if flow && strings.ContainsAny(text, "[{:#\"'?") {
		return nil, false
	}
	n := p.node(yaml.ScalarNode, 0, tag, text)
	p.skip(len(text))
	return n, true
}

// plainTag returns the type of a plain value, or "" where that takes a closer look.
func plainTag(s string) string {
	if s == "" {
		return ""
	}
	switch c := s[0]; {
	case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		if namesValue(s) {
			if s != "true" && s != "false" {
				return ""
			}
			return "!!bool"
		}
		return "!!str"
	case c >= utf8.RuneSelf, c == '/', c == '(':
		return "!!str"
	case c < '0' || c > '9':
		return ""
	}
	if strings.Trim(s, "0123456789abcdefABCDEFxXoO_.:+-tTzZ ") != "" {
		return "!!str" // no number, and no day or time of day
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	switch {
	case digits == len(s) && len(s) < 10 && (s[0] != '0' || len(s) == 1):
		return "!!int"
	case digits == len(s)-1 && s[digits] == 'd':
		return "!!str"
	case len(s) == len(time.DateOnly):
		if _, err := time.Parse(time.DateOnly, s); err == nil {
			return "!!timestamp"
		}
	}
	return ""
}

// isPlainText reports whether s has only characters that stand for themselves everywhere: none that is invisible, that ends a line, or that YAML forbids.
func isPlainText(s string) bool {
	for _, r := range s {
		switch {
		case ' ' <= r && r <= '~':
		case 0xa1 <= r && r < 0x2000, 0x2010 <= r && r < 0x2028, 0x2030 <= r && r < 0xd800, 0x10000 <= r && r <= utf8.MaxRune:
		default:
			return false
		}
	}
	return true
}

// brackets reads a list or a mapping in brackets, which ends with end on the same line.
func (p *plainReader) brackets(kind yaml.Kind, tag, end string, depth int) (*yaml.Node, bool) {
	n, from := p.node(kind, yaml.FlowStyle, tag, ""), len(p.list)
	p.skip(1)
	p.blanks()
	for empty := true; !empty || !strings.HasPrefix(p.rest, end); empty = false {
		if kind == yaml.MappingNode {
			key, ok := p.key()
			if !ok {
				return nil, false
			}
			p.list = append(p.list, key)
		}
		val, ok := p.value(depth+1, true)
		if !ok {
			return nil, false
		}
		p.list = append(p.list, val)
		p.blanks()
		if strings.HasPrefix(p.rest, end) {
			break
		}
		if !strings.HasPrefix(p.rest, ",") {
			return nil, false
		}
		p.skip(1)
		p.blanks()
	}
	p.skip(1)
	p.hold(n, from)
	return n, true
}
