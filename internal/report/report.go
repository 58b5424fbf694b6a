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
	Cohort   string // the title of the cohort whose files they are; "" is not said
	Lang     string // of titles and questions
	People   int    // who did anything on the path
	Joined   int    // files that are of one person with another
	Left     int    // files that are not in the figures
	Smallest int
	Half     string // half of the people did something on this day or later, as 2027-03-02: a day that no single clock decides; "" where nothing was done
	Done     Share  // of the people

	Stages     []Stage
	Modules    []Module
	Questions  []Question
	Objectives []Objective
	Ratings    []Rating
}

// A Share is how many of how many. Few says that too few people stand behind it to show either; else there is one at least.
type Share struct {
	N, Of int
	Few   bool
}

// Percent is the share in percent, rounded; 0 where there is nothing.
func (s Share) Percent() int { return int(math.Round(100 * float64(s.N) / float64(max(1, s.Of)))) }

// A Stage is how many have done a stage, and for how many of those who have not done the path this is the first stage that is open.
type Stage struct {
	ID, Title string
	Done      Share
	Open      int
}

// A Module is how many have done it, and how many of the first tries at its questions were right. Hardest is the question at which fewer were right than at any other; "" where there is none.
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
	Earlier    Share    // of the people: who answered only before it was changed, which is another question and not counted
	Chosen     []string // the wrong option that most chose, or those that as many chose; none where no two agree
	ChosenBy   int      // how many chose each of them; 0 where there is none
	Certain    Share    // of those who said how sure they were: who were certain, and wrong
	// Tells is the correlation of being right here with being right at the other questions, from -1 to 1 in hundredths. It is nil where too few answered to say.
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

// Make counts what files say of a path of cur; checks are those of the site by their ids, and draws the ids of the questions that each quiz may draw, in their order. Each file stands for one person (see Join) who is on the path (see On). Figures that
// fewer than smallest people, or Least, stand behind are not shown, and of a group of fewer people there is no report: it is nil.
func Make(cur *progress.Curriculum, path *progress.PathData, checks map[string]*quiz.Check, draws map[string][]string, files []*progress.File, smallest int) *Report {
	smallest = max(smallest, Least)
	if len(files) < smallest {
		return nil
	}
	m := maker{cur, checks, draws, files, smallest}
	r := &Report{Path: path.Title, People: len(files), Smallest: smallest}
	stops := stopsOf(cur, path, nil)
	listed := map[string]bool{} // checks
	for _, s := range stops {
		for i := range s.module.Checks {
			listed[s.module.Checks[i].ID] = true
		}
	}
	var columns []column
	objectives := map[string][]column{}
	for _, s := range stops {
		var own []column
		for _, c := range m.checksOf(s, listed) {
			m.rating(r, c)
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
		r.Modules = append(r.Modules, Module{
			ID: s.module.ID, Title: s.module.Title, First: m.tries(own), Asks: len(own) > 0, Hardest: hardest(r.Questions[len(columns):]),
			Done: m.count(func(f *progress.File) bool { return f.StopDone(cur, s.StopData) }),
		})
		columns = append(columns, own...)
	}
	for i := range r.Objectives {
		o := &r.Objectives[i]
		o.First = m.tries(objectives[o.ID])
	}
	for i := range columns {
		r.Questions[i].Tells = m.tells(columns, r.Questions, i)
	}
	m.stages(r, path)
	return r
}

type maker struct {
	cur      *progress.Curriculum
	checks   map[string]*quiz.Check
	draws    map[string][]string
	files    []*progress.File
	smallest int
}

// asks reports whether a check is right or wrong, by itself, for everybody: no prediction, and no quiz, whose questions are counted where they stand.
func (m maker) asks(c *progress.CheckData) bool {
	q := m.checks[c.ID]
	return q != nil && q.Tone != "neutral" && q.Scored() && q.Type != quiz.Scenario && q.Type != quiz.Quiz
}

// A column is the score of each file's first try at a question as it is now; NaN where there was none.
type column []float64

func (m maker) column(c *progress.CheckData) column {
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
	s := Share{Of: len(m.files)}
	for _, f := range m.files {
		if is(f) {
			s.N++
		}
	}
	return s
}

func (m maker) question(mod *progress.ModuleData, c *progress.CheckData, col column) Question {
	check := m.checks[c.ID]
	q := Question{ID: c.ID, Prompt: cmp.Or(check.Prompt.Plain, c.ID), Module: mod.Title, First: m.tries([]column{col})}
	q.Earlier = m.count(func(f *progress.File) bool {
		a := f.Under(c.ID, c.Rev)
		return f.Answered(c.ID) && (a == nil || a.First == nil)
	})
	q.Earlier.Few = q.Earlier.N < m.smallest
	chosen := make([]int, len(check.Options))
	for i, f := range m.files {
		if math.IsNaN(col[i]) {
			continue
		}
		first := f.Under(c.ID, c.Rev).First
		if first.Sure > 0 {
			q.Certain.Of++
		}
		if right(col[i]) {
			continue
		}
		if first.Sure == 3 {
			q.Certain.N++
		}
		if check.Type != quiz.Single && check.Type != quiz.Multiple {
			continue
		}
		for o := range chosen {
			if !check.Options[o].Right && first.Has(o) {
				chosen[o]++
			}
		}
	}
	q.Certain.Few = q.Certain.Of < m.smallest
	for o, n := range chosen {
		if n < max(2, q.ChosenBy) {
			continue
		}
		if n > q.ChosenBy {
			q.Chosen, q.ChosenBy = nil, n
		}
		q.Chosen = append(q.Chosen, check.Options[o].Text.Plain)
	}
	return q
}

// hardest is the question that fewer got right at once than any other that can be shown, "" where there is none.
func hardest(questions []Question) string {
	var prompt string
	var least, shown, alike int
	for i := range questions {
		q := &questions[i]
		if q.First.Few {
			continue
		}
		shown++
		switch share := q.First.Percent(); {
		case shown == 1 || share < least:
			prompt, least, alike = q.Prompt, share, 1
		case share == least:
			alike++
		}
	}
	if shown < 2 || alike > 1 {
		return ""
	}
	return prompt
}

// tells is Question.Tells of a column: Pearson's correlation of its scores with the mean score at the others, of those who answered any of them. What too few answered is not
// among these: the number would tell what they answered.
func (m maker) tells(columns []column, questions []Question, at int) *float64 {
	mean := func(v []float64) float64 {
		sum := 0.0
		for _, x := range v {
			sum += x
		}
		return sum / float64(len(v))
	}
	var xs, ys, others []float64
	for i, x := range columns[at] {
		others = others[:0]
		for j, col := range columns {
			if j != at && !questions[j].First.Few && !math.IsNaN(col[i]) {
				others = append(others, col[i])
			}
		}
		if len(others) > 0 && !math.IsNaN(x) {
			xs, ys = append(xs, x), append(ys, mean(others))
		}
	}
	if len(xs) < max(enough, m.smallest) {
		return nil
	}
	mx, my := mean(xs), mean(ys)
	var xy, xx, yy float64
	for i := range xs {
		dx, dy := xs[i]-mx, ys[i]-my
		xy, xx, yy = xy+dx*dy, xx+dx*dx, yy+dy*dy
	}
	if min(xx, yy) < 1e-9 {
		return nil // everybody answered alike: it tells nobody from anybody
	}
	r := math.Round(100*xy/math.Sqrt(xx*yy))/100 + 0 // no -0
	return &r
}

// rating compares a rating with the earlier one of the same scale, if there is one.
func (m maker) rating(report *Report, c *progress.CheckData) {
	check, earlier := m.checks[c.ID], m.cur.Check(c.Same)
	if check == nil || earlier == nil {
		return
	}
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
	report.Ratings = append(report.Ratings, r)
}

// stages counts the stages of the path, and the path itself.
func (m maker) stages(r *Report, path *progress.PathData) {
	r.Done = Share{Of: len(m.files)}
	for i := range path.Stages {
		st := &path.Stages[i]
		r.Stages = append(r.Stages, Stage{ID: st.ID, Title: cmp.Or(st.Title, st.ID), Done: r.Done})
	}
	var days []string
	for _, f := range m.files {
		days = append(days, f.Latest())
		open := !f.PathDone(m.cur, path)
		if !open {
			r.Done.N++
		}
		for i := range r.Stages {
			switch st := &r.Stages[i]; {
			case f.StageDone(m.cur, &path.Stages[i]):
				st.Done.N++
			case open:
				st.Open++
				open = false
			}
		}
	}
	slices.Sort(days)
	r.Half = days[len(days)/2]
}
