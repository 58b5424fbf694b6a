package curriculum

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
	"waymark/internal/diag"
	"waymark/internal/markdown"
	"waymark/internal/quiz"
	"waymark/internal/schema"
	"waymark/internal/source"
)

// Options are what Resolve needs besides the pages.
type Options struct {
	Drafts bool
	Today  schema.Date // for publish_date, expiry_date; "" ignores them
	Stale  bool        // report pages whose review_by is past
	// For is the id of a role: pages and paths for others are left out. Links to them become Absent, as do those of a page to a place that it lacks; links from elsewhere to
	// such a place lead to the page. A file of the content that only what is left out links to goes with it, for which Whole is what was resolved of all pages. The list of such
	// a curriculum names what was left out as missing; what an author must mend stands in that of the whole.
	For   string
	Whole *Curriculum
	// Named reports whether the theme names a file of the content, which is published then whoever else leads to it; nil: it names none.
	Named func(file string) bool
}

// A Page is a parsed page with its path from content/.
type Page struct {
	Path string
	Doc  *markdown.Doc
}

// Resolve joins pages into a curriculum. It reads only facts of the pages; equal input gives an equal curriculum and equal diagnostics in equal order.
func Resolve(proj *source.Project, pages []Page, o Options) (*Curriculum, diag.List) {
	r := &resolver{
		Curriculum: &Curriculum{
			Config: &proj.Config, Terms: proj.Glossary, Assets: proj.Assets,
			forRole: o.For, byID: map[string]*Module{}, byPath: map[string]*Module{}, objectives: map[string]*Objective{},
			checks: map[string]*Check{}, paths: map[string]*Path{}, sections: map[string]*Section{},
			assets: map[string]bool{}, hidden: map[string]string{},
		},
		proj: proj, o: o, terms: map[string]bool{}, forms: map[string]string{},
	}
	for _, a := range proj.Assets {
		r.assets[a.Path] = true
		r.spell(a.Path)
	}
	for _, t := range proj.Glossary {
		r.terms[t.ID.Value] = true
	}
	r.modules(pages)
	r.leaveCohorts()
	r.tree()
	r.ids()
	r.innerIDs()
	r.keys()
	r.roles()
	r.objectivesAndChecks()
	r.needs()
	r.translations()
	r.titles()
	r.learningPaths()
	r.cohorts()
	r.circles()
	r.rules()
	r.scales()
	r.pools()
	r.links()
	r.leaveAssets(pages)
	r.lints()
	r.glossary()
	r.stale()
	r.foreign()
	return r.Curriculum, r.ds
}

type resolver struct {
	*Curriculum
	proj *source.Project
	o    Options
	ds   diag.List

	// claimants are the modules in the order in which the first to have an id has it: by the length of their names, as that of a copy is longer than that of the original.
	claimants []*Module

	pagesHidden []hiddenPage
	terms       map[string]bool
	forms       map[string]string // see spelt
	roleLists   map[string][]source.Role
	near        neighbourhood
	listed      listed
}

const forOthers = "is for other readers"

type hiddenPage struct{ id, why string }

func (r *resolver) hide(p Page, why string) {
	r.hidden[p.Path] = why
	r.pagesHidden = append(r.pagesHidden, hiddenPage{idOf(p), why})
}

// idOf returns the id of a page, see Module.ID.
func idOf(p Page) string {
	return norm.NFC.String(cmp.Or(p.Doc.Meta.ID.Value, strings.TrimSuffix(p.Path, path.Ext(p.Path))))
}

// modules makes a module of each page that is built.
func (r *resolver) modules(pages []Page) {
	for _, p := range pages {
		meta := &p.Doc.Meta
		r.spell(p.Path)
		draft := meta.Draft || meta.Status == "draft"
		switch {
		case r.o.Drafts:
		case draft:
			r.hide(p, "is a draft")
			r.Drafts++
			continue
		case r.o.Today != "" && meta.PublishDate > r.o.Today:
			r.hide(p, "is published on "+string(meta.PublishDate))
			continue
		case r.o.Today != "" && meta.ExpiryDate != "" && meta.ExpiryDate <= r.o.Today:
			r.hide(p, "expired on "+string(meta.ExpiryDate))
			continue
		}
		if !r.Meant(meta.Audience) || !r.Meant(meta.For) {
			r.hide(p, forOthers)
			continue
		}
		stem := strings.TrimSuffix(p.Path, path.Ext(p.Path))
		m := &Module{Doc: p.Doc, Source: p.Path, ID: idOf(p), Kind: meta.Kind, Title: p.Doc.Title.Value, Draft: draft, Retired: meta.Status == "retired"}
		m.number, _ = Prefix(path.Base(stem))
		r.form(m, meta.ID)
		if m.Kind == "" {
			m.Kind = KindAt(p.Path)
		}
		if m.Title == "" {
			m.Title = titleOf(stem)
		}
		m.Minutes = Minutes{Read: int(meta.Duration.Read), Do: int(meta.Duration.Do), Group: int(meta.Duration.Group)}
		if m.Minutes.Read == 0 && p.Doc.Words > 0 && m.Kind != "cohort" {
			m.Minutes.Read = markdown.Minutes(p.Doc.Words)
		}
		if s := meta.Session; s != nil && m.Minutes.Do == 0 && m.Minutes.Group == 0 {
			m.Minutes.Do = s.Length()
		}
		r.Modules = append(r.Modules, m)
		r.byPath[p.Path] = m
	}
}

// ids reports pages with equal ids.
func (r *resolver) ids() {
	r.claimants = slices.SortedStableFunc(slices.Values(r.Modules), func(a, b *Module) int { return len(a.Source) - len(b.Source) })
	for _, m := range r.claimants {
		first, twice := r.byID[m.ID]
		if twice && m.Doc.Meta.ID.Value == "" && first.Doc.Meta.ID.Value == "" {
			continue // the ids are those of the files' names, which are told to want one address
		}
		if twice {
			r.twice("page/id-twice", m, first, m.Doc.Meta.ID.At, first.Doc.Meta.ID.At, "; progress is kept under it", "two pages have the id %s", m.ID)
			continue
		}
		r.byID[m.ID] = m
	}
}

// twice reports an id that two things have, at the second of them.
func (r *resolver) twice(code string, second, first *Module, at, firstAt diag.Range, why, format, id string) {
	hint, where := "give one of the two another id", "the first is here"
	if extends(second.Source, first.Source) {
		hint, where = "delete the file if it is a copy made by mistake, else give this one another id", "the original is here"
	}
	d := r.ds.Add(code, second.span(at), hint+why, format, diag.Quote(id))
	d.Related = append(d.Related, diag.Related{Span: first.span(firstAt), Message: where})
}

// innerIDs checks the ids within pages: their form, and that each is there once. They are part of the page's HTML and keys of what a learner keeps.
func (r *resolver) innerIDs() {
	for _, m := range r.Modules {
		meta := &m.Doc.Meta
		for _, o := range meta.Objectives {
			r.form(m, o.ID)
		}
		for _, s := range meta.Stages {
			r.form(m, s.ID)
			if s.Milestone != nil {
				r.form(m, s.Milestone.ID)
			}
		}
		r.repeated(m, len(meta.Sources), func(i int) schema.Text { return meta.Sources[i].ID })
		if b := meta.Reading; b != nil {
			r.distinct(m, len(b.Items), func(i int) schema.Text { return b.Items[i].ID })
		}
		if b := meta.Form; b != nil {
			r.distinct(m, len(b.Fields), func(i int) schema.Text { return b.Fields[i].ID })
		}
	}
}

// form reports an id that cannot be one.
func (r *resolver) form(m *Module, id schema.Text) {
	if id.Value != "" && !schema.IsSlug(id.Value) {
		r.ds.Add("page/id", m.at(id), "use lower-case letters, digits and hyphens, at most 100", "%s cannot be an id", diag.Quote(id.Value))
	}
}

func (r *resolver) distinct(m *Module, n int, id func(i int) schema.Text) {
	for i := range n {
		r.form(m, id(i))
	}
	r.repeated(m, n, id)
}

// repeated reports ids of a list that stand in it twice.
func (r *resolver) repeated(m *Module, n int, id func(i int) schema.Text) {
	first := map[string]schema.Text{}
	for i := range n {
		x := id(i)
		before, again := first[x.Value]
		if again && x.Value != "" {
			d := r.ds.Add("page/duplicate-id", m.at(x), "give one of the two another id", "the id %s stands twice in this list", diag.Quote(x.Value))
			d.Related = append(d.Related, diag.Related{Span: m.at(before), Message: "the first is here"})
			continue
		}
		first[x.Value] = x
	}
}

// roles turns ids of roles into roles.
func (r *resolver) roles() {
	for _, m := range r.Modules {
		m.Audience = r.roleList(m, m.Doc.Meta.Audience)
		if c := m.Doc.Meta.Challenge; c != nil {
			r.roleList(m, c.Who)
			if c.HandOverTo.Value != "" {
				r.roleList(m, []schema.Text{c.HandOverTo})
			}
		}
		if s := m.Doc.Meta.Session; s != nil {
			r.roleList(m, s.Who)
		}
		if l := m.Doc.Meta.Reading; l != nil {
			for _, it := range l.Items {
				r.roleList(m, it.Roles)
			}
		}
		if b := m.Doc.Meta.Role; b != nil {
			for _, id := range b.NextTo {
				r.known(m, "page/unknown-module", id)
			}
		}
	}
}

// roleList returns the roles of a list of ids: one list for all pages that have the same.
func (r *resolver) roleList(m *Module, ids []schema.Text) []source.Role {
	var key strings.Builder
	for _, id := range ids {
		key.WriteString(id.Value + "\n")
	}
	if known, ok := r.roleLists[key.String()]; ok {
		return known
	}
	var out []source.Role
	for _, id := range ids {
		role, ok := r.Config.RoleByID(id.Value)
		if !ok {
			hint := diag.OneOrSeveral(id.Value, r.Config.RoleIDs())
			if len(r.Config.Roles) == 0 {
				hint = "list the roles of your programme under `roles` in site.yaml"
			}
			r.ds.Add("role/unknown", m.at(id), hint, "there is no role %s", diag.Quote(id.Value))
			continue
		}
		if !slices.Contains(out, role) {
			out = append(out, role)
		}
	}
	if len(out) == len(ids) { // a fault is said of each page
		if r.roleLists == nil {
			r.roleLists = map[string][]source.Role{}
		}
		r.roleLists[key.String()] = out
	}
	return out
}

// objectivesAndChecks collects what is taught and what is asked, and joins the two.
func (r *resolver) objectivesAndChecks() {
	for _, m := range r.claimants {
		for _, o := range m.Doc.Meta.Objectives {
			if o.ID.Value == "" {
				continue
			}
			if first, twice := r.objectives[o.ID.Value]; twice {
				r.twice("objective/twice", m, first.Module, o.ID.At, first.ID.At, "", "two objectives have the id %s", o.ID.Value)
				continue
			}
			r.objectives[o.ID.Value] = &Objective{o, m}
		}
		for _, c := range m.Doc.Checks {
			if first, twice := r.checks[c.ID]; twice {
				if c.Auto || first.Module == m {
					continue // two equal questions without ids: each is reported as without; equal ids on a page are reported by the page
				}
				r.twice("question/id-twice", m, first.Module, c.IDRange, first.IDRange, "; answers are kept under it", "two checks have the id %s", c.ID)
				continue
			}
			r.checks[c.ID] = &Check{c, m}
		}
	}
	served := map[string][]*quiz.Check{}
	for _, m := range r.Modules {
		for _, c := range m.Doc.Checks {
			for _, id := range c.Objectives {
				if _, ok := r.objectives[id]; !ok {
					r.ds.Add("question/unknown-objective", m.span(c.IDRange), diag.DidYouMean(id, r.objectiveIDs()), "no module has the objective %s", diag.Quote(id))
					continue
				}
				served[id] = append(served[id], c)
			}
		}
	}
	r.coverage(served)
}

func (r *resolver) objectiveIDs() []string {
	if r.listed.objectives == nil {
		r.listed.objectives = slices.Sorted(maps.Keys(r.objectives))
	}
	return r.listed.objectives
}

// coverage is lint Q05: an objective that nothing checks, or that asks for doing and is only checked by recall.
func (r *resolver) coverage(served map[string][]*quiz.Check) {
	for _, m := range r.Modules {
		if !learned(m.Kind) || m.Retired {
			continue
		}
		for _, o := range m.Doc.Meta.Objectives {
			if o.ID.Value == "" || r.objectives[o.ID.Value] == nil || r.objectives[o.ID.Value].Module != m {
				continue
			}
			switch checks := served[o.ID.Value]; {
			case len(checks) == 0:
				r.ds.Add("question/objective-unserved", m.at(o.ID), "add `objective="+o.ID.Value+"` to a question that checks it, or write one", "no question checks the objective %s", diag.Quote(o.ID.Value))
			case applies(o.Verb) && !slices.ContainsFunc(checks, beyondRecall):
				r.ds.Add("question/objective-recall", m.at(o.ID), "add a scenario, an ordering, a matching or a reflection that makes the learner do it", "the objective %s asks to %s, but is only checked by statements to remember", diag.Quote(o.ID.Value), o.Verb)
			}
		}
	}
}

func applies(verb string) bool {
	switch verb {
	case "apply", "analyse", "evaluate", "create":
		return true
	}
	return false
}

// beyondRecall says whether a check can ask for more than remembering. A one-word answer cannot, nor can true/false about a bare statement; a
// stem of several sentences tells a case.
func beyondRecall(c *quiz.Check) bool {
	if c.Type == quiz.Short || c.TrueFalse {
		return sentences(c.Prompt.Plain) > 1
	}
	return true
}

func sentences(s string) int {
	n := 0
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(".!?。！？؟", r) }) {
		if len(strings.Fields(part)) > 1 {
			n++
		}
	}
	return n
}

// lints reports checks that work but teach badly (section 3.8).
func (r *resolver) lints() {
	site := r.Config.Checks.Defaults()
	for _, m := range r.Modules {
		if len(m.Doc.Checks) == 0 && !learned(m.Kind) {
			continue
		}
		lang := m.Doc.Meta.Lang.Value
		if lang == "" {
			lang = r.Config.Language
		}
		r.ds = append(r.ds, quiz.Lint(m.Doc.Checks, quiz.PageFacts{
			File: m.Doc.File, Kind: m.Kind, Language: lang, Minutes: m.Minutes.Read + m.Minutes.Do, Body: m.Doc.Text,
			Defaults: []quiz.Defaults{m.Doc.Meta.Checks.Defaults(), site},
		})...)
	}
}

// glossary reports modules of the glossary that are not there. The terms that pages list are known when they are parsed.
func (r *resolver) glossary() {
	for _, t := range r.Terms {
		for _, id := range t.See {
			if r.ModuleByID(id.Value) == nil {
				r.ds.Add("glossary/unknown-module", r.proj.GlossaryFile.Span(id.At), r.nearModule(id.Value, nil, ""), "there is no module %s", diag.Quote(id.Value))
			}
		}
	}
}

// stale is lint M01: reviews that are due, and those of days to come.
func (r *resolver) stale() {
	if !r.o.Stale || r.o.Today == "" {
		return
	}
	day, _ := time.Parse(time.DateOnly, string(r.o.Today))
	tomorrow := schema.Date(day.AddDate(0, 0, 1).Format(time.DateOnly)) // where it is a day later
	for _, m := range r.Modules {
		if by := m.Doc.Meta.ReviewBy; by != "" && by < r.o.Today {
			r.ds.Add("page/stale", m.span(diag.Range{}), "review the page and move `reviewed` and `review_by`", "the page was to be reviewed by %s", by)
		}
		if on := m.Doc.Meta.Reviewed; on > tomorrow {
			r.ds.Add("page/reviewed", m.span(m.keyAt("reviewed")), "write the day of the last review; that of the next one is `review_by`", "the page was reviewed on %s, which is still to come", on)
		}
	}
}

// foreign sums up, in one warning, the keys passed over under front_matter: lenient.
func (r *resolver) foreign() {
	count := map[string]int{}
	pages := 0
	var first diag.Span
	for _, m := range r.Modules {
		if len(m.Doc.Foreign) > 0 {
			if pages == 0 {
				first = m.at(m.Doc.Foreign[0])
			}
			pages++
		}
		for _, k := range m.Doc.Foreign {
			count[k.Value]++
		}
	}
	if pages == 0 {
		return
	}
	var keys []string
	for k := range count {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return strings.Compare(a, b)
	})
	for i := range keys {
		keys[i] = diag.Quote(keys[i])
	}
	shown := keys
	if len(shown) > 12 {
		shown = append(slices.Clone(keys[:12]), "…")
	}
	have := fmt.Sprintf("%d pages have", pages)
	if pages == 1 {
		have = "1 page has"
	}
	r.ds.Add("page/foreign-keys", first, "take `front_matter: lenient` out of site.yaml to see each one", "%s keys in the front matter that Waymark passes over: %s", have, strings.Join(shown, ", "))
}
