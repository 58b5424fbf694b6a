package report_test

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"math"
	"reflect"
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

// people reads one learner a line: a code ("-" is none), then what they did. "m" is a module done; "a+" a question right at the first try, "a-2" wrong with option 2, "a-2!" is
// that, and certain, "a~" an answer to an earlier wording, "before=1" a point of a scale.
func people(t *testing.T, lines string) (files []*progress.File) {
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		words := strings.Fields(line)
		modules, answers := []string{}, []string{}
		for _, w := range words[1:] {
			id := w[:cmpIndex(w)]
			rest := w[len(id):]
			value, score, rev, sure := "0", 0, "1", ""
			if certain, ok := strings.CutSuffix(rest, "!"); ok {
				rest, sure = certain, `,"sure":3`
			}
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
				value = cmp.Or(strings.Trim(rest, "-"), "0")
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
k1 m a+! b+ before=1 after=2
k2 m n a-1 b+ before=1 after=1
k3 a-1! b+ before=2 after=1
k4 a-2! b- before=0 after=2
k5 a+ guess-1 quiz-1 before=0 after=1
k6 a~
k7 x-1!
`

func of(t *testing.T, lines string) *report.Report {
	files := slices.DeleteFunc(people(t, lines), func(f *progress.File) bool { return !report.On(cur, &cur.Paths[0], f) })
	return report.Make(cur, &cur.Paths[0], checks, files, report.Smallest)
}

// What counts is the first try at the question as it is now: no later one, no earlier wording, no prediction, no quiz, and nothing of other paths.
func TestFirstTries(t *testing.T) {
	r := of(t, group)
	if len(r.Questions) != 2 {
		t.Fatalf("%d questions, want the two that are right or wrong: %+v", len(r.Questions), r.Questions)
	}
	a := r.Questions[0]
	want := report.Question{ID: "a", Prompt: "Which?", Module: "Basics", First: report.Share{N: 2, Of: 5}, Earlier: report.Share{N: 1, Of: 6, Few: true}, Chosen: []string{"that"}, ChosenBy: 2, Certain: report.Share{N: 2, Of: 3, Few: true}}
	if !reflect.DeepEqual(a, want) {
		t.Errorf("got  %+v\nwant %+v", a, want)
	}
	if b := r.Questions[1].First; !b.Few {
		t.Errorf("four people answered b, and a figure is shown of %d of %d", b.N, b.Of)
	}
	// Nor are they in a sum, from which they could be taken; and one question is not the hardest of those that can be shown.
	if m := r.Modules[0]; m.First != (report.Share{N: 2, Of: 5}) || m.Done != (report.Share{N: 2, Of: 6}) || m.Hardest != "" {
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
	if r.People != 6 || r.Done != (report.Share{N: 1, Of: 6}) {
		t.Errorf("%d people, done %+v", r.People, r.Done)
	}
	want := []report.Stage{{ID: "one", Title: "One", Done: report.Share{N: 2, Of: 6}, Open: 4}, {ID: "two", Title: "Two", Done: report.Share{N: 1, Of: 6}, Open: 1}}
	if !slices.Equal(r.Stages, want) {
		t.Errorf("got  %+v\nwant %+v", r.Stages, want)
	}
	if s := r.Stuck(); len(s) != 1 || s[0].ID != "one" {
		t.Errorf("most people are at stage one, not at %+v", s)
	}
}

// Where all are alike nothing stands out: no stage, no question, no option.
func TestWhatIsAlike(t *testing.T) {
	for _, lines := range []string{"- m\n- m\n- a-1 b-\n- a-2 b-\n- a+ b+\n- m n\n", strings.Repeat("- a+ b+\n", 5), strings.Repeat("- a-1 b-\n", 5)} {
		if h := of(t, lines).Modules[0].Hardest; h != "" {
			t.Errorf("%q: %q is the hardest", lines, h)
		}
	}
	if h := of(t, "- a+ b-\n"+strings.Repeat("- a+ b+\n", 5)).Modules[0].Hardest; h != "Say <it>" {
		t.Errorf("%q is the hardest", h)
	}
	r := of(t, strings.Repeat("- a-1\n- m a-2\n", 3))
	if s := r.Stuck(); len(s) != 0 {
		t.Errorf("as many people are at each stage, and at %+v they stop", s)
	}
	if a := r.Questions[0]; !slices.Equal(a.Chosen, []string{"that", "=HYPERLINK(1)"}) || a.ChosenBy != 3 {
		t.Errorf("three people chose each, and most chose %q (%d)", a.Chosen, a.ChosenBy)
	}
}

// One clock that is wrong, to whatever side, dates nothing.
func TestTheDateIsOfHalfOfThem(t *testing.T) {
	files := people(t, strings.Repeat("- m\n", 5))
	for i, day := range []string{"2099-01-01", "2027-03-09", "2027-03-05", "1970-01-01", "2027-02-01"} {
		files[i].Modules["m"] = progress.Module{Read: day}
	}
	if r := report.Make(cur, &cur.Paths[0], checks, files, report.Smallest); r.Half != "2027-03-05" {
		t.Errorf("half of them were there on %s", r.Half)
	}
}

// Whoever did nothing of the path, or what it has in common with the one they follow, is not on it. Empty files do not make a group of one person large enough.
func TestWhoIsOnThePath(t *testing.T) {
	for _, c := range []struct {
		rest string
		want bool
	}{
		{``, false},
		{`"paths":{"p":{"started":"2027-03-01"}}`, true},
		{`"paths":{"p":{"milestones":{"met":"2027-03-01"}}}`, true},
		{`"modules":{"m":{"read":"2027-03-01"}}`, true},
		{`"modules":{"elsewhere":{"read":"2027-03-01"}}`, false},
		{`"paths":{"other":{"started":"2027-03-01"}},"modules":{"m":{"read":"2027-03-01"}}`, false},
		{`"paths":{"other":{"started":"2027-03-01"},"p":{"started":"2027-03-01"}}`, true},
		{`"marks":{"item:m:book":{"at":"2027-03-01","v":true}}`, true},
		{`"marks":{"session:m:1":{"at":"2027-03-01","v":false}}`, false},
		{`"marks":{"path-done:p":{"at":"2027-03-01","v":true}}`, true},
		{`"marks":{"path-done:other":{"at":"2027-03-01","v":true}}`, false},
		{`"answers":{"guess":{"rev":"1","first":{"at":"2027-03-01","v":[0],"s":0}}}`, true},
		{`"answers":{"x":{"rev":"1","first":{"at":"2027-03-01","v":[0],"s":0}}}`, false},
	} {
		text := `{"format":"waymark-progress","version":1`
		if c.rest != "" {
			text += "," + c.rest
		}
		if got := report.On(cur, &cur.Paths[0], must(progress.Read([]byte(text+"}")))); got != c.want {
			t.Errorf("%s: %v", c.rest, got)
		}
	}
}

// A path in a path, a page that is there for its quiz only, and questions that a quiz draws from elsewhere are of the path, each once; a path that leads back to itself ends.
func TestModulesOfAPathInAPath(t *testing.T) {
	cur := must(progress.ReadCurriculum([]byte(`waymark.site({"site":"s","modules":[
		{"id":"inner","title":"Inner","rule":"read"},{"id":"m","title":"M","rule":"read","checks":[{"id":"a","type":"single","rev":"1","points":1}]},
		{"id":"final","title":"Final","rule":"read","checks":[{"id":"quiz","type":"quiz","rev":"1"}]},{"id":"pool","title":"Pool","rule":"read","checks":[{"id":"b","type":"single","rev":"1"}]}],
	"paths":[{"id":"outer","title":"Outer","rule":{"stages":["s"]},"stages":[{"id":"s","items":[{"item":"quiz","id":"quiz"},{"item":"module","id":"inner"}]}]},
		{"id":"inner","title":"Inner","rule":{"stages":["s"]},"stages":[{"id":"s","items":[{"item":"module","id":"m"},{"item":"module","id":"outer"}]}]}]});`)))
	checks := map[string]*quiz.Check{"a": checks["a"], "b": {ID: "b", Type: quiz.Short, Settings: quiz.Settings{Pool: "x"}}, "quiz": {ID: "quiz", Type: quiz.Quiz, Draw: quiz.Draw{Pool: "x", From: "site"}}}
	r := report.Make(cur, &cur.Paths[0], checks, people(t, strings.Repeat("- a+ b+ quiz+\n", 5)), report.Smallest)
	var names []string
	for _, m := range r.Modules {
		names = append(names, fmt.Sprint(m.ID, m.Done.N))
	}
	for _, q := range r.Questions {
		names = append(names, fmt.Sprint(q.ID, q.First.N))
	}
	if want := []string{"final5", "inner0", "m0", "b5", "a5"}; !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
}

func TestBeforeAndAfter(t *testing.T) {
	r := of(t, group)
	want := []report.Rating{{ID: "after", Prompt: "How ready?", Twice: report.Share{N: 5, Of: 6}, Up: 3, Same: 1, Down: 1}}
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

// The files of a learner are one, whatever each of them holds. Files without a code are of learners of their own.
func TestFilesOfOneLearnerAreJoined(t *testing.T) {
	files := people(t, "k a+\nk m\n- a+\n- a+\nj a+\nk b+")
	each, of := report.Join(files)
	if len(each) != 4 || !slices.Equal(of, []int{0, 0, 1, 2, 3, 0}) {
		t.Fatalf("%d learners: %v", len(each), of)
	}
	if f := each[0]; !f.Answered("a") || !f.Answered("b") || !f.ModuleDone("m") {
		t.Errorf("the learner is %+v", f)
	}
	if files[0].Answered("b") {
		t.Error("a file was changed")
	}
	// A code that was typed for one file and not for another changes nothing of the browser; a third file joins two that have nothing else in common.
	files = people(t, "own a+\n- a+\ngiven m\n- m\ngiven b+")
	for i, seed := range []string{"7", "null", "8", "null", "7"} {
		files[i].Seed = []byte(seed)
	}
	if each, of := report.Join(files); len(each) != 3 || !slices.Equal(of, []int{0, 1, 0, 2, 0}) || !each[0].Answered("b") || !each[0].ModuleDone("m") {
		t.Errorf("%d learners: %v", len(each), of)
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
	// What four people answered is not in it, or the number would tell it.
	few := strings.Repeat("- a+ b+\n", 4)
	if x := of(t, few+strings.Repeat("- a+\n- a-1\n", 8)).Questions[0].Tells; x != nil {
		t.Errorf("it tells %v by four answers to another question", *x)
	}
}

// Neither page nor table says anything of one person, and what is shown of the site is text.
func TestPageAndTable(t *testing.T) {
	r := of(t, group+"k8 a-2! b-\nk9 a-2! b-\n")
	r.Lang, r.Left = "en-GB", 3
	var page, table bytes.Buffer
	if err := r.HTML(&page); err != nil {
		t.Fatal(err)
	}
	if err := r.CSV(&table); err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{"people,,,8,,,,,,,,,,\r\nfiles joined,,,0,,,,,,,,,,\r\nfiles left out,,,3,,,,,,,,,,\r\n", "stage,one,One,2,8,25,,,,,6,,,\r\n", "rating,after,How ready?,5,8,63,,,,,,3,1,1\r\n"} {
		if !strings.Contains(table.String(), row) {
			t.Errorf("the table lacks %s:\n%s", row, table.String())
		}
	}
	for _, private := range []string{"Jane", "private words", "k1", "k8"} {
		if strings.Contains(page.String()+table.String(), private) {
			t.Errorf("%q is in the report", private)
		}
	}
	for _, want := range []string{"Say &lt;it&gt;", `<progress value="2" max="7" aria-label="Right at first try">`, `<q lang="en-GB" dir="auto">Which?</q> 3 chose`, "3 files were left out", "<b>4 were certain, and wrong:</b>", "<caption>", "<td>4 of 5</td>"} {
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
	if want := []string{"question", "a", "Which?", "2", "7", "29", "'=HYPERLINK(1)", "3", "4", "", "", "", "", ""}; !slices.Equal(rows[i], want) {
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

// A share is rounded to whole percent; of nothing it is nothing.
func TestPercent(t *testing.T) {
	for s, want := range map[report.Share]int{{N: 1, Of: 1}: 100, {N: 1, Of: 3}: 33, {N: 2, Of: 3}: 67, {}: 0, {Of: 5}: 0} {
		if got := s.Percent(); got != want {
			t.Errorf("%d of %d are %d %%, not %d", s.N, s.Of, got, want)
		}
	}
}

// A wrong option is named when two chose it: what one person chose is nobody's business. Only a choice has options that people choose.
func TestTheWrongOption(t *testing.T) {
	others := strings.Repeat("- a+\n", 4)
	for lines, want := range map[string]string{
		"- a-1\n":                      "",
		"- a-1\n- a-2\n":               "",
		"- a-2\n- a-2\n- a-1\n":        "=HYPERLINK(1)",
		"- a-2\n- a-1\n- a-2\n- a-1\n": "that =HYPERLINK(1)",
	} {
		if q := of(t, others+lines).Questions[0]; strings.Join(q.Chosen, " ") != want || (q.ChosenBy > 0) != (want != "") {
			t.Errorf("%q: %q, chosen by %d", lines, q.Chosen, q.ChosenBy)
		}
	}
	order := map[string]*quiz.Check{"a": {ID: "a", Type: quiz.Order, Prompt: checks["a"].Prompt, Options: checks["a"].Options}}
	if q := report.Make(cur, &cur.Paths[0], order, people(t, others+"- a-1\n- a-1\n"), report.Smallest).Questions[0]; len(q.Chosen) > 0 {
		t.Errorf("of an ordering %q is named", q.Chosen)
	}
}
