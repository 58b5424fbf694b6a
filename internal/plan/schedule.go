package plan

import (
	"cmp"
	"slices"

	"waymark/internal/curriculum"
	"waymark/internal/markdown"
)

// maxTimes bounds how often an event of a schedule is shown.
const maxTimes = 60

// schedule returns the dates of a path in their order: the events of its schedule, and the forms of its evaluation that have a day.
func (m *maker) schedule(p *curriculum.Path, out string) (events []Event) {
	meta := &p.Module.Doc.Meta
	if s := meta.Schedule; s != nil {
		for i := range s.Events {
			e := &s.Events[i]
			if !m.Meant(e.Who) {
				continue
			}
			v := Event{What: cmp.Or(e.Kind, "session"), Minutes: int(e.Lasts), Who: m.roles(out, m.rolesOf(e.Who))}
			if v.Title, v.URL = m.eventTitle(p, e.Ref.Value, out, e.Title); v.Title == "" {
				continue // it leads to what is for others
			}
			for _, day := range days(e) {
				v.Day = day
				events = append(events, v)
			}
		}
	}
	if e := meta.Evaluation; e != nil {
		for _, part := range []*markdown.EvaluationPart{e.Reaction, e.Learning, e.Behaviour, e.Results} {
			if part == nil || part.At == 0 || !m.Meant(part.Who) {
				continue
			}
			v := Event{Day: int(part.At), What: "evaluation", Who: m.roles(out, m.rolesOf(part.Who))}
			if v.Title, v.URL = m.eventTitle(p, part.Form.Value, out, ""); v.Title != "" {
				events = append(events, v)
			}
		}
	}
	slices.SortStableFunc(events, func(a, b Event) int { return a.Day - b.Day })
	return events
}

// days lists the days of an event: those that are named, or every so many days from the first, up to the last. Without a last one it is shown once.
func days(e *markdown.Event) (out []int) {
	for _, d := range e.At {
		out = append(out, int(d))
	}
	if e.Every <= 0 {
		return out
	}
	from := int(e.Every)
	if len(out) > 0 {
		from = out[len(out)-1] + int(e.Every)
	}
	for d := from; d <= max(int(e.Until), from) && len(out) < maxTimes; d += int(e.Every) {
		out = append(out, d)
	}
	return out
}

// eventTitle returns what a date is about, and where that is: a page, or a milestone of the path, which stands on the path's own page.
func (m *maker) eventTitle(p *curriculum.Path, id, out, title string) (string, string) {
	if mod := m.ModuleByID(id); mod != nil {
		return cmp.Or(title, mod.Title), relative(out, m.out[mod], "")
	}
	for _, s := range p.Stages {
		if s.Milestone != nil && s.Milestone.ID.Value == id {
			return cmp.Or(title, s.Milestone.Title), ""
		}
	}
	return title, ""
}
