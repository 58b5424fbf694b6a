package quiz

import (
	"github.com/yuin/goldmark/ast"
	"waymark/internal/diag"
)

// The containers without a right answer: reflection and rating; and the quiz, which has its questions elsewhere.

// reflection reads a question that is answered in free text. A list of [ ] holds the criteria for self-assessment.
func (p *parser) reflection(blocks []ast.Node) {
	p.c.Type, p.c.Why = Reflection, "the word reflection"
	blocks = p.takeCallouts(blocks)
	at := -1
	for i, b := range blocks {
		if b.Kind() != ast.KindList {
			continue
		}
		f := p.listFamily(b)
		switch f {
		case box:
			at = i
		case round, equals, scale:
			p.report("reflection/marked", p.lineOf(b), "use [ ] for the learner's own criteria, or write ::: question", "a reflection is never marked, it has no place for %s", familyWords[f])
		}
	}
	if at < 0 {
		p.prompt(blocks, true)
		return
	}
	p.c.Why += ", criteria by [ ]"
	for _, it := range p.takeItems(blocks[at:at+1], box, false) {
		o := Option{Text: it.text, Feedback: it.feedback, Range: it.at}
		if it.mark.right {
			p.report("reflection/marked", it.at, "write [ ]", "the criterion %s is ticked already", diag.Quote(it.text.Plain))
		}
		if o.Text.Empty() {
			p.report("question/empty-option", it.at, "write its text behind the mark", "a criterion has no text")
		}
		p.c.Options = append(p.c.Options, o)
	}
	p.duplicates()
	after := p.stray(blocks, construct{first: at, last: at}, nil)
	p.prompt(append(blocks[:at:at], after...), true)
}

// rating reads a scale: a list whose items count up from (1). With same= the scale of an earlier rating is repeated.
func (p *parser) rating(blocks []ast.Node) {
	p.c.Type, p.c.Why = Rating, "the word rating"
	blocks = p.takeCallouts(blocks)
	at := -1
	var at1 diag.Range
	why, hint := "", "start each item of the list with its number and a blank: - (1), - (2) and so on"
	for i, b := range blocks {
		if b.Kind() == ast.KindList {
			if f := p.listFamily(b); f == scale {
				at = i
			} else {
				at1 = p.lineOf(b)
				if item, m := p.almostMarked(b); item != nil && inFamily(m.almost, scale) {
					at1 = p.lineOf(item)
					why, hint = m.fault()
					why += ", so "
				}
			}
		}
	}
	switch {
	case at >= 0:
		after := p.stray(blocks, construct{first: at, last: at}, nil)
		p.points(blocks[at])
		p.prompt(append(blocks[:at:at], after...), p.c.Same == "")
	case p.c.Same == "":
		if at1 == (diag.Range{}) {
			at1 = p.in.Open
		}
		p.report("rating/scale", at1, hint, "%sthe rating has no scale", why)
		p.prompt(blocks, false)
	default:
		p.prompt(blocks, false)
	}
}

// points reads the items of a scale.
func (p *parser) points(list ast.Node) {
	jumped := false
	for i, it := range p.takeItems([]ast.Node{list}, scale, false) {
		o := Option{Text: it.text, Feedback: it.feedback, Range: it.at}
		if it.mark.family == scale && it.mark.point != i+1 && !jumped {
			jumped = true
			p.report("rating/scale", it.at, "count up from (1)", "the scale jumps to (%d), (%d) is expected", it.mark.point, i+1)
		}
		if o.Text.Empty() {
			p.report("question/empty-option", it.at, "say in words what the point means", "a point of the scale has no text")
		}
		p.c.Options = append(p.c.Options, o)
	}
	p.fewOptions("a point")
	p.duplicates()
}

// quiz reads a draw of questions from a pool. Its content introduces it.
func (p *parser) quiz(blocks []ast.Node) {
	p.c.Type, p.c.Why = Quiz, "the word quiz"
	if p.c.Draw.Pool == "" {
		if _, given := p.given["pool"]; !given {
			p.report("quiz/no-pool", p.in.Open, "name the pool, as in pool=roles, and give questions the same attribute", "the quiz does not say which questions it draws")
		}
	}
	for _, b := range blocks {
		if b.Kind() == ast.KindList {
			if f := p.listFamily(b); f != noMark {
				p.report("quiz/answers", p.lineOf(b), "write ::: question for this one, with pool=… to have it drawn", "a quiz draws its questions, it has no answers of its own")
			}
		}
	}
	p.prompt(blocks, false)
}
