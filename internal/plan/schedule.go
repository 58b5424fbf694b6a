package plan

import (
	"cmp"
	"slices"

	"waymark/internal/curriculum"
	"waymark/internal/markdown"
	"waymark/internal/schema"
)

// maxTimes bounds how often an event of a schedule is shown.
const maxTimes = 60

// schedule returns the dates of a path in their order: the events of its schedule, and the forms of its evaluation that have a day.
func (m *maker) schedule(p *curriculum.Path, out string) (events []Event) {
	// What is for others, or leads to what is, has no dates in their edition.
	add := func(e Event, ref string, who []schema.Text, days ...int) {
		to, ok := m.leadsTo(p, ref, out)
		if !ok || !m.Meant(who) {
			return
		}
		e.Lang = m.foreign(out, p.Module)
		if e.Title == "" {
			e.Title, e.Lang = to.Text, to.Lang
		}
		e.URL, e.Who = to.URL, m.roles(out, m.rolesOf(who))
		for _, e.Day = range days {
			events = append(events, e)
		}
	}
	meta := &p.Module.Doc.Meta
	if s := meta.Schedule; s != nil {
		for i := range s.Events {
			e := &s.Events[i]
			add(Event{What: cmp.Or(e.Kind, "session"), Title: e.Title, Minutes: int(e.Lasts)}, e.Ref.Value, e.Who, days(e)...)
		}
	}
	for _, part := range meta.Evaluation.Levels() {
		if part.Form.Value != "" {
			add(Event{What: "evaluation"}, part.Form.Value, part.Who, whole(part.At)...)
		}
	}
	slices.SortStableFunc(events, func(a, b Event) int { return a.Day - b.Day })
	return events
}

// days lists the days of an event: those that are named, and every so many days behind the last of them, or behind the start, up to and with until. What goes on without
// end is shown once more.
func days(e *markdown.Event) (out []int) {
	out = whole(e.At)
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

// whole returns days as numbers.
func whole(days []schema.Days) (out []int) {
	for _, d := range days {
		out = append(out, int(d))
	}
	return out
}

// leadsTo returns the link to a page or a milestone of the path, which has no page of its own. It is false for an id that is of neither.
func (m *maker) leadsTo(p *curriculum.Path, id, out string) (Link, bool) {
	if id == "" {
		return Link{}, true
	}
	if mod := m.ModuleByID(id); mod != nil {
		return m.link(out, mod), true
	}
	if ms := p.Milestone(id); ms != nil {
		return Link{Text: ms.Title, Lang: m.foreign(out, p.Module)}, true
	}
	return Link{}, false
}
