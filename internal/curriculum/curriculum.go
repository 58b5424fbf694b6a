// Package curriculum joins parsed pages into a curriculum: sections and modules in teaching order, learning paths with their stages, objectives and
// who teaches them, and every link with its target.
//
// Resolve sees all pages at once and reports every fault that lies between them: equal ids, broken links, needs that run in a circle, a path that
// names a module nobody wrote. What it returns is immutable and knows nothing of addresses or templates; those are the plan's.
//
// Incremental: Resolve runs on every build from the start. It works on the facts of the pages alone (a few kilobytes each), never on their content.
package curriculum

import (
	"slices"

	"golang.org/x/text/unicode/norm"
	"waymark/internal/diag"
	"waymark/internal/markdown"
	"waymark/internal/quiz"
	"waymark/internal/schema"
	"waymark/internal/source"
)

// A Curriculum is the whole site as its learners see it.
type Curriculum struct {
	Config  *source.Config
	Root    *Section
	Modules []*Module // every page, in teaching order; index pages of sections and pages of paths are in it
	Paths   []*Path   // in the order of their files' weights and titles
	Terms   []source.Term
	Assets  []source.Asset
	Drafts  int // number of pages that are left out because they are drafts

	forRole    string // see Options.For
	byID       map[string]*Module
	byPath     map[string]*Module // path of the source file
	objectives map[string]*Objective
	checks     map[string]*Check
	paths      map[string]*Path
	sections   map[string]*Section
	assets     map[string]bool
	hidden     map[string]string // source path → why it is not built
	// hiddenAssets are files that pages which are not built, or are for others, lead to.
	hiddenAssets map[string]bool
}

// A Module is one page.
type Module struct {
	Doc     *markdown.Doc
	ID      string // from front matter, else the file's path without its ending; in NFC, whatever form a disk gives to names
	Kind    string // role practice challenge reading form session page path cohort section
	Title   string
	Source  string // from content/: "roles/sponsor.md"
	Section *Section
	Index   bool // the page of its section's folder
	Draft   bool
	Retired bool

	Minutes  Minutes
	Audience []source.Role // nobody: everybody
	Targets  []Target      // for each of Doc.Links
	Needs    []Need
	Places   []Place // where it sits in paths, in the order of Curriculum.Paths
	Path     *Path   // for kind path
	Cohort   *Cohort // for kind cohort; nil where its path or its start is not known
	// Translations are the page in all its languages, itself included, the original first; nil for a page in one language.
	Translations []*Module
	// Rule says when the module is complete. All that it names is there. nil: the page does not say.
	Rule *markdown.Rule

	number int // prefix of the file's name, -1 without
}

// Minutes are what a module takes. Read is never zero for a page with words, but for a cohort, which is looked up and not worked through.
type Minutes struct{ Read, Do, Group int }

// A Need is what a module builds on: a module, directly or because it teaches an objective, or a path.
type Need struct {
	Objective *Objective // when an objective was named
	Module    *Module
	Path      *Path
	At        diag.Range
}

// A Section is a folder of the content.
type Section struct {
	Dir      string // "" for the root
	Title    string
	Index    *Module // nil when the folder has no page of its own
	Cover    *Module // without Index: the page of the same name beside the folder (slack.md for slack/), if there is one
	Parent   *Section
	Sections []*Section
	Modules  []*Module // without Index; of kinds other than path
	Children []Child   // Sections and Modules in their common order
}

// A Child is a module or a section of a section.
type Child struct {
	Module  *Module
	Section *Section
}

// An Objective is something that a module teaches.
type Objective struct {
	markdown.Objective
	Module *Module
}

// A Check is a check with the module it stands in.
type Check struct {
	*quiz.Check
	Module *Module
}

// TargetKind says where a link leads.
type TargetKind uint8

const (
	Broken    TargetKind = iota // nowhere; it was reported
	External                    // out of the site, or mail and the like
	ToModule                    // a page of the site
	ToSection                   // a folder without a page of its own
	ToAsset                     // a file
	ToTerm                      // an entry of the glossary
	ToHome                      // the home page, where content/ has none of its own
	Absent                      // a page, or a place in the page itself, that is left out for this edition's readers
)

// A Target is where a link leads.
type Target struct {
	Kind     TargetKind
	Module   *Module
	Section  *Section
	Name     string // the address, the asset's path, the term's id
	Fragment string
}

// A Path is a learning path.
type Path struct {
	Module   *Module // its page
	ID       string
	Title    string
	Roles    []source.Role
	Stages   []*Stage
	Needs    []*Path
	Outcomes []*Objective
	Modules  []*Module // what is to be learned, in order, each once; options of a choice are in it
	Minutes  Range
	Badge    string    // file of the content with the picture of its award; "" is none
	Cohorts  []*Module // the groups that follow it, the latest first
}

// Stage returns the stage of an id, or nil.
func (p *Path) Stage(id string) *Stage {
	for _, s := range p.Stages {
		if s.ID.Value == id {
			return s
		}
	}
	return nil
}

// Milestone returns the milestone of an id, or nil.
func (p *Path) Milestone(id string) *markdown.Milestone {
	for _, s := range p.Stages {
		if s.Milestone != nil && s.Milestone.ID.Value == id {
			return s.Milestone
		}
	}
	return nil
}

// Range is a range of minutes.
type Range struct{ From, To int }

// A Stage is a part of a path.
type Stage struct {
	markdown.Stage
	After   []*Stage
	Stops   []*Stop
	Minutes Range // without what is optional
}

// A Stop is one item of a stage.
type Stop struct {
	*markdown.Item           // as the front matter has it
	What           string    // module optional session form quiz reflection choose review
	Module         *Module   // module, optional, session, form; the page of a quiz or reflection
	Check          *Check    // quiz, reflection
	From           []*Module // choose
	TestOut        *Check
}

// A Place is where a module sits in a path.
type Place struct {
	Path     *Path
	Stage    *Stage
	Number   int // from 1, among the path's modules
	Optional bool
}

// ModuleByID returns a page by its id, in whatever Unicode form that is written.
func (c *Curriculum) ModuleByID(id string) *Module { return c.byID[norm.NFC.String(id)] }

// ModuleAt returns the page of a source file.
func (c *Curriculum) ModuleAt(path string) *Module { return c.byPath[path] }

// Objective returns an objective by its id.
func (c *Curriculum) Objective(id string) *Objective { return c.objectives[id] }

// Check returns a check by its id.
func (c *Curriculum) Check(id string) *Check { return c.checks[id] }

// Path returns a path by its id, as ModuleByID does.
func (c *Curriculum) Path(id string) *Path { return c.paths[norm.NFC.String(id)] }

// PathIDs are the ids of all paths, in their order.
func (c *Curriculum) PathIDs() []string {
	var ids []string
	for _, p := range c.Paths {
		ids = append(ids, p.ID)
	}
	return ids
}

// Meant reports whether what is for roles, for everybody where none is said, belongs to what is built.
func (c *Curriculum) Meant(roles []schema.Text) bool {
	return c.forRole == "" || len(roles) == 0 || slices.ContainsFunc(roles, func(id schema.Text) bool { return id.Value == c.forRole })
}

// Orphans lists the modules that a learner is meant to work through and that stand on no path.
func (c *Curriculum) Orphans() []*Module {
	var out []*Module
	for _, m := range c.Modules {
		if learned(m.Kind) && !m.Retired && len(m.Places) == 0 {
			out = append(out, m)
		}
	}
	return out
}

// learned says of which kinds a path is made.
func learned(kind string) bool {
	switch kind {
	case "role", "practice", "challenge", "reading", "form", "session":
		return true
	}
	return false
}

// Visible reports whether any of roles may see m. A module without an audience is for everybody, as is a path without roles.
func (m *Module) Visible(roles []source.Role) bool {
	if len(m.Audience) == 0 || len(roles) == 0 {
		return true
	}
	for _, a := range m.Audience {
		for _, r := range roles {
			if a.ID.Value == r.ID.Value {
				return true
			}
		}
	}
	return false
}

func (m *Module) span(r diag.Range) diag.Span { return m.Doc.File.Span(r) }

// Name returns the page's title for a menu.
func (m *Module) Name() string {
	if m.Doc.Meta.NavTitle != "" {
		return m.Doc.Meta.NavTitle
	}
	return m.Title
}

// at returns the place of a text, or the start of the page for one that was not written.
func (m *Module) at(t schema.Text) diag.Span { return m.span(t.At) }

// Pool returns the questions that a quiz of m may draw, in teaching order: those of its pool in the module, in the paths that the module is on,
// or in the whole site. A question stands on a page once, so those are left out that stand in the text of m by inline=on, and those that a quiz
// of the same pool before it on the page draws.
func (c *Curriculum) Pool(m *Module, q *quiz.Check) []*Check {
	taken := map[*Module]bool{}
	for _, e := range m.Doc.Checks {
		if e == q {
			break
		}
		if e.Type == quiz.Quiz && e.Draw.Pool == q.Draw.Pool {
			for _, x := range c.reach(m, e) {
				taken[x] = true
			}
		}
	}
	var pool []*Check
	for _, x := range c.reach(m, q) {
		if taken[x] {
			continue
		}
		for _, k := range x.Doc.Checks {
			if k.Word == "question" && k.Pool == q.Draw.Pool && !(k.Inline && x == m) {
				pool = append(pool, &Check{k, x})
			}
		}
	}
	return pool
}

// reach returns the modules from which a quiz of m draws.
func (c *Curriculum) reach(m *Module, q *quiz.Check) []*Module {
	switch q.Draw.From {
	case "site":
		return c.Modules
	case "path":
		seen := map[*Module]bool{m: true}
		from := []*Module{m}
		for _, p := range m.Places {
			for _, x := range p.Path.Modules {
				if !seen[x] {
					seen[x] = true
					from = append(from, x)
				}
			}
		}
		return from
	}
	return []*Module{m}
}
