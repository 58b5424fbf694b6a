package quiz

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"waymark/internal/diag"
)

// An Item is a check to export with the file it stands in. Without a file its texts are written as plain text.
type Item struct {
	Check *Check
	File  *diag.File
}

// ExportGIFT writes checks in Moodle's GIFT format, texts as Markdown, with their ids in comments so that ParseGIFT gives the same ids back. The
// report names, a line for each check, what GIFT cannot say: a check that is skipped, or what is left out of one; and at its end what no check can keep. The error is that of reading a file.
func ExportGIFT(items []Item) (gift []byte, report []string, err error) {
	w := &giftWriter{}
	for _, it := range items {
		w.c = it.Check
		if err := w.Open(it.File); err != nil {
			return nil, nil, err
		}
		w.said = nil
		w.check()
		if len(w.said) > 0 {
			w.report = append(w.report, w.c.Word+" "+w.c.ID+": "+strings.Join(w.said, "; "))
		}
	}
	if w.aimed > 0 {
		w.report = append(w.report, fmt.Sprintf("objectives are left out: those of %d", w.aimed))
	}
	return []byte(w.String()), w.report, nil
}

type giftWriter struct {
	strings.Builder
	Texts
	c      *Check
	said   []string // of c
	aimed  int      // checks with objectives
	report []string
}

func (w *giftWriter) say(format string, args ...any) {
	w.said = append(w.said, fmt.Sprintf(format, args...))
}

// skip reports that GIFT has no such check; what else there is to say is why.
func (w *giftWriter) skip(rest string) {
	w.said = slices.Insert(w.said, 0, "not expressible in GIFT"+rest)
}

// text writes a Rich as escaped Markdown.
func (w *giftWriter) text(r Rich) string { return giftEscape(w.shown(r.markdown(w.file), false)) }

// option writes the text of an option, which does not begin with what would be read as its weight.
func (w *giftWriter) option(r Rich) string {
	text := w.text(r)
	if giftWeight().MatchString(text) {
		text = "&percnt;" + text[1:]
	}
	return text
}

func (w *giftWriter) feedback(r Rich) string {
	if r.Empty() {
		return ""
	}
	return "#" + w.text(r)
}

// unpaired writes the feedback of a typed answer: see shown.
func (w *giftWriter) unpaired(r Rich) string {
	if r.Empty() {
		return ""
	}
	return "#" + giftEscape(w.shown(r.markdown(w.file), true))
}

var giftEscapes = strings.NewReplacer(`\`, `\\`, "~", `\~`, "=", `\=`, "#", `\#`, "{", `\{`, "}", `\}`, ":", `\:`, "\n", `\n`)

func giftEscape(s string) string { return giftEscapes.Replace(s) }

// check writes one check, or reports why not.
func (w *giftWriter) check() {
	c := w.c
	var answers string
	switch c.Type {
	case Single:
		answers = w.single()
	case Multiple:
		answers = w.multiple()
	case Number:
		answers = w.number()
	case Short:
		answers = w.short()
	case Match:
		answers = w.match()
	case Cloze:
		if len(c.Gaps) != 1 || w.file == nil && c.Prompt.Markdown == "" && strings.Count(c.Prompt.Plain, "___") != 1 {
			w.skip(", which has one gap in a question; skipped")
			return
		}
		answers = w.gap(c.Gaps[0])
	case Reflection:
		if len(c.Options) > 0 {
			w.say("the criteria are left out")
		}
	default:
		w.skip(", skipped")
		return
	}
	if answers == "" && c.Type != Reflection {
		w.skip(", skipped")
		return
	}
	prompt := w.prompt()
	general := ""
	if !c.Explanation.Empty() {
		general = "####" + w.text(c.Explanation)
	}
	w.losses()
	if w.Len() > 0 {
		w.WriteString("\n")
	}
	fmt.Fprintf(w, "// [id:%s]", c.ID)
	for _, t := range c.Tags {
		fmt.Fprintf(w, " [tag:%s]", t)
	}
	fmt.Fprintf(w, "\n::%s::[markdown]%s\n", giftEscape(c.ID), strings.Replace(prompt, gapMark, "{"+answers+general+"}", 1))
}

// gapMark stands in a prompt where the answers go.
const gapMark = "\ufdd0"

// prompt returns the prompt, escaped, with the place of the answers: the gap, else the end.
func (w *giftWriter) prompt() string {
	c := w.c
	if c.Type != Cloze {
		return strings.TrimLeft(w.text(c.Prompt)+" "+gapMark, " ")
	}
	return giftEscape(w.shown(c.promptWith(w.file, func(Gap) string { return gapMark }), false))
}

// losses reports what has no place in GIFT.
func (w *giftWriter) losses() {
	c := w.c
	if len(c.Hints) > 0 {
		w.say("hints are left out: %d", len(c.Hints))
	}
	for _, o := range c.Options {
		if !o.Missed.Empty() {
			w.say("what is said when %s is missed is left out", diag.Quote(o.Text.Plain))
		}
	}
	for _, l := range w.Lost() {
		w.say("%s", l)
	}
	if len(c.Objectives) > 0 {
		w.aimed++
	}
	if said := c.Unsaid(); len(said) > 0 {
		w.say("left out: %s", strings.Join(said, ", "))
	}
}

// Unsaid names the settings that c has of its own and that another form loses, which is all of them but those that it keeps; nil where it loses none.
func (c *Check) Unsaid(kept ...string) []string {
	var names []string
	for _, s := range []struct {
		name string
		said bool
	}{
		{"confidence", c.Confidence != ""}, {"tone", c.Tone != ""}, {"reveal", c.Reveal != ""}, {"feedback", c.Settings.Feedback != ""}, {"pin", c.Pin != ""}, {"shuffle", c.Shuffle != ""},
		{"unit", c.Unit != ""}, {"case", c.Case != ""}, {"accents", c.Accents != ""}, {"typos", c.Typos != ""}, {"pool", c.Pool != ""},
		{"tries", c.Tries >= 0}, {"points", c.Points != 0 && c.Points != 1},
	} {
		if s.said && !contains(kept, s.name) {
			names = append(names, s.name)
		}
	}
	return names
}

func (w *giftWriter) single() string {
	c := w.c
	if isTrue, ok := c.english(); ok {
		right, wrong := c.Options[0], c.Options[1]
		if !right.Right {
			right, wrong = wrong, right
		}
		verdict := map[bool]string{true: "TRUE", false: "FALSE"}[isTrue]
		if right.Feedback.Empty() && wrong.Feedback.Empty() {
			return verdict
		}
		return verdict + "#" + strings.TrimPrefix(w.feedback(wrong.Feedback), "#") + w.feedback(right.Feedback)
	}
	var b strings.Builder
	for _, o := range c.Options {
		b.WriteString("\n\t" + map[bool]string{true: "=", false: "~"}[o.Right] + w.option(o.Text) + w.feedback(o.Feedback))
	}
	return b.String() + "\n"
}

// english reports whether the options are the words True and False, and if so which is right. Other languages' words are written as a choice: GIFT
// has none for them.
func (c *Check) english() (isTrue, ok bool) {
	if len(c.Options) != 2 {
		return false, false
	}
	for i, o := range c.Options {
		other := c.Options[1-i]
		if strings.EqualFold(o.Text.Plain, "true") && strings.EqualFold(other.Text.Plain, "false") {
			return o.Right, true
		}
	}
	return false, false
}

// multiple writes weights: right ones share 100 %, wrong ones take as much away.
func (w *giftWriter) multiple() string {
	c := w.c
	right := 0
	for _, o := range c.Options {
		if o.Right {
			right++
		}
	}
	if max(right, len(c.Options)-right) > 10 {
		w.say("with more than 10 right or wrong options each gets the nearest share that Moodle knows")
	}
	if c.Score != "each" {
		w.say("each option counts in GIFT, all or nothing cannot be said")
	}
	var b strings.Builder
	for _, o := range c.Options {
		weight := MoodleShare(right)
		if !o.Right {
			weight = "-" + MoodleShare(max(len(c.Options)-right, 1))
		}
		b.WriteString("\n\t~%" + weight + "%" + w.text(o.Text) + w.feedback(o.Feedback))
	}
	return b.String() + "\n"
}

// MoodleShare is 100/n, the percentage of one of n, as Moodle knows it: with up to five decimals, and beyond 10 the nearest on its list.
func MoodleShare(n int) string {
	share := 100 / float64(max(n, 1))
	switch {
	case share < 7.5:
		share = 5
	case share < 10:
		share = 10
	}
	s := strconv.FormatFloat(share, 'f', 5, 64)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// number writes anything else last: Moodle reads all behind the first ~ as its feedback.
func (w *giftWriter) number() string {
	var b, last strings.Builder
	b.WriteString("#")
	for _, a := range w.c.Accepts {
		if a.Any {
			last.WriteString("\n\t~" + w.feedback(a.Feedback))
			continue
		}
		b.WriteString("\n\t=")
		if !a.Right {
			b.WriteString("%0%")
		}
		if a.Min == a.Max {
			b.WriteString(giftNumber(a.Min) + ":0")
		} else {
			b.WriteString(giftNumber(a.Min) + ".." + giftNumber(a.Max))
		}
		b.WriteString(w.feedback(a.Feedback))
	}
	return b.String() + last.String() + "\n"
}

func giftNumber(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// short writes anything else last: Moodle takes the first line that fits.
func (w *giftWriter) short() string {
	var b, last strings.Builder
	right := false
	for _, a := range w.c.Accepts {
		if a.Any {
			last.WriteString("\n\t=%0%*" + w.unpaired(a.Feedback))
			continue
		}
		value, ok := w.value(a.Value)
		if !ok {
			continue
		}
		sign := "="
		switch {
		case !a.Right:
			sign = "=%0%"
		case giftWeight().MatchString(value):
			sign = "=%100%"
		}
		right = right || a.Right
		b.WriteString("\n\t" + sign + value + w.unpaired(a.Feedback))
	}
	if !right {
		return ""
	}
	return b.String() + last.String() + "\n"
}

// value escapes a typed value, in which * is itself. One that Moodle would take for a pair is reported.
func (w *giftWriter) value(v string) (string, bool) {
	if strings.Contains(v, "->") {
		w.say("the value %s is left out: Moodle would take it for a pair", diag.Quote(v))
		return "", false
	}
	return giftEscape(strings.ReplaceAll(v, "*", `\*`)), true
}

func (w *giftWriter) match() string {
	var b strings.Builder
	for _, p := range w.c.Pairs {
		b.WriteString("\n\t=")
		if !p.Left.Empty() {
			// In a cell a bar is escaped, wherever it stands.
			b.WriteString(giftEscape(w.shown(strings.ReplaceAll(p.Left.markdown(w.file), `\|`, "|"), true)) + " ")
		}
		b.WriteString("-> " + giftEscape(p.Right.Plain))
	}
	return b.String() + "\n"
}

func (w *giftWriter) gap(g Gap) string {
	var list []string
	for _, v := range g.Accepts {
		if v, ok := w.value(v); ok {
			list = append(list, "="+v)
		}
	}
	for i, v := range g.Choices {
		list = append(list, map[bool]string{true: "=", false: "~"}[i == g.Right]+giftEscape(escape(v, lineStart)))
	}
	return strings.Join(list, " ")
}

// promptWith returns the Markdown of the prompt of a cloze, with something else for each gap.
func (c *Check) promptWith(file []byte, with func(Gap) string) string {
	if c.Prompt.Markdown == "" && file != nil {
		return c.promptSource(file, with)
	}
	md := c.promptText()
	for _, g := range c.Gaps {
		md = strings.Replace(md, g.source(), with(g), 1)
	}
	return md
}

// promptSource returns how the prompt of a cloze is written in the file, with something else for each gap.
func (c *Check) promptSource(file []byte, with func(Gap) string) string {
	r := c.Prompt.Range
	for _, g := range slices.Backward(c.Gaps) {
		if g.Range.Start < r.Start || g.Range.End > r.End || r.End > len(file) {
			continue
		}
		text := with(g)
		file = slices.Concat(file[:g.Range.Start], []byte(text), file[g.Range.End:])
		r.End += len(text) - (g.Range.End - g.Range.Start)
	}
	return source(file, r)
}
