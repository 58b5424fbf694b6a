package markdown

import (
	"bytes"
	"regexp"
	"slices"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// pageKey is where the state of a parse travels through goldmark, whose parsers are shared by all pages.
var pageKey = parser.NewContextKey()

func pageOf(pc parser.Context) *page { return pc.Get(pageKey).(*page) }

// A grammar is what an engine may leave out.
type grammar struct {
	typographer bool // typographic quotes
	addresses   bool // bare addresses become links
	blocks      bool // blocks alone: the text in them is left as it is
}

// engines are the goldmark parsers there are. A parser is safe for concurrent use and costs far more to make than a page to read.
var engines = func() map[grammar]func() parser.Parser {
	m := map[grammar]func() parser.Parser{}
	for _, g := range []grammar{{}, {addresses: true}, {typographer: true}, {typographer: true, addresses: true}, {blocks: true}} {
		m[g] = sync.OnceValue(func() parser.Parser { return newEngine(g) })
	}
	return m
}()

// holdsAddresses reports whether bare addresses can stand in a text. Looking for them at each word takes a twentieth of a build, and most pages have none.
func holdsAddresses(src []byte) bool {
	return bytes.Contains(src, []byte("://")) || bytes.Contains(src, []byte("www.")) || bytes.IndexByte(src, '@') >= 0
}

// newEngine puts together CommonMark, GFM, footnotes, definition lists and our own constructs. Parsers that can nest or expand stand
// behind a limit (see limit.go). The priorities of goldmark's own parts are its documented ones.
func newEngine(g grammar) parser.Parser {
	inline := []util.PrioritizedValue{
		util.Prioritized(taskParser{extension.NewTaskCheckBoxParser()}, 0),
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(extension.NewFootnoteParser(), 101),
		util.Prioritized(lostFootnote{}, 102),
		util.Prioritized(citationParser{}, 150),
		util.Prioritized(parser.NewLinkParser(), 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(parser.NewEmphasisParser(), 500),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
	}
	if g.addresses {
		// Bare addresses may hold letters of any script, which goldmark's own patterns end at.
		urlPattern := regexp.MustCompile(`^(?:http|https|ftp)://[-\pL\pM\pN@:%._+~#=]{1,256}\.[\pL\pM\pN-]+(?::\d+)?(?:[/#?][-\pL\pM\pN@:%_+.~#$!?&/=();,'">^{}\[\]` + "`" + `]*)?`)
		wwwPattern := regexp.MustCompile(`^www\.[-\pL\pM\pN@:%._+~#=]{1,256}\.[\pL\pM\pN-]+(?:[/#?][-\pL\pM\pN@:%_+.~#!?&/=();,'">^{}\[\]` + "`" + `$]*)?`)
		inline = append(inline, util.Prioritized(extension.NewLinkifyParser(extension.WithLinkifyURLRegexp(urlPattern), extension.WithLinkifyWWWRegexp(wwwPattern)), 999))
	}
	if g.typographer {
		inline = append(inline, util.Prioritized(extension.NewTypographerParser(), 9999))
	}
	if g.blocks {
		inline = nil
	}
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(shallow{containerParser{}}, 90),
			util.Prioritized(headingParser{parser.NewSetextHeadingParser()}, 100),
			util.Prioritized(shallow{extension.NewDefinitionListParser()}, 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(shallow{parser.NewListParser()}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(headingParser{parser.NewATXHeadingParser()}, 600),
			util.Prioritized(fenceParser{parser.NewFencedCodeBlockParser()}, 700),
			util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(footnoteLimit{shallow{extension.NewFootnoteBlockParser()}}, 999),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(inline...),
		parser.WithParagraphTransformers(
			util.Prioritized(referenceLimit{}, 50),
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(wholeRows{tableLimit{extension.NewTableParagraphTransformer()}}, 200),
			util.Prioritized(inlineLimit{}, 999),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(idleFootnotes{}, 998),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
}

// taskParser reads the box of a task. As GFM has it, white space stands behind it; [x](page.md) is a link.
type taskParser struct{ parser.InlineParser }

func (t taskParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if line, _ := block.PeekLine(); len(line) > 3 && !util.IsSpace(line[3]) {
		return nil
	}
	return t.InlineParser.Parse(parent, block, pc)
}

// syntax parses src, the page's text.
func (p *page) syntax() ast.Node {
	return p.parse(grammar{typographer: p.opts.Typographer, addresses: p.opts.seekAddresses || holdsAddresses(p.src)})
}

func (p *page) parse(g grammar) ast.Node {
	pc := parser.NewContext(parser.WithIDs(noIDs{}))
	pc.Set(pageKey, p)
	root := engines[g]().Parse(text.NewReader(p.src), parser.WithContext(pc))
	p.labels = nil
	for _, ref := range pc.References() {
		p.labels = append(p.labels, string(ref.Label()))
	}
	slices.Sort(p.labels)
	return root
}

// noIDs stands where goldmark would make heading ids: ours are made of the rendered text (see heading.go).
type noIDs struct{}

func (noIDs) Generate([]byte, ast.NodeKind) []byte { return nil }
func (noIDs) Put([]byte)                           {}
