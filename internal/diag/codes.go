package diag

import (
	"slices"
	"strings"
)

// Info is what the table says of one code.
type Info struct {
	Code     string
	Severity Severity // the default
	Text     string   // one paragraph for `waymark explain`: what it means and how to mend it
}

// The table has a part for each subject, in a file of its own beside this one.
var table = func() map[string]Info {
	m := map[string]Info{}
	for _, part := range [][]Info{siteCodes, pageCodes, questionCodes, curriculumCodes, themeCodes} {
		for _, i := range part {
			if _, twice := m[i.Code]; twice {
				panic("diag: code twice in the table: " + i.Code)
			}
			m[i.Code] = i
		}
	}
	return m
}()

// Lookup returns what the table says of code.
func Lookup(code string) (Info, bool) {
	i, ok := table[code]
	return i, ok
}

// Codes returns the whole table, ordered by code.
func Codes() []Info {
	all := make([]Info, 0, len(table))
	for _, i := range table {
		all = append(all, i)
	}
	slices.SortStableFunc(all, func(a, b Info) int { return strings.Compare(a.Code, b.Code) })
	return all
}
