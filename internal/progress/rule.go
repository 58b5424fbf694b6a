package progress

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// A Curriculum is what completion is about: the argument of waymark.site(…) in data/site.js.
type Curriculum struct {
	Site       string            `json:"site"`
	Objectives map[string]string `json:"objectives"` // their texts by their ids
	Modules    []ModuleData      `json:"modules"`
	Paths      []PathData        `json:"paths"`
}

// ReadCurriculum reads data/site.js.
func ReadCurriculum(script []byte) (*Curriculum, error) {
	data, ok := bytes.CutPrefix(script, []byte("waymark.site("))
	data, end := bytes.CutSuffix(bytes.TrimSpace(data), []byte(");"))
	c := new(Curriculum)
	if !ok || !end {
		return nil, errors.New("progress: this is not data/site.js")
	}
	if err := json.Unmarshal(data, c); err != nil {
		return nil, fmt.Errorf("progress: data/site.js: %w", err)
	}
	return c, nil
}

// ModuleData is one module.
type ModuleData struct {
	ID     string      `json:"id"`
	Title  string      `json:"title"`
	Rule   Rule        `json:"rule"`
	Checks []CheckData `json:"checks"`
	Items  []ItemData  `json:"items"`
}

// CheckData is one check.
type CheckData struct {
	ID         string   `json:"id"`
	Type       string   `json:"type"`
	Rev        string   `json:"rev"`
	Points     float64  `json:"points"`
	Pass       int      `json:"pass"`
	Title      string   `json:"title"`
	Objectives []string `json:"objectives"`
	Same       string   `json:"same"` // rating: the one before, whose scale it repeats
}

// ItemData is an item of a reading list.
type ItemData struct {
	ID   string `json:"id"`
	Must bool   `json:"must"`
}

// PathData is a learning path.
type PathData struct {
	ID     string      `json:"id"`
	Title  string      `json:"title"`
	URL    string      `json:"url"` // of its page, from the site's root
	Rule   Rule        `json:"rule"`
	Stages []StageData `json:"stages"`
}

// StageData is a stage of a path.
type StageData struct {
	ID        string     `json:"id"`
	Title     string     `json:"title"`
	Items     []StopData `json:"items"`
	Milestone *struct {
		ID      string `json:"id"`
		Confirm string `json:"confirm"`
	} `json:"milestone"`
}

// StopData is an item of a stage.
type StopData struct {
	Item    string     `json:"item"`
	ID      string     `json:"id"`
	TestOut string     `json:"testOut"`
	Choose  int        `json:"choose"`
	From    []StopData `json:"from"`
	Done    string     `json:"done"`
	Repeat  int        `json:"repeat"`
	Pass    int        `json:"pass"`
	Cards   int        `json:"cards"`
}

// A Rule is a completion rule as JSON has it: a word, or an object with one key.
type Rule struct {
	Word string
	ruleObject
}

type ruleObject struct {
	All   []Rule `json:"all"`
	Any   []Rule `json:"any"`
	Count *struct {
		Min int    `json:"min"`
		Of  []Rule `json:"of"`
	} `json:"count"`
	Checks *struct {
		Min *float64 `json:"min"`
		Of  []string `json:"of"`
	} `json:"checks"`
	Quiz        string `json:"quiz"`
	Reflection  string `json:"reflection"`
	Reflections *struct {
		Min int `json:"min"`
	} `json:"reflections"`
	Scenario  string `json:"scenario"`
	Good      bool   `json:"good"`
	Rating    string `json:"rating"`
	ReadItems string `json:"read_items"`
	Form      *struct {
		ID   string `json:"id"`
		Done string `json:"done"`
	} `json:"form"`
	Session    string   `json:"session"`
	Milestones []string `json:"milestones"`
	Stages     []string `json:"stages"`
	Review     *struct {
		Cards int `json:"cards"`
	} `json:"review"`
}

// UnmarshalJSON implements json.Unmarshaler.
func (r *Rule) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &r.Word)
	}
	if err := json.Unmarshal(b, &r.ruleObject); err != nil {
		return fmt.Errorf("a completion rule is a word or an object: %w", err)
	}
	return nil
}

// ground is what a rule stands on: a module, or a path. Atoms without ids speak of it.
type ground struct {
	mark        string // the key under which it is marked as done by hand
	modules     []*ModuleData
	reflections []*ModuleData
	path        *PathData
	cur         *Curriculum
}

// ModuleHolds reports whether a rule holds for a module. One that the curriculum does not have holds nothing.
func (f *File) ModuleHolds(c *Curriculum, id string, rule Rule) bool {
	for i := range c.Modules {
		if c.Modules[i].ID == id {
			m := []*ModuleData{&c.Modules[i]}
			return f.holds(&rule, &ground{mark: "done:" + id, modules: m, reflections: m, cur: c})
		}
	}
	return false
}

// PathHolds reports whether a rule holds for a path. Modules that a path only offers, or lets choose, need not be read, but their reflections count.
func (f *File) PathHolds(c *Curriculum, id string, rule Rule) bool {
	for i := range c.Paths {
		if c.Paths[i].ID == id {
			return f.pathHolds(c, &c.Paths[i], &rule)
		}
	}
	return false
}

func (f *File) pathHolds(c *Curriculum, p *PathData, rule *Rule) bool {
	required, mentioned := map[string]bool{}, map[string]bool{}
	for i := range p.Stages {
		items := p.Stages[i].Items
		for j := range items {
			s := &items[j]
			switch s.Item {
			case "module", "session", "form":
				required[s.ID] = true
			}
			mentioned[s.ID] = true
			for k := range s.From {
				mentioned[s.From[k].ID] = true
			}
		}
	}
	g := &ground{mark: "path-done:" + p.ID, path: p, cur: c}
	for i := range c.Modules {
		m := &c.Modules[i]
		if required[m.ID] {
			g.modules = append(g.modules, m)
		}
		if mentioned[m.ID] {
			g.reflections = append(g.reflections, m)
		}
	}
	return f.holds(rule, g)
}

// PathDone reports whether a path is finished: by its rule, or by the learner's word.
func (f *File) PathDone(c *Curriculum, p *PathData) bool {
	return f.Paths[p.ID].Done != "" || f.marked("path-done:"+p.ID) || f.pathHolds(c, p, &p.Rule)
}

func (f *File) holds(r *Rule, g *ground) bool {
	count := func(of []Rule) (n int) {
		for i := range of {
			if f.holds(&of[i], g) {
				n++
			}
		}
		return n
	}
	switch {
	case r.Word == "read":
		return !slices.ContainsFunc(g.modules, func(m *ModuleData) bool { return f.Modules[m.ID].Read == "" })
	case r.Word == "manual":
		return f.marked(g.mark)
	case r.All != nil:
		return count(r.All) == len(r.All)
	case r.Any != nil:
		return count(r.Any) > 0
	case r.Count != nil:
		return count(r.Count.Of) >= r.Count.Min
	case r.Checks != nil:
		least := 80.0
		if r.Checks.Min != nil {
			least = *r.Checks.Min
		}
		return f.share(r.Checks.Of, g) >= least/100-1e-9
	case r.Quiz != "":
		return f.passed(g.cur, r.Quiz, 0)
	case r.Reflection != "":
		return f.Answered(r.Reflection)
	case r.Reflections != nil:
		return f.written(g) >= r.Reflections.Min
	case r.Scenario != "":
		return f.Answered(r.Scenario) && (!r.Good || f.Best(r.Scenario) >= 1)
	case r.Rating != "":
		return f.Answered(r.Rating)
	case r.ReadItems != "":
		return f.itemsRead(r.ReadItems, g)
	case r.Form != nil:
		return f.formDone(r.Form.ID, r.Form.Done)
	case r.Session != "":
		return f.held(r.Session, 1) >= 1
	case r.Milestones != nil:
		return !slices.ContainsFunc(r.Milestones, func(id string) bool { return !f.milestone(g, id) })
	case r.Stages != nil:
		return !slices.ContainsFunc(r.Stages, func(id string) bool { return !f.stage(g, id) })
	case r.Review != nil:
		return f.cards() >= r.Review.Cards
	}
	// A rule of a later version: nobody is told that something is complete which this program does not understand.
	return false
}

// share is the share of points reached: of the checks named, or of all that count. Nothing to answer is everything answered.
func (f *File) share(of []string, g *ground) float64 {
	var points, got float64
	add := func(id string, weight float64) {
		points += weight
		got += weight * f.Best(id)
	}
	if of != nil {
		for _, id := range of {
			weight := 1.0
			if c := g.cur.Check(id); c != nil && c.Points > 0 {
				weight = c.Points
			}
			add(id, weight)
		}
	} else {
		for _, m := range g.modules {
			for i := range m.Checks {
				add(m.Checks[i].ID, m.Checks[i].Points)
			}
		}
	}
	if points == 0 {
		return 1
	}
	return got / points
}

// Check is the check with an id; nil where there is none.
func (c *Curriculum) Check(id string) *CheckData {
	for i := range c.Modules {
		checks := c.Modules[i].Checks
		for j := range checks {
			if checks[j].ID == id {
				return &checks[j]
			}
		}
	}
	return nil
}

// passed reports whether a quiz or question is passed: by the mark named, else by its own, else a quiz when it was gone through and a
// question when it was right.
func (f *File) passed(c *Curriculum, id string, pass int) bool {
	if k := c.Check(id); pass == 0 && k != nil {
		if pass = k.Pass; pass == 0 && k.Type != "quiz" {
			pass = 100
		}
	}
	return f.Answered(id) && f.Best(id) >= float64(pass)/100-1e-9
}

func (f *File) written(g *ground) int {
	n := 0
	for _, m := range g.reflections {
		for i := range m.Checks {
			if k := &m.Checks[i]; k.Type == "reflection" && f.Answered(k.ID) {
				n++
			}
		}
	}
	return n
}

func (f *File) itemsRead(which string, g *ground) bool {
	for _, m := range g.modules {
		for _, it := range m.Items {
			if (which != "must" || it.Must) && !f.marked("item:"+m.ID+":"+it.ID) {
				return false
			}
		}
	}
	return true
}

func (f *File) milestone(g *ground, id string) bool {
	if g.path == nil {
		return false
	}
	for i := range g.path.Stages {
		st := &g.path.Stages[i]
		if st.Milestone == nil || st.Milestone.ID != id {
			continue
		}
		mark, ok := f.Marks["milestone:"+g.path.ID+":"+id]
		if ok && mark.Ticked() || !ok && f.Paths[g.path.ID].Milestones[id] != "" {
			return true
		}
		if st.Milestone.Confirm == "rule" && f.StageDone(g.cur, st) {
			return true
		}
	}
	return false
}

func (f *File) stage(g *ground, id string) bool {
	if g.path == nil {
		return false
	}
	for i := range g.path.Stages {
		if st := &g.path.Stages[i]; st.ID == id && f.StageDone(g.cur, st) {
			return true
		}
	}
	return false
}

// StageDone reports whether all that a stage asks for is done.
func (f *File) StageDone(c *Curriculum, st *StageData) bool {
	for i := range st.Items {
		if s := &st.Items[i]; s.Item != "optional" && !f.StopDone(c, s) {
			return false
		}
	}
	return true
}

// StopDone reports whether an item of a stage is done, also by testing out of it.
func (f *File) StopDone(c *Curriculum, s *StopData) bool {
	if s.TestOut != "" && f.passed(c, s.TestOut, 0) {
		return true
	}
	switch s.Item {
	case "choose":
		n := 0
		for i := range s.From {
			if f.StopDone(c, &s.From[i]) {
				n++
			}
		}
		return n >= max(1, s.Choose)
	case "quiz":
		return f.passed(c, s.ID, s.Pass)
	case "reflection":
		return f.Answered(s.ID)
	case "review":
		return f.cards() >= max(1, s.Cards)
	case "session":
		n := max(1, s.Repeat)
		return f.held(s.ID, n) >= n
	case "form":
		// A path that asks for a signature is not content with the page's own rule, but takes the learner's word.
		return f.marked("done:"+s.ID) || f.formDone(s.ID, s.Done) || s.Done != "signed" && f.ModuleDone(s.ID)
	}
	return f.ModuleDone(s.ID)
}
