package curriculum

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"waymark/internal/diag"
	"waymark/internal/markdown"
	"waymark/internal/schema"
)

// A Cohort is a group that follows a path from a day on: what a schedule counts in days gets dates (section 4.3). Nothing in it is about people.
type Cohort struct {
	Path  *Path
	Start schema.Date

	skip  skipped
	known []markdown.CohortDate // of single dates
}

// A Date is when something of a schedule takes place. Time and Place are "" where they are not known.
type Date struct {
	Day   schema.Date
	Time  schema.Clock
	Place string
}

// On returns the date of the nth time of an event, from 1, that the path's schedule has so many days after the start: that day, or the next one that is not left out, or what
// is known of it. event may be a level of its evaluation; of "" nothing is known.
func (c *Cohort) On(event string, nth, days int) Date {
	day, _ := c.skip.from(c.Start, days)
	d := Date{Day: day}
	for _, number := range []int{0, nth} { // what is said of one time goes before what is said of all
		for i := range c.known {
			k := &c.known[i]
			if event == "" || k.Event.Value != event || k.Number != number {
				continue
			}
			d.Day, d.Time, d.Place = cmp.Or(k.Date, d.Day), cmp.Or(k.Time, d.Time), cmp.Or(k.Place, d.Place)
		}
	}
	return d
}

// skipped are days on which nothing takes place.
type skipped struct {
	week  [7]bool // by time.Weekday
	spans [][2]schema.Date
}

// mostSkipped is how far a date is moved at most, in days.
const mostSkipped = 366

// from returns the day so many days after start, or the next one on which something may take place. It is false where there is none within a year.
func (s *skipped) from(start schema.Date, days int) (day schema.Date, ok bool) {
	t, err := time.Parse(time.DateOnly, string(start))
	if err != nil {
		return start, true // there is no such date: see schema.Date
	}
	t = t.AddDate(0, 0, days)
	planned := schema.Date(t.Format(time.DateOnly))
	for range mostSkipped {
		day = schema.Date(t.Format(time.DateOnly))
		if !s.week[t.Weekday()] && !slices.ContainsFunc(s.spans, func(x [2]schema.Date) bool { return x[0] <= day && day <= x[1] }) {
			return day, true
		}
		t = t.AddDate(0, 0, 1)
	}
	return planned, false
}

// add takes an entry of `skip`. It is false for what is none.
func (s *skipped) add(entry string) bool {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(entry, d.String()) {
			s.week[d] = true
			return true
		}
	}
	first, last, ok := strings.Cut(entry, "..")
	if !ok {
		last = first
	}
	var span [2]schema.Date
	if span[0].SetText(strings.TrimSpace(first)) != nil || span[1].SetText(strings.TrimSpace(last)) != nil || span[1] < span[0] {
		return false
	}
	s.spans = append(s.spans, span)
	return true
}

// leaveCohorts leaves out the groups of paths that are for others.
func (r *resolver) leaveCohorts() {
	r.Modules = slices.DeleteFunc(r.Modules, func(m *Module) bool {
		other := m.Kind == "cohort" && r.hiddenID(m.Doc.Meta.Path.Value) == forOthers
		if other {
			delete(r.byPath, m.Source)
			r.hide(Page{m.Source, m.Doc}, forOthers)
		}
		return other
	})
}

// cohorts joins each group with its path.
func (r *resolver) cohorts() {
	for _, m := range r.Modules {
		if m.Kind != "cohort" {
			continue
		}
		meta := &m.Doc.Meta
		p := r.Path(meta.Path.Value)
		// What is not there may be there, only not well.
		wrong := slices.ContainsFunc(m.Doc.Diags, func(d diag.Diagnostic) bool { return strings.HasPrefix(d.Code, "yaml/") })
		switch {
		case meta.Path.Value != "" && p == nil:
			r.noPath(m, meta.Path)
		case p == nil && !wrong:
			r.ds.Add("cohort/incomplete", m.span(diag.Range{}), "add a line `path:` with the id of a path", "the group follows no path")
		}
		if meta.Start == "" && !wrong {
			r.ds.Add("cohort/incomplete", m.span(diag.Range{}), "add a line as in `start: 2027-03-01`", "the group has no day on which it starts")
		}
		if meta.Codes > 0 && r.Config.Progress.Off {
			r.ds.Add("cohort/codes-idle", m.span(m.keyAt("codes")), "take `codes` away, or `progress: {off: true}` out of site.yaml", "the site keeps no progress, so no codes are made")
		}
		c := &Cohort{Path: p, Start: meta.Start, known: meta.Dates}
		for _, t := range meta.Skip {
			if !c.skip.add(t.Value) {
				hint := "write a day of the week (saturday), a date (2027-05-01), or from a date to a later one (2027-03-29..2027-04-02)"
				if strings.Contains(t.Value, ",") {
					hint = "write several as a list: `skip: [" + t.Value + "]`"
				}
				r.ds.Add("cohort/skip", m.at(t), hint, "%s is no day to leave out", diag.Quote(t.Value))
			}
		}
		if p == nil || meta.Start == "" {
			continue
		}
		m.Cohort = c
		if !m.Retired {
			p.Cohorts = append(p.Cohorts, m)
		}
		r.dates(m)
	}
	for _, p := range r.Paths {
		slices.SortStableFunc(p.Cohorts, func(a, b *Module) int { return strings.Compare(string(b.Cohort.Start), string(a.Cohort.Start)) })
	}
}

// dates checks what a group says of single dates.
func (r *resolver) dates(m *Module) {
	c, meta := m.Cohort, &m.Cohort.Path.Module.Doc.Meta
	var ids []string
	var known [][]int // the days of each, from the start
	if meta.Schedule != nil {
		for i := range meta.Schedule.Events {
			e := &meta.Schedule.Events[i]
			ids, known = append(ids, e.ID.Value), append(known, Days(e))
		}
	}
	for level, part := range meta.Evaluation.Levels() {
		if part.Form.Value != "" && len(part.At) > 0 {
			ids, known = append(ids, level), append(known, Whole(part.At))
		}
	}
	if len(ids) == 0 {
		r.ds.Add("cohort/no-dates", m.at(m.Doc.Meta.Path), "list dates in the front matter of the path, as in `schedule: {events: [{id: kick-off, title: Kick-off, at: 0d}]}`", "the path %s has no schedule, so the group has no dates", diag.Quote(c.Path.ID))
		return
	}
	never := false
	for i, days := range known {
		for _, day := range days {
			if _, ok := c.skip.from(c.Start, day); !ok && !never {
				never = true
				r.ds.Add("cohort/skip", m.at(m.Doc.Meta.Skip[0]), "leave out fewer days", "there is no day within a year on which the event %s could take place", diag.Quote(ids[i]))
			}
		}
	}
	for at := range m.Doc.Meta.Dates {
		r.cohortDate(m, at, ids, known)
	}
	for i, days := range known {
		r.datesInOrder(m, ids[i], days)
	}
}

// datesInOrder reports the first date that a group says of the event id, on the days given from the start, which is not between those of the times before and after it.
func (r *resolver) datesInOrder(m *Module, id string, days []int) {
	for i := range m.Doc.Meta.Dates {
		d := &m.Doc.Meta.Dates[i]
		if d.Event.Value != id || d.Date == "" || d.Number < 1 || d.Number > len(days) {
			continue
		}
		day := days[d.Number-1]
		if planned, _ := m.Cohort.skip.from(m.Cohort.Start, day); far(planned, d.Date) {
			continue // which was said
		}
		for n := max(1, d.Number-1); n <= len(days) && n <= d.Number+1; n++ {
			other := m.Cohort.On(id, n, days[n-1]).Day
			if days[n-1] < day && other >= d.Date || days[n-1] > day && other <= d.Date {
				r.ds.Add("cohort/order", m.at(d.Event), "see whether `number` and the date are right", "number %d of the event %s is on %s, number %d on %s", d.Number, diag.Quote(id), d.Date, n, other)
				return
			}
		}
	}
}

// cohortDate checks a date that a group says. ids are those of the events of its path; known are, for each of these, the days on which it takes place.
func (r *resolver) cohortDate(m *Module, at int, ids []string, known [][]int) {
	c, earlier, d := m.Cohort, m.Doc.Meta.Dates[:at], &m.Doc.Meta.Dates[at]
	if d.Event.Value == "" {
		return // which was said
	}
	i := slices.Index(ids, d.Event.Value)
	if i < 0 {
		r.ds.Add("cohort/event", m.at(d.Event), diag.DidYouMean(d.Event.Value, ids), "the schedule of the path %s has no event %s", diag.Quote(c.Path.ID), diag.Quote(d.Event.Value))
		return
	}
	days := known[i]
	n := len(days)
	for k := range earlier {
		if x := &earlier[k]; x.Event.Value == d.Event.Value && (x.Number == d.Number || n == 1 && x.Number < 2 && d.Number < 2) {
			twice := r.ds.Add("cohort/event", m.at(d.Event), "write one entry, or with `number` which time each is of", "two entries are of the same date of the event %s", diag.Quote(d.Event.Value))
			twice.Related = append(twice.Related, diag.Related{Span: m.at(x.Event), Message: "the first is here"})
			return
		}
	}
	switch {
	case d.Number > n && n == 1:
		r.ds.Add("cohort/event", m.at(d.Event), "take `number` away", "the event %s takes place once, so there is no number %d", diag.Quote(d.Event.Value), d.Number)
	case d.Number > n:
		r.ds.Add("cohort/event", m.at(d.Event), "write a lower `number`", "the event %s takes place %d times, so there is no number %d", diag.Quote(d.Event.Value), n, d.Number)
	case d.Date == "" && d.Time == "" && d.Place == "":
		if !m.wrongKeys(d.Event.At) {
			r.ds.Add("cohort/event", m.at(d.Event), "add a `date`, a `time` or a `place`, or take the entry away", "nothing is said of the event %s here", diag.Quote(d.Event.Value))
		}
	case d.Number == 0 && n > 1 && d.Date != "":
		r.ds.Add("cohort/event", m.at(d.Event), "add `number: 1`, or which one it is", "the event %s takes place %d times, so one date for all of them cannot be meant", diag.Quote(d.Event.Value), n)
	case d.Date != "" && n > 0:
		day, _ := c.skip.from(c.Start, days[max(d.Number, 1)-1])
		if far(day, d.Date) {
			r.ds.Add("cohort/far", m.at(d.Event), "see whether the year is right, here and in `start`", "%s is more than half a year from %s, the day that the schedule gives to the event %s", d.Date, day, diag.Quote(d.Event.Value))
		}
	}
}

// mostMoved is how far a date may be from that of its schedule without being taken for a slip.
const mostMoved = 183 * 24 * time.Hour

// far reports whether a day is further than that from the planned one.
func far(planned, day schema.Date) bool {
	x, _ := time.Parse(time.DateOnly, string(planned))
	y, _ := time.Parse(time.DateOnly, string(day))
	return x.Sub(y).Abs() > mostMoved
}
