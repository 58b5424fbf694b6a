package curriculum

import (
	"waymark/internal/diag"
	"waymark/internal/schema"
)

// needs joins each module with what it builds on, and reports circles.
func (r *resolver) needs() {
	for _, m := range r.Modules {
		n := m.Doc.Meta.Needs
		for _, id := range n.Modules {
			if on := r.byID[id.Value]; on != nil {
				m.Needs = append(m.Needs, Need{Module: on, At: id.At})
			} else {
				r.unknownModule(m, id)
			}
		}
		for _, id := range n.Objectives {
			o := r.objectives[id.Value]
			if o == nil {
				r.ds.Add("needs/unknown-objective", m.at(id), diag.DidYouMean(id.Value, r.objectiveIDs()), "no module has the objective %s", diag.Quote(id.Value))
				continue
			}
			m.Needs = append(m.Needs, Need{Objective: o, Module: o.Module, At: id.At})
		}
	}
	r.circles()
}

func (r *resolver) unknownModule(m *Module, id schema.Text) {
	if why := r.hiddenID(id.Value); why != "" {
		r.ds.Add("needs/unknown-module", m.at(id), "publish it, build with --drafts, or take the line away", "the module %s %s", diag.Quote(id.Value), why)
		return
	}
	r.ds.Add("needs/unknown-module", m.at(id), diag.DidYouMean(id.Value, r.moduleIDs()), "there is no module %s", diag.Quote(id.Value))
}

func (r *resolver) hiddenID(id string) string {
	for _, p := range r.pagesHidden {
		if p.id == id {
			return p.why
		}
	}
	return ""
}

// circles reports modules that need one another, each circle once, as the chain of places.
func (r *resolver) circles() {
	const (
		fresh = iota
		open
		done
	)
	state := make(map[*Module]int, len(r.Modules))
	var chain []Need // the needs that led to the module at hand
	var from []*Module
	var visit func(m *Module)
	visit = func(m *Module) {
		state[m] = open
		from = append(from, m)
		for _, n := range m.Needs {
			if n.Module == nil || n.Module == m && n.Objective != nil {
				continue
			}
			chain = append(chain, n)
			switch state[n.Module] {
			case fresh:
				visit(n.Module)
			case open:
				r.circle(from, chain)
			}
			chain = chain[:len(chain)-1]
		}
		from = from[:len(from)-1]
		state[m] = done
	}
	for _, m := range r.Modules {
		if state[m] == fresh {
			visit(m)
		}
	}
}

// circle reports the part of the chain that begins where it ends.
func (r *resolver) circle(from []*Module, chain []Need) {
	last := chain[len(chain)-1]
	start := 0
	for i, m := range from {
		if m == last.Module {
			start = i
		}
	}
	// chain[i] is the need of from[i].
	chain = chain[len(chain)-len(from):]
	first := from[start]
	d := r.ds.Add("needs/circle", first.span(chain[start].At), "take one of these needs away", "%s needs itself, by way of %d other modules", diag.Quote(first.ID), len(from)-start-1)
	if len(from)-start == 1 {
		d.Message = diag.Quote(first.ID) + " needs itself"
	}
	for i := start + 1; i < len(from); i++ {
		d.Related = append(d.Related, diag.Related{Span: from[i].span(chain[i].At), Message: diag.Quote(from[i].ID) + " needs " + diag.Quote(chain[i].Module.ID)})
	}
}
