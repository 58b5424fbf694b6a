package quiz

// Key is what a browser needs to mark a check, as JSON in the page's Answers section. The names are the contract with
// themes/*/src/contract.ts. Texts are not in it: feedback, hints and explanations are HTML in the Answers section, found by their ids
// (see the theme's parts/answers.html).
type Key struct {
	ID         string   `json:"id"`
	Type       Type     `json:"type"`
	Rev        string   `json:"rev"`
	Points     float64  `json:"points"`
	Score      string   `json:"score"`             // all | each
	Tries      int      `json:"tries,omitempty"`   // 0: unlimited
	Feedback   string   `json:"feedback"`          // each | end
	Reveal     string   `json:"reveal"`            // "2" | end | never
	Shuffle    bool     `json:"shuffle,omitempty"` //
	PinLast    bool     `json:"pinLast,omitempty"`
	Confidence bool     `json:"confidence,omitempty"`
	Neutral    bool     `json:"neutral,omitempty"`
	Objectives []string `json:"objectives,omitempty"`
	Hints      int      `json:"hints,omitempty"` // how many

	Size    int         `json:"size,omitempty"`    // options of a choice, items to order, partners to match, points of a scale, criteria
	Right   []int       `json:"right,omitempty"`   // single, multiple: authored positions of right options
	Accepts []KeyAccept `json:"accepts,omitempty"` // number, text
	Text    *KeyText    `json:"text,omitempty"`    // how typed text is compared
	Pairs   []int       `json:"pairs,omitempty"`   // match: for each left (in order) the index among the partners of what fits; a partner list is the distinct right cells in authored order
	Gaps    []KeyGap    `json:"gaps,omitempty"`    // cloze
	Scenes  []KeyScene  `json:"scenes,omitempty"`  // scenario
	Keep    bool        `json:"keep,omitempty"`    // reflection: the text is stored
	When    string      `json:"when,omitempty"`    // rating
	Same    string      `json:"same,omitempty"`    // rating

	Pool string   `json:"pool,omitempty"` // question, quiz
	Pick int      `json:"pick,omitempty"` // quiz
	Pass int      `json:"pass,omitempty"` // quiz, percent
	Seed string   `json:"seed,omitempty"` // quiz: fixed
	Of   []string `json:"of,omitempty"`   // quiz: ids of the questions to draw from, in authored order
}

// KeyAccept is one accepted or explained value.
type KeyAccept struct {
	Value string   `json:"v,omitempty"` // text: normalised as Normalise does
	Min   *float64 `json:"min,omitempty"`
	Max   *float64 `json:"max,omitempty"`
	Right bool     `json:"right,omitempty"`
	Any   bool     `json:"any,omitempty"`
	Says  bool     `json:"says,omitempty"` // there is a feedback text for it
}

// KeyText says how typed text is normalised before it is compared (section 3.6).
type KeyText struct {
	Case    bool     `json:"case,omitempty"`      // capitals matter
	Accents bool     `json:"noAccents,omitempty"` // accents do not matter
	Typos   bool     `json:"typos,omitempty"`     // one slip is accepted
	Unit    []string `json:"unit,omitempty"`      // number: units that may stand beside it
	Lang    string   `json:"lang,omitempty"`      // language of capitals, where it has rules of its own: az, tr
}

// KeyGap is one gap of a cloze: typed (Accepts) or a drop-down (Choice of Size).
type KeyGap struct {
	Accepts []string `json:"accepts,omitempty"`
	Choice  *int     `json:"choice,omitempty"`
	Size    int      `json:"size,omitempty"`
}

// KeyScene is one scene of a scenario.
type KeyScene struct {
	ID     string   `json:"id"`
	To     []string `json:"to,omitempty"`
	Ending Ending   `json:"ending,omitempty"`
}

// Key returns what a browser marks the check from, with the defaults filled in (the page's before the site's). For a quiz the caller adds
// Of, which is known only with all pages.
func (c *Check) Key(defaults ...Defaults) Key {
	s := c.Resolve(defaults...)
	k := Key{
		ID: c.ID, Type: c.Type, Rev: c.Rev,
		Points: s.Points, Score: s.Score, Tries: s.Tries, Feedback: s.Feedback, Reveal: s.Reveal,
		Shuffle: s.Shuffle == "on", PinLast: s.Pin == "last", Confidence: s.Confidence == "on", Neutral: s.Tone == "neutral",
		Objectives: c.Objectives, Hints: len(c.Hints), Size: len(c.Options),
		When: s.When, Same: s.Same, Keep: c.Type == Reflection && s.Keep != "no", Pool: c.Pool,
	}
	for i, o := range c.Options {
		if o.Right {
			k.Right = append(k.Right, i)
		}
	}
	text := KeyText{Case: s.Case == "on", Accents: s.Accents == "off", Typos: s.Typos == "small"}
	for _, d := range defaults {
		if text.Lang == "" {
			text.Lang = specialCase(d.Language)
		}
	}
	switch c.Type {
	case Number:
		k.Text = &KeyText{Unit: Units(s.Unit)}
	case Short, Cloze:
		k.Text = &text
	case Match:
		k.Pairs, k.Size = c.partnerOf(), len(c.Partners())
	case Quiz:
		d := c.ResolveDraw()
		k.Pool, k.Pick, k.Pass, k.Seed = d.Pool, d.Pick, d.Pass, d.Seed
	}
	for _, a := range c.Accepts {
		ka := KeyAccept{Right: a.Right, Any: a.Any, Says: !a.Feedback.Empty()}
		switch {
		case a.Any:
		case c.Type == Number:
			ka.Min, ka.Max = &a.Min, &a.Max
		default:
			ka.Value = Normalise(a.Value, text)
		}
		k.Accepts = append(k.Accepts, ka)
	}
	for _, g := range c.Gaps {
		kg := KeyGap{}
		if len(g.Choices) > 0 {
			kg.Choice, kg.Size = &g.Right, len(g.Choices)
		}
		for _, v := range g.Accepts {
			kg.Accepts = append(kg.Accepts, Normalise(v, text))
		}
		k.Gaps = append(k.Gaps, kg)
	}
	for _, sc := range c.Scenes {
		ks := KeyScene{ID: sc.ID, Ending: sc.Ending}
		for _, ch := range sc.Choices {
			ks.To = append(ks.To, ch.To)
		}
		k.Scenes = append(k.Scenes, ks)
	}
	return k
}
