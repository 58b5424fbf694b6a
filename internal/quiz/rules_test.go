package quiz_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"waymark/internal/quiz"
)

// one parses a page with one check and no errors.
func one(t *testing.T, md string) *quiz.Check {
	t.Helper()
	checks, ds := page("page.md", []byte(md), "lint: off")
	if len(checks) != 1 || ds.HasErrors() {
		t.Fatalf("%s\n%s", md, sayAll(ds))
	}
	return checks[0]
}

// question wraps content in a container.
func question(word, attrs, content string) string {
	return "::: " + word + " {" + attrs + "}\n\n" + content + "\n\n:::\n"
}

// TestRevision: section 3.6. Wording keeps the answers, a changed key flags them.
func TestRevision(t *testing.T) {
	const choice = "Which?\n\n- ( ) Teacher\n  > No.\n- (x) Sponsor\n  > Yes.\n- ( ) Friend"
	const order = "In order:\n\n1. One\n2. Two\n3. Three"
	const match = "Match.\n\n| A | B |\n|---|---|\n| a | x |\n| b | y |\n|   | z |"
	const text = "Which word?\n\n- = Mentor\n- != coach\n  > No."
	const number = "How many?\n\n- = 9 +- 1\n- != 3..6\n  > No."
	const cloze = "A [[mentee|protégé]] for [[(9 months) | 2 days]]."
	const scenario = "### Start\n\nText.\n\n- [Go](#good)\n- [Stay](#bad)\n\n### Good\n\n> [!TIP]\n> Well.\n\n### Bad\n\n> [!WARNING]\n> Badly."
	for _, c := range []struct {
		why, word, before, after string
		attrs                    string // of the second
		same                     bool
	}{
		{"a reworded prompt keeps answers", "question", choice, strings.Replace(choice, "Which?", "Which role is it?", 1), "", true},
		{"a reworded option keeps answers", "question", choice, strings.Replace(choice, "Teacher", "A teacher", 1), "", true},
		{"reworded feedback keeps answers", "question", choice, strings.Replace(choice, "Yes.", "Yes, indeed.", 1), "", true},
		{"a new hint keeps answers", "question", choice, choice + "\n\n> [!TIP]\n> Think.", "", true},
		{"points and tries keep answers", "question", choice, choice, "points=3 tries=1 shuffle=off", true},
		{"another right option changes the key", "question", choice, strings.NewReplacer("( ) Teacher", "(x) Teacher", "(x) Sponsor", "( ) Sponsor").Replace(choice), "", false},
		{"an added option changes it", "question", choice, choice + "\n- ( ) Guide", "", false},
		{"moving the right option changes it", "question", choice, "Which?\n\n- (x) Sponsor\n- ( ) Teacher\n- ( ) Friend", "", false},
		{"several instead of one changes it", "question", choice, strings.NewReplacer("( )", "[ ]", "(x)", "[x]").Replace(choice), "", false},
		{"a reworded step keeps answers", "question", order, strings.Replace(order, "Two", "Second", 1), "", true},
		{"another step changes it", "question", order, order + "\n4. Four", "", false},
		{"a reworded row and partner keep answers", "question", match, strings.NewReplacer("| a |", "| aa |", "| y |", "| yy |").Replace(match), "", true},
		{"another pairing changes it", "question", match, strings.Replace(match, "| b | y |", "| b | x |", 1), "", false},
		{"another extra partner changes it", "question", match, match + "\n|   | q |", "", false},
		{"capitals of an accepted text keep answers", "question", text, strings.Replace(text, "Mentor", "mentor", 1), "", true},
		{"another accepted text changes it", "question", text, strings.Replace(text, "Mentor", "guide", 1), "", false},
		{"one more accepted text changes it", "question", text, text + "\n- = guide", "", false},
		{"capitals that matter change it", "question", text, strings.Replace(text, "Mentor", "MENTOR", 1), "case=on", false},
		{"the same range in another way keeps answers", "question", number, strings.Replace(number, "9 +- 1", "8..10", 1), "", true},
		{"another range changes it", "question", number, strings.Replace(number, "9 +- 1", "9 +- 2", 1), "", false},
		{"a reworded wrong choice of a gap keeps answers", "question", cloze, strings.Replace(cloze, "2 days", "3 days", 1), "", true},
		{"another word for a gap changes it", "question", cloze, strings.Replace(cloze, "|protégé", "", 1), "", false},
		{"a reworded scene keeps answers", "scenario", scenario, strings.Replace(scenario, "Text.", "Much text.", 1), "", true},
		{"another way through a scenario changes it", "scenario", scenario, strings.Replace(scenario, "- [Stay](#bad)", "- [Stay](#good)\n- [Go on](#bad)", 1), "", false},
		{"another title of a scene changes it: answers name scenes by it", "scenario", scenario, strings.NewReplacer("#good", "#better", "### Good", "### Better").Replace(scenario), "", false},
		{"another ending changes it", "scenario", scenario, strings.Replace(scenario, "[!WARNING]", "[!NOTE]", 1), "", false},
	} {
		a, b := one(t, question(c.word, "#a", c.before)), one(t, question(c.word, "#a "+c.attrs, c.after))
		if (a.Rev == b.Rev) != c.same {
			t.Errorf("%s: %s and %s", c.why, a.Rev, b.Rev)
		}
		if len(a.Rev) != 4 || strings.Trim(a.Rev, "0123456789abcdef") != "" {
			t.Errorf("%q is not four hexadecimal digits", a.Rev)
		}
	}
}

// TestAutoID: a check without an id gets one of its text, the same each time, and another than a check with the same prompt.
func TestAutoID(t *testing.T) {
	const a = "::: question\n\nWhich role is this, **really**?\n\n- (x) Sponsor\n- ( ) Friend\n\n:::\n"
	first, again := one(t, a), one(t, "Some text.\n\n"+a)
	other := one(t, strings.Replace(a, "Friend", "Teacher", 1))
	if !first.Auto || !strings.HasPrefix(first.ID, "which-role-is-this-really-") {
		t.Errorf("id %q", first.ID)
	}
	if first.ID != again.ID {
		t.Errorf("%q and %q for the same check", first.ID, again.ID)
	}
	if first.ID == other.ID {
		t.Errorf("%q for two checks with the same prompt", first.ID)
	}
	for _, prompt := range []string{"???", "中文问题中文问题中文问题中文问题中文问题中文问题中文问题中文问题中文问题中文问题中文", strings.Repeat("long ", 50), "-- a", "\u0301x"} {
		c := one(t, "::: question\n\n"+prompt+"\n\n- (x) A\n- ( ) B\n\n:::\n")
		if d := page2(c.ID); d != "" {
			t.Errorf("the id %q made of %q is not one that an author could write:\n%s", c.ID, prompt, d)
		}
	}
}

func page2(id string) string {
	_, ds := page("page.md", []byte(question("question", "#"+id, "Which?\n\n- (x) A\n- ( ) B")), "lint: off")
	return sayAll(ds)
}

// TestResolve: what the check says, then the page, then the site, then the rules of section 3.4.
func TestResolve(t *testing.T) {
	three, none := 3, 0
	const choice = "Which?\n\n- (x) One thing\n- ( ) Another"
	for _, c := range []struct {
		why, word, attrs, content string
		defaults                  []quiz.Defaults
		get                       func(quiz.Settings) any
		want                      any
	}{
		{"points", "question", "", choice, nil, func(s quiz.Settings) any { return s.Points }, 1.0},
		{"a reflection has no points", "reflection", "", "Think.", nil, func(s quiz.Settings) any { return s.Points }, 0.0},
		{"a multiple choice is all or nothing", "question", "", "Which?\n\n- [x] A\n- [ ] B", nil, score, "all"},
		{"an ordering counts each", "question", "", "In order\n\n1. A\n2. B", nil, score, "each"},
		{"a cloze counts each", "question", "", "A [[b]].", nil, score, "each"},
		{"the check's own score", "question", "score=all", "A [[b]].", nil, score, "all"},
		{"options are shuffled", "question", "", choice, nil, shuffle, "on"},
		{"unless the page says no", "question", "", choice, []quiz.Defaults{{Shuffle: "false"}}, shuffle, "off"},
		{"the check before the page", "question", "shuffle=on", choice, []quiz.Defaults{{Shuffle: "off"}}, shuffle, "on"},
		{"the page before the site", "question", "", choice, []quiz.Defaults{{Shuffle: "on"}, {Shuffle: "off"}}, shuffle, "on"},
		{"true and false keep their order", "question", "", "Is it?\n\n- (x) True\n- ( ) False", []quiz.Defaults{{Shuffle: "on"}}, shuffle, "off"},
		{"unless the check says so", "question", "shuffle=on", "Is it?\n\n- (x) True\n- ( ) False", nil, shuffle, "on"},
		{"ranges that go up keep their order", "question", "", "How long?\n\n- (x) 1 to 3 days\n- ( ) 4 to 9 days\n- ( ) more than 10", nil, shuffle, "off"},
		{"numbers that go down keep their order", "question", "", "How long?\n\n- (x) 9\n- ( ) 8,5\n- ( ) 2", nil, shuffle, "off"},
		{"numbers in no order are shuffled", "question", "", "How long?\n\n- (x) 9\n- ( ) 2\n- ( ) 5", nil, shuffle, "on"},
		{"steps are always shuffled", "question", "", "In order\n\n1. A\n2. B", []quiz.Defaults{{Shuffle: "off"}}, shuffle, "on"},
		{"partners are always shuffled", "question", "", "Match\n\n| A | B |\n|---|---|\n| a | b |\n| c | d |", []quiz.Defaults{{Shuffle: "off"}}, shuffle, "on"},
		{"a scale is never", "rating", "", "How?\n\n- (1) A\n- (2) B", []quiz.Defaults{{Shuffle: "on"}}, shuffle, "off"},
		{"tries are unlimited", "question", "", choice, nil, tries, 0},
		{"the site limits them", "question", "", choice, []quiz.Defaults{{}, {Tries: &three}}, tries, 3},
		{"the page lifts the limit", "question", "", choice, []quiz.Defaults{{Tries: &none}, {Tries: &three}}, tries, 0},
		{"the check lifts the limit", "question", "tries=0", choice, []quiz.Defaults{{Tries: &three}}, tries, 0},
		{"the answer is shown after two wrong tries", "question", "", choice, nil, func(s quiz.Settings) any { return s.Reveal }, "2"},
		{"or as the site says", "question", "", choice, []quiz.Defaults{{}, {Reveal: "end"}}, func(s quiz.Settings) any { return s.Reveal }, "end"},
		{"feedback each time", "question", "", choice, nil, func(s quiz.Settings) any { return s.Feedback }, "each"},
		{"confidence is not asked", "question", "", choice, nil, func(s quiz.Settings) any { return s.Confidence }, "off"},
		{"unless the page asks", "question", "", choice, []quiz.Defaults{{Confidence: "true"}}, func(s quiz.Settings) any { return s.Confidence }, "on"},
		{"typos are not accepted", "question", "", "Which?\n\n- = mentor", nil, func(s quiz.Settings) any { return s.Typos }, "off"},
		{"unless the site does", "question", "", "Which?\n\n- = mentor", []quiz.Defaults{{Typos: "small"}}, func(s quiz.Settings) any { return s.Typos }, "small"},
		{"five lines for a reflection", "reflection", "", "Think.", nil, func(s quiz.Settings) any { return s.Lines }, 5},
	} {
		check := one(t, question(c.word, "#a "+c.attrs, c.content))
		before := check.Settings
		if d := cmp.Diff(c.want, c.get(check.Resolve(c.defaults...))); d != "" {
			t.Errorf("%s: -want +got\n%s", c.why, d)
		}
		if d := cmp.Diff(before, check.Settings); d != "" {
			t.Errorf("%s: the check was changed:\n%s", c.why, d)
		}
	}
}

func score(s quiz.Settings) any   { return s.Score }
func shuffle(s quiz.Settings) any { return s.Shuffle }
func tries(s quiz.Settings) any   { return s.Tries }

// TestKeyLanguage: the language is in a key only where capitals have rules of their own.
func TestKeyLanguage(t *testing.T) {
	c := one(t, question("question", "#a", "Hangi?\n\n- = ISI"))
	for lang, want := range map[string][2]string{"tr-TR": {"tr", "ısı"}, "de": {"", "isi"}, "": {"", "isi"}} {
		k := c.Key(quiz.Defaults{}, quiz.Defaults{Language: lang})
		if got := [2]string{k.Text.Lang, k.Accepts[0].Value}; got != want {
			t.Errorf("%q: %q, want %q", lang, got, want)
		}
	}
}

// TestMarkWorkedExamples marks the worked examples from their own keys, as written, so that keys and marking fit together.
func TestNumberParts(t *testing.T) {
	for value, want := range map[string][3]string{
		"9": {"9"}, "9 +- 1": {"9", "", "1"}, "9 ± 10%": {"9", "", "10%"}, "9+/-0.5": {"9", "", "0.5"}, "9..12": {"9", "12"}, "0 … 1.5": {"0", "1.5"}, "-5": {"-5"},
	} {
		if from, to, by := quiz.NumberParts(value); [3]string{from, to, by} != want {
			t.Errorf("%s: %q, %q, %q, want %q", value, from, to, by, want)
		}
	}
}

func TestMarkWorkedExamples(t *testing.T) {
	c := one(t, question("question", "#a", "Match.\n\n| A | B |\n|---|---|\n| a | *x* |\n| b | y |\n| c | x |\n|   | z |"))
	k := c.Key()
	zero, one1 := 0, 1
	if r := quiz.Mark(k, quiz.Answer{Match: []*int{&zero, &one1, &zero}}); r.Score != 1 || k.Size != 3 {
		t.Errorf("a partner that fits two rows is one partner: %+v of %d", r, k.Size)
	}
}
