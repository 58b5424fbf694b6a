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
	word := []rune(low)
	for _, k := range known {
		if d := len(word) - utf8.RuneCountInString(k); d > limit || -d > limit {
			continue
		}
		if d := distance(word, []rune(strings.ToLower(k)), limit); d < limit || d == limit && best == "" {
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

// DidYouMean returns a hint that names the nearest of known, or, where there is none, what is known (if that is short).
func DidYouMean(name string, known []string) string {
	list := distinct(known)
	if len(list) == 0 || len(list) > 12 {
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

// distinct returns list without what stands in it twice.
func distinct(list []string) []string {
	var out []string
	for _, s := range list {
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
