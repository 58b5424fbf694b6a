// Package quiz knows what a check is: how it is written in Markdown, what makes it valid, how it is marked,
// and the JSON that a browser marks from.
//
// A check is one of the containers question, reflection, rating, scenario and quiz. Its grammar is section 3.4 of
// the specification, its marking section 3.6, its lints section 3.8.
//
// Parse takes a container that the markdown package has cut out of a page and gives back a Check, with everything that is wrong in it. Lint
// looks at the checks of a page as a teacher would. Check.Resolve fills in what the check leaves to the page and the site, and Check.Key is
// what a browser gets. Mark marks an answer from a Key alone; the same rules are written in TypeScript, and both are held to the cases in
// testdata/contract. Key.Order and Key.Draw mix options and draw questions, the same in both languages. Format writes a check in the canonical
// syntax; ParseGIFT, ParseMkdocsQuiz and ParseQuizdown read the notations of others, ExportGIFT writes one, and Texts gives single texts to other programs.
package quiz

import (
	"github.com/yuin/goldmark/ast"
	"waymark/internal/diag"
)

// Type is what kind of answer a check asks for. It follows from the marks in the container.
type Type string

const (
	Single     Type = "single"     // one option; true/false is a single choice of two
	Multiple   Type = "multiple"   // several options
	Number     Type = "number"     // a typed number
	Short      Type = "text"       // a typed short text
	Order      Type = "order"      // items to put in order
	Match      Type = "match"      // partners to find
	Cloze      Type = "cloze"      // gaps to fill, typed or chosen
	Reflection Type = "reflection" // free text, never marked
	Rating     Type = "rating"     // a point on a scale, nothing right or wrong
	Scenario   Type = "scenario"   // scenes joined by choices
	Quiz       Type = "quiz"       // a draw of questions from a pool
)

// Types lists all types in the order of the specification.
var Types = []Type{Single, Multiple, Number, Short, Order, Match, Cloze, Reflection, Rating, Scenario, Quiz}

// Rich is a piece of Markdown inside a check: a prompt, an option, a feedback text. The zero Rich is absent.
type Rich struct {
	// Plain is its text without markup, white space joined.
	Plain string
	// Range is where it stands in the file.
	Range diag.Range
	// Part is one more than its index among the parts that the markdown package rendered for the check; 0 is none.
	Part int

	// Markdown is how it is written, where that is known without the file: in checks that were imported or included.
	Markdown string

	// Nodes are the syntax nodes to render, until markdown has done so. Inline says that they are inline nodes (of one
	// paragraph) rather than blocks.
	Nodes  []ast.Node `wire:"-"`
	Inline bool
}

// Empty reports whether there is nothing in r.
func (r Rich) Empty() bool { return r.Plain == "" && r.Part == 0 && len(r.Nodes) == 0 }

// An Option is one item of a single or multiple choice, a point of a rating, an item to order, or a criterion of a reflection.
type Option struct {
	Text     Rich
	Right    bool // single, multiple
	Feedback Rich // shown if this was chosen
	Missed   Rich // shown if this right option was not chosen
	Range    diag.Range
}

// An Accept is one line of a number or short text question: a value and what is said to it.
type Accept struct {
	Value    string  // as written, markup removed: "9 +- 1", "Reality", "*"
	Markup   bool    // there was markup in the value
	Right    bool    // "=" against "!="
	Any      bool    // "!= *": anything else
	Min, Max float64 // number: the inclusive range
	Feedback Rich
	Range    diag.Range
}

// A Pair is one row of a matching question. A pair without a Left is an extra partner that fits nothing.
type Pair struct {
	Left, Right Rich
	Range       diag.Range
}

// A Gap is one gap of a cloze. With Choices it is a drop-down, else it is typed.
type Gap struct {
	Accepts []string // typed: any of these
	Choices []string // drop-down, in the order written
	Right   int      // drop-down: index of the right choice
	Markup  bool     // there was markup in it
	Range   diag.Range
}

// A Scene is one part of a scenario, from its heading to the next.
type Scene struct {
	ID      string // within the scenario: "a-short-message"
	Title   Rich
	Text    Rich
	Choices []Choice
	Ending  Ending // set when there are no choices
	Range   diag.Range
}

// A Choice leads from one scene to another.
type Choice struct {
	Text    Rich
	To      string // the id of a scene
	Comment Rich   // a coach's comment on the choice
	Range   diag.Range
}

// Ending says how a scene without choices went.
type Ending string

const (
	EndsWell  Ending = "well"
	EndsMixed Ending = "mixed"
	EndsBadly Ending = "badly"
)

// A Check is one check as its author wrote it. It is immutable once parsed.
type Check struct {
	Word    string     // the container: question, reflection, rating, scenario, quiz
	Type    Type       //
	Why     string     // which marks made the type, for `check --explain`
	ID      string     // the author's id, or one made of the prompt when there is none (then Auto is true)
	Auto    bool       //
	Unread  bool       // an id was written, or may have been, that cannot be read: no other one can be written beside it
	IDRange diag.Range // where the id stands, or the opening line
	Range   diag.Range // the whole container
	Rev     string     // revision of what matters: four hex digits; see Revision

	Prompt      Rich
	Options     []Option // single, multiple, rating, order (in the right order), reflection (criteria)
	Accepts     []Accept // number, text
	Heads       []Rich   // match: the two headings of the table
	Pairs       []Pair   // match
	Gaps        []Gap    // cloze; in Prompt each gap is a GapNode
	Scenes      []Scene  // scenario
	Hints       []Rich
	Explanation Rich

	TrueFalse bool // a single choice whose two options are the site's words for true and false

	Settings
	Draw Draw // quiz
}

// Settings are the attributes of a check (section 3.4), with the page's and the site's defaults filled in by Resolve.
// A pointer or empty value is "not said".
type Settings struct {
	Points     float64  // 0 is not said: 1
	Score      string   // all | each
	Objectives []string //
	Tags       []string
	Pool       string
	Inline     bool   // a pooled question shown in place all the same
	Shuffle    string // on | off
	Pin        string // last
	Confidence string // on | off
	Tone       string // neutral
	Tries      int    // -1 is not said; 0 unlimited
	Feedback   string // each | end
	Reveal     string // a number of tries | end | never
	Lines      int    // reflection: size of the field
	Keep       string // reflection: no
	Unit       string
	Case       string // on | off
	Accents    string // on | off
	Typos      string // small
	When       string // rating: before | after
	Same       string // rating: id whose scale is repeated
}

// Draw says which questions a quiz takes from a pool.
type Draw struct {
	Pool string
	From string // module | path | site
	Pick int    // 0: all
	Pass int    // percent; 0: no pass mark
	Seed string // fixed
}

// Riches returns all pieces of Markdown of the check, in document order, for the markdown package to render.
func (c *Check) Riches() []*Rich {
	var rs []*Rich
	add := func(r *Rich) {
		if len(r.Nodes) > 0 || r.Part > 0 {
			rs = append(rs, r)
		}
	}
	add(&c.Prompt)
	for i := range c.Options {
		add(&c.Options[i].Text)
		add(&c.Options[i].Feedback)
		add(&c.Options[i].Missed)
	}
	for i := range c.Accepts {
		add(&c.Accepts[i].Feedback)
	}
	for i := range c.Heads {
		add(&c.Heads[i])
	}
	for i := range c.Pairs {
		add(&c.Pairs[i].Left)
		add(&c.Pairs[i].Right)
	}
	for i := range c.Scenes {
		s := &c.Scenes[i]
		add(&s.Title)
		add(&s.Text)
		for j := range s.Choices {
			add(&s.Choices[j].Text)
			add(&s.Choices[j].Comment)
		}
	}
	for i := range c.Hints {
		add(&c.Hints[i])
	}
	add(&c.Explanation)
	return rs
}
