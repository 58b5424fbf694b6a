package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"sort"
	"strconv"
	"strings"
	"sync"

	"waymark/internal/export"
)

// What the report calls hard: fewer than this percent of the first tries right. An objective is met by more of them, for several questions check it.
const (
	hard   = 60
	target = 80
	// doubtful is a question that those who know answer hardly better than the others.
	doubtful = 0.1
	most     = 3 // things that are named of a sort
)

// Stuck are the stages at which most people are, none where no two are at one, or as many at most of them.
func (r *Report) Stuck() (at []*Stage) {
	open := 2
	for i := range r.Stages {
		st := &r.Stages[i]
		if st.Open > open {
			at, open = nil, st.Open
		}
		if st.Open == open {
			at = append(at, st)
		}
	}
	if len(at) > 1 && 2*len(at) > len(r.Stages) {
		return nil
	}
	return at
}

// Hard are the questions of which fewest were right at once, the hardest first.
func (r *Report) Hard() []*Question {
	return worst(r.Questions, func(q *Question) bool { return !q.First.Few && q.First.Percent() < hard }, func(q *Question) float64 { return float64(q.First.Percent()) })
}

// Sure are the questions at which most were certain, and wrong.
func (r *Report) Sure() []*Question {
	return worst(r.Questions, func(q *Question) bool { return !q.Certain.Few && q.Certain.N > 1 }, func(q *Question) float64 { return -float64(q.Certain.N) })
}

// Doubtful are the questions that hardly tell those who know from the others.
func (r *Report) Doubtful() []*Question {
	return worst(r.Questions, func(q *Question) bool { return q.Tells != nil && *q.Tells < doubtful }, func(q *Question) float64 { return *q.Tells })
}

// Unmet are the objectives that stay furthest below the target.
func (r *Report) Unmet() []*Objective {
	return worst(r.Objectives, func(o *Objective) bool { return !o.First.Few && o.First.Percent() < target }, func(o *Objective) float64 { return float64(o.First.Percent()) })
}

// worst are those of all that are so, by their order, at most as many as are named.
func worst[T any](all []T, is func(*T) bool, order func(*T) float64) (list []*T) {
	for i := range all {
		if is(&all[i]) {
			list = append(list, &all[i])
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return order(list[i]) < order(list[j]) })
	return list[:min(most, len(list))]
}

// Hidden reports whether there is nothing to show of the question.
func (q *Question) Hidden() bool { return q.First.Few && q.Earlier.Few }

// Unseen is how many questions there is nothing to show of.
func (r *Report) Unseen() (n int) {
	for i := range r.Questions {
		if r.Questions[i].Hidden() {
			n++
		}
	}
	return n
}

// Unmeasured is how many objectives there is nothing to show of.
func (r *Report) Unmeasured() (n int) {
	for i := range r.Objectives {
		if r.Objectives[i].First.Few {
			n++
		}
	}
	return n
}

//go:embed report.html
var page string

var pageTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("report").Funcs(template.FuncMap{
		"target": func() int { return target },
		"bar": func(name string, s Share) any {
			return struct {
				Name  string
				Share Share
			}{name, s}
		},
		"round": func(f *float64) string { return strconv.FormatFloat(*f, 'f', 2, 64) },
	}).Parse(page))
})

// HTML writes the report as a page that stands alone: no script, nothing loaded.
func (r *Report) HTML(w io.Writer) error { return pageTemplate().Execute(w, r) }

// CSV writes the figures of the report as a table: see export.Table. What too few people stand behind is empty.
func (r *Report) CSV(w io.Writer) error {
	heads := []string{"level", "id", "title", "number", "of", "percent", "wrong option", "chosen by", "certain and wrong", "tells apart", "first open for", "higher", "the same", "lower"}
	rows := [][]string{heads}
	row := func(level, id, title string, s Share, more ...string) {
		fields := make([]string, len(heads))
		copy(fields, []string{level, id, title})
		copy(fields[6:], more)
		if !s.Few {
			copy(fields[3:], []string{strconv.Itoa(s.N), strconv.Itoa(s.Of), strconv.Itoa(s.Percent())})
		}
		rows = append(rows, fields)
	}
	total := func(level string, n int) {
		fields := make([]string, len(heads))
		fields[0], fields[3] = level, strconv.Itoa(n)
		rows = append(rows, fields)
	}
	total("people", r.People)
	total("files joined", r.Joined)
	total("files left out", r.Left)
	row("path", "", r.Path, r.Done)
	for _, st := range r.Stages {
		row("stage", st.ID, st.Title, st.Done, "", "", "", "", strconv.Itoa(st.Open))
	}
	for _, m := range r.Modules {
		row("module", m.ID, m.Title, m.Done)
		if m.Asks {
			row("module questions", m.ID, m.Title, m.First)
		}
	}
	for _, q := range r.Questions {
		var more []string
		if !q.First.Few {
			more = []string{strings.Join(q.Chosen, " | "), figure(q.ChosenBy), ""}
			if !q.Certain.Few {
				more[2] = strconv.Itoa(q.Certain.N)
			}
			if q.Tells != nil {
				more = append(more, fmt.Sprintf("%.2f", *q.Tells))
			}
		}
		row("question", q.ID, q.Prompt, q.First, more...)
	}
	for _, o := range r.Objectives {
		row("objective", o.ID, o.Text, o.First)
	}
	for _, x := range r.Ratings {
		var more []string
		if !x.Twice.Few {
			more = []string{"", "", "", "", "", strconv.Itoa(x.Up), strconv.Itoa(x.Same), strconv.Itoa(x.Down)}
		}
		row("rating", x.ID, x.Prompt, x.Twice, more...)
	}
	return export.Table(w, rows)
}

// figure is a number, or nothing.
func figure(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
