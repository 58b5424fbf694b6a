package report

import "waymark/internal/progress"

// What is counted: the modules of a path, and their checks.

// A stop is a module where the path has it, which says what makes it done there: meetings held, a signature, a test passed.
type stop struct {
	*progress.StopData
	module *progress.ModuleData
}

// stopsOf are the modules that a path has or offers behind those of list, once each: also those of paths in it, and pages that it has for a quiz or a reflection.
func stopsOf(cur *progress.Curriculum, path *progress.PathData, list []stop) []stop {
	add := func(s *progress.StopData) {
		m, page := moduleOf(cur, s)
		if m == nil {
			return
		}
		for i := range list {
			if list[i].module == m {
				if _, also := moduleOf(cur, list[i].StopData); also {
					list[i].StopData = s
				}
				return
			}
		}
		list = append(list, stop{s, m})
		for i := range cur.Paths {
			if p := &cur.Paths[i]; p.ID == s.ID && !page {
				list = stopsOf(cur, p, list)
			}
		}
	}
	for i := range path.Stages {
		items := path.Stages[i].Items
		for j := range items {
			add(&items[j])
			for k := range items[j].From {
				add(&items[j].From[k])
			}
		}
	}
	return list
}

// moduleOf is the module that an item of a stage names, or with page that of the check that it names; nil where there is none.
func moduleOf(cur *progress.Curriculum, s *progress.StopData) (m *progress.ModuleData, page bool) {
	page = s.Item == "quiz" || s.Item == "reflection"
	for i := range cur.Modules {
		m := &cur.Modules[i]
		if !page && m.ID == s.ID {
			return m, false
		}
		for j := range m.Checks {
			if page && m.Checks[j].ID == s.ID {
				return m, true
			}
		}
	}
	return nil, page
}

// checksOf are the checks of a stop, and the questions that its quizzes may draw from other pages, if they are not listed. They are then.
func (m maker) checksOf(s stop, listed map[string]bool) (list []*progress.CheckData) {
	for i := range s.module.Checks {
		c := &s.module.Checks[i]
		list = append(list, c)
		for _, id := range m.draws[c.ID] {
			if q := m.cur.Check(id); q != nil && !listed[id] {
				listed[id] = true
				list = append(list, q)
			}
		}
	}
	return list
}
