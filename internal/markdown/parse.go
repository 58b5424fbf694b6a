package markdown

import (
	"crypto/sha256"

	"github.com/yuin/goldmark/ast"
	"waymark/internal/diag"
)

// Parse reads one page. Whatever is wrong with the page is in Doc.Diags; the error is that of the machine, when the file's bytes cannot be read.
//
// Parse is pure (with Options.Include and Options.Memo it is as pure as they are), never panics, takes bounded time on any input, and
// may be called concurrently. The Doc holds no reference to the file's bytes.
func Parse(f *diag.File, o Options) (*Doc, error) {
	data, err := f.Bytes()
	if err != nil {
		return nil, err
	}
	if o.Key == ([32]byte{}) {
		o.Key = o.Digest()
	}
	p := &page{file: f, opts: &o, doc: &Doc{File: f}, content: &Content{}, prose: &Prose{}}
	p.digest = sha256.New()
	p.digest.Write(o.Key[:])
	p.digest.Write(data)

	if text, offset, ok := p.decode(data); ok {
		body, at := p.frontMatter(text, offset)
		p.doc.Text = diag.Range{Start: at, End: at + len(body)}
		p.normalise(body, at)
		p.include()
		p.body()
	}
	p.finish()
	return p.doc, nil
}

// A page is the state of one parse.
type page struct {
	file    *diag.File
	opts    *Options
	doc     *Doc
	content *Content
	prose   *Prose
	digest  interface {
		Write([]byte) (int, error)
		Sum([]byte) []byte
	}

	src []byte    // what goldmark reads
	at  sourceMap // from src to the file

	ids        idTable
	commonIDs  map[diag.Range]string // of checks, without what is for some readers only; see commonID
	limits     limitState
	labels     []string // of the links that the text defines
	closedCode ast.Node // the last block of code that was closed by a line of its own
	openCode   []openCode
}

// report adds a diagnostic about the text from start to end.
func (p *page) report(code string, start, end int, hint, format string, args ...any) *diag.Diagnostic {
	return p.doc.Diags.Add(code, p.file.Span(p.at.span(start, end)), hint, format, args...)
}

func (p *page) body() {
	root := p.syntax()
	r := &renderer{p: p}
	r.document(root)
	p.strayQuestions()
	for _, c := range p.openCode {
		p.report("code/unclosed", c.at, c.at+3, "end the block with a line of the same marks", "this block of code is never closed, so it goes on to %s", c.end)
	}
}

func (p *page) finish() {
	d := p.doc
	if d.Meta.Kind == "" {
		d.Meta.Kind = p.opts.Kind
	}
	p.digest.Sum(d.Digest[:0])
	if len(d.Includes) > 0 { // faults of an included text stand at the line that includes it
		lines := p.at.includes()
		for i := range d.Diags {
			if x := &d.Diags[i]; x.Code != "container/include" && lines[x.Span.Range] {
				x.Message += ", in what is included here"
			}
		}
	}
	d.Diags = d.Diags.Sort()
	p.prose.Summary, p.prose.Tags = d.Meta.Summary.Value, d.Meta.Tags
	d.content, d.prose = p.content, p.prose
}
