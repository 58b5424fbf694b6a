package report

import (
	"strings"

	"waymark/internal/progress"
)

// Who is counted: the learners that files are of, and which of them are on a path.

// On reports whether a learner is on a path: went to a module from its page, reached something of it, or, without having gone to one from the page of another path, did anything in its
// modules, for paths have modules in common.
func On(cur *progress.Curriculum, path *progress.PathData, f *progress.File) bool {
	if p := f.Paths[path.ID]; p.Started != "" || p.Done != "" || len(p.Milestones) > 0 {
		return true
	}
	stops, ticked := stopsOf(cur, path, nil), false
	for key, m := range f.Marks {
		what, of, _ := strings.Cut(key, ":")
		of, _, _ = strings.Cut(of, ":")
		if !m.Ticked() {
			continue
		}
		if (what == "path-done" || what == "milestone") && of == path.ID {
			return true
		}
		for _, s := range stops {
			ticked = ticked || s.module.ID == of
		}
	}
	for _, p := range f.Paths {
		if p.Started != "" {
			return false
		}
	}
	for _, s := range stops {
		m := f.Modules[s.module.ID]
		if m.Read != "" || m.Done != "" {
			return true
		}
		for i := range s.module.Checks {
			if f.Answered(s.module.Checks[i].ID) {
				return true
			}
		}
	}
	return ticked
}

// Join makes one file of those of each learner: saved by one browser, whether or not the learner typed a code for it, or on several under one code. A file that says neither is of a
// learner of its own. of says for each file which of the learners it is of.
func Join(files []*progress.File) (learners []*progress.File, of []int) {
	first := make([]int, len(files)) // for each file, the first of its learner's
	for i, f := range files {
		first[i] = i
		for j, g := range files[:i] {
			code := f.Learner.Code != "" && f.Learner.Code == g.Learner.Code
			if !code && (len(f.Seed) == 0 || string(f.Seed) == "null" || string(f.Seed) != string(g.Seed)) {
				continue
			}
			low, high := min(first[i], first[j]), max(first[i], first[j])
			for k := range first[:i+1] {
				if first[k] == high {
					first[k] = low
				}
			}
		}
	}
	of = make([]int, len(files))
	for i, f := range files {
		if first[i] == i {
			of[i] = len(learners)
			learners = append(learners, f)
		} else {
			of[i] = of[first[i]]
			learners[of[i]] = progress.Merge(learners[of[i]], f)
		}
	}
	return learners, of
}
