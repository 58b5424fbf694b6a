package plan

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"waymark/internal/curriculum"
	"waymark/internal/schema"
	"waymark/internal/source"
)

// cohortView is what the page of a group shows of its path: the timetable with its dates.
func (m *maker) cohortView(mod *curriculum.Module, out string) *Cohort {
	c, meta := mod.Cohort, &mod.Doc.Meta
	v := &Cohort{
		Path: m.link(out, c.Path.Module), Start: string(c.Start),
		Contact: contact(meta.Contact), Dates: m.schedule(c.Path, c, out), Codes: m.learnersCodes(mod),
	}
	v.End = v.Start
	for _, e := range v.Dates {
		v.End = max(v.End, e.Date)
		if e.Time != "" {
			v.Timezone = meta.Timezone
		}
	}
	if len(v.Dates) == 0 {
		return v
	}
	v.Calendars = append(v.Calendars, Link{Text: m.wordAt(out, "cohort.all"), URL: relative(out, m.calendarOut(mod, nil), "")})
	for _, r := range m.invited(v.Dates) {
		v.Calendars = append(v.Calendars, Link{Text: cmp.Or(r.Plural, r.Title), URL: relative(out, m.calendarOut(mod, &r), ""), Lang: m.foreign(out, nil)})
	}
	return v
}

// contact leads to what is an address, of mail, with or without mailto:, or on the web. A name in a chat, as @mentoring, is none.
func contact(s string) Link {
	to := Link{Text: strings.TrimPrefix(s, "mailto:")}
	name, host, _ := strings.Cut(to.Text, "@")
	switch {
	case strings.Contains(s, "://"):
		to.URL = curriculum.SafeURL(s)
	case name != "" && host != "" && !strings.ContainsAny(to.Text, " \t"):
		to.URL = curriculum.SafeURL("mailto:" + to.Text)
	}
	return to
}

// invited are the roles of the edition that some dates of a group are for, in the site's order. Where all dates are for all of them there are none: they have one calendar.
func (m *maker) invited(events []Event) (roles []source.Role) {
	differ := false
	for _, r := range m.cfg.Roles {
		if !m.Meant([]schema.Text{r.ID}) {
			continue // what is for this role alone is left out, so its dates would be some of them
		}
		named, left := false, false
		for i := range events {
			comes := invites(&events[i], r)
			named = named || comes && len(events[i].Who) > 0
			left = left || !comes
		}
		if named {
			roles = append(roles, r)
			differ = differ || left
		}
	}
	if !differ {
		return nil
	}
	return roles
}

// invites reports whether a date is for a role: it says so, or is for everybody.
func invites(e *Event, r source.Role) bool {
	return len(e.Who) == 0 || slices.ContainsFunc(e.Who, func(x Role) bool { return x.ID == r.ID.Value })
}

// calendarOut is the output of the dates of a group: all of them, or for r those of a role. Readers save it, so it has the name of the group where the page has that of its folder.
func (m *maker) calendarOut(mod *curriculum.Module, r *source.Role) string {
	stem := strings.TrimSuffix(strings.TrimSuffix(m.out[mod], ".html"), "/index")
	if r != nil {
		stem += "." + r.ID.Value
	}
	return stem + ".ics"
}

// calendars plans the files that the page of a group offers.
func (m *maker) calendars(mod *curriculum.Module) {
	if mod.Cohort == nil {
		return
	}
	events := m.schedule(mod.Cohort.Path, mod.Cohort, homePath)
	if len(events) == 0 {
		return
	}
	m.datum(m.calendarOut(mod, nil), func() []byte { return m.calendar(mod, events) })
	for _, r := range m.invited(events) {
		own := slices.DeleteFunc(slices.Clone(events), func(e Event) bool { return !invites(&e, r) })
		m.datum(m.calendarOut(mod, &r), func() []byte { return m.calendar(mod, own) })
	}
}

// calendar writes dates of a group, with addresses from the site's root, for calendars (RFC 5545). A date without a time is that of a whole day. A time is what clocks show where
// the reader is (section 3.3.5, form 1): the rules of time zones are no part of a site, so that equal sources give equal bytes.
func (m *maker) calendar(mod *curriculum.Module, events []Event) []byte {
	c, out := mod.Cohort, m.out[mod]
	lines := []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Waymark//Cohort//EN", "CALSCALE:GREGORIAN", "X-WR-CALNAME:" + calendarText(m.cfg.Title+": "+mod.Title)}
	for i := range events {
		e := &events[i]
		day, title, about := strings.ReplaceAll(e.Date, "-", ""), e.Title, c.Path.Title+", "+mod.Title
		if e.What != "session" {
			title += " (" + m.wordAt(out, "schedule."+e.What) + ")"
		}
		if zone := mod.Doc.Meta.Timezone; e.Time != "" && zone != "" {
			about += "\n" + e.Time + ", " + zone
		}
		lines = append(lines, "BEGIN:VEVENT",
			"UID:"+calendarText(fmt.Sprintf("%s-%s-%d.%s@%s.waymark", e.What, e.ID, e.Number, mod.ID, m.cfg.ID.Value)),
			"DTSTAMP:"+strings.ReplaceAll(string(c.Start), "-", "")+"T000000Z")
		if e.Time != "" {
			lines = append(lines, "DTSTART:"+day+"T"+strings.ReplaceAll(e.Time, ":", "")+"00")
			if e.Minutes > 0 || e.What == "session" { // without it a deadline takes no time (section 3.6.1)
				lines = append(lines, fmt.Sprintf("DURATION:PT%dM", cmp.Or(e.Minutes, 60)))
			}
		} else {
			lines = append(lines, "DTSTART;VALUE=DATE:"+day, "TRANSP:TRANSPARENT") // without an end it is that day (section 3.6.1)
		}
		lines = append(lines, "SUMMARY:"+calendarText(title), "DESCRIPTION:"+calendarText(about))
		if e.Place != "" {
			lines = append(lines, "LOCATION:"+calendarText(e.Place))
		}
		if base := m.cfg.BaseURL.Value; base != "" {
			lines = append(lines, "URL:"+base+strings.TrimSuffix(cmp.Or(e.URL, relative(homePath, out, "")), "index.html"))
		}
		lines = append(lines, "END:VEVENT")
	}
	var b strings.Builder
	for _, line := range append(lines, "END:VCALENDAR") {
		b.WriteString(foldLine(line))
	}
	return []byte(b.String())
}

// calendarText escapes what means something in a calendar (RFC 5545, section 3.3.11).
func calendarText(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r", "", "\n", `\n`).Replace(s)
}

// foldLine ends a line of a calendar. It is at most 75 bytes long; a longer one goes on behind a blank, and no character is cut (RFC 5545, section 3.1).
func foldLine(s string) string {
	var b strings.Builder
	width := 0
	for _, c := range s {
		if n := utf8.RuneLen(c); width+n > 75 {
			b.WriteString("\r\n ")
			width = 1
		}
		n, _ := b.WriteRune(c)
		width += n
	}
	b.WriteString("\r\n")
	return b.String()
}

// codeLetters are those of learners' codes, which can be read aloud: none looks like another. See code in themes/default/src/progress/store.ts.
const codeLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// learnersCodes are the codes that facilitators give to the learners of a group: always the same ones for a group, and each once.
func (m *maker) learnersCodes(mod *curriculum.Module) (codes []string) {
	n := mod.Doc.Meta.Codes
	if m.cfg.Progress.Off {
		n = 0
	}
	for i := 0; len(codes) < n; i++ {
		sum := sha256.Sum256(fmt.Appendf(nil, "%s|%s|%d", m.cfg.ID.Value, mod.ID, i))
		code := make([]byte, 6)
		for k := range code {
			code[k] = codeLetters[sum[k]%32]
		}
		if s := string(code[:4]) + "-" + string(code[4:]); !slices.Contains(codes, s) {
			codes = append(codes, s)
		}
	}
	return codes
}
