package build_test

import (
	"regexp"
	"strings"
	"testing"
)

// The bounds that every module keeps. Reading ease is Flesch's for English (60 and more is plain English); sentences are counted in words; passive is
// the share of sentences in per cent; longest is the longest sentence of a page.
const (
	minEase     = 68.0
	maxSentence = 13.0
	maxPassive  = 10.0
	maxLongest  = 34
)

// TestReadability reports how each module reads (go test -run TestReadability -v), and fails on those that read badly.
func TestReadability(t *testing.T) {
	for _, m := range modulesOf(curriculumOf(t)) {
		var r reading
		for _, p := range passages(t, m) {
			r.add(p)
		}
		if r.sentences == 0 {
			t.Errorf("%s has no sentences", m.Source)
			continue
		}
		t.Logf("%-45s %5d words  %5.1f a sentence  ease %5.1f  reading age %4.1f  passive %4.1f %%  longest %d", m.Source, r.words, r.length(), r.ease(), r.age(), r.passiveShare(), r.longest)
		if r.ease() < minEase {
			t.Errorf("%s: reading ease is %.1f, want %.0f or more: use shorter words", m.Source, r.ease(), minEase)
		}
		if r.length() > maxSentence {
			t.Errorf("%s: a sentence has %.1f words on average, want %.0f at most", m.Source, r.length(), maxSentence)
		}
		if r.longest > maxLongest {
			t.Errorf("%s: a sentence of %d words, want %d at most: %s", m.Source, r.longest, maxLongest, r.text)
		}
		if r.passiveShare() > maxPassive {
			t.Errorf("%s: %.1f %% of the sentences are passive, want %.0f %% at most", m.Source, r.passiveShare(), maxPassive)
		}
	}
}

func TestSyllables(t *testing.T) {
	for text, want := range map[string]int{"goal": 1, "mentor": 2, "agreement": 3, "there": 1, "table": 2, "asked": 1, "wanted": 2, "confidentiality": 7, "people": 2, "the": 1} {
		if got := syllables(text); got != want {
			t.Errorf("syllables(%q) = %d, want %d", text, got, want)
		}
	}
}

// reading counts what the formulas need.
type reading struct {
	words, sentences, syllables, passive, longest int
	text                                          string // the longest sentence
}

var (
	sentenceEnd = regexp.MustCompile(`[.!?…]+["”’)*]*(?:\s|$)`)
	linkTarget  = regexp.MustCompile(`\]\([^)]*\)|\[@[^\]]*\]`)
	passive     = regexp.MustCompile(`\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?(?:\w{2,}ed|made|done|given|taken|seen|known|told|kept|held|written|shown|found|left|said|put|set|heard|chosen|paid|met|built|brought)\b`)
	vowels      = regexp.MustCompile(`[aeiouy]+`)
)

// add counts the sentences of a passage. What has fewer than four words is a label, not a sentence.
func (r *reading) add(text string) {
	text = linkTarget.ReplaceAllString(text, "")
	for _, s := range sentenceEnd.Split(text, -1) {
		words := word.FindAllString(strings.ToLower(s), -1)
		if len(words) < 4 {
			continue
		}
		r.sentences++
		r.words += len(words)
		if len(words) > r.longest {
			r.longest, r.text = len(words), s
		}
		for _, w := range words {
			r.syllables += syllables(w)
		}
		if passive.MatchString(strings.Join(words, " ")) {
			r.passive++
		}
	}
}

func (r reading) length() float64       { return float64(r.words) / float64(r.sentences) }
func (r reading) perWord() float64      { return float64(r.syllables) / float64(r.words) }
func (r reading) ease() float64         { return 206.835 - 1.015*r.length() - 84.6*r.perWord() }
func (r reading) age() float64          { return 0.39*r.length() + 11.8*r.perWord() - 15.59 + 5 }
func (r reading) passiveShare() float64 { return 100 * float64(r.passive) / float64(r.sentences) }

var pairsOfVowels = regexp.MustCompile(`ia[^lns]|io[^nu]|ia$|eo[^up]|iali`)

// syllables estimates the syllables of an English word: groups of vowels, without a silent e.
func syllables(w string) int {
	n := len(vowels.FindAllString(w, -1)) + len(pairsOfVowels.FindAllString(w, -1))
	switch {
	case strings.HasSuffix(w, "le") && len(w) > 3 && !strings.ContainsAny(w[len(w)-3:len(w)-2], "aeiouy"):
	case strings.HasSuffix(w, "ted") || strings.HasSuffix(w, "ded"):
	case strings.HasSuffix(w, "e") || strings.HasSuffix(w, "ed"):
		n--
	}
	return max(n, 1)
}
