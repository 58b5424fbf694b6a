package plan

import (
	"cmp"
	"slices"
	"strings"

	"waymark/internal/curriculum"
	"waymark/internal/schema"
)

// schedule returns the dates of a path in their order: the events of its schedule, and the forms of its evaluation that have a day. For a cohort, which may be nil, they have
// dates and stand in the order of these.
func (m *maker) schedule(p *curriculum.Path, c *curriculum.Cohort, out string) (events []Event) {
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
		for n, day := range days {
			e.Day, e.Number = day, n+1
			if c != nil {
				event := e.ID
				if e.What == "evaluation" && slices.ContainsFunc(events, func(x Event) bool { return x.ID == event && x.What != e.What }) {
					event = "" // it is that of the schedule
				}
				d := c.On(event, n+1, day)
				e.Date, e.Time, e.Place = string(d.Day), string(d.Time), d.Place
			}
			events = append(events, e)
		}
	}
	meta := &p.Module.Doc.Meta
	if s := meta.Schedule; s != nil {
		for i := range s.Events {
			e := &s.Events[i]
			add(Event{ID: e.ID.Value, What: cmp.Or(e.Kind, "session"), Title: e.Title, Minutes: int(e.Lasts)}, e.Ref.Value, e.Who, curriculum.Days(e)...)
		}
	}
	for level, part := range meta.Evaluation.Levels() {
		if part.Form.Value != "" {
			add(Event{ID: level, What: "evaluation"}, part.Form.Value, part.Who, curriculum.Whole(part.At)...)
		}
	}
	slices.SortStableFunc(events, func(a, b Event) int {
		return cmp.Or(strings.Compare(a.Date, b.Date), strings.Compare(a.Time, b.Time), a.Day-b.Day)
	})
	// One form may serve several levels of the evaluation.
	return slices.CompactFunc(events, func(a, b Event) bool {
		return a.What == "evaluation" && b.What == "evaluation" && a.Day == b.Day && a.Date == b.Date && a.URL == b.URL && slices.Equal(a.Who, b.Who)
	})
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
