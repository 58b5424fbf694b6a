package export

import (
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"io"
	"slices"
	"strconv"
	"strings"

	"waymark/internal/quiz"
)

// Moodle writes tests in Moodle's XML format (https://docs.moodle.org/en/Moodle_XML_format), a category for each, with the pictures in it. Equal tests give equal bytes. It returns how many
// checks there are in it, and a line for each that Moodle cannot hold as a whole, or at all, with the reason; at the end stands what it cannot hold of any.
func Moodle(w io.Writer, tests []Test) (n int, report []string, err error) {
	m := &moodleFile{}
	m.texts.Picture = m.keep
	m.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n")
	for i := range tests {
		m.test = &tests[i]
		category := "<question type=\"category\">\n<category><text>$course$/top/" + xmlText(strings.ReplaceAll(m.test.Title, "/", "//")) + "</text></category>\n</question>\n"
		for _, it := range m.test.Checks {
			if err := m.texts.Open(it.File); err != nil {
				return 0, nil, err
			}
			m.c, m.k, m.said, m.pictures = it.Check, it.Check.Key(m.test.Defaults...), nil, nil
			if m.question(category) {
				n++
				category = ""
			}
			if said := append(m.said, m.texts.Lost()...); len(said) > 0 {
				report = append(report, m.c.Word+" "+m.c.ID+": "+strings.Join(said, "; "))
			}
		}
	}
	m.put("</quiz>\n")
	for _, l := range []struct {
		n    int
		what string
	}{
		{m.whole, "each option, pair and gap counts in Moodle, all or nothing cannot be said: those of"},
		{m.missed, "what is said of right options that were missed is left out: that of"},
	} {
		if l.n > 0 {
			report = append(report, l.what+" "+strconv.Itoa(l.n))
		}
	}
	_, err = io.WriteString(w, m.String())
	return n, report, errors.Join(m.err, err)
}

// A moodleFile is a file that is being written, and the check that is.
type moodleFile struct {
	strings.Builder
	texts quiz.Texts
	err   error // of reading a picture

	test     *Test
	c        *quiz.Check
	k        quiz.Key
	said     []string // what is lost of the check
	pictures []File   // of the text at hand

	whole, missed int // checks that lose that they count as a whole, or what is said of options that were missed
}

func (m *moodleFile) put(format string, args ...any) { fmt.Fprintf(m, format, args...) }

func (m *moodleFile) say(format string, args ...any) {
	m.said = append(m.said, fmt.Sprintf(format, args...))
}

// keep puts a picture beside the text at hand, and returns its address there.
func (m *moodleFile) keep(address string) string {
	f, ok := m.test.picture(address)
	if !ok {
		return ""
	}
	if !slices.ContainsFunc(m.pictures, func(p File) bool { return p.Path == f.Path }) {
		m.pictures = append(m.pictures, f)
	}
	return "@@PLUGINFILE@@/" + f.Path
}

// text writes what stands in an element with a text of HTML, with the pictures that it shows.
func (m *moodleFile) text(s string) {
	m.put("<text>%s</text>\n", xmlText(s))
	for _, p := range m.pictures {
		m.put("<file name=\"%s\" path=\"/\" encoding=\"base64\">", xmlText(p.Path))
		to := base64.NewEncoder(base64.StdEncoding, m)
		m.err = errors.Join(m.err, p.Write(to))
		to.Close()
		m.put("</file>\n")
	}
	m.pictures = nil
}

// rich writes an element with a text of an author, unless it is empty.
func (m *moodleFile) rich(name string, r quiz.Rich) {
	if !r.Empty() {
		m.element(name, m.texts.HTML(r))
	}
}

func (m *moodleFile) element(name, s string) {
	m.put("<%s format=\"html\">", name)
	m.text(s)
	m.put("</%s>\n", name)
}

// answer writes an answer that is worth a percentage; more goes behind its text.
func (m *moodleFile) answer(worth, format, text, more string, feedback quiz.Rich) {
	m.put("<answer fraction=\"%s\" format=\"%s\">", worth, format)
	m.text(text)
	m.put("%s", more)
	m.rich("feedback", feedback)
	m.put("</answer>\n")
}

// worth is what an answer is worth that is right or not.
func worth(right bool) string {
	if right {
		return "100"
	}
	return "0"
}

// question writes the check behind head, and reports whether it can be.
func (m *moodleFile) question(head string) bool {
	c := m.c
	parts, why, ok := asked(&m.texts, c, func(s string) string { return s })
	if !ok {
		m.say("not expressible in Moodle XML, skipped%s", why)
		return false
	}
	kind := map[quiz.Type]string{quiz.Single: "multichoice", quiz.Multiple: "multichoice", quiz.Number: "numerical", quiz.Short: "shortanswer", quiz.Order: "ordering",
		quiz.Match: "matching", quiz.Cloze: "cloze", quiz.Reflection: "essay"}[c.Type]
	m.put("%s<question type=\"%s\">\n<name><text>%s</text></name>\n", head, kind, xmlText(title(c)))
	m.element("questiontext", m.gaps(parts))
	m.solution()
	m.put("<defaultgrade>%s</defaultgrade>\n<penalty>0</penalty>\n<idnumber>%s</idnumber>\n", number(m.k.Points), xmlText(c.ID))
	m.answers()
	for _, h := range c.Hints {
		m.rich("hint", h)
	}
	if c.Hints != nil && c.Type == quiz.Reflection {
		m.say("hints are left out: %d", len(c.Hints))
	}
	if tags := slices.Concat(c.Objectives, c.Tags); len(tags) > 0 {
		m.put("<tags>")
		for _, t := range tags {
			m.put("<tag><text>%s</text></tag>", xmlText(t))
		}
		m.put("</tags>\n")
	}
	m.put("</question>\n")
	if left := c.Unsaid("points", "case", "unit", "shuffle"); left != nil {
		m.say("left out: %s", strings.Join(left, ", "))
	}
	return true
}

// solution writes what is told after the answer: the explanation, and what a reflection is held against.
func (m *moodleFile) solution() {
	c := m.c
	var b strings.Builder
	if !c.Explanation.Empty() {
		b.WriteString(m.texts.HTML(c.Explanation))
	}
	if c.Type == quiz.Reflection && c.Options != nil {
		b.WriteString("<ul>")
		for _, o := range c.Options {
			b.WriteString("<li>" + m.texts.HTML(o.Text) + "</li>")
		}
		b.WriteString("</ul>")
	}
	if b.Len() > 0 {
		m.element("generalfeedback", b.String())
	}
}

// answers writes what is peculiar to the type of the check.
func (m *moodleFile) answers() {
	c, k := m.c, &m.k
	switch c.Type {
	case quiz.Single, quiz.Multiple:
		m.put("<single>%t</single>\n<shuffleanswers>%t</shuffleanswers>\n<answernumbering>none</answernumbering>\n", c.Type == quiz.Single, k.Shuffle)
		m.options()
	case quiz.Number:
		for _, a := range narrowFirst(c) {
			text, more := "*", ""
			if !a.Any {
				text, more = bound(a.Min+(a.Max-a.Min)/2), "<tolerance>"+bound((a.Max-a.Min)/2)+"</tolerance>\n"
			}
			m.answer(worth(a.Right), "plain_text", text, more, a.Feedback)
		}
		if units := quiz.Units(c.Unit); units != nil {
			m.put("<units>")
			for _, u := range units {
				m.put("<unit><multiplier>1</multiplier><unit_name>%s</unit_name></unit>", xmlText(u))
			}
			m.put("</units>\n<unitgradingtype>0</unitgradingtype>\n<showunits>0</showunits>\n")
		}
	case quiz.Short:
		m.put("<usecase>%s</usecase>\n", map[bool]string{true: "1", false: "0"}[k.Text != nil && k.Text.Case])
		for _, a := range narrowFirst(c) {
			text := "*"
			if !a.Any {
				text = starred(a.Value)
			}
			m.answer(worth(a.Right), "plain_text", text, "", a.Feedback)
		}
	case quiz.Order:
		grading := "ALL_OR_NOTHING"
		if k.Score == "each" {
			grading = "ABSOLUTE_POSITION"
		}
		m.put("<layouttype>VERTICAL</layouttype>\n<selecttype>ALL</selecttype>\n<selectcount>%d</selectcount>\n<gradingtype>%s</gradingtype>\n<showgrading>SHOW</showgrading>\n", len(c.Options), grading)
		for i, o := range c.Options {
			m.answer(fmt.Sprint(i+1), "html", m.texts.HTML(o.Text), "", o.Feedback)
		}
	case quiz.Match:
		if k.Score != "each" {
			m.whole++
		}
		m.put("<shuffleanswers>true</shuffleanswers>\n")
		for _, p := range c.Pairs {
			left := ""
			if !p.Left.Empty() {
				left = m.texts.HTML(p.Left)
			}
			m.put("<subquestion format=\"html\">")
			m.text(left)
			m.put("<answer><text>%s</text></answer></subquestion>\n", xmlText(p.Right.Plain))
		}
	case quiz.Reflection:
		lines := 5
		if c.Lines > lines {
			lines = min((c.Lines+4)/5*5, 40) // Moodle offers multiples of five
		}
		m.put("<responseformat>editor</responseformat>\n<responserequired>0</responserequired>\n<responsefieldlines>%d</responsefieldlines>\n", lines)
	}
}

// options writes the options of a choice. Of several right ones each is worth its share, and a wrong one takes as much of the wrong ones' away.
func (m *moodleFile) options() {
	c := m.c
	right := 0
	for _, o := range c.Options {
		if o.Right {
			right++
		}
	}
	wrong := len(c.Options) - right
	several := c.Type == quiz.Multiple
	if several && m.k.Score != "each" {
		m.whole++
	}
	if several && max(right, wrong) > 10 {
		m.say("with more than 10 right or wrong options each gets the nearest share that Moodle knows")
	}
	for _, o := range c.Options {
		value := worth(o.Right)
		switch {
		case several && o.Right:
			value = quiz.MoodleShare(right)
		case several:
			value = "-" + quiz.MoodleShare(wrong)
		}
		m.answer(value, "html", m.texts.HTML(o.Text), "", o.Feedback)
	}
	if several && slices.ContainsFunc(c.Options, func(o quiz.Option) bool { return !o.Missed.Empty() }) {
		m.missed++
	}
}

// gaps joins the parts of a prompt, with what Moodle makes fields of in the gaps.
func (m *moodleFile) gaps(parts []string) string {
	var b strings.Builder
	for i, p := range parts {
		b.WriteString(p)
		if i < len(m.c.Gaps) {
			b.WriteString(m.gap(&m.c.Gaps[i]))
		}
	}
	if len(m.c.Gaps) > 1 && m.k.Score != "each" {
		m.whole++
	}
	return b.String()
}

// moodleGap writes a text in a gap, where Moodle resolves references and sees signs of its own.
var moodleGap = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "~", "&#126;", "{", "&#123;", "}", "&#125;", "#", "&#35;", "=", "&#61;", "%", "&#37;", `\`, "&#92;")

// gap writes a gap: Moodle takes what is typed for plain text, what is chosen for HTML.
func (m *moodleFile) gap(g *quiz.Gap) string {
	kind, answers := "MULTICHOICE", []string(nil)
	for i, v := range g.Choices {
		answers = append(answers, map[bool]string{true: "=", false: ""}[i == g.Right]+moodleGap.Replace(html.EscapeString(v)))
	}
	if g.Choices == nil {
		kind = "SHORTANSWER"
		if m.k.Text != nil && m.k.Text.Case {
			kind = "SHORTANSWER_C"
		}
		for _, v := range g.Accepts {
			answers = append(answers, "="+moodleGap.Replace(starred(v)))
		}
	}
	return "{1:" + kind + ":" + strings.Join(answers, "~") + "}"
}

// starred writes a text to be typed, in which * would stand for any signs.
func starred(s string) string { return strings.ReplaceAll(s, "*", `\*`) }
