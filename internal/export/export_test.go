package export_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"waymark/internal/export"
	"waymark/internal/quiz"
)

func files() []export.File {
	var list []export.File
	for _, name := range []string{"assets/a.css", "index.html", "roles/sponsor.html"} {
		list = append(list, export.File{Path: name, Write: func(w io.Writer) error {
			_, err := fmt.Fprintf(w, "content of %s\n", name)
			return err
		}})
	}
	return list
}

func TestZipHoldsTheSiteUnderOneFolder(t *testing.T) {
	var a, b bytes.Buffer
	if err := export.Zip(&a, "guide", files()); err != nil {
		t.Fatal(err)
	}
	if err := export.Zip(&b, "guide", files()); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("equal sites gave different zips")
	}
	z, err := zip.NewReader(bytes.NewReader(a.Bytes()), int64(a.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if len(z.File) != 3 {
		t.Fatalf("the zip has %d files", len(z.File))
	}
	for _, f := range z.File {
		if f.Mode() != 0o644 || f.Modified.Year() != 1980 {
			t.Errorf("%s: mode %o, of %s", f.Name, f.Mode(), f.Modified)
		}
		data := contentOf(t, f)
		if want := "content of " + strings.TrimPrefix(f.Name, "guide/") + "\n"; string(data) != want {
			t.Errorf("%s: %q", f.Name, data)
		}
	}
}

// contentOf is what stands in a file of a zip.
func contentOf(t *testing.T, f *zip.File) []byte {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A file that cannot be read is named, and there is no zip without it.
func TestZipNamesTheFileThatFails(t *testing.T) {
	list := files()
	list[1].Write = func(io.Writer) error { return io.ErrUnexpectedEOF }
	if err := export.Zip(io.Discard, "guide", list); !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(err.Error(), "index.html") {
		t.Error(err)
	}
}

func rich(s string) quiz.Rich { return quiz.Rich{Plain: s} }

type card struct {
	quiz.Item
	Tags []string
}

// pages puts each card on a page of its own.
func pages(cards []card) (tests []export.Test) {
	for _, c := range cards {
		tests = append(tests, export.Test{Checks: []quiz.Item{c.Item}, Tags: c.Tags})
	}
	return tests
}

func TestAnkiCardsAreOneLineEach(t *testing.T) {
	cards := []card{
		{Item: quiz.Item{Check: &quiz.Check{ID: "one", Type: quiz.Single, Prompt: rich("Who\topens <doors>?"), Options: []quiz.Option{{Text: rich("Teacher")}, {Text: rich("Sponsor"), Right: true}}, Explanation: rich("A\nreason")}}, Tags: []string{"first steps"}},
		{Item: quiz.Item{Check: &quiz.Check{ID: "two", Type: quiz.Order, Prompt: rich("Order"), Options: []quiz.Option{{Text: rich("a")}, {Text: rich("b")}}}}},
		{Item: quiz.Item{Check: &quiz.Check{Word: "reflection", ID: "three", Type: quiz.Reflection, Prompt: rich("Think")}}},
		{Item: quiz.Item{Check: &quiz.Check{Word: "rating", ID: "four", Type: quiz.Rating, Prompt: rich("How ready?"), Options: []quiz.Option{{Text: rich("a")}, {Text: rich("b")}}}}},
		{Item: quiz.Item{Check: &quiz.Check{Word: "scenario", ID: "five", Type: quiz.Scenario}}},
		{Item: quiz.Item{Check: &quiz.Check{Word: "quiz", ID: "six", Type: quiz.Quiz}}},
	}
	var b bytes.Buffer
	n, left, _, err := export.Anki(&b, "site", pages(cards))
	if err != nil {
		t.Fatal(err)
	}
	said := strings.Join(left, "\n")
	if n != 2 || len(left) != 4 || !strings.HasPrefix(said, "reflection three: ") || !strings.Contains(said, "\nrating four: ") || !strings.Contains(said, "\nscenario five: ") || !strings.Contains(said, "\nquiz six: ") {
		t.Errorf("%d cards, left out: %v", n, left)
	}
	var lines []string
	for l := range strings.Lines(b.String()) {
		if !strings.HasPrefix(l, "#") {
			lines = append(lines, strings.TrimSuffix(l, "\n"))
		}
	}
	want := []string{
		"site:one\tWho opens &lt;doors&gt;?<ul><li>Teacher</li><li>Sponsor</li></ul>\tSponsor<hr>A reason\tfirst-steps",
		"site:two\tOrder<ul><li>b</li><li>a</li></ul>\t<ol><li>a</li><li>b</li></ol>\t",
	}
	if strings.Join(lines, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

func TestAnkiCardsAskSomething(t *testing.T) {
	md := func(s string) quiz.Rich { return quiz.Rich{Markdown: s, Plain: "x"} }
	cards := []card{
		{Item: quiz.Item{Check: &quiz.Check{Word: "question", ID: "seen", Type: quiz.Short, Prompt: md("![](a.jpg)"), Accepts: []quiz.Accept{{Value: "Ana", Right: true}}}}},
		{Item: quiz.Item{Check: &quiz.Check{Word: "question", ID: "code", Type: quiz.Short, Prompt: md("What?\n\n![Ana](a.jpg)\n\n```\na\n  b\n```"), Accepts: []quiz.Accept{{Value: "1", Right: true}}}}},
		{Item: quiz.Item{Check: &quiz.Check{ID: "pairs", Type: quiz.Match, Prompt: md("Match."), Pairs: []quiz.Pair{{Left: md("A"), Right: md("z")}, {Left: md("B"), Right: md("*y*")}, {Right: md("x")}}}}},
		{Item: quiz.Item{Check: &quiz.Check{ID: "gap", Type: quiz.Cloze, Prompt: md("The [[a | (b)]]."), Gaps: []quiz.Gap{{Choices: []string{"a", "b"}, Right: 1}}}}},
	}
	var b bytes.Buffer
	n, left, lost, err := export.Anki(&b, "s", pages(cards))
	if err != nil {
		t.Fatal(err)
	}
	if n != 3 || strings.Join(left, "\n") != "question seen: left out; without its picture it asks nothing" || strings.Join(lost, "\n") != `question code: pictures are left behind: "a.jpg"` {
		t.Errorf("%d cards, left out: %v, lost: %v", n, left, lost)
	}
	for _, want := range []string{
		"s:code\t<p>What?</p> <p>Ana</p> <pre><code>a&#10;  b&#10;</code></pre>\t1\t\n",
		"s:pairs\tMatch.<ul><li>A</li><li>B</li></ul><ul><li><em>y</em></li><li>x</li><li>z</li></ul>\t<ul><li>A → z</li><li>B → <em>y</em></li></ul>\t\n",
		"s:gap\tThe ___.<ul><li>a / b</li></ul>\tb\t\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

// What is on the back is what is right, as one would say it: a number with its unit, the first of several words, each gap in its line. Anki is told how to read the file, and why
// a check is no card.
func TestAnkiCardsSayWhatIsRight(t *testing.T) {
	question := func(c quiz.Check) card {
		return card{Item: quiz.Item{Check: &c}, Tags: []string{" ", "a b", "c"}}
	}
	cards := []card{
		question(quiz.Check{ID: "long", Type: quiz.Number, Prompt: rich("How long?"), Accepts: []quiz.Accept{{Value: "12"}, {Value: "9..11", Right: true}, {Value: "10", Right: true}}, Settings: quiz.Settings{Unit: "months|mo"}}),
		question(quiz.Check{ID: "many", Type: quiz.Number, Prompt: rich("How many?"), Accepts: []quiz.Accept{{Value: "3", Right: true}}}),
		question(quiz.Check{ID: "gaps", Type: quiz.Cloze, Prompt: rich("A ___ b ___."), Gaps: []quiz.Gap{{Accepts: []string{"x<", "y"}}, {Choices: []string{"p", "q", "r"}, Right: 0}, {Accepts: []string{"z"}}}}),
		question(quiz.Check{ID: "both", Type: quiz.Multiple, Prompt: rich("Which?"), Options: []quiz.Option{{Text: rich("a"), Right: true}, {Text: rich("b")}, {Text: rich("c"), Right: true}}}),
		question(quiz.Check{Word: "quiz", ID: "q", Type: quiz.Quiz}),
		question(quiz.Check{Word: "rating", ID: "r", Type: quiz.Rating}),
	}
	var b bytes.Buffer
	_, left, _, err := export.Anki(&b, "s", pages(cards))
	if err != nil {
		t.Fatal(err)
	}
	want := "#separator:tab\n#html:true\n#guid column:1\n#tags column:4\n" +
		"s:long\tHow long?\t9..11 months\ta-b c\n" +
		"s:many\tHow many?\t3\ta-b c\n" +
		"s:gaps\tA ___ b ___.<ul><li>p / q / r</li></ul>\tx&lt;<br>p<br>z\ta-b c\n" +
		"s:both\tWhich?<ul><li>a</li><li>b</li><li>c</li></ul>\ta<br>c\ta-b c\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	if said := strings.Join(left, "\n"); said != "quiz q: left out; the questions that it draws are cards\nrating r: left out; it has no one answer to put on the back of a card" {
		t.Error(said)
	}
}
