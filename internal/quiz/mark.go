package quiz

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
)

// An Answer is what a learner gave. Which field is set depends on the type; positions are authored positions, counted from 0, whatever
// the order on the screen. Its JSON is what a browser stores: {"choice":[1]}, {"text":"9 months"}, {"order":[2,0,1]}, {"match":[0,null,2]},
// {"gaps":["mentee",1]}, {"scenes":["waiting"]}. The zero Answer is none.
type Answer struct {
	Choice []int       `json:"choice,omitempty"` // single, multiple, rating: options; reflection: criteria that were ticked
	Text   string      `json:"text,omitempty"`   // number, text, reflection
	Order  []int       `json:"order,omitempty"`  // order: the items from first to last
	Match  []*int      `json:"match,omitempty"`  // match: for each row a partner, null while none is chosen
	Gaps   []GapAnswer `json:"gaps,omitempty"`   // cloze: for each gap what was typed, or the position of the choice; null is blank
	Scenes []string    `json:"scenes,omitempty"` // scenario: the scenes seen, from the first to the last, steps taken back left out
}

// A GapAnswer is what stands in one gap: typed Text or a Choice.
type GapAnswer struct {
	Text   string
	Choice *int
}

// UnmarshalJSON reads a string, a number or null.
func (g *GapAnswer) UnmarshalJSON(b []byte) error {
	*g = GapAnswer{}
	if bytes.Equal(b, []byte("null")) {
		return nil
	}
	if n, err := strconv.Atoi(string(b)); err == nil {
		g.Choice = &n
		return nil
	}
	return json.Unmarshal(b, &g.Text)
}

// MarshalJSON writes a string, a number or null.
func (g GapAnswer) MarshalJSON() ([]byte, error) {
	switch {
	case g.Choice != nil:
		return strconv.AppendInt(nil, int64(*g.Choice), 10), nil
	case g.Text == "":
		return []byte("null"), nil
	}
	return json.Marshal(g.Text)
}

// A Result says what an answer is worth.
type Result struct {
	Valid   bool    `json:"valid"`            // false: there is no answer yet, or it cannot be read; it is no try
	Score   float64 `json:"score"`            // 0 to 1
	Points  float64 `json:"points"`           // Score of the check's points
	Right   []bool  `json:"right,omitempty"`  // for each decision: option of a multiple choice, place, row, gap; one for the other types
	Matched int     `json:"matched"`          // number, text: the line of Accepts that fits; -1 is none
	Typo    bool    `json:"typo,omitempty"`   // right but for one slip: "accepted – check the spelling"
	Unread  bool    `json:"unread,omitempty"` // number: there is text, but it is not a number
	Open    bool    `json:"open,omitempty"`   // nothing right or wrong: reflection, rating
}

// Mark marks one answer (section 3.6). It depends on nothing but its arguments. An answer of another type than the key's, or with positions
// that do not exist, is not valid.
func Mark(k Key, a Answer) Result {
	switch k.Type {
	case Single:
		return k.markChoice(a, 1)
	case Multiple:
		return k.markChoice(a, k.Size)
	case Number:
		return k.markNumber(a.Text)
	case Short:
		return k.markText(a.Text)
	case Order:
		return k.markOrder(a.Order)
	case Match:
		return k.markMatch(a.Match)
	case Cloze:
		return k.markGaps(a.Gaps)
	case Scenario:
		return k.markScenes(a.Scenes)
	case Reflection:
		return Result{Valid: strings.TrimSpace(a.Text) != "", Matched: -1, Open: true}
	case Rating:
		return Result{Valid: positions(a.Choice, k.Size) && len(a.Choice) == 1, Matched: -1, Open: true}
	}
	return Result{Matched: -1}
}

// positions reports whether all of list lie below n and none stands twice.
func positions(list []int, n int) bool {
	for i, v := range list {
		if v < 0 || v >= n || slices.Contains(list[:i], v) {
			return false
		}
	}
	return len(list) > 0
}

// decided makes a result of decisions: with score=each the share that is right, else all or nothing.
func (k Key) decided(right []bool) Result {
	n := 0
	for _, r := range right {
		if r {
			n++
		}
	}
	score := 0.0
	if len(right) > 0 && (k.Score == "each" || n == len(right)) {
		score = float64(n) / float64(len(right))
	}
	return Result{Valid: true, Score: score, Points: score * k.Points, Right: right, Matched: -1}
}

func (k Key) markChoice(a Answer, most int) Result {
	if !positions(a.Choice, k.Size) || len(a.Choice) > most {
		return Result{Matched: -1}
	}
	if k.Type == Single {
		return k.decided([]bool{slices.Contains(k.Right, a.Choice[0])})
	}
	right := make([]bool, k.Size)
	for i := range right {
		right[i] = slices.Contains(a.Choice, i) == slices.Contains(k.Right, i)
	}
	return k.decided(right)
}

func (k Key) markOrder(order []int) Result {
	if !positions(order, k.Size) || len(order) != k.Size {
		return Result{Matched: -1}
	}
	right := make([]bool, k.Size)
	for i, v := range order {
		right[i] = v == i
	}
	return k.decided(right)
}

func (k Key) markMatch(match []*int) Result {
	if len(match) != len(k.Pairs) || !slices.ContainsFunc(match, func(v *int) bool { return v != nil }) {
		return Result{Matched: -1}
	}
	right := make([]bool, len(match))
	for i, v := range match {
		if v == nil {
			continue
		}
		if *v < 0 || *v >= k.Size {
			return Result{Matched: -1}
		}
		right[i] = *v == k.Pairs[i]
	}
	return k.decided(right)
}

func (k Key) markGaps(gaps []GapAnswer) Result {
	if len(gaps) != len(k.Gaps) {
		return Result{Matched: -1}
	}
	right := make([]bool, len(gaps))
	filled, typo := false, false
	for i, g := range gaps {
		want := k.Gaps[i]
		switch {
		case want.Choice != nil && g.Choice != nil:
			if *g.Choice < 0 || *g.Choice >= want.Size {
				return Result{Matched: -1}
			}
			filled, right[i] = true, *g.Choice == *want.Choice
		case want.Choice == nil && g.Choice == nil:
			typed := Normalise(g.Text, k.text())
			filled = filled || typed != ""
			right[i] = slices.Contains(want.Accepts, typed) && typed != ""
			if !right[i] && k.text().Typos && slices.ContainsFunc(want.Accepts, func(v string) bool { return oneSlip(typed, v) }) {
				right[i], typo = true, true
			}
		case g.Choice != nil || g.Text != "":
			return Result{Matched: -1} // typed where a choice is asked for, or the other way round
		}
	}
	if !filled {
		return Result{Matched: -1}
	}
	r := k.decided(right)
	r.Typo = typo
	return r
}

func (k Key) text() KeyText {
	if k.Text == nil {
		return KeyText{}
	}
	return *k.Text
}

// matched makes the result of the line that fits; -1 is none.
func (k Key) matched(line int) Result {
	r := k.decided([]bool{line >= 0 && k.Accepts[line].Right})
	r.Matched = line
	return r
}

// anyLine returns the line "!= *", or -1.
func (k Key) anyLine() int {
	return slices.IndexFunc(k.Accepts, func(a KeyAccept) bool { return a.Any })
}

// markText finds the line that equals what was typed; else, with typos, the first line that differs by one slip, right ones before wrong ones;
// else "anything else".
func (k Key) markText(text string) Result {
	rules := k.text()
	typed := Normalise(text, rules)
	if typed == "" {
		return Result{Matched: -1}
	}
	for i, a := range k.Accepts {
		if !a.Any && a.Value == typed {
			return k.matched(i)
		}
	}
	if rules.Typos {
		for _, right := range []bool{true, false} {
			for i, a := range k.Accepts {
				if !a.Any && a.Right == right && oneSlip(typed, a.Value) {
					r := k.matched(i)
					r.Typo = right
					return r
				}
			}
		}
	}
	return k.matched(k.anyLine())
}

// markNumber finds the narrowest range that holds the number; of equally narrow ones the first. Where the text can be read as two numbers the
// reading that is right counts, else the first that fits a line.
func (k Key) markNumber(text string) Result {
	if Normalise(text, KeyText{}) == "" {
		return Result{Matched: -1}
	}
	readings := ReadNumber(text, k.text().Unit)
	if len(readings) == 0 {
		return Result{Matched: -1, Unread: true}
	}
	best := -1
	for _, v := range readings {
		line := k.narrowest(v)
		if line >= 0 && (best < 0 || k.Accepts[line].Right && !k.Accepts[best].Right) {
			best = line
		}
	}
	if best < 0 {
		best = k.anyLine()
	}
	return k.matched(best)
}

func (k Key) narrowest(v float64) int {
	best, width := -1, math.Inf(1)
	for i, a := range k.Accepts {
		if a.Any || a.Min == nil || a.Max == nil {
			continue
		}
		// A billionth of slack: 0.3 + 0.1 is not 0.4 in binary.
		slack := 1e-9 * math.Max(math.Abs(*a.Min), math.Abs(*a.Max))
		if w := *a.Max - *a.Min; v >= *a.Min-slack && v <= *a.Max+slack && w < width {
			best, width = i, w
		}
	}
	return best
}

// markScenes follows the path through the scenes. A path that has not reached an ending is no answer yet. A mixed ending is worth half.
func (k Key) markScenes(path []string) Result {
	at := -1
	for i, id := range path {
		next := slices.IndexFunc(k.Scenes, func(s KeyScene) bool { return s.ID == id })
		if next < 0 || i == 0 && next != 0 || i > 0 && !slices.Contains(k.Scenes[at].To, id) {
			return Result{Matched: -1}
		}
		at = next
	}
	if at < 0 || len(k.Scenes[at].To) > 0 {
		return Result{Matched: -1}
	}
	score := map[Ending]float64{EndsWell: 1, EndsMixed: 0.5}[k.Scenes[at].Ending]
	return Result{Valid: true, Score: score, Points: score * k.Points, Right: []bool{score == 1}, Matched: -1}
}

// A Total sums up results: of a quiz, a page or a module.
type Total struct {
	Points float64 `json:"points"`
	Of     float64 `json:"of"`
	Share  float64 `json:"share"` // 0 to 1
	Passed bool    `json:"passed"`
}

// Sum adds up the results of keys, position by position. Pass is a percentage; without one nothing is passed. A check that was not answered
// counts with 0 points of its own.
func Sum(keys []Key, results []Result, pass int) Total {
	var t Total
	for i, k := range keys {
		if k.Type == Reflection || k.Type == Rating || k.Type == Quiz {
			continue
		}
		t.Of += k.Points
		if i < len(results) {
			t.Points += results[i].Points
		}
	}
	if t.Of > 0 {
		t.Share = t.Points / t.Of
	}
	t.Passed = pass > 0 && t.Of > 0 && t.Share*100 >= float64(pass)-1e-9
	return t
}
