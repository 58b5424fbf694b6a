package markdown_test

import (
	"testing"

	"waymark/internal/diag"
	"waymark/internal/markdown"
)

func format(t *testing.T, text string, ids bool) string {
	t.Helper()
	newID := func() func(string) string {
		if !ids {
			return nil
		}
		return markdown.UniqueID(map[string]bool{})
	}
	out, err := markdown.Format(diag.NewFile("page.md", []byte(text)), markdown.Options{Lenient: true}, newID())
	if err != nil {
		t.Fatal(err)
	}
	again, err := markdown.Format(diag.NewFile("page.md", out), markdown.Options{Lenient: true}, newID())
	if err != nil {
		t.Fatal(err)
	}
	if string(again) != string(out) {
		t.Errorf("formatting twice changed more:\n%q\n%q", out, again)
	}
	return string(out)
}

func TestFormatPutsBlankLinesAroundFences(t *testing.T) {
	for _, c := range []struct{ why, in, want string }{
		{"nothing is missing", "# T\n\n::: note\n\ntext\n\n:::\n\nend\n", "# T\n\n::: note\n\ntext\n\n:::\n\nend\n"},
		{"all four are missing", "before\n::: note\ntext\n:::\nafter\n", "before\n\n::: note\n\ntext\n\n:::\n\nafter\n"},
		{"behind a list the fence stays a fence", "::: note\n\n- a\n- b\n:::\n", "::: note\n\n- a\n- b\n\n:::\n"},
		{"two fences share one blank line", "::: note\n::: tip\n\nx\n\n:::\n:::\n", "::: note\n\n::: tip\n\nx\n\n:::\n\n:::\n"},
		{"line ends of Windows stay", "a\r\n::: note\r\nb\r\n:::\r\n", "a\r\n\r\n::: note\r\n\r\nb\r\n\r\n:::\r\n"},
		{"lines in a block of code are not fences", "```\n::: note\nx\n:::\n```\n", "```\n::: note\nx\n:::\n```\n"},
	} {
		if got := format(t, c.in, false); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.why, got, c.want)
		}
	}
}

func TestFormatWritesMissingIDsOnce(t *testing.T) {
	in := "::: question\n\nOne?\n\n- (x) yes\n- ( ) no\n\n:::\n\n::: question {#mine}\n\nTwo?\n\n- (x) yes\n- ( ) no\n\n:::\n\n::: question {points=2}\n\nThree?\n\n- (x) yes\n- ( ) no\n\n:::\n"
	out := format(t, in, true)
	doc, err := markdown.Parse(diag.NewFile("page.md", []byte(out)), markdown.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Checks) != 3 || doc.Checks[1].ID != "mine" || doc.Checks[2].Points != 2 {
		t.Fatalf("the checks are not those that were there:\n%s", out)
	}
	for _, c := range doc.Checks {
		if c.Auto {
			t.Errorf("a check is still without an id:\n%s", out)
		}
	}
}

func TestFormatWritesNoIDWhereOneMayBe(t *testing.T) {
	for _, c := range []struct{ why, open, want string }{
		{"there is none", "question", "question {#one-3297}"},
		{"further colons stay behind it", "question :::", "question {#one-3297} :::"},
		{"the value of another attribute is refused", "question {points=none}", "question {#one-3297 points=none}"},
		{"there is one that is refused", "question {#Bad.Id}", ""},
		{"the attributes cannot be read: a quote is open", `question {#mine objective="x}`, ""},
		{"the attributes cannot be read: the brace is open", "question {.cls", ""},
		{"they stand behind a title, and the brace is open", "question One {#mine", ""},
		{"the first brace is not theirs", "question What {x} is {points=2}", ""},
	} {
		body := "\n\nOne?\n\n- (x) yes\n- ( ) no\n\n:::\n"
		if c.want == "" {
			c.want = c.open
		}
		if got := format(t, "::: "+c.open+body, true); got != "::: "+c.want+body {
			t.Errorf("%s: got %q", c.why, got)
		}
	}
}
