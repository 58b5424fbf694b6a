package quiz

import (
	"fmt"
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
// report names, check by check, what GIFT cannot say: a check that is skipped, or what is left out of one. The error is that of reading a file.
func ExportGIFT(items []Item) (gift []byte, report []string, err error) {
	w := &giftWriter{}
	for _, it := range items {
		w.c, w.file = it.Check, nil
		if it.File != nil {
			if w.file, err = it.File.Bytes(); err != nil {
				return nil, nil, err
			}
		}
		w.check()
	}
	return []byte(w.String()), w.report, nil
}

type giftWriter struct {
	strings.Builder
	c      *Check
	file   []byte
	report []string
}

func (w *giftWriter) say(format string, args ...any) {
	w.report = append(w.report, w.c.Word+" "+w.c.ID+": "+fmt.Sprintf(format, args...))
}

// text writes a Rich as escaped Markdown.
func (w *giftWriter) text(r Rich) string { return giftEscape(r.markdown(w.file)) }

func (w *giftWriter) feedback(r Rich) string {
	if r.Empty() {
		return ""
	}
	return "#" + w.text(r)
}

var giftEscapes = strings.NewReplacer(`\`, `\\`, "~", `\~`, "=", `\=`, "#", `\#`, "{", `\{`, "}", `\}`, ":", `\:`, "\n", `\n`)

func giftEscape(s string) string { return giftEscapes.Replace(s) }

// check writes one check, or reports why not.
func (w *giftWriter) check() {
	c := w.c
	before, after := w.text(c.Prompt), ""
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
			w.say("not expressible in GIFT, which has one gap in a question; skipped")
			return
		}
		before, after = w.aroundGap()
		answers = w.gap(c.Gaps[0])
	case Reflection:
		if len(c.Options) > 0 {
			w.say("the criteria are left out")
		}
	default:
		w.say("not expressible in GIFT, skipped")
		return
	}
	w.losses()
	if w.Len() > 0 {
		w.WriteString("\n")
	}
	fmt.Fprintf(w, "// [id:%s]", c.ID)
	for _, t := range c.Tags {
		fmt.Fprintf(w, " [tag:%s]", t)
	}
	general := ""
	if !c.Explanation.Empty() {
		general = "####" + w.text(c.Explanation)
	}
	fmt.Fprintf(w, "\n::%s::[markdown]%s {%s%s}", giftEscape(c.ID), before, answers, general)
	if after != "" && strings.ContainsRune(".,;:!?)", rune(after[0])) {
		fmt.Fprintf(w, "%s", after)
	} else if after != "" {
		fmt.Fprintf(w, " %s", after)
	}
	w.WriteString("\n")
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
	var said []string
	for _, s := range []struct{ name, value string }{{"confidence", c.Confidence}, {"tone", c.Tone}, {"reveal", c.Reveal}, {"feedback", c.Settings.Feedback},
		{"pin", c.Pin}, {"shuffle", c.Shuffle}, {"unit", c.Unit}, {"case", c.Case}, {"accents", c.Accents}, {"typos", c.Typos}, {"pool", c.Pool}} {
		if s.value != "" {
			said = append(said, s.name)
		}
	}
	if c.Tries >= 0 {
		said = append(said, "tries")
	}
	if c.Points != 0 && c.Points != 1 {
		said = append(said, "points")
	}
	if len(c.Objectives) > 0 {
		said = append(said, "objective")
	}
	if len(said) > 0 {
		w.say("left out: %s", strings.Join(said, ", "))
	}
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
		return verdict + "#" + w.plainText(wrong.Feedback) + "#" + w.plainText(right.Feedback)
	}
	var b strings.Builder
	for _, o := range c.Options {
		b.WriteString("\n\t" + map[bool]string{true: "=", false: "~"}[o.Right] + w.text(o.Text) + w.feedback(o.Feedback))
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

func (w *giftWriter) plainText(r Rich) string {
	if r.Empty() {
		return ""
	}
	return w.text(r)
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
	if c.Score != "each" {
		w.say("each option counts in GIFT, all or nothing cannot be said")
	}
	var b strings.Builder
	for _, o := range c.Options {
		weight := giftShare(right)
		if !o.Right {
			weight = "-" + giftShare(max(len(c.Options)-right, 1))
		}
		b.WriteString("\n\t~%" + weight + "%" + w.text(o.Text) + w.feedback(o.Feedback))
	}
	return b.String() + "\n"
}

// giftShare is 100/n as Moodle knows it: with up to five decimals.
func giftShare(n int) string {
	s := strconv.FormatFloat(100/float64(max(n, 1)), 'f', 5, 64)
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

func (w *giftWriter) short() string {
	var b strings.Builder
	for _, a := range w.c.Accepts {
		sign := "="
		if !a.Right {
			sign = "=%0%"
		}
		value := giftEscape(a.Value)
		b.WriteString("\n\t" + sign + value + w.feedback(a.Feedback))
	}
	return b.String() + "\n"
}

func (w *giftWriter) match() string {
	var b strings.Builder
	for _, p := range w.c.Pairs {
		b.WriteString("\n\t=")
		if !p.Left.Empty() {
			b.WriteString(w.text(p.Left) + " ")
		}
		b.WriteString("-> " + giftEscape(p.Right.Plain))
	}
	return b.String() + "\n"
}

func (w *giftWriter) gap(g Gap) string {
	var b strings.Builder
	for _, v := range g.Accepts {
		b.WriteString("=" + giftEscape(v) + " ")
	}
	for i, v := range g.Choices {
		b.WriteString(map[bool]string{true: "=", false: "~"}[i == g.Right] + giftEscape(v) + " ")
	}
	return strings.TrimSpace(b.String())
}

// aroundGap returns what stands before and behind the only gap.
func (w *giftWriter) aroundGap() (before, after string) {
	c := w.c
	if c.Prompt.Markdown == "" && w.file != nil {
		g := c.Gaps[0].Range
		before = source(w.file, diag.Range{Start: c.Prompt.Range.Start, End: g.Start})
		after = source(w.file, diag.Range{Start: g.End, End: c.Prompt.Range.End})
		return giftEscape(before), giftEscape(after)
	}
	md := c.promptText()
	before, after, _ = strings.Cut(md, c.Gaps[0].source())
	return giftEscape(strings.TrimSpace(before)), giftEscape(strings.TrimSpace(after))
}
