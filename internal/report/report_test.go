package report_test

import (
	"cmp"
	"fmt"
	"html"
	"maps"
	"reflect"
	"regexp"
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
	{"id":"a","type":"single","rev":"1","points":1,"objectives":["o"]},{"id":"b","type":"text","rev":"1","points":1,"objectives":["o","say"]},
	{"id":"guess","type":"single","rev":"1","points":0},{"id":"quiz","type":"quiz","rev":"1","points":2},{"id":"story","type":"scenario","rev":"1","points":1},{"id":"before","type":"rating","rev":"1"}]},
{"id":"n","title":"More","rule":"read","checks":[{"id":"after","type":"rating","rev":"2","same":"before","title":"How ready?"}]},
{"id":"elsewhere","title":"Elsewhere","rule":"read","checks":[{"id":"x","type":"single","rev":"1","points":1}]}],
"paths":[{"id":"p","title":"Path","rule":{"stages":["one","two"]},"stages":[
{"id":"one","title":"One","items":[{"item":"module","id":"m"}]},{"id":"two","title":"Two","items":[{"item":"choose","choose":1,"from":[{"item":"module","id":"n"}]}]}]}]});
`)))
	checks = map[string]*quiz.Check{
		"a":      {ID: "a", Type: quiz.Single, Prompt: quiz.Rich{Plain: "Which?"}, Options: options("=this", "that", "=HYPERLINK(1)")},
		"b":      {ID: "b", Type: quiz.Short, Prompt: quiz.Rich{Plain: "Say <it>"}},
		"guess":  {ID: "guess", Type: quiz.Single, Prompt: quiz.Rich{Plain: "Guess"}, Options: options("=yes", "no"), Settings: quiz.Settings{Tone: "neutral"}},
		"quiz":   {ID: "quiz", Type: quiz.Quiz},
		"story":  {ID: "story", Type: quiz.Scenario, Scenes: []quiz.Scene{{Ending: quiz.EndsWell}}},
		"before": {ID: "before", Type: quiz.Rating},
		"after":  {ID: "after", Type: quiz.Rating}, // it asks what the one before asks: its title says so
		"x":      {ID: "x", Type: quiz.Single, Options: options("=yes", "no")},
	}
)

// A longer path: four stages, each of a module, and beside them two modules of questions that no stage asks for; u, v, w and y check an objective each.
var (
	long = must(progress.ReadCurriculum([]byte(`waymark.site({"site":"s","modules":[
{"id":"s1","title":"S1","rule":"read"},{"id":"s2","title":"S2","rule":"read"},{"id":"s3","title":"S3","rule":"read"},{"id":"s4","title":"S4","rule":"read"},
{"id":"q","title":"Q","rule":"read","checks":[{"id":"a"},{"id":"b"},{"id":"c"},{"id":"d"},{"id":"e"}]},
{"id":"r","title":"R","rule":"read","checks":[{"id":"u","objectives":["do u"]},{"id":"v","objectives":["do v"]},{"id":"w","objectives":["do w"]},{"id":"y","objectives":["do y"]}]}],
"paths":[{"id":"p","title":"Path","rule":"manual","stages":[
{"id":"1","title":"One","items":[{"item":"module","id":"s1"},{"item":"optional","id":"q"},{"item":"optional","id":"r"}]},
{"id":"2","title":"Two","items":[{"item":"module","id":"s2"}]},{"id":"Three","items":[{"item":"module","id":"s3"}]},{"id":"4","title":"Four","items":[{"item":"module","id":"s4"}]}]}]});`)))
	asked = map[string]*quiz.Check{}
)

func init() {
	for _, id := range strings.Split("abcdeuvwy", "") {
		asked[id] = &quiz.Check{ID: id, Type: quiz.Short, Prompt: quiz.Rich{Plain: id}}
		long.Check(id).Rev = "1"
	}
}

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

// people reads one learner a line: a code ("-" is none, "8x" are eight learners without one), then what they did. "m" is a module done; "a+" a question right at the first try,
// "a-2" wrong with option 2, "a-2!" is that, and certain, "a-2?" is that, and not sure at all, "a~" an answer to an earlier wording, "before=1" a point of a scale.
func people(t *testing.T, lines string) (files []*progress.File) {
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		words := strings.Fields(line)
		modules, answers := []string{}, []string{}
		for _, w := range words[1:] {
			id := w[:cmpIndex(w)]
			rest := w[len(id):]
			value, score, rev, sure := "0", 0, "1", ""
			if c := cur.Check(id); c != nil {
				rev = c.Rev
			}
			if certain, ok := strings.CutSuffix(rest, "!"); ok {
				rest, sure = certain, `,"sure":3`
			} else if guessed, ok := strings.CutSuffix(rest, "?"); ok {
				rest, sure = guessed, `,"sure":1`
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
		code, n := fmt.Sprintf("%q", words[0]), 1
		if _, err := fmt.Sscanf(words[0], "%dx", &n); err == nil || words[0] == "-" {
			code = "null"
		}
		for range n {
			f, err := progress.Read(fmt.Appendf(nil, `{"format":"waymark-progress","version":1,"site":"s","learner":{"code":%s,"name":"Jane Doe"},"modules":{%s},"answers":{%s},"notes":{"r":{"text":"private words"}}}`,
				code, strings.Join(modules, ","), strings.Join(answers, ",")))
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
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
k2 m n a-1? b+ before=1 after=1
k3 a-1! b+ before=2 after=1
k4 a-2! b- before=0 after=2
k5 a+? guess-1 quiz-1 story+ before=0 after=1
k6 a~
k7 x-1!
`

func of(t *testing.T, lines string) *report.Report {
	files := slices.DeleteFunc(people(t, lines), func(f *progress.File) bool { return !report.On(cur, &cur.Paths[0], f) })
	return report.Make(cur, &cur.Paths[0], checks, nil, files, report.Smallest)
}

// page and table are what is written of a report.
func page(t *testing.T, r *report.Report) string {
	var w strings.Builder
	if err := r.HTML(&w); err != nil {
		t.Fatal(err)
	}
	return w.String()
}

func table(t *testing.T, r *report.Report) string {
	var w strings.Builder
	if err := r.CSV(&w); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(w.String(), "\r\n", "\n")
}

// text is what a page says, without its markup: a sentence, or a row of a table, a line.
func text(t *testing.T, r *report.Report) string {
	_, s, _ := strings.Cut(page(t, r), "<main>")
	s = regexp.MustCompile(`</(th|td)>\s*`).ReplaceAllString(s, "|")
	s = html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(strings.ReplaceAll(s, "<br>", " / "), ""))
	var lines []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.ReplaceAll(strings.Join(lines, "\n"), "| ", "|")
}

// What counts is the first try at the question as it is now: no later one, no earlier wording, no prediction, no quiz, no scenario, and nothing of other paths.
func TestFirstTries(t *testing.T) {
	r := of(t, group)
	if len(r.Questions) != 2 {
		t.Fatalf("%d questions, want the two that are right or wrong: %+v", len(r.Questions), r.Questions)
	}
	a := r.Questions[0]
	want := report.Question{ID: "a", Prompt: "Which?", Module: "Basics", First: report.Share{N: 2, Of: 5}, Earlier: report.Share{N: 1, Of: 6, Few: true}, Chosen: []string{"that"}, ChosenBy: 2, Certain: report.Share{N: 2, Of: 5}}
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
	objectives := []report.Objective{{ID: "o", Text: "Tell one from the other", First: report.Share{N: 2, Of: 5}}, {ID: "say", Text: "say", First: report.Share{Few: true}}}
	if !slices.Equal(r.Objectives, objectives) {
		t.Errorf("got  %+v\nwant %+v", r.Objectives, objectives)
	}
}

// A try that came with a resume link says how good the best was, not what the first was: it is none. One person who answered before a change is not shown, five are.
func TestWhatIsNoFirstTry(t *testing.T) {
	files := people(t, "5x a+\n3x a-1")
	for _, f := range files[:3] {
		f.Answers["a"].First.Value = nil
	}
	a := report.Make(cur, &cur.Paths[0], checks, nil, files, report.Smallest).Questions[0]
	if a.First != (report.Share{N: 2, Of: 5}) || a.Earlier.N != 0 {
		t.Errorf("got %+v, %+v", a.First, a.Earlier)
	}
	if e := of(t, "5x a~\n- a+").Questions[0].Earlier; e != (report.Share{N: 5, Of: 6}) {
		t.Errorf("answered before the change: %+v", e)
	}
}

// A module is done where the path has it as its stage says: when its meetings were held, when its test was passed.
func TestAModuleIsDoneAsItsStageSays(t *testing.T) {
	path := cur.Paths[0]
	path.Stages = []progress.StageData{{ID: "one", Items: []progress.StopData{{Item: "session", ID: "n", Repeat: 2}, {Item: "module", ID: "m", TestOut: "quiz"}}}}
	files := people(t, "5x quiz+\n")
	for _, f := range files[:4] {
		f.Marks = map[string]progress.Mark{"session:n:1": {At: "2027-03-01"}, "session:n:2": {At: "2027-03-01"}}
	}
	r := report.Make(cur, &path, checks, nil, files, report.Smallest)
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
	for _, lines := range []string{"- m\n- m\n- a-1 b-\n- a-2 b-\n- a+ b+\n- m n\n", "5x a+ b+\n", "5x a-1 b-\n"} {
		if h := of(t, lines).Modules[0].Hardest; h != "" {
			t.Errorf("%q: %q is the hardest", lines, h)
		}
	}
	if h := of(t, "1x a+ b-\n5x a+ b+").Modules[0].Hardest; h != "Say <it>" {
		t.Errorf("%q is the hardest", h)
	}
	r := of(t, strings.Repeat("- a-1\n- m a-2\n", 3))
	if s := r.Stuck(); len(s) != 0 {
		t.Errorf("as many people are at each stage, and at %+v they stop", s)
	}
	if a := r.Questions[0]; !slices.Equal(a.Chosen, []string{"that", "=HYPERLINK(1)"}) || a.ChosenBy != 3 {
		t.Errorf("three people chose each, and most chose %q (%d)", a.Chosen, a.ChosenBy)
	}
	if !strings.Contains(text(t, r), "|that (3) / =HYPERLINK(1) (3)|") {
		t.Errorf("the page does not name both:\n%s", text(t, r))
	}
}

// One clock that is wrong, to whatever side, dates nothing, and where most did nothing that has a date none is said.
func TestTheDateIsOfHalfOfThem(t *testing.T) {
	for days, want := range map[[5]string]string{
		{"2027-03-05", "2099-01-01", "2027-03-09", "1970-01-01", "2027-02-01"}: "2027-03-05",
		{"2027-03-09", "", "", "", "2027-03-05"}:                               "",
	} {
		files := people(t, "5x m")
		for i, day := range days {
			files[i].Modules["m"] = progress.Module{Read: day}
		}
		r := report.Make(cur, &cur.Paths[0], checks, nil, files, report.Smallest)
		if said := strings.Contains(page(t, r), "half of them"); r.Half != want || said != (want != "") {
			t.Errorf("%v: half of them were there on %q, said is %t", days, r.Half, said)
		}
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
		{`"paths":{"p":{"done":"2027-03-01"}}`, true},
		{`"paths":{"p":{"milestones":{"met":"2027-03-01"}}}`, true},
		{`"modules":{"m":{"read":"2027-03-01"}}`, true},
		{`"modules":{"m":{"done":"2027-03-01"}}`, true},
		{`"modules":{"elsewhere":{"read":"2027-03-01"}}`, false},
		{`"paths":{"other":{"started":"2027-03-01"}},"modules":{"m":{"read":"2027-03-01"}}`, false},
		{`"paths":{"other":{"started":"2027-03-01"},"p":{"started":"2027-03-01"}}`, true},
		{`"marks":{"item:m:book":{"at":"2027-03-01","v":true}}`, true},
		{`"marks":{"session:m:1":{"at":"2027-03-01","v":false}}`, false},
		{`"marks":{"path-done:p":{"at":"2027-03-01","v":true}}`, true},
		{`"marks":{"path-done:other":{"at":"2027-03-01","v":true}}`, false},
		{`"marks":{"milestone:p:met":{"at":"2027-03-01","v":true}}`, true},
		{`"marks":{"milestone:other:met":{"at":"2027-03-01","v":true}}`, false},
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

// A path in a path, a page that is there for its quiz or reflection only, and questions that quizzes draw from elsewhere are of the path, each once; a path that leads back to itself ends.
// A page that is there for its quiz and also as a module is done as a module is.
func TestModulesOfAPathInAPath(t *testing.T) {
	cur := must(progress.ReadCurriculum([]byte(`waymark.site({"site":"s","modules":[
		{"id":"inner","title":"Inner","rule":"read"},{"id":"m","title":"M","rule":"read","checks":[{"id":"a","type":"single","rev":"1","points":1}]},
		{"id":"final","title":"Final","rule":"read","checks":[{"id":"quiz","type":"quiz","rev":"1"}]},{"id":"again","title":"Again","rule":"read","checks":[{"id":"quiz2","type":"quiz","rev":"1"}]},
		{"id":"pool","title":"Pool","rule":"read","checks":[{"id":"b","type":"single","rev":"1"},{"id":"other","type":"single","rev":"1"}]},{"id":"diary","title":"Diary","rule":"read","checks":[{"id":"think","type":"reflection","rev":"1"}]},{"id":"outer","title":"Outer","rule":"read"}],
	"paths":[{"id":"outer","title":"Outer","rule":{"stages":["s"]},"stages":[{"id":"s","items":[{"item":"quiz","id":"quiz"},{"item":"quiz","id":"quiz2"},{"item":"reflection","id":"think"},{"item":"module","id":"again"},{"item":"module","id":"inner"}]}]},
		{"id":"inner","title":"Inner","rule":{"stages":["s"]},"stages":[{"id":"s","items":[{"item":"module","id":"m"},{"item":"module","id":"outer"}]}]}]});`)))
	checks := map[string]*quiz.Check{"a": checks["a"], "b": {ID: "b", Type: quiz.Short}, "other": {ID: "other", Type: quiz.Short}, "quiz": {ID: "quiz", Type: quiz.Quiz}, "quiz2": {ID: "quiz2", Type: quiz.Quiz}}
	draws := map[string][]string{"quiz": {"a", "b"}, "quiz2": {"b", "of another audience"}}
	r := report.Make(cur, &cur.Paths[0], checks, draws, people(t, "5x a+ b+ other+ quiz+ quiz2+ think+"), report.Smallest)
	var names []string
	for _, m := range r.Modules {
		asks := ""
		if m.Asks {
			asks = "?"
		}
		names = append(names, fmt.Sprint(m.ID, m.Done.N, asks))
	}
	for _, q := range r.Questions {
		names = append(names, fmt.Sprint(q.Prompt, q.First.N)) // its id where it has none
	}
	if want := []string{"final5?", "again0", "diary5", "inner0", "m0?", "outer0", "b5", "Which?5"}; !slices.Equal(names, want) {
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
	for _, lines := range []string{"5x before=1 after~", "5x before~ after=1"} {
		if r := of(t, lines).Ratings[0]; r.Twice.N != 0 {
			t.Errorf("%s: two scales are compared: %+v", lines, r)
		}
	}
	// It is called by what it asks, or else by what the one before asks, or by its id.
	for want, c := range map[string][2]string{"Own": {"Own", "Title"}, "Title": {"", "Title"}, "after": {}} {
		checks, cur := maps.Clone(checks), *cur
		checks["after"] = &quiz.Check{ID: "after", Type: quiz.Rating, Prompt: quiz.Rich{Plain: c[0]}}
		cur.Modules = slices.Clone(cur.Modules)
		cur.Modules[1].Checks = []progress.CheckData{{ID: "after", Same: "before", Title: c[1]}}
		if r := report.Make(&cur, &cur.Paths[0], checks, nil, people(t, "5x m"), report.Smallest).Ratings[0]; r.Prompt != want {
			t.Errorf("it is called %q, not %q", r.Prompt, want)
		}
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

// A question tells those who know from those who do not when right answers to it go with right answers elsewhere. It takes fifteen people to say, who answered both.
func TestTellsApart(t *testing.T) {
	for _, c := range []struct {
		rule, lines string
		smallest    int
		want        string
	}{
		{"it goes with the other", "8x a+ b+\n7x a- b-", 5, "1.00"},
		{"it goes against the other", "8x a- b+\n7x a+ b-", 5, "-1.00"},
		{"fourteen people cannot tell", "8x a+ b+\n6x a- b-", 5, ""},
		{"nor can fourteen with others who answered only this", "8x a+ b+\n6x a- b-\n9x a+", 5, ""},
		{"nor can fifteen where sixteen are asked for", "8x a+ b+\n7x a- b-\n1x a+\n1x b+", 16, ""},
		{"who answered only this changes nothing", "8x a+ b+\n7x a- b-\n9x a-\n9x b-", 5, "1.00"},
		{"all answered alike", "20x a+ b+", 5, ""},
		{"all answered this alike", "10x a+ b+\n10x a+ b-", 5, ""},
		{"all answered the other alike", "10x a+ b+\n10x a- b+", 5, ""},
		{"what four people answered is not in it, or the number would tell it", "8x a+ b+\n4x a- b- c+\n7x a- b-", 5, "1.00"},
		{"nothing is never minus nothing", "7x a+ b+\n5x a+ b-\n10x a- b+\n7x a- b-", 5, "0.00"},
	} {
		r := report.Make(long, &long.Paths[0], asked, nil, people(t, c.lines), c.smallest)
		_, row, _ := strings.Cut(table(t, r), "question,a,")
		got := strings.Split(row, ",")[7]
		if got != c.want || !strings.Contains(page(t, r), "<td>"+c.want+"</td></tr>") {
			t.Errorf("%s: %q, want %q", c.rule, got, c.want)
		}
	}
}

// More than right and less than wrong, as a file may say that somebody changed, are right and wrong.
func TestScoresThatThereAreNot(t *testing.T) {
	lines := "8x a+ b+\n3x a+ b-\n4x a-1 b+\n3x a-1 b-"
	files := people(t, lines)
	files[0].Answers["a"].First.Score, files[17].Answers["a"].First.Score = 100, -100
	if got, want := table(t, report.Make(cur, &cur.Paths[0], checks, nil, files, report.Smallest)), table(t, of(t, lines)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Neither page nor table says anything of one person, the page stands alone, and what is shown of the site is text.
func TestWhatIsNeverSaid(t *testing.T) {
	r := of(t, group+"k8 a-2! b-\nk9 a-2! b-\n")
	r.Lang = "en-GB"
	for _, want := range []string{"Say &lt;it&gt;", `<progress value="2" max="7" aria-label="Right at first try">`, `<q lang="en-GB" dir="auto">Which?</q> 3 chose`, "<caption>"} {
		if !strings.Contains(page(t, r), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, not := range []string{"Jane", "private words", "k1", "k8", "<script", "http:", "https:", "src="} {
		if strings.Contains(page(t, r)+table(t, r), not) {
			t.Errorf("%q is in the report", not)
		}
	}
}

// The page says all that is counted, in the order of the path, and how much is not.
func TestThePage(t *testing.T) {
	r := report.Make(cur, &cur.Paths[0], checks, nil, people(t, everything+"6x a~\n"), 6)
	r.Cohort, r.Joined, r.Left = "Spring", 2, 1
	want := strings.TrimSpace(`
Group report: Spring, Path
From the progress files of 21 people; half of them did something on 2027-03-02 or later. 0 of 21 have finished the path. Names and texts were not read. Where fewer than 6 people
stand behind a figure, it is not shown. The figures speak of those who chose to share.
2 files were joined with another of the same code or browser, as of one person.
1 file was left out; the program said which, and why, when it made the report.
Where to help
Where people stop
One is the first stage that 13 people have not done: ask them what holds them up.
What is hard
8 of 15 right at the first try: Which? 4 chose =HYPERLINK(1). Basics
8 of 15 right at the first try: Say <it> Basics
What is believed, and wrong
4 were certain, and wrong: Which? Basics
Which objectives stay below 80 %
53 % of first tries right: Tell one from the other
53 % of first tries right: say
Stages
How many have done each stage, and for how many it is the first that they have not done, though some may be further on
Stage|Done|First open for|
One|8 of 21 (38 %)|13|
Two|3 of 21 (14 %)|8|
Modules
How many have done each module, and how many first tries at its questions were right
Module|Done|Right at first try|Hardest question|
Basics|8 of 21 (38 %)|16 of 30 (53 %)||
More|3 of 21 (14 %)|–||
Questions
First tries at each question as it is now
Question|Right at first try|Most chosen wrong option|Certain, and wrong|Tells apart|
Which? / Basics / 6 more answered before it was changed|8 of 15 (53 %)|=HYPERLINK(1) (4)|4 of 12|1.00|
Say <it> / Basics|8 of 15 (53 %)||–|1.00|
“Tells apart” says whether those who answer the other questions well answer this one better: near 1 they do, near 0 they do not, below 0 they do worse. It takes 15 answers.
Objectives
First tries at the questions that check each objective
Objective|Right at first try|
Tell one from the other|16 of 30 (53 %)|
say|8 of 15 (53 %)|
Before and after
Those who rated themselves twice, on one scale
Rating|Rated twice|Higher|The same|Lower|
How ready?|15 of 21|8|4|3|
`)
	if got := text(t, r); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	r.Joined, r.Left = 1, 3
	for _, want := range []string{"1 file was joined", "3 files were left out"} {
		if !strings.Contains(text(t, r), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

// What a path does not have the page does not speak of.
func TestAPathWithoutQuestions(t *testing.T) {
	path := long.Paths[0]
	path.Stages = path.Stages[1:]
	got := text(t, report.Make(long, &path, asked, nil, people(t, "5x s2"), report.Smallest))
	for _, part := range []string{"Questions", "Objectives", "Before and after", "Too few"} {
		if strings.Contains(got, part) {
			t.Errorf("the page speaks of %s:\n%s", part, got)
		}
	}
}

// The hardest question is one of its module, whatever is harder elsewhere.
func TestTheHardestQuestionOfAModule(t *testing.T) {
	r := report.Make(long, &long.Paths[0], asked, nil, people(t, "3x a- b- u+ v-\n2x a- b+ u+ v+"), report.Smallest)
	if got, want := text(t, r), "Q|0 of 5 (0 %)|2 of 10 (20 %)|a|\nR|0 of 5 (0 %)|7 of 10 (70 %)|v|\n"; !strings.Contains(got, want) {
		t.Errorf("the page lacks\n%s\n%s", want, got)
	}
}

// everything is a group of which everything can be shown.
const everything = "8x m a+! b+ before=1 after=2\n4x a-2! b- before=1 after=1\n3x n a-1 b- before=2 after=1\n"

// The table has a row for all that is counted, in the order of the path, and nothing in it is a formula for a spreadsheet.
func TestTheTable(t *testing.T) {
	r := of(t, everything)
	r.Joined, r.Left = 2, 1
	want := "\ufeff" + `level,id,title,number,of,percent,wrong option,chosen by,certain and wrong,tells apart,first open for,higher,the same,lower
people,,,15,,,,,,,,,,
files joined,,,2,,,,,,,,,,
files left out,,,1,,,,,,,,,,
path,,Path,0,15,0,,,,,,,,
stage,one,One,8,15,53,,,,,7,,,
stage,two,Two,3,15,20,,,,,8,,,
module,m,Basics,8,15,53,,,,,,,,
module questions,m,Basics,16,30,53,,,,,,,,
module,n,More,3,15,20,,,,,,,,
question,a,Which?,8,15,53,'=HYPERLINK(1),4,4,1.00,,,,
question,b,Say <it>,8,15,53,,,,1.00,,,,
objective,o,Tell one from the other,16,30,53,,,,,,,,
objective,say,say,8,15,53,,,,,,,,
rating,after,How ready?,15,15,100,,,,,,8,4,3
`
	if got := table(t, r); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Of a group that is smaller than a figure may be there is no report, nor of two people, whatever is asked for. What all of the smallest group did is shown.
func TestHowManyItTakes(t *testing.T) {
	for _, c := range []struct {
		people, smallest int
		want             bool
	}{{4, 5, false}, {5, 5, true}, {7, 8, false}, {8, 8, true}, {2, 0, false}, {3, 0, true}, {0, 0, false}} {
		r := report.Make(cur, &cur.Paths[0], checks, nil, people(t, fmt.Sprintf("%dx m a+! b+ before=1 after=2", c.people)), c.smallest)
		switch {
		case (r != nil) != c.want:
			t.Errorf("%d people where %d are asked for: a report is %t", c.people, c.smallest, r != nil)
		case r != nil && strings.Contains(strings.ToLower(page(t, r)), "too few"):
			t.Errorf("%d people are too few where %d are asked for", c.people, c.smallest)
		}
	}
}

// What few people stand behind stays empty in the table, and the page says so, with how much there is of it.
func TestFewAreNotShown(t *testing.T) {
	const ofOneQuestion, ofTwoQuestions = "Too few people have answered 1 of the questions to show anything of it.", "Too few people have answered 2 of the questions to show anything of them."
	const ofOneObjective, ofTwoObjectives = "Too few people have answered what checks 1 of the objectives to show anything of it.", "Too few people have answered what checks 2 of the objectives to show anything of them."
	for _, c := range []struct {
		lines          string
		rows, say, not []string
	}{
		{"4x a-1!\n1x m", []string{"question,a,Which?,,,,,,,,,,,\n", "module questions,m,Basics,,,,,,,,,,,\n", "objective,o,Tell one from the other,,,,,,,,,,,\n"},
			[]string{"Basics|1 of 5 (20 %)|too few to show||", ofTwoQuestions, ofTwoObjectives}, []string{"4 chose", "that (", "4 were certain", "First tries at"}},
		{"5x a+\n4x b-!", []string{"question,b,Say <it>,,,,,,,,,,,\n", "objective,o,Tell one from the other,5,5,100,,,,,,,,\n"}, []string{ofOneQuestion, ofOneObjective}, []string{"Say <it>", "\nsay|", "5 of 9"}},
		{"4x a-1!\n5x a~ b+", nil, []string{"Which? / Basics / 5 more answered before it was changed|too few to show||||", "Basics|0 of 9 (0 %)|5 of 5 (100 %)||"}, []string{"Too few people have answered 1 of the questions"}},
		{"4x a~\n5x a+ b+", nil, nil, []string{"answered before it was changed", "Too few"}},
		{"4x before=1 after=2\n1x before=1", []string{"rating,after,How ready?,,,,,,,,,,,\n"}, []string{"How ready?|too few to show||||"}, nil},
	} {
		r := of(t, c.lines)
		for _, row := range c.rows {
			if got := table(t, r); !strings.Contains(got, row) {
				t.Errorf("%q: the table lacks %s\n%s", c.lines, row, got)
			}
		}
		for _, want := range c.say {
			if got := text(t, r); !strings.Contains(got, want) {
				t.Errorf("%q: the page lacks %s\n%s", c.lines, want, got)
			}
		}
		for _, not := range c.not {
			if got := text(t, r); strings.Contains(got, not) {
				t.Errorf("%q: the page has %s\n%s", c.lines, not, got)
			}
		}
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
	others := "4x a+\n"
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
	both := map[string]*quiz.Check{"a": {ID: "a", Type: quiz.Multiple, Prompt: checks["a"].Prompt, Options: checks["a"].Options}}
	if q := report.Make(cur, &cur.Paths[0], both, nil, people(t, others+"2x a-0,1"), report.Smallest).Questions[0]; !slices.Equal(q.Chosen, []string{"that"}) {
		t.Errorf("of what was chosen with the right option %q is named", q.Chosen)
	}
	order := map[string]*quiz.Check{"a": {ID: "a", Type: quiz.Order, Prompt: checks["a"].Prompt, Options: checks["a"].Options}}
	if q := report.Make(cur, &cur.Paths[0], order, nil, people(t, others+"- a-1\n- a-1\n"), report.Smallest).Questions[0]; len(q.Chosen) > 0 {
		t.Errorf("of an ordering %q is named", q.Chosen)
	}
}

// What is named on top: at most three things of a sort, the worst first, those alike in the order of the path, and nothing that few people stand behind. Where there is nothing of the
// kind the page says that.
func TestWhereToHelp(t *testing.T) {
	const quiet = "Nothing stands out."
	for _, c := range []struct {
		rule   string
		stages int
		lines  string
		want   string
	}{
		{"one person is nobody to ask", 4, "1x s1\n4x s1 s2 s3 s4", quiet},
		{"two are", 4, "2x s1\n1x s1 s2\n4x s1 s2 s3 s4", `
Where people stop
Two is the first stage that 2 people have not done: ask them what holds them up.`},
		{"as many are at half of the stages", 4, "2x s1\n2x s1 s2\n1x s1 s2 s3", `
Where people stop
Two is the first stage that 2 people have not done: ask them what holds them up.
Three is the first stage that 2 people have not done: ask them what holds them up.`},
		{"as many are at most stages", 4, "2x s1\n2x s1 s2\n2x s1 s2 s3", quiet},
		{"as many are at both stages", 2, "3x a+\n3x s1", quiet},
		{"there is one stage", 1, "5x a+", `
Where people stop
One is the first stage that 5 people have not done: ask them what holds them up.`},

		{"60 % are not hard", 0, "3x a+\n2x a-", quiet},
		{"the hardest three", 0, "1x a+ b+ c+ d- e-\n1x a+ b- c+ d- e-\n2x a- b- c- d- e-\n1x a- b- c- d-", `
What is hard
0 of 5 right at the first try: d Q
1 of 5 right at the first try: b Q
2 of 5 right at the first try: a Q`},

		{"two were certain, one was, two of four were", 0, "1x a-! b-! c-!\n1x a-! b+! c-!\n2x a+! b+! c+!\n1x a+! b+! c+", `
What is believed, and wrong
2 were certain, and wrong: a Q`},
		{"the most first", 0, "2x a-! b-!\n1x a+! b-!\n5x a+! b+!", `
What is believed, and wrong
3 were certain, and wrong: b Q
2 were certain, and wrong: a Q`},

		{"80 % are enough for an objective, and four people too few", 0, "4x u+ v+ w+ y-\n2x u+ v+ w+\n1x u+ v+ w-\n1x u+ v- w-\n2x u- v- w-", `
Which objectives stay below 80 %
60 % of first tries right: do w
70 % of first tries right: do v`},

		{"a tells -0.07, b -0.38, and c 0.10", 0, "1x a+ b+ c-\n4x a- b+ c+\n2x a- b+ c-\n3x a+ b- c+\n6x a+ b+ c+", `
Which questions to read again
Those who answer the rest well answer these no better.
b Q
a Q`},
	} {
		path := long.Paths[0]
		path.Stages = path.Stages[:max(1, c.stages)]
		if c.stages == 0 { // everybody has done it
			c.lines = strings.ReplaceAll(c.lines, "x ", "x s1 ")
		}
		_, got, _ := strings.Cut(text(t, report.Make(long, &path, asked, nil, people(t, c.lines), report.Smallest)), "Where to help\n")
		got, _, _ = strings.Cut(got, "\nStages\n")
		if want := strings.TrimSpace(c.want); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.rule, got, want)
		}
	}
}
