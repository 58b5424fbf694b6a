package export_test

import (
	"archive/zip"
	"bytes"
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
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if want := "content of " + strings.TrimPrefix(f.Name, "guide/") + "\n"; string(data) != want {
			t.Errorf("%s: %q", f.Name, data)
		}
	}
}

func rich(s string) quiz.Rich { return quiz.Rich{Plain: s} }

func TestAnkiCardsAreOneLineEach(t *testing.T) {
	cards := []export.Card{
		{Check: &quiz.Check{ID: "one", Type: quiz.Single, Prompt: rich("Who\topens <doors>?"), Options: []quiz.Option{{Text: rich("Teacher")}, {Text: rich("Sponsor"), Right: true}}, Explanation: rich("A\nreason")}, Tags: []string{"first steps"}},
		{Check: &quiz.Check{ID: "two", Type: quiz.Order, Prompt: rich("Order"), Options: []quiz.Option{{Text: rich("a")}, {Text: rich("b")}}}},
		{Check: &quiz.Check{Word: "reflection", ID: "three", Type: quiz.Reflection, Prompt: rich("Think")}},
		{Check: &quiz.Check{Word: "rating", ID: "four", Type: quiz.Rating, Prompt: rich("How ready?"), Options: []quiz.Option{{Text: rich("a")}, {Text: rich("b")}}}},
		{Check: &quiz.Check{Word: "scenario", ID: "five", Type: quiz.Scenario}},
		{Check: &quiz.Check{Word: "quiz", ID: "six", Type: quiz.Quiz}},
	}
	var b bytes.Buffer
	n, left, err := export.Anki(&b, cards)
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
		"one\tWho opens &lt;doors&gt;?<ul><li>Teacher</li><li>Sponsor</li></ul>\tSponsor<hr>A<br>reason\tfirst-steps",
		"two\tOrder\t<ol><li>a</li><li>b</li></ol>\t",
	}
	if strings.Join(lines, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}
