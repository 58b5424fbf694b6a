package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"waymark/internal/diag"
)

// A citation is `[@id]` or `[@id, p. 12]`, where id is that of an entry under `sources` in the front matter. On pages without sources it is text.
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
	if len(sources) == 0 || end < 0 || end+1 < len(line) && (line[end+1] == '(' || line[end+1] == '[') {
		return nil
	}
	id, where, _ := bytes.Cut(line[2:end], []byte(","))
	for i, s := range sources {
		if s.ID.Value == string(bytes.TrimSpace(id)) {
			block.Advance(end + 1)
			return &citation{n: i, where: bytes.TrimSpace(where)}
		}
	}
	ids := make([]string, len(sources))
	for i, s := range sources {
		ids[i] = s.ID.Value
	}
	p.report("page/unknown-source", seg.Start, seg.Start+end+1, diag.DidYouMean(string(id), ids), "%s is not under `sources` in the front matter", diag.Quote(string(id)))
	return nil
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
