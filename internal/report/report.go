// Package report counts what a group of learners did on a path, from the progress files that they chose to share: where people stop, which questions are hard, and what
// is believed and wrong. It is made on the machine of whoever was given the files, and says nothing of any one person: it reads no names and no texts, and where few
// answered it says only that they were few.
package report

import (
	"cmp"
	"math"
	"slices"

	"waymark/internal/progress"
	"waymark/internal/quiz"
)

// Smallest is how many people have to stand behind a figure, where nobody said another number; Least is the fewest that may be asked for.
const (
	Smallest = 5
	Least    = 3
)

// enough is from how many answers on it is said how well a question tells those who know from those who do not.
const enough = 15

// A Report is what a group did on a path, in the order of the path.
type Report struct {
	Path     string // its title
	Lang     string // of titles and questions
	People   int
	Smallest int
	Through  string // the last day on which anything was done, as 2027-03-02; "" where nothing was
	Begun    Share  // of the people: who did anything on the path
	Done     Share  // of the people

	Stages     []Stage
	Modules    []Module
	Questions  []Question
	Objectives []Objective
	Ratings    []Rating
}

// A Share is how many of how many. Few says that too few people stand behind it to show either.
type Share struct {
	N, Of int
	Few   bool
}

// Percent is the share in percent, rounded; 0 where there is nothing.
func (s Share) Percent() int { return int(math.Round(100 * float64(s.N) / float64(max(1, s.Of)))) }

// A Stage is how many have done a stage, and for how many of those who began the path and have not done it this is the first stage that is open.
type Stage struct {
	ID, Title string
	Done      Share
	Open      int
}

// A Module is how many have done it, and how many of the first tries at its questions were right. Hardest is the one of which fewest were; "" where there are none to compare.
type Module struct {
	ID, Title string
	Done      Share
	First     Share // of the tries
	Asks      bool  // it has questions
	Hardest   string
}

// A Question is how people answered it the first time.
type Question struct {
	ID, Prompt string
	Module     string // its title
	First      Share
	Earlier    Share  // of the people: who answered only before it was changed, which is another question and not counted
	Chosen     string // the wrong option that most chose; "" where no two agree
	ChosenBy   int
	Certain    int // people who were certain, and wrong
	// Tells is the correlation of being right here with being right at the other questions, from -1 to 1. It is nil where too few answered to say.
	Tells *float64
}

// An Objective is how many of the first tries at the questions that check it were right.
type Objective struct {
	ID, Text string
	First    Share // of the tries
}

// A Rating is how those who rated themselves before and after moved on its scale.
type Rating struct {
	ID, Prompt     string
	Twice          Share // of the people
	Up, Same, Down int
}

// Make counts what files say of a path of cur; checks are those of the site by their ids. Each file stands for one person: see Each. Figures that fewer than smallest people
// stand behind are not shown.
func Make(cur *progress.Curriculum, path *progress.PathData, checks map[string]*quiz.Check, files []*progress.File, smallest int) *Report {
	m := maker{cur, checks, files, smallest}
	r := &Report{Path: path.Title, People: len(files), Smallest: smallest}
	stops := m.stops(path)
	var columns []column
	objectives := map[string][]column{}
	for _, s := range stops {
		var own []column
		for _, c := range s.module.Checks {
			if rating, ok := m.rating(c); ok {
				r.Ratings = append(r.Ratings, rating)
			}
			if !m.asks(c) {
				continue
			}
			col := m.column(c)
			own = append(own, col)
			r.Questions = append(r.Questions, m.question(s.module, c, col))
			for _, o := range c.Objectives {
				if objectives[o] == nil {
					r.Objectives = append(r.Objectives, Objective{ID: o, Text: cmp.Or(cur.Objectives[o], o)})
				}
				objectives[o] = append(objectives[o], col)
			}
		}
		row := Module{ID: s.module.ID, Title: s.module.Title, First: m.tries(own), Asks: len(own) > 0, Done: m.count(func(f *progress.File) bool { return f.StopDone(cur, s.StopData) })}
		asked := r.Questions[len(columns):]
		if i := hardest(asked); i >= 0 && len(asked) > 1 {
			row.Hardest = asked[i].Prompt
		}
		r.Modules = append(r.Modules, row)
		columns = append(columns, own...)
	}
	for i := range r.Objectives {
		r.Objectives[i].First = m.tries(objectives[r.Objectives[i].ID])
	}
	for i := range columns {
		r.Questions[i].Tells = tells(columns, i)
	}
	m.stages(r, path, stops)
	return r
}

type maker struct {
	cur      *progress.Curriculum
	checks   map[string]*quiz.Check
	files    []*progress.File
	smallest int
}

// A stop is a module where the path has it, which says what makes it done there: meetings held, a signature, a test passed.
type stop struct {
	progress.StopData
	module progress.ModuleData
}

// stops are the modules that the path has or offers, once each.
func (m maker) stops(path *progress.PathData) []stop {
	var list []stop
	var add func(stops []progress.StopData)
	add = func(stops []progress.StopData) {
		for _, s := range stops {
			i := slices.IndexFunc(m.cur.Modules, func(mod progress.ModuleData) bool { return mod.ID == s.ID })
			if i >= 0 && !slices.ContainsFunc(list, func(had stop) bool { return had.ID == s.ID }) {
				list = append(list, stop{s, m.cur.Modules[i]})
			}
			add(s.From)
		}
	}
	for _, st := range path.Stages {
		add(st.Items)
	}
	return list
}

// asks reports whether a check is right or wrong, by itself, for everybody: no prediction, and no quiz, whose questions are counted where they stand.
func (m maker) asks(c progress.CheckData) bool {
	q := m.checks[c.ID]
	if q == nil || q.Tone == "neutral" {
		return false
	}
	switch q.Type {
	case quiz.Reflection, quiz.Rating, quiz.Scenario, quiz.Quiz:
		return false
	}
	return true
}

// A column is the score of each file's first try at a question as it is now; NaN where there was none.
type column []float64

func (m maker) column(c progress.CheckData) column {
	col := make(column, len(m.files))
	for i, f := range m.files {
		col[i] = math.NaN()
		if a := f.Under(c.ID, c.Rev); a != nil && a.First.Known() {
			col[i] = min(max(a.First.Score, 0), 1)
		}
	}
	return col
}

func right(score float64) bool { return score >= 1-1e-9 }

// tries are the first tries at questions. Those that too few answered are left out of a sum, too: beside the others it would tell what they answered.
func (m maker) tries(columns []column) Share {
	s := Share{Few: true}
	for _, col := range columns {
		n, of := 0, 0
		for _, score := range col {
			switch {
			case math.IsNaN(score):
				continue
			case right(score):
				n++
			}
			of++
		}
		if of >= m.smallest {
			s = Share{N: s.N + n, Of: s.Of + of}
		}
	}
	return s
}

// count is of how many files something is true.
func (m maker) count(is func(*progress.File) bool) Share {
	s := Share{Of: len(m.files), Few: len(m.files) < m.smallest}
	for _, f := range m.files {
		if is(f) {
			s.N++
		}
	}
	return s
}

func (m maker) question(mod progress.ModuleData, c progress.CheckData, col column) Question {
	check := m.checks[c.ID]
	q := Question{ID: c.ID, Prompt: cmp.Or(check.Prompt.Plain, c.ID), Module: mod.Title, First: m.tries([]column{col})}
	q.Earlier = m.count(func(f *progress.File) bool {
		a := f.Under(c.ID, c.Rev)
		return f.Answered(c.ID) && (a == nil || a.First == nil)
	})
	q.Earlier.Few = q.Earlier.N < m.smallest
	chosen := make([]int, len(check.Options))
	for i, f := range m.files {
		a := f.Under(c.ID, c.Rev)
		switch {
		case math.IsNaN(col[i]), right(col[i]):
			continue
		case a.First.Sure == 3:
			q.Certain++
		}
		if check.Type != quiz.Single && check.Type != quiz.Multiple {
			continue
		}
		for o := range chosen {
			if !check.Options[o].Right && a.First.Has(o) {
				chosen[o]++
			}
		}
	}
	for o, n := range chosen {
		if n > max(1, q.ChosenBy) {
			q.Chosen, q.ChosenBy = check.Options[o].Text.Plain, n
		}
	}
	return q
}

// hardest is the index of the question that fewest got right at once, -1 where none can be shown, or all were right at all.
func hardest(questions []Question) int {
	found := -1
	for i, q := range questions {
		if !q.First.Few && q.First.N < q.First.Of && (found < 0 || q.First.Percent() < questions[found].First.Percent()) {
			found = i
		}
	}
	return found
}

// tells is Question.Tells of a column: Pearson's correlation of its scores with the mean score at the others, of those who answered any of them.
func tells(columns []column, at int) *float64 {
	var xs, ys []float64
	for i, x := range columns[at] {
		sum, n := 0.0, 0
		for j, col := range columns {
			if j != at && !math.IsNaN(col[i]) {
				sum, n = sum+col[i], n+1
			}
		}
		if n > 0 && !math.IsNaN(x) {
			xs, ys = append(xs, x), append(ys, sum/float64(n))
		}
	}
	if len(xs) < enough {
		return nil
	}
	mean := func(v []float64) float64 {
		sum := 0.0
		for _, x := range v {
			sum += x
		}
		return sum / float64(len(v))
	}
	mx, my := mean(xs), mean(ys)
	var xy, xx, yy float64
	for i := range xs {
		dx, dy := xs[i]-mx, ys[i]-my
		xy, xx, yy = xy+dx*dy, xx+dx*dx, yy+dy*dy
	}
	if xx < 1e-9 || yy < 1e-9 {
		return nil // everybody answered alike: it tells nobody from anybody
	}
	r := xy / math.Sqrt(xx*yy)
	return &r
}

// rating compares a rating with the earlier one of the same scale, if there is one.
func (m maker) rating(c progress.CheckData) (Rating, bool) {
	check := m.checks[c.ID]
	if check == nil || check.Type != quiz.Rating || c.Same == "" {
		return Rating{}, false
	}
	earlier, _ := m.cur.Check(c.Same)
	r := Rating{ID: c.ID, Prompt: cmp.Or(check.Prompt.Plain, c.Title, c.ID), Twice: Share{Of: len(m.files)}}
	for _, f := range m.files {
		before, ok := f.Point(c.Same, earlier.Rev)
		after, both := f.Point(c.ID, c.Rev)
		if !ok || !both {
			continue
		}
		r.Twice.N++
		switch {
		case after > before:
			r.Up++
		case after < before:
			r.Down++
		default:
			r.Same++
		}
	}
	r.Twice.Few = r.Twice.N < m.smallest
	return r, true
}

// stages counts the stages of the path, and the path itself.
func (m maker) stages(r *Report, path *progress.PathData, stops []stop) {
	open := make([]int, len(path.Stages))
	for _, f := range m.files {
		r.Through = max(r.Through, f.Latest())
		if !m.begun(f, path, stops) || f.PathDone(m.cur, path) {
			continue
		}
		if i := slices.IndexFunc(path.Stages, func(st progress.StageData) bool { return !f.StageDone(m.cur, st) }); i >= 0 {
			open[i]++
		}
	}
	r.Begun = m.count(func(f *progress.File) bool { return m.begun(f, path, stops) || f.PathDone(m.cur, path) })
	r.Done = m.count(func(f *progress.File) bool { return f.PathDone(m.cur, path) })
	for i, st := range path.Stages {
		r.Stages = append(r.Stages, Stage{st.ID, cmp.Or(st.Title, st.ID), m.count(func(f *progress.File) bool { return f.StageDone(m.cur, st) }), open[i]})
	}
}

// begun reports whether a learner did anything on the path.
func (m maker) begun(f *progress.File, path *progress.PathData, stops []stop) bool {
	return f.Paths[path.ID].Started != "" || slices.ContainsFunc(stops, func(s stop) bool {
		return f.Modules[s.ID].Read != "" || f.StopDone(m.cur, s.StopData) || slices.ContainsFunc(s.module.Checks, func(c progress.CheckData) bool { return f.Answered(c.ID) })
	})
}

// Each leaves one file of each learner: of several that bear one code the one that goes on longest, of these the one that holds more answers, then the first. twice are the
// indices of the others. A file without a code is a learner of its own.
func Each(files []*progress.File) (each []*progress.File, twice []int) {
	best := map[string]int{}
	for i, f := range files {
		code := f.Learner.Code
		if code == "" {
			continue
		}
		j, ok := best[code]
		if !ok || cmp.Or(cmp.Compare(f.Latest(), files[j].Latest()), cmp.Compare(len(f.Answers), len(files[j].Answers))) > 0 {
			best[code] = i
		}
	}
	for i, f := range files {
		if j, ok := best[f.Learner.Code]; ok && j != i {
			twice = append(twice, i)
		} else {
			each = append(each, f)
		}
	}
	return each, twice
}
