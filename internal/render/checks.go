package render

import (
	"encoding/json"
	"html/template"
	"slices"
	"strings"

	"waymark/internal/plan"
	"waymark/internal/quiz"
)

// views makes the views of the document's checks. Numbers and HTML are filled in when a check is drawn.
func (b *body) views() {
	checks := b.place.Doc.Checks
	b.checks = make([]plan.Check, len(checks))
	for i, c := range checks {
		v := &b.checks[i]
		v.ID, v.Key, v.Word, v.Type = b.place.Prefix+c.ID, c.ID, c.Word, c.Type
		v.PromptText, v.TrueFalse, v.Pool = c.Prompt.Plain, c.TrueFalse, c.Pool
		v.Pooled = c.Pool != "" && c.Word == "question" && !c.Inline
		v.Hidden = b.hidden
		if c.IsQuestion() && !v.Pooled {
			b.of++
		}
	}
}

// check draws a check by the theme's template of its type. Those of the text are numbered first, and behind them those that quizzes draw, which a
// script numbers again within each draw. On paper none does, and all are numbered in their order.
func (b *body) check(i int) template.HTML {
	v := &b.checks[i]
	b.tally.checks++
	b.drawn[i] = b.tally.checks
	switch {
	case !b.place.Doc.Checks[i].IsQuestion():
	case v.Pooled || b.place.Lent || b.place.Prefix != "":
		b.tally.questions++
		v.Number = b.tally.questions
	default:
		b.before++
		v.Number, v.Of = b.before, b.of
	}
	b.fill(i)
	return b.draw("blocks/"+string(v.Type)+".html", v)
}

// fill puts the HTML of its pieces into a check's view.
func (b *body) fill(i int) {
	c, v := b.place.Doc.Checks[i], &b.checks[i]
	block := b.blocks[i]
	if block == nil {
		return
	}
	rich := func(r quiz.Rich) template.HTML {
		if r.Part == 0 || r.Part > len(block.Parts) {
			return ""
		}
		return b.body(block.Parts[r.Part-1], nil)
	}
	s := c.Resolve(b.defaults()...)
	v.Neutral, v.Confidence, v.Objectives, v.Unit = s.Tone == "neutral", s.Confidence == "on", c.Objectives, quiz.FirstUnit(s.Unit)
	v.Several = c.Type == quiz.Multiple
	v.Keep = b.keeps && s.Keep != "no"
	for j := range max(s.Lines, 0) {
		v.Lines = append(v.Lines, j+1)
	}
	for j, o := range c.Options {
		v.Options = append(v.Options, plan.CheckOption{Value: j, Letter: letter(j), Text: rich(o.Text), Blocks: !o.Text.Inline, Plain: o.Text.Plain, Right: o.Right, Feedback: rich(o.Feedback), Missed: rich(o.Missed)})
	}
	scale := b.place.Scales[c.ID]
	for j, text := range scale.Points {
		v.Options = append(v.Options, plan.CheckOption{Value: j, Letter: letter(j), Text: template.HTML(template.HTMLEscapeString(text)), Plain: text})
	}
	for _, a := range c.Accepts {
		accept := plan.CheckAccept{Value: a.Value, From: a.Value, Right: a.Right, Any: a.Any, Feedback: rich(a.Feedback)}
		if c.Type == quiz.Number {
			accept.From, accept.To, accept.By = quiz.NumberParts(a.Value)
			if bare(accept.From) && bare(accept.To) && bare(strings.TrimSuffix(accept.By, "%")) {
				accept.Unit = v.Unit
			}
		}
		v.Accepts = append(v.Accepts, accept)
	}
	for _, h := range c.Hints {
		v.Hints = append(v.Hints, rich(h))
	}
	v.Explanation = rich(c.Explanation)
	switch c.Type {
	case quiz.Order:
		for _, at := range quiz.Shuffle(quiz.Seed(b.site.ID, "print", c.ID, 0), len(v.Options)) {
			v.Items = append(v.Items, v.Options[at])
		}
		v.Options = nil
	case quiz.Match:
		b.partners(c, v, rich)
	case quiz.Cloze:
		b.gaps(c, v)
	case quiz.Scenario:
		titles := map[string]string{}
		for i := range c.Scenes {
			titles[c.Scenes[i].ID] = c.Scenes[i].Title.Plain
		}
		for j, sc := range c.Scenes {
			scene := plan.CheckScene{ID: sc.ID, Title: rich(sc.Title), Text: rich(sc.Text), Ending: string(sc.Ending), First: j == 0}
			for _, ch := range sc.Choices {
				scene.Choices = append(scene.Choices, plan.CheckChoice{Text: rich(ch.Text), To: ch.To, Scene: titles[ch.To], URL: "#" + v.ID + "--" + ch.To, Comment: rich(ch.Comment)})
			}
			v.Scenes = append(v.Scenes, scene)
		}
	case quiz.Quiz:
		b.quiz(c, v)
	}
	if c.Type == quiz.Cloze {
		v.Prompt = b.body(block.Parts[c.Prompt.Part-1], func(n int) template.HTML {
			if n < len(v.Gaps) {
				return b.draw("parts/gap.html", &v.Gaps[n])
			}
			return ""
		})
	} else {
		v.Prompt = rich(c.Prompt)
	}
	if c.Prompt.Empty() && scale.Prompt != "" {
		v.PromptText = scale.Prompt
		v.Prompt = template.HTML("<p>" + template.HTMLEscapeString(scale.Prompt) + "</p>")
	}
	key := c.Key(b.defaults()...)
	key.Of = b.drawIDs(c)
	if n := len(scale.Points); n > 0 {
		key.Size = n
	}
	data, err := json.Marshal(key)
	if err != nil {
		panic("render: " + err.Error()) // plain values always marshal
	}
	v.JSON = template.JS(data)
}

// bare reports whether an author's number, if there is one, stands without its unit.
func bare(number string) bool { return number == "" || len(quiz.ReadNumber(number, nil)) > 0 }

func (b *body) partners(c *quiz.Check, v *plan.Check, rich func(quiz.Rich) template.HTML) {
	if slices.ContainsFunc(c.Heads, func(h quiz.Rich) bool { return !h.Empty() }) {
		for _, h := range c.Heads {
			v.Heads = append(v.Heads, rich(h))
		}
	}
	var partners []plan.CheckOption // distinct right cells in authored order
	for _, p := range c.Pairs {
		if !slices.ContainsFunc(partners, func(o plan.CheckOption) bool { return o.Plain == p.Right.Plain }) {
			partners = append(partners, plan.CheckOption{Value: len(partners), Text: rich(p.Right), Plain: p.Right.Plain})
		}
	}
	at := quiz.Shuffle(quiz.Seed(b.site.ID, "print", c.ID, 0), len(partners))
	for shown, i := range at {
		partners[i].Letter = letter(shown)
		v.Partners = append(v.Partners, partners[i])
	}
	for _, p := range c.Pairs {
		if p.Left.Empty() {
			continue
		}
		row := plan.CheckRow{Number: len(v.Rows) + 1, Text: rich(p.Left), Plain: p.Left.Plain}
		for _, o := range partners {
			if o.Plain == p.Right.Plain {
				row.Answer = o
			}
		}
		v.Rows = append(v.Rows, row)
	}
}

func (b *body) gaps(c *quiz.Check, v *plan.Check) {
	for i, g := range c.Gaps {
		gap := plan.CheckGap{Number: i + 1, Check: v.ID, Answers: g.Accepts}
		for j, text := range g.Choices {
			gap.Choices = append(gap.Choices, plan.CheckOption{Value: j, Text: template.HTML(template.HTMLEscapeString(text)), Plain: text, Right: j == g.Right})
		}
		v.Gaps = append(v.Gaps, gap)
	}
}

// quiz draws every question that a quiz may draw inside it, but for those that stand elsewhere on the page: a question stands there once.
func (b *body) quiz(c *quiz.Check, v *plan.Check) {
	d := &plan.CheckDraw{Pick: c.Draw.Pick, Pass: c.Draw.Pass}
	for _, x := range b.place.Draws[c.ID] {
		from := b.all[x.Content]
		if from.drawn[x.Check] > 0 || !from.place.Lent && !from.checks[x.Check].Pooled {
			continue
		}
		d.Questions = append(d.Questions, from.check(x.Check))
		if from.err != nil && b.err == nil {
			b.err = from.err
		}
	}
	d.Of = len(d.Questions)
	if d.Pick == 0 || d.Pick > d.Of {
		d.Pick = d.Of
	}
	v.Draw = d
}

func (b *body) drawIDs(c *quiz.Check) []string {
	var ids []string
	for _, x := range b.place.Draws[c.ID] {
		ids = append(ids, b.page.Contents[x.Content].Doc.Checks[x.Check].ID)
	}
	return ids
}

// letter is the mark of an option in a list: A … Z, then AA.
func letter(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letter(i/26-1) + letter(i%26)
}

// defaults are what the page and the site say for all checks.
func (b *body) defaults() []quiz.Defaults {
	page := b.place.Doc.Meta.Checks.Defaults()
	page.Language = b.page.Lang
	return []quiz.Defaults{page, b.site.Checks.Defaults()}
}
