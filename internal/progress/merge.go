package progress

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
)

// Merge is what two files of one learner say together, as where the two are read into one browser (themes/default/src/progress/merge.ts): whether they were saved one after the other or
// on two devices, in any order, and however often. The earliest first try and day count, the highest best, the newest mark. Neither file is changed.
//
// Files that were shared have days only, and what was taken in from a link has no values. So of two last tries of one day that counts which more tries led to, and a try that is known stands
// before one that is not.
func Merge(a, b *File) *File {
	f := *a
	var other File
	f.Modules, f.Marks = a.ruled()
	other.Modules, other.Marks = b.ruled()
	f.Paths = union(a.Paths, b.Paths, func(x, y Path) Path {
		return Path{earliest(x.Started, y.Started), earliest(x.Done, y.Done), union(x.Milestones, y.Milestones, earliest)}
	})
	f.Modules = union(f.Modules, other.Modules, func(x, y Module) Module {
		return Module{Read: earliest(x.Read, y.Read), Done: earliest(x.Done, y.Done)}
	})
	f.Answers = union(a.Answers, b.Answers, mergeAnswers)
	f.Review = union(a.Review, b.Review, func(x, y Card) Card { return Card{max(x.N, y.N)} })
	f.Marks = union(f.Marks, other.Marks, func(x, y Mark) Mark {
		if cmp.Or(cmp.Compare(y.At, x.At), bytes.Compare(x.Value, y.Value)) <= 0 {
			return x
		}
		return y
	})
	return &f
}

// ruled are the modules with the days on which their rules held, and the marks with those that a file says by `how` alone.
func (f *File) ruled() (map[string]Module, map[string]Mark) {
	modules, marks := map[string]Module{}, map[string]Mark{}
	maps.Copy(marks, f.Marks)
	for id, m := range f.Modules {
		if m.How == "manual" && m.Done != "" {
			if _, ok := marks["done:"+id]; !ok {
				marks["done:"+id] = Mark{m.Done, []byte("true")}
			}
			m.Done = m.Rule
		}
		modules[id] = Module{Read: m.Read, Done: cmp.Or(m.Done, m.Rule)}
	}
	return modules, marks
}

// union has the keys of both; join makes one of what stands under a key in both.
func union[T any](a, b map[string]T, join func(x, y T) T) map[string]T {
	all := map[string]T{}
	maps.Copy(all, a)
	for key, y := range b {
		if x, ok := all[key]; ok {
			y = join(x, y)
		}
		all[key] = y
	}
	return all
}

// earliest is the earlier of two days, "" being none.
func earliest(a, b string) string {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}

// mergeAnswers joins answers of one revision, and keeps those of others apart. That which was used last comes first.
func mergeAnswers(a, b Answer) Answer {
	all := append([]Answer{a, b}, append(slices.Clone(a.Was), b.Was...)...)
	slices.SortStableFunc(all, func(x, y Answer) int { return cmp.Compare(x.Rev, y.Rev) })
	var revs []Answer
	for _, x := range all {
		x.Was = nil
		if n := len(revs); n > 0 && revs[n-1].Rev == x.Rev {
			y := revs[n-1]
			x = Answer{Rev: x.Rev, Best: max(x.Best, y.Best), Tries: max(x.Tries, y.Tries), First: chosen(x.First, y.First, func() int {
				return cmp.Compare(x.First.At, y.First.At)
			}), Last: chosen(x.Last, y.Last, func() int {
				return cmp.Or(cmp.Compare(y.Last.At, x.Last.At), cmp.Compare(y.Tries, x.Tries))
			})}
			revs = revs[:n-1]
		}
		revs = append(revs, x)
	}
	slices.SortStableFunc(revs, func(x, y Answer) int { return cmp.Compare(y.used(), x.used()) })
	top := revs[0]
	top.Was = revs[1:]
	return top
}

// used is when there was a try last.
func (a Answer) used() string {
	if t := cmp.Or(a.Last, a.First); t != nil {
		return t.At
	}
	return ""
}

// chosen is x or y: that which there is, then that which is known, then by order, then by what was reached, answered and felt.
func chosen(x, y *Try, order func() int) *Try {
	switch {
	case x == nil || y == nil:
		return cmp.Or(x, y)
	case x.Known() != y.Known():
		if x.Known() {
			return x
		}
		return y
	}
	values := slices.CompareFunc(x.Value, y.Value, func(v, w json.RawMessage) int { return bytes.Compare(v, w) })
	if cmp.Or(order(), cmp.Compare(x.Score, y.Score), cmp.Compare(y.Sure, x.Sure), values) <= 0 {
		return x
	}
	return y
}
