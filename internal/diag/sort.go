package diag

import (
	"cmp"
	"slices"
	"strings"
)

// Sort returns the list ordered by file, place, code and message, so that two runs print the same, without exact repetitions. Equal ones keep their order. The list itself
// may be changed.
//
// What stages find comes in long runs that are in order already, so runs are found and merged: a list in order costs one look at each of its elements.
func (l List) Sort() List {
	order := make([]int32, len(l)) // the numbers are sorted and not the diagnostics, which are large
	ends := make([]int, 0, 8)      // of runs
	for i := range l {
		order[i] = int32(i)
		if i > 0 && compare(&l[i-1], &l[i]) > 0 {
			ends = append(ends, i)
		}
	}
	if len(ends) > 0 {
		ends = append(ends, len(l))
		for room := make([]int32, len(l)); len(ends) > 1; order, room = room, order {
			ends = l.merge(room, order, ends)
		}
		sorted := make(List, len(l))
		for i, k := range order {
			sorted[i] = l[k]
		}
		l = sorted
	}
	return slices.CompactFunc(l, func(a, b Diagnostic) bool {
		return a.Span.Path() == b.Span.Path() && a.Span.Range == b.Span.Range && a.Code == b.Code && a.Message == b.Message
	})
}

// merge merges each two neighbours of the runs of from, which end where ends says, into to, and returns where the new runs end.
func (l List) merge(to, from []int32, ends []int) []int {
	start, n := 0, 0
	for k := 0; k < len(ends); k += 2 {
		middle, end := ends[k], ends[min(k+1, len(ends)-1)]
		a, b, out := from[start:middle], from[middle:end], to[start:start:end]
		for len(a) > 0 && len(b) > 0 {
			if compare(&l[a[0]], &l[b[0]]) <= 0 {
				out, a = append(out, a[0]), a[1:]
			} else {
				out, b = append(out, b[0]), b[1:]
			}
		}
		_ = append(append(out, a...), b...)
		ends[n], start = end, end
		n++
	}
	return ends[:n]
}

func compare(a, b *Diagnostic) int {
	if a.Span.File != b.Span.File {
		if c := strings.Compare(a.Span.Path(), b.Span.Path()); c != 0 {
			return c
		}
	}
	if c := cmp.Compare(a.Span.Start, b.Span.Start); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(a.Code, b.Code), strings.Compare(a.Message, b.Message))
}
