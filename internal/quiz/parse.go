package quiz

import (
	"slices"

	"github.com/yuin/goldmark/ast"
	"waymark/internal/diag"
)

// Parse reads a container as a check. It never fails: what is wrong is in the list, and the check holds what could be understood. The
// check is nil only when in.Word is not one of Words.
func Parse(in Input) (*Check, diag.List) {
	if !IsWord(in.Word) {
		return nil, nil
	}
	p := &parser{in: in, c: &Check{Word: in.Word, Range: in.Range, IDRange: in.Open}}
	p.attributes()
	joinTexts(in.Node)
	blocks := children(in.Node)
	switch in.Word {
	case "question":
		p.question(blocks)
	case "reflection":
		p.reflection(blocks)
	case "rating":
		p.rating(blocks)
	case "scenario":
		p.scenario(blocks)
	case "quiz":
		p.quiz(blocks)
	}
	p.checkIdle()
	if p.c.ID == "" {
		_, refused := p.given["id"]
		p.c.ID, p.c.Auto, p.c.Unread = autoID(p.c), true, refused || in.Unread
	}
	p.c.Rev = Revision(p.c)
	return p.c, p.ds
}

// A parser holds the check while it is put together.
type parser struct {
	in    Input
	c     *Check
	ds    diag.List
	given map[string]Attr // the attributes that were accepted, by name
	want  Type            // of type=

	unclosed int            // how many gaps are not closed
	titles   map[string]int // scenario: scenes by id
	links    map[int][]link // scenario: where the choices of each scene want to go
	loose    []link         // scenario: links that are no choices
	torn     bool           // scenario: its graph has faults that make others appear
	asTyped  bool           // a typographer's signs are read as they were typed
}

func (p *parser) report(code string, r diag.Range, hint, format string, args ...any) *diag.Diagnostic {
	return p.ds.Add(code, p.in.File.Span(r), hint, format, args...)
}

func contains(list []string, s string) bool { return slices.Contains(list, s) }

// prompt makes the check's prompt of blocks. It reports an empty one unless it may be.
func (p *parser) prompt(blocks []ast.Node, required bool) {
	p.c.Prompt = p.blocks(blocks)
	if p.c.Prompt.Empty() && required {
		p.report("question/no-prompt", p.in.Open, "write what is asked above the answers", "the %s asks nothing", p.c.Word)
	}
}
