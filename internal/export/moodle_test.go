package export_test

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"html"
	"io"
	"maps"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"waymark/internal/diag"
	"waymark/internal/export"
	"waymark/internal/markdown"
	"waymark/internal/quiz"
)

// A moodleText is an element that holds a text, with its pictures.
type moodleText struct {
	Text string `xml:"text"`
	File []struct {
		Name     string `xml:"name,attr"`
		Encoding string `xml:"encoding,attr"`
		Data     string `xml:",chardata"`
	} `xml:"file"`
}

type moodleQuestion struct {
	Type   string       `xml:"type,attr"`
	ID     string       `xml:"idnumber"`
	Prompt moodleText   `xml:"questiontext"`
	Single string       `xml:"single"`
	Grade  float64      `xml:"defaultgrade"`
	Texts  []moodleText `xml:",any"`
	Answer []struct {
		Fraction string `xml:"fraction,attr"`
		moodleText
		Feedback moodleText `xml:"feedback"`
	} `xml:"answer"`
}

func moodled(t *testing.T, tests ...export.Test) (data []byte, questions []moodleQuestion, n int, report []string) {
	t.Helper()
	var b, again bytes.Buffer
	n, report, err := export.Moodle(&b, tests)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := export.Moodle(&again, tests); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("equal tests gave different files", err)
	}
	var file struct {
		Question []moodleQuestion `xml:"question"`
	}
	if err := xml.Unmarshal(b.Bytes(), &file); err != nil {
		t.Fatalf("%v\n%s", err, b.Bytes())
	}
	return b.Bytes(), file.Question, n, report
}

// testOf is the test of a page, with one picture.
func testOf(t *testing.T, page []byte) export.Test {
	t.Helper()
	file := diag.NewFile("page.md", page)
	doc, err := markdown.Parse(file, markdown.Options{})
	if err != nil {
		t.Fatal(err)
	}
	test := export.Test{ID: "roles/Über", Title: `Roles & "more" / less`, Language: "en", Picture: func(address string) export.File {
		if address != "pair.png" {
			return export.File{}
		}
		return export.File{Path: "roles/Pair 1.PNG", Write: func(w io.Writer) error { _, err := io.WriteString(w, "picture\n"); return err }}
	}}
	for _, c := range doc.Checks {
		test.Checks = append(test.Checks, quiz.Item{Check: c, File: file})
	}
	return test
}

// The page of the archive for QTI is exported to Moodle, too; what comes out stands in testdata/moodle.txtar.
func TestMoodleHoldsTheChecks(t *testing.T) {
	a, err := txtar.ParseFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	data, _, _, report := moodled(t, export.Test{Title: "nothing"}, testOf(t, a.Files[0].Data))
	got := txtar.Format(&txtar.Archive{
		Comment: []byte("The checks of qti.txtar as Moodle's XML.\n\n"),
		Files:   []txtar.File{{Name: "moodle.xml", Data: data}, {Name: "report", Data: []byte(strings.Join(report, "\n") + "\n")}},
	})
	const golden = "testdata/moodle.txtar"
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// moodleGrades are what Moodle lets an answer of a choice be worth, in percent, and taken off (question_bank::fraction_options_full).
var moodleGrades = []float64{100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0}

// Moodle refuses a choice whose right answers are not worth 100 percent together, or of which one is worth what it does not know.
func TestMoodleTakesTheChoices(t *testing.T) {
	for right := 1; right <= 10; right++ {
		for wrong := 1; wrong <= 10; wrong++ {
			page := "::: question {#q}\n\nWhich?\n\n" + strings.Repeat("- [x] Right\n", right) + strings.Repeat("- [ ] Wrong\n", wrong) + "\n:::\n"
			_, questions, _, _ := moodled(t, testOf(t, numbered(page)))
			q := questions[1]
			var gain, loss float64
			for _, a := range q.Answer {
				f, err := strconv.ParseFloat(a.Fraction, 64)
				if err != nil || !slices.Contains(moodleGrades, math.Abs(f)) {
					t.Errorf("%d right, %d wrong: an answer is worth %s", right, wrong, a.Fraction)
				}
				gain, loss = gain+max(f, 0), loss+min(f, 0)
			}
			if math.Abs(gain-100) > 0.01 || math.Abs(loss+100) > 0.01 || q.Single != "false" {
				t.Errorf("%d right, %d wrong: all right ones are worth %v, all wrong ones %v, single is %s", right, wrong, gain, loss, q.Single)
			}
		}
	}
}

// numbered makes options that are written alike different.
func numbered(page string) []byte {
	lines := strings.Split(page, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, "- [") {
			lines[i] += " " + strconv.Itoa(i)
		}
	}
	return []byte(strings.Join(lines, "\n"))
}

// A picture stands beside the text that shows it, wherever that is, once.
func TestMoodlePicturesStandBesideTheirText(t *testing.T) {
	page := "::: question {#q}\n\nWho? ![Two](pair.png) ![Again](pair.png)\n\n- (x) This ![One](pair.png)\n  > So ![it](pair.png) is.\n- ( ) That ![Gone](lost.png)\n\n:::\n"
	_, questions, n, report := moodled(t, testOf(t, []byte(page)))
	if n != 1 || len(questions) != 2 {
		t.Fatalf("%d checks, %d questions", n, len(questions))
	}
	q := questions[1]
	for where, text := range map[string]moodleText{"prompt": q.Prompt, "option": q.Answer[0].moodleText, "feedback": q.Answer[0].Feedback} {
		if len(text.File) != 1 {
			t.Errorf("%s: %d pictures", where, len(text.File))
			continue
		}
		f := text.File[0]
		data, err := base64.StdEncoding.DecodeString(f.Data)
		if err != nil || string(data) != "picture\n" || f.Encoding != "base64" {
			t.Errorf("%s: the picture is %q (%s): %v", where, data, f.Encoding, err)
		}
		if !strings.Contains(text.Text, `src="@@PLUGINFILE@@/`+f.Name+`"`) {
			t.Errorf("%s: %s does not show %s", where, text.Text, f.Name)
		}
	}
	if len(q.Answer[1].File) != 0 || strings.Contains(q.Answer[1].Text, "img") {
		t.Errorf("a picture that is not there is shown: %+v", q.Answer[1])
	}
	if !strings.Contains(strings.Join(report, "\n"), "lost.png") && !strings.Contains(strings.Join(report, "\n"), "Gone") {
		t.Errorf("nobody is told of the picture that stays behind: %q", report)
	}
}

// Each check of the page is written once, under its id, or reported.
func TestMoodleLosesNoCheckSilently(t *testing.T) {
	a, err := txtar.ParseFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	test := testOf(t, a.Files[0].Data)
	_, questions, n, report := moodled(t, test)
	written := map[string]int{}
	for _, q := range questions {
		if q.Type != "category" {
			written[q.ID]++
		}
	}
	if len(written) != n {
		t.Errorf("%d are said to be written, %v are", n, slices.Sorted(maps.Keys(written)))
	}
	for _, it := range test.Checks {
		skipped := slices.ContainsFunc(report, func(l string) bool {
			return strings.HasPrefix(l, it.Check.Word+" "+it.Check.ID+": not expressible in Moodle XML, skipped")
		})
		if times := written[it.Check.ID]; times > 1 || (times == 1) == skipped {
			t.Errorf("%s is written %d times, and skipped: %v", it.Check.ID, times, skipped)
		}
	}
}

// moodleAlternative is how Moodle finds the answers in a gap (question/type/multianswer, ANSWER_ALTERNATIVE_REGEX): one ends before ~, # or } that is not part of a reference.
var moodleAlternative = regexp.MustCompile(`^~?(=)?((?:&(?:amp;)?#|[^~#}])+)`)

// What is written in gaps arrives in Moodle, whatever signs are in it.
func TestMoodleReadsTheGaps(t *testing.T) {
	page := "::: question {#q case=on}\n\nIt is [[50 % ~ {a} #1 = b \\\\ c*|x & \"y\"]] or [[(a < b ~ }) | =c & #2]].\n\n:::\n"
	test := testOf(t, []byte(page))
	_, questions, _, _ := moodled(t, test)
	gaps := regexp.MustCompile(`(?s)\{1:(\w+):(.*?)\}`).FindAllStringSubmatch(questions[1].Prompt.Text, -1)
	if len(gaps) != 2 {
		t.Fatalf("%d gaps: %s", len(gaps), questions[1].Prompt.Text)
	}
	for i, want := range []struct {
		kind    string
		answers []string
	}{
		{"SHORTANSWER_C", []string{`=50 % ~ {a} #1 = b \ c\*`, `=x & "y"`}},
		{"MULTICHOICE", []string{"=a &lt; b ~ }", "=c &amp; #2"}},
	} {
		g := test.Checks[0].Check.Gaps[i]
		var got []string
		for rest := gaps[i][2]; rest != ""; {
			m := moodleAlternative.FindStringSubmatch(rest)
			if m == nil {
				t.Fatalf("Moodle finds no answer in %q", rest)
			}
			got, rest = append(got, m[1]+html.UnescapeString(m[2])), rest[len(m[0]):]
		}
		if d := cmp.Diff(want.answers, got); d != "" || gaps[i][1] != want.kind {
			t.Errorf("gap %d (%+v), %s: -want +got:\n%s", i+1, g, gaps[i][1], d)
		}
	}
}
