package diag

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Nearest returns the name among known that is closest to name, or "" when none is close enough to be
// what the author meant. A path that ends in name ("roles/sponsor" for "sponsor") is what was meant; else it counts insertions, deletions, replacements and swaps of neighbours
// (Damerau–Levenshtein, optimal string alignment) and ignores case. Where a switch is known by on and off, other words for the two are not compared by their letters.
func Nearest(name string, known []string) string {
	best, limit := "", 1+len(name)/3
	low := strings.ToLower(name)
	if word := switchWord(low); word != "" && slices.Contains(known, word) && !slices.Contains(known, low) {
		return word
	}
	for _, k := range known {
		if at := len(k) - len(name); name != "" && at > 0 && k[at-1] == '/' && strings.EqualFold(k[at:], name) {
			return k
		}
	}
	word := newPattern(low)
	for _, k := range known {
		n := utf8.RuneCountInString(k)
		if d := len(word.runes) - n; d > limit || -d > limit {
			continue
		}
		if d := word.distance(k, n, limit); d < limit || d == limit && best == "" {
			best, limit = k, d
		}
	}
	return best
}

// switchWord returns what a word for a switch is meant to be, or "": by its letters "no" is nearly "on".
func switchWord(low string) string {
	switch low {
	case "no", "none", "false":
		return "off"
	case "yes", "true":
		return "on"
	}
	return ""
}

// MostListed is how many names a hint may list when none of them is near.
const MostListed = 12

// DidYouMean returns a hint that names the nearest of known, or, where there is none, what is known (if that is short).
func DidYouMean(name string, known []string) string {
	list := distinct(known, MostListed+1)
	if len(list) == 0 || len(list) > MostListed {
		return DidYouMeanOr(name, known, "")
	}
	return DidYouMeanOr(name, known, "use one of: "+strings.Join(list, ", "))
}

// DidYouMeanOr returns a hint that names the nearest of known, or, where there is none, another hint.
func DidYouMeanOr(name string, known []string, other string) string {
	if n := Nearest(name, known); n != "" {
		return "did you mean " + Quote(n) + "?"
	}
	return other
}

// distinct returns list without what stands in it twice, or the first most of it.
func distinct(list []string, most int) []string {
	var out []string
	for _, s := range list {
		if len(out) == most {
			break
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// Quote puts s in quotes for a message and takes control characters out of it.
func Quote(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return '\uFFFD'
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 80 {
		s = string(r[:79]) + "…"
	}
	return `"` + s + `"`
}

// A pattern is a word in lower case that many are compared with.
type pattern struct {
	runes []rune
	ascii [utf8.RuneSelf]uint64 // where each letter stands, for a word of up to 64
	other map[rune]uint64
}

func newPattern(low string) *pattern {
	p := &pattern{runes: []rune(low)}
	if len(p.runes) > 64 {
		return p
	}
	for i, r := range p.runes {
		if r < utf8.RuneSelf {
			p.ascii[r] |= 1 << i
			continue
		}
		if p.other == nil {
			p.other = map[rune]uint64{}
		}
		p.other[r] |= 1 << i
	}
	return p
}

// distance returns how far the pattern and a text of n runes, in any case, are apart, or more than limit where that is more. A column of the table is two words, of what goes up and
// what goes down in it: H. Hyyrö, A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances, Nordic Journal of Computing 10 (2003).
func (p *pattern) distance(text string, n, limit int) int {
	m := len(p.runes)
	if n != len(text) { // the length may be another one in lower case
		text = strings.ToLower(text)
		n = utf8.RuneCountInString(text)
	}
	if m == 0 || m > 64 {
		return distance(p.runes, []rune(strings.ToLower(text)), limit)
	}
	last := uint64(1) << (m - 1)
	up, down, diagonal, before, d := ^uint64(0), uint64(0), uint64(0), uint64(0), m
	for _, r := range text {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		at := p.at(r)
		swap := (^diagonal & at) << 1 & before
		diagonal = ((at & up) + up ^ up) | at | down | swap
		right, left := down|^(diagonal|up), diagonal&up
		if right&last != 0 {
			d++
		} else if left&last != 0 {
			d--
		}
		if n--; d-n > limit { // each letter to come may take one off
			return d - n
		}
		right, left = right<<1|1, left<<1
		up, down, before = left|^(diagonal|right), right&diagonal, at
	}
	return d
}

func (p *pattern) at(r rune) uint64 {
	if uint32(r) < utf8.RuneSelf {
		return p.ascii[r]
	}
	return p.other[r]
}

// distance returns how far a and b are apart, or more than limit where that is more.
func distance(a, b []rune, limit int) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	rows := make([]int, 3*(len(b)+1))
	before, prev, cur := rows[:len(b)+1], rows[len(b)+1:2*(len(b)+1)], rows[2*(len(b)+1):]
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], before[j-2]+1)
			}
			least = min(least, cur[j])
		}
		if least > limit+1 { // a swap may still go on from the row before this one
			return least
		}
		before, prev, cur = prev, cur, before
	}
	return prev[len(b)]
}

// OneOrSeveral suggests for an id that is none of known, as DidYouMean does; several between commas are written as a list.
func OneOrSeveral(id string, known []string) string {
	if !strings.Contains(id, ",") {
		return DidYouMean(id, known)
	}
	ids := strings.Split(id, ",")
	for i := range ids {
		ids[i] = strings.TrimSpace(ids[i])
	}
	return "write several as a list: [" + strings.Join(ids, ", ") + "]"
}
