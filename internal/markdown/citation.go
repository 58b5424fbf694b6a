package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"waymark/internal/diag"
)

// A citation is `[@id]` or `[@id, p. 12]`, where id is that of an entry under `sources` in the front matter.
type citation struct {
	ast.BaseInline
	n     int // index in Meta.Sources
	where []byte
}

var kindCitation = ast.NewNodeKind("Citation")

func (*citation) Kind() ast.NodeKind         { return kindCitation }
func (c *citation) Dump(src []byte, lvl int) { ast.DumpHelper(c, src, lvl, nil, nil) }

type citationParser struct{}

func (citationParser) Trigger() []byte { return []byte{'['} }

func (citationParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	if len(line) < 4 || line[1] != '@' {
		return nil
	}
	p := pageOf(pc)
	sources := p.doc.Meta.Sources
	end := bytes.IndexByte(line[:min(len(line), 200)], ']')
	if end < 0 || isLink(line, end, pc) {
		return nil
	}
	id, where, _ := bytes.Cut(line[2:end], []byte(","))
	for i, s := range sources {
		if s.ID.Value == string(bytes.TrimSpace(id)) {
			block.Advance(end + 1)
			return &citation{n: i, where: bytes.TrimSpace(where)}
		}
	}
	hint := "list it under `sources`; for the characters themselves write \\["
	if len(sources) > 0 {
		ids := make([]string, len(sources))
		for i, s := range sources {
			ids[i] = s.ID.Value
		}
		hint = diag.DidYouMean(string(id), ids)
	} else if !citeKey(id) {
		return nil
	}
	p.report("page/unknown-source", seg.Start, seg.Start+end+1, hint, "%s is not under `sources` in the front matter", diag.Quote(string(id)))
	return nil
}

// isLink reports whether the brackets at the start of line, which end at end, are the text of a link.
func isLink(line []byte, end int, pc parser.Context) bool {
	label, rest := line[1:end], line[end+1:]
	if bytes.HasPrefix(rest, []byte("(")) {
		return true
	}
	if to := bytes.IndexByte(rest, ']'); to > 1 && rest[0] == '[' {
		label = rest[1:to]
	}
	_, ok := pc.Reference(util.ToLinkReference(label))
	return ok
}

// citeKey reports whether id is taken for that of a source on a page that has no sources at all.
func citeKey(id []byte) bool {
	first, _ := utf8.DecodeRune(id)
	return isWordRune(first) && bytes.IndexFunc(id, func(r rune) bool { return !isWordRune(r) && !strings.ContainsRune(":./-", r) }) < 0
}

// citation renders `[@id]` as the number of the source, which the theme lists at the foot under the id source.<id>.
func (r *renderer) citation(n *citation) {
	r.raw(`<a class="cite" href="#`)
	r.hole(HolePrefix, 0)
	r.fragment("source." + r.p.doc.Meta.Sources[n.n].ID.Value)
	r.raw(`" role="doc-biblioref">[`)
	r.number(n.n + 1)
	if len(n.where) > 0 {
		r.raw(", ")
		r.buf = appendText(r.buf, resolve(n.where))
	}
	r.raw("]</a>")
}
