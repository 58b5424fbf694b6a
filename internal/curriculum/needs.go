package curriculum

import (
	"fmt"
	"maps"
	"slices"

	"golang.org/x/text/unicode/norm"
	"waymark/internal/diag"
	"waymark/internal/schema"
)

// needs joins each module with what it builds on, and reports circles.
func (r *resolver) needs() {
	for _, m := range r.Modules {
		n := m.Doc.Meta.Needs
		for _, id := range n.Modules {
			if on := r.ModuleByID(id.Value); on != nil && on.Kind == "cohort" {
				r.ds.Add("needs/kind", m.at(id), "name the path that it follows under `needs: {paths: […]}`, or take it out", "the cohort %s is a group, which nobody can have done before", diag.Quote(id.Value))
			} else if on != nil {
				m.Needs = append(m.Needs, Need{Module: on, At: id.At})
			} else {
				r.known(m, "needs/unknown-module", id)
			}
		}
		for _, id := range n.Objectives {
			o := r.objectives[id.Value]
			if o == nil {
				r.ds.Add("needs/unknown-objective", m.at(id), diag.OneOrSeveral(id.Value, r.objectiveIDs()), "no module has the objective %s", diag.Quote(id.Value))
				continue
			}
			m.Needs = append(m.Needs, Need{Objective: o, Module: o.Module, At: id.At})
		}
	}
}

// known reports under code an id that no module has.
func (r *resolver) known(m *Module, code string, id schema.Text) {
	if r.ModuleByID(id.Value) != nil {
		return
	}
	if why := r.hiddenID(id.Value); why != "" {
		r.ds.Add(code, m.at(id), "publish it, build with --drafts, or take it out here", "the module %s %s", diag.Quote(id.Value), why)
		return
	}
	r.ds.Add(code, m.at(id), r.nearModule(id.Value, m, ""), "there is no module %s", diag.Quote(id.Value))
}

// listed are the ids that there are, from when the first is suggested. They are not to be changed.
type listed struct{ modules, objectives, checks []string }

func (r *resolver) moduleIDs() []string {
	if r.listed.modules == nil {
		r.listed.modules = slices.Sorted(maps.Keys(r.byID))
	}
	return r.listed.modules
}

// nearModule suggests a module for an id that none has, for a page that cannot mean itself (nil: there is none) and of a kind (empty: any). Where none is near it lists them, but
// for the pages of folders and those with a layout of their own: nobody means these.
func (r *resolver) nearModule(id string, page *Module, kind string) string {
	meant := func(id string) bool {
		m := r.byID[id]
		return m != page && (kind == "" || m.Kind == kind)
	}
	near := diag.Nearest(id, r.moduleIDs())
	if near != "" && !meant(near) {
		near = diag.Nearest(id, slices.DeleteFunc(slices.Clone(r.moduleIDs()), func(id string) bool { return !meant(id) }))
	}
	if near != "" {
		return diag.DidYouMean(id, []string{near})
	}
	var list []string
	for _, id := range r.moduleIDs() {
		if m := r.byID[id]; meant(id) && !(m.Index && m.Doc.Meta.ID.Value == "") && m.Doc.Meta.Layout == "" {
			list = append(list, id)
		}
		if len(list) > diag.MostListed {
			break
		}
	}
	return diag.OneOrSeveral(id, list)
}

func (r *resolver) hiddenID(id string) string {
	id = norm.NFC.String(id)
	for _, p := range r.pagesHidden {
		if p.id == id {
			return p.why
		}
	}
	return ""
}

// on is the page that a need leads to.
func (n Need) on() *Module {
	if n.Path != nil {
		return n.Path.Module
	}
	return n.Module
}

// circles reports modules or paths that need one another, each circle once, as the chain of places.
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
			if n.on() == m && n.Objective != nil {
				continue
			}
			chain = append(chain, n)
			switch state[n.on()] {
			case fresh:
				visit(n.on())
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
		if m == last.on() {
			start = i
		}
	}
	// chain[i] is the need of from[i].
	chain = chain[len(chain)-len(from):]
	first := from[start]
	way := ""
	if others := len(from) - start - 1; others > 0 {
		way = ", by way of " + diag.Quote(chain[start].on().ID)
		if others > 1 {
			way += fmt.Sprintf(" and %d more", others-1)
		}
	}
	d := r.ds.Add("needs/circle", first.span(chain[start].At), "take one of these needs away", "%s needs itself%s", diag.Quote(first.ID), way)
	for i := start + 1; i < len(from); i++ {
		d.Related = append(d.Related, diag.Related{Span: from[i].span(chain[i].At), Message: diag.Quote(from[i].ID) + " needs " + diag.Quote(chain[i].on().ID)})
	}
}
