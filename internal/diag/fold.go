package diag

// A Fold is what a long list leaves out of one code.
type Fold struct {
	Code string
	Left int // how many warnings are not shown
}

// Fold returns the list with at most perCode warnings of each code, and what was left out, in the order of the codes' first places. Errors are all kept:
// they have to be mended one by one, and warnings that come by the hundred have one cause.
func (l List) Fold(perCode int) (List, []Fold) {
	seen := map[string]int{}
	for _, d := range l {
		if d.Severity == Warning {
			seen[d.Code]++
		}
	}
	var out List
	var folds []Fold
	shown := map[string]int{}
	for _, d := range l {
		if d.Severity == Warning {
			if shown[d.Code]++; shown[d.Code] > perCode {
				if shown[d.Code] == perCode+1 {
					folds = append(folds, Fold{d.Code, seen[d.Code] - perCode})
				}
				continue
			}
		}
		out = append(out, d)
	}
	return out, folds
}
