package curriculum

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"waymark/internal/diag"
	"waymark/internal/markdown"
	"waymark/internal/quiz"
	"waymark/internal/schema"
)

// programme checks that what a path's schedule and evaluation name is there (section 4.3).
func (r *resolver) programme(p *Path) {
	m, meta := p.Module, &p.Module.Doc.Meta
	if s := meta.Schedule; s != nil {
		r.distinct(m, len(s.Events), func(i int) schema.Text { return s.Events[i].ID })
		for i := range s.Events {
			r.event(p, &s.Events[i])
		}
	}
	for _, part := range meta.Evaluation.Levels() {
		r.evaluation(p, part)
	}
}

// badge finds the picture of a path's award.
func (r *resolver) badge(p *Path) {
	a := p.Module.Doc.Meta.Award
	if a == nil || a.Badge.Value == "" {
		return
	}
	full, _ := join(p.Module.Source, a.Badge.Value)
	hint := "name an image: best SVG, else PNG, JPEG or WebP"
	switch strings.ToLower(path.Ext(full)) {
	case ".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif":
		if p.Badge = r.asset(p.Module.Source, a.Badge.Value); p.Badge != "" {
			return
		}
		if hint = "put the file into content/, beside the path"; !strings.Contains(a.Badge.Value, "://") {
			hint = r.nearFile(a.Badge.Value, full, false)
		}
	}
	r.ds.Add("link/image", p.Module.at(a.Badge), hint, "there is no image %s", diag.Quote(a.Badge.Value))
}

func (r *resolver) event(p *Path, e *markdown.Event) {
	m := p.Module
	r.roleList(m, e.Who)
	if len(e.At) == 0 && e.Every == 0 && !m.wrongKeys(e.ID.At) {
		r.ds.Add("path/event", m.at(e.ID), "write the days behind the start, as in `at: 14d`, or `every: 90d`", "the event %s has no date", diag.Quote(e.ID.Value))
	}
	for i := 1; i < len(e.At); i++ {
		if e.At[i] <= e.At[i-1] {
			r.ds.Add("path/event-order", m.at(e.ID), "write each day once, from the first to the last", "day %d of the event %s stands behind day %d", e.At[i], diag.Quote(e.ID.Value), e.At[i-1])
			break
		}
	}
	if last := slices.Max(append([]schema.Days{0}, e.At...)); e.Every > 0 && e.Until > 0 && last+e.Every > e.Until {
		r.ds.Add("path/event", m.at(e.ID), fmt.Sprintf("write a later day, as in `until: %dd`, or take `every` away", last+4*e.Every), "the event %s ends before it is repeated", diag.Quote(e.ID.Value))
	}
	if e.Ref.Value == "" {
		if e.Title == "" && !m.wrongKeys(e.ID.At) {
			r.ds.Add("path/event", m.at(e.ID), "write what it is, as in `title: Kick-off`, or what it leads to with `ref:`", "the event %s has no title", diag.Quote(e.ID.Value))
		}
		return
	}
	if e.Kind == "deadline" {
		if p.Milestone(e.Ref.Value) == nil && r.ModuleByID(e.Ref.Value) == nil {
			r.ds.Add("path/event", m.at(e.Ref), "name a milestone of the path, or a module", "there is no milestone %s", diag.Quote(e.Ref.Value))
		}
		return
	}
	r.kindOf(m, e.Ref, "session")
}

func (r *resolver) evaluation(p *Path, e *markdown.EvaluationPart) {
	m := p.Module
	if e.Form.Value == "" && e.Rating.Value == "" && len(e.Checks) == 0 && len(e.Measures) == 0 && !m.wrongKeys(e.Written) {
		r.ds.Add("path/evaluation", m.span(e.Written), "name what asks, as in `form: survey`, `rating:` or `checks:`, or list `measures:`", "this level of the evaluation asks and measures nothing, so it is not shown")
	}
	r.roleList(m, e.Who)
	r.kindOf(m, e.Form, "form")
	for _, id := range e.Checks {
		if id.Value != "" {
			r.check(m, "path/unknown-check", id, "check")
		}
	}
	if e.Rating.Value != "" {
		if c := r.check(m, "path/unknown-check", e.Rating, "check"); c != nil && c.Type != quiz.Rating {
			r.ds.Add("path/unknown-check", m.at(e.Rating), "name a rating, or write `checks: ["+e.Rating.Value+"]`", "the check %s is of type %s, not a rating", diag.Quote(e.Rating.Value), c.Type)
		}
	}
	passed := false
	for _, st := range p.Stages {
		if passed && st.ID.Value == e.Before.Value {
			r.ds.Add("path/evaluation", m.at(e.Before), "exchange the two", "`before` names the stage %s, which comes behind the stage %s of `after`", diag.Quote(e.Before.Value), diag.Quote(e.After.Value))
		}
		passed = passed || st.ID.Value == e.After.Value
	}
	for _, id := range []schema.Text{e.Before, e.After} {
		if id.Value != "" && p.Stage(id.Value) == nil {
			r.ds.Add("path/unknown-stage", m.at(id), diag.DidYouMean(id.Value, p.stageIDs()), "the path has no stage %s", diag.Quote(id.Value))
		}
	}
}

// maxTimes bounds how often an event of a schedule takes place.
const maxTimes = 60

// Days lists the days of an event: those that are named, and every so many days behind the last of them, or behind the start, up to and with until. What goes on without
// end is shown once more.
func Days(e *markdown.Event) (out []int) {
	out = Whole(e.At)
	if e.Every <= 0 {
		return out
	}
	next := slices.Max(append([]int{0}, out...)) + int(e.Every)
	until := int(e.Until)
	if until == 0 {
		until = next
	}
	for ; next <= until && len(out) < maxTimes; next += int(e.Every) {
		out = append(out, next)
	}
	return out
}

// Whole returns days as numbers.
func Whole(days []schema.Days) (out []int) {
	for _, d := range days {
		out = append(out, int(d))
	}
	return out
}

// kindOf reports an id that is not that of a page of a kind.
func (r *resolver) kindOf(m *Module, id schema.Text, kind string) {
	if id.Value == "" {
		return
	}
	r.known(m, "path/unknown-module", id)
	if on := r.ModuleByID(id.Value); on != nil && on.Kind != kind {
		r.ds.Add("path/item-kind", m.at(id), "name a page of kind "+kind, "%s is of kind %s, not a %s", diag.Quote(id.Value), on.Kind, kind)
	}
}

// wrongKeys reports whether the front matter has a fault on the line of r: what it lacks there was written, only not well.
func (m *Module) wrongKeys(r diag.Range) bool {
	line := m.span(r).Position().Line
	for _, d := range m.Doc.Diags {
		if strings.HasPrefix(d.Code, "yaml/") && d.Span.Position().Line == line {
			return true
		}
	}
	return false
}

func (p *Path) stageIDs() []string {
	var ids []string
	for _, s := range p.Stages {
		ids = append(ids, s.ID.Value)
	}
	return ids
}
