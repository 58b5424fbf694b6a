package report_test

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"waymark/internal/progress"
	"waymark/internal/quiz"
	"waymark/internal/report"
)

// The site of these tests: a path with two stages; the first has a module with two questions, a prediction and a quiz, the second one that rates.
var (
	cur = must(progress.ReadCurriculum([]byte(`waymark.site({"site":"s","objectives":{"o":"Tell one from the other"},
"modules":[
{"id":"m","title":"Basics","rule":"read","checks":[
	{"id":"a","type":"single","rev":"1","points":1,"objectives":["o"]},{"id":"b","type":"text","rev":"1","points":1,"objectives":["o"]},
	{"id":"guess","type":"single","rev":"1","points":0},{"id":"quiz","type":"quiz","rev":"1","points":2},{"id":"before","type":"rating","rev":"1"}]},
{"id":"n","title":"More","rule":"read","checks":[{"id":"after","type":"rating","rev":"1","same":"before","title":"How ready?"}]},
{"id":"elsewhere","title":"Elsewhere","rule":"read","checks":[{"id":"x","type":"single","rev":"1","points":1}]}],
"paths":[{"id":"p","title":"Path","rule":{"stages":["one","two"]},"stages":[
{"id":"one","title":"One","items":[{"item":"module","id":"m"}]},{"id":"two","title":"Two","items":[{"item":"choose","choose":1,"from":[{"item":"module","id":"n"}]}]}]}]});
`)))
	checks = map[string]*quiz.Check{
		"a":      {ID: "a", Type: quiz.Single, Prompt: quiz.Rich{Plain: "Which?"}, Options: options("=this", "that", "=HYPERLINK(1)")},
		"b":      {ID: "b", Type: quiz.Short, Prompt: quiz.Rich{Plain: "Say <it>"}},
		"guess":  {ID: "guess", Type: quiz.Single, Prompt: quiz.Rich{Plain: "Guess"}, Options: options("=yes", "no"), Settings: quiz.Settings{Tone: "neutral"}},
		"quiz":   {ID: "quiz", Type: quiz.Quiz},
		"before": {ID: "before", Type: quiz.Rating},
		"after":  {ID: "after", Type: quiz.Rating}, // it asks what the one before asks: its title says so
		"x":      {ID: "x", Type: quiz.Single, Options: options("=yes", "no")},
	}
)

// options are the options of a choice, the first of them right.
func options(texts ...string) (list []quiz.Option) {
	for i, t := range texts {
		list = append(list, quiz.Option{Text: quiz.Rich{Plain: t}, Right: i == 0})
	}
	return list
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// people reads one learner a line: a code ("-" is none), then what they did. "m" is a module done; "a+" a question right at the first try, "a-2" wrong with option 2, "a-2!" certain
// and wrong, "a~" an answer to an earlier wording, "before=1" a point of a scale.
func people(t *testing.T, lines string) (files []*progress.File) {
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		words := strings.Fields(line)
		modules, answers := []string{}, []string{}
		for _, w := range words[1:] {
			id := w[:cmpIndex(w)]
			rest := w[len(id):]
			value, score, rev, sure := "0", 0, "1", ""
			switch {
			case rest == "":
				modules = append(modules, fmt.Sprintf(`%q:{"read":"2027-03-01","done":"2027-03-02","how":"rule"}`, id))
				continue
			case rest == "+":
				score = 1
			case rest == "~":
				rev = "old"
			case rest[0] == '=':
				value = rest[1:]
			default:
				value = cmp.Or(strings.Trim(rest, "-!"), "0")
				if strings.HasSuffix(rest, "!") {
					sure = `,"sure":3`
				}
			}
			// The second try was right: what counts is the first.
			answers = append(answers, fmt.Sprintf(`%q:{"rev":%q,"first":{"at":"2027-03-01","v":[%s],"s":%d%s},"best":1,"tries":2}`, id, rev, value, score, sure))
		}
		code := fmt.Sprintf("%q", words[0])
		if words[0] == "-" {
			code = "null"
		}
		f, err := progress.Read(fmt.Appendf(nil, `{"format":"waymark-progress","version":1,"site":"s","learner":{"code":%s,"name":"Jane Doe"},"modules":{%s},"answers":{%s},"notes":{"r":{"text":"private words"}}}`,
			code, strings.Join(modules, ","), strings.Join(answers, ",")))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

func cmpIndex(w string) int {
	if i := strings.IndexAny(w, "+-~="); i >= 0 {
		return i
	}
	return len(w)
}

const group = `
k1 m a+ b+ before=1 after=2
k2 m n a-1 b+ before=1 after=1
k3 a-1! b+ before=2 after=1
k4 a-2! b- before=0 after=2
k5 a+ guess-1 quiz-1 before=0 after=1
k6 a~
k7 x-1!
`

func of(t *testing.T, lines string) *report.Report {
	return report.Make(cur, &cur.Paths[0], checks, people(t, lines), report.Smallest)
}

// What counts is the first try at the question as it is now: no later one, no earlier wording, no prediction, no quiz, and nothing of other paths.
func TestFirstTries(t *testing.T) {
	r := of(t, group)
	if len(r.Questions) != 2 {
		t.Fatalf("%d questions, want the two that are right or wrong: %+v", len(r.Questions), r.Questions)
	}
	a := r.Questions[0]
	want := report.Question{ID: "a", Prompt: "Which?", Module: "Basics", First: report.Share{N: 2, Of: 5}, Earlier: report.Share{N: 1, Of: 7, Few: true}, Chosen: "that", ChosenBy: 2, Certain: 2}
	if a != want {
		t.Errorf("got  %+v\nwant %+v", a, want)
	}
	if b := r.Questions[1].First; !b.Few {
		t.Errorf("four people answered b, and a figure is shown of %d of %d", b.N, b.Of)
	}
	// Nor are they in a sum, from which they could be taken.
	if m := r.Modules[0]; m.First != (report.Share{N: 2, Of: 5}) || m.Done != (report.Share{N: 2, Of: 7}) || m.Hardest != "Which?" {
		t.Errorf("the module is %+v", m)
	}
	if o := r.Objectives; len(o) != 1 || o[0].Text != "Tell one from the other" || o[0].First != (report.Share{N: 2, Of: 5}) {
		t.Errorf("the objectives are %+v", o)
	}
}

// A try that came with a resume link says how good the best was, not what the first was: it is none. One person who answered before a change is not shown, five are.
func TestWhatIsNoFirstTry(t *testing.T) {
	files := people(t, strings.Repeat("- a+\n", 5)+strings.Repeat("- a-1\n", 3))
	for _, f := range files[:3] {
		f.Answers["a"].First.Value = nil
	}
	a := report.Make(cur, &cur.Paths[0], checks, files, report.Smallest).Questions[0]
	if a.First != (report.Share{N: 2, Of: 5}) || a.Earlier.N != 0 {
		t.Errorf("got %+v, %+v", a.First, a.Earlier)
	}
	if h := of(t, strings.Repeat("- a+ b+\n", 5)).Modules[0].Hardest; h != "" {
		t.Errorf("all were right, and %q is the hardest", h)
	}
	if e := of(t, strings.Repeat("- a~\n", 5)+"- a+").Questions[0].Earlier; e != (report.Share{N: 5, Of: 6}) {
		t.Errorf("answered before the change: %+v", e)
	}
}

// A module is done where the path has it as its stage says: when its meetings were held, when its test was passed.
func TestAModuleIsDoneAsItsStageSays(t *testing.T) {
	path := cur.Paths[0]
	path.Stages = []progress.StageData{{ID: "one", Items: []progress.StopData{{Item: "session", ID: "n", Repeat: 2}, {Item: "module", ID: "m", TestOut: "quiz"}}}}
	files := people(t, strings.Repeat("- quiz+\n", 5))
	for _, f := range files[:4] {
		f.Marks = map[string]progress.Mark{"session:n:1": {At: "2027-03-01"}, "session:n:2": {At: "2027-03-01"}}
	}
	r := report.Make(cur, &path, checks, files, report.Smallest)
	if n, m := r.Modules[0].Done.N, r.Modules[1].Done.N; n != 4 || m != 5 || r.Stages[0].Done.N != 4 {
		t.Errorf("meetings held by %d, tested out %d, stage done by %d", n, m, r.Stages[0].Done.N)
	}
}

func TestWherePeopleStop(t *testing.T) {
	r := of(t, group)
	if r.People != 7 || r.Begun != (report.Share{N: 6, Of: 7}) || r.Done != (report.Share{N: 1, Of: 7}) || r.Through != "2027-03-02" {
		t.Errorf("%d people, begun %+v, done %+v, through %s", r.People, r.Begun, r.Done, r.Through)
	}
	want := []report.Stage{{ID: "one", Title: "One", Done: report.Share{N: 2, Of: 7}, Open: 4}, {ID: "two", Title: "Two", Done: report.Share{N: 1, Of: 7}, Open: 1}}
	if !slices.Equal(r.Stages, want) {
		t.Errorf("got  %+v\nwant %+v", r.Stages, want)
	}
	if s := r.Stop(); s == nil || s.ID != "one" {
		t.Errorf("most people are at stage one, not at %+v", s)
	}
}

func TestBeforeAndAfter(t *testing.T) {
	r := of(t, group)
	want := []report.Rating{{ID: "after", Prompt: "How ready?", Twice: report.Share{N: 5, Of: 7}, Up: 3, Same: 1, Down: 1}}
	if !slices.Equal(r.Ratings, want) {
		t.Errorf("got  %+v\nwant %+v", r.Ratings, want)
	}
	// A point of a scale that has other points by now is not compared.
	files := people(t, group)
	for _, f := range files {
		if a, ok := f.Answers["before"]; ok {
			a.Rev = "old"
			f.Answers["before"] = a
		}
	}
	if r := report.Make(cur, &cur.Paths[0], checks, files, report.Smallest).Ratings[0]; r.Twice.N != 0 {
		t.Errorf("two scales are compared: %+v", r)
	}
}

// A learner stands behind one file: the one that goes on longest. Files without a code are learners of their own.
func TestOneFileOfEachLearner(t *testing.T) {
	files := people(t, "k a+\nk m a+ b+\n- a+\n- a+\nj a+\nk a+ b+")
	each, twice := report.Each(files)
	if len(each) != 4 || !slices.Equal(twice, []int{0, 5}) || each[0] != files[1] {
		t.Errorf("%d learners, left out are %v", len(each), twice)
	}
}

// A question tells those who know from those who do not when right answers to it go with right answers elsewhere. It takes fifteen people to say.
func TestTellsApart(t *testing.T) {
	know, not := strings.Repeat("- a+ b+\n", 8), strings.Repeat("- a-1 b-\n", 7)
	one := of(t, know+not).Questions[0].Tells
	if one == nil || math.Abs(*one-1) > 1e-9 {
		t.Errorf("a goes with b, and tells %v", one)
	}
	upside := of(t, strings.Repeat("- a-1 b+\n", 8)+strings.Repeat("- a+ b-\n", 7))
	if x := upside.Questions[0].Tells; x == nil || math.Abs(*x+1) > 1e-9 {
		t.Errorf("a goes against b, and tells %v", x)
	}
	if d := upside.Doubtful(); len(d) != 2 {
		t.Errorf("both questions are doubtful, not %d", len(d))
	}
	if x := of(t, know+strings.Repeat("- a-1 b-\n", 6)).Questions[0].Tells; x != nil {
		t.Errorf("fourteen people cannot tell, and it says %v", *x)
	}
	if x := of(t, strings.Repeat("- a+ b+\n", 20)).Questions[0].Tells; x != nil {
		t.Errorf("all answered alike, and it says %v", *x)
	}
}

// Neither page nor table says anything of one person, and what is shown of the site is text.
func TestPageAndTable(t *testing.T) {
	r := of(t, group+"k8 a-2! b-\nk9 a-2 b-\n")
	r.Lang = "en-GB"
	var page, table bytes.Buffer
	if err := r.HTML(&page); err != nil {
		t.Fatal(err)
	}
	if err := r.CSV(&table); err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{"stage,one,One,2,9,22,,,,,6,,,\r\n", "rating,after,How ready?,5,9,56,,,,,,3,1,1\r\n"} {
		if !strings.Contains(table.String(), row) {
			t.Errorf("the table lacks %s:\n%s", row, table.String())
		}
	}
	for _, private := range []string{"Jane", "private words", "k1", "k8"} {
		if strings.Contains(page.String()+table.String(), private) {
			t.Errorf("%q is in the report", private)
		}
	}
	for _, want := range []string{"Say &lt;it&gt;", `<progress value="2" max="7" aria-label="Right at first try">`, `<q lang="en-GB">Which?</q> 3 chose`, "<b>3 were certain, and wrong:</b>", "<caption>"} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, not := range []string{"<script", "http:", "https:", "src="} {
		if strings.Contains(page.String(), not) {
			t.Errorf("the page has %s: it stands alone", not)
		}
	}
	rows, err := csv.NewReader(&table).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(rows, func(row []string) bool { return row[1] == "a" })
	if want := []string{"question", "a", "Which?", "2", "7", "29", "'=HYPERLINK(1)", "3", "3", "", "", "", "", ""}; !slices.Equal(rows[i], want) {
		t.Errorf("got  %q\nwant %q", rows[i], want)
	}
}

// What few people stand behind stays empty in the table, and says so on the page.
func TestFewAreNotShown(t *testing.T) {
	r := of(t, "- a-1\n- a-1\n- a-1\n- a-1\n- m\n")
	var page, table bytes.Buffer
	if err := r.HTML(&page); err != nil {
		t.Fatal(err)
	}
	if err := r.CSV(&table); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(table.String(), "question,a,Which?,,,,,,,,,,,\r\n") {
		t.Errorf("the table shows what four people answered:\n%s", table.String())
	}
	if !strings.Contains(page.String(), "too few to show") || strings.Contains(page.String(), "4 chose") || strings.Contains(page.String(), ">that<") {
		t.Error("the page shows what four people answered")
	}
}
