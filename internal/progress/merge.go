package progress

import (
	"cmp"
	"fmt"
)

// Merge is what two files of one learner say together, as where the two are read into one browser (themes/default/src/progress/merge.ts): whether they were saved one after the other or
// on two devices, in any order, and however often. The earliest first try and day count, the highest best, the newest mark. Neither file is changed.
//
// Files that were shared have days only, and what was taken in from a link has no values. So of two last tries of one day that counts which more tries led to, and a try that is known stands
// before one that is not.
func Merge(a, b *File) *File {
	f := &File{
		Format: a.Format, Version: a.Version, Site: a.Site, Edition: a.Edition, Learner: a.Learner, Seed: a.Seed,
		Paths: map[string]Path{}, Modules: map[string]Module{}, Answers: map[string]Answer{}, Review: map[string]Card{}, Marks: map[string]Mark{},
	}
	for _, of := range [2]*File{a, b} {
		// What some files say beside the marks alone is one.
		ticked := func(key, day string) {
			if _, ok := of.Marks[key]; !ok {
				f.mark(key, Mark{day, []byte("true")})
			}
		}
		for id, p := range of.Paths {
			had := f.Paths[id]
			f.Paths[id] = Path{Started: earliest(had.Started, p.Started), Done: earliest(had.Done, p.Done)}
			for milestone, day := range p.Milestones {
				ticked("milestone:"+id+":"+milestone, day)
			}
		}
		for id, m := range of.Modules {
			done := m.Done // when the rule held
			if done == "" || m.How == "manual" {
				done = m.Rule
			}
			if m.Done != "" && m.How == "manual" {
				ticked("done:"+id, m.Done)
			}
			had := f.Modules[id]
			f.Modules[id] = Module{Read: earliest(had.Read, m.Read), Done: earliest(had.Done, done)}
		}
		for id, answer := range of.Answers {
			all, ok := f.Answers[id]
			if !ok {
				all.Rev = answer.Rev
			}
			all.take(&answer)
			f.Answers[id] = all
		}
		for id, card := range of.Review {
			f.Review[id] = Card{max(f.Review[id].N, card.N)}
		}
		for key, m := range of.Marks {
			f.mark(key, m)
		}
	}
	return f
}

// mark keeps the newest mark of a key.
func (f *File) mark(key string, m Mark) {
	if had, ok := f.Marks[key]; !ok || had.At < m.At || had.At == m.At && string(m.Value) < string(had.Value) {
		f.Marks[key] = m
	}
}

// earliest is the earlier of two days, "" being none.
func earliest(a, b string) string {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}

// take joins b with what there is of its revision, and keeps those of others apart.
func (a *Answer) take(b *Answer) {
	at := a
	if a.Rev != b.Rev {
		at = nil
		for i := range a.Was {
			if a.Was[i].Rev == b.Rev {
				at = &a.Was[i]
			}
		}
		if at == nil {
			a.Was = append(a.Was, Answer{Rev: b.Rev})
			at = &a.Was[len(a.Was)-1]
		}
	}
	at.First = chosen(at.First, b.First, 1, 0)
	at.Last = chosen(at.Last, b.Last, -1, b.Tries-at.Tries)
	at.Best, at.Tries = max(at.Best, b.Best), max(at.Tries, b.Tries)
	for i := range b.Was {
		a.take(&b.Was[i])
	}
}

// chosen is x or y: that which there is, then that which is known, then the earlier or, with -1, the later, then y where tries is above 0, then by what was reached, felt and answered.
func chosen(x, y *Try, sign, tries int) *Try {
	switch {
	case x == nil, y != nil && y.Known() && !x.Known():
		return y
	case y == nil, x.Known() && !y.Known():
		return x
	}
	if cmp.Or(sign*cmp.Compare(x.At, y.At), tries, cmp.Compare(x.Score, y.Score), y.Sure-x.Sure, cmp.Compare(fmt.Sprint(x.Value), fmt.Sprint(y.Value))) > 0 {
		return y
	}
	return x
}
