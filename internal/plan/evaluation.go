package plan

import (
	"cmp"

	"waymark/internal/curriculum"
	"waymark/internal/schema"
)

// evaluation returns how a path is evaluated, level by level in Kirkpatrick's order. A level that is for others, or of which nothing is left in an edition
// for one role, is left out.
func (m *maker) evaluation(p *curriculum.Path, out string) (levels []EvaluationLevel) {
	for name, part := range p.Module.Doc.Meta.Evaluation.Levels() {
		if !m.Meant(part.Who) {
			continue
		}
		v := EvaluationLevel{Level: name, Measures: part.Measures, Days: curriculum.Whole(part.At), Who: m.roles(out, m.rolesOf(part.Who)), Owner: part.Owner}
		if s := p.Stage(part.Before.Value); s != nil {
			v.Before = s.Title
		}
		if s := p.Stage(part.After.Value); s != nil {
			v.After = s.Title
		}
		if form := m.ModuleByID(part.Form.Value); form != nil {
			v.With = append(v.With, m.link(out, form))
		}
		for _, id := range append([]schema.Text{part.Rating}, part.Checks...) {
			if c := m.Check(id.Value); c != nil {
				to := m.link(out, c.Module)
				to.Text, to.URL = checkTitle(c), relative(out, m.out[c.Module], c.ID)
				v.With = append(v.With, to)
			}
		}
		if r, ok := m.cfg.RoleByID(part.Owner); ok {
			v.Owner = r.Title
		}
		if len(v.With) > 0 || len(v.Measures) > 0 {
			levels = append(levels, v)
		}
	}
	return levels
}

// checkTitle is what a check is called where only its name is shown: how its prompt begins.
func checkTitle(c *curriculum.Check) string {
	return cmp.Or(shorten(c.Prompt.Plain, 80), c.Module.Title)
}
