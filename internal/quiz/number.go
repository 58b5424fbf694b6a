package quiz

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ReadNumber returns the numbers that typed text can mean: none when it is not a number, two when its only comma or point can be read as a
// decimal sign or between thousands ("1,200"). The decimal reading comes first.
//
// Text is normalised first. Beside the number one of the units may stand, before or behind it. A comma or a point is the decimal sign;
// blanks and apostrophes stand between thousands, and so does the other of comma and point: then they part groups of three.
func ReadNumber(text string, units []string) []float64 {
	s := westernDigits.Replace(Normalise(text, KeyText{}))
	if len(s) > 60 {
		return nil
	}
	s = dropUnit(s, units)
	sign := 1.0
	switch {
	case strings.HasPrefix(s, "-"):
		sign, s = -1, strings.TrimSpace(s[1:])
	case strings.HasPrefix(s, "+"):
		s = strings.TrimSpace(s[1:])
	}
	s = dropUnit(s, units) // -€ 5
	var values []float64
	for _, digits := range readDigits(s) {
		f, err := strconv.ParseFloat(digits, 64)
		if err != nil {
			return nil
		}
		values = append(values, sign*f+0) // not -0
	}
	return values
}

// westernDigits turns Arabic-Indic and Persian digits, and their decimal sign and thousands' sign, into Western ones.
var westernDigits = strings.NewReplacer("٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9",
	"۰", "0", "۱", "1", "۲", "2", "۳", "3", "۴", "4", "۵", "5", "۶", "6", "۷", "7", "۸", "8", "۹", "9", "٫", ".", "٬", ",")

// dropUnit takes one unit from the end or the start of s, the longest that stands there: in "5 km" that is km, though m is a unit, too. Plurals are
// forgiven: a unit of three letters or more may have an s at its end or lack it.
func dropUnit(s string, units []string) string {
	longest, left := "", s
	for _, u := range units {
		u = Normalise(u, KeyText{})
		forms := []string{u}
		if stem := strings.TrimSuffix(u, "s"); letters(stem) >= 3 {
			forms = []string{stem + "s", stem}
		}
		for _, f := range forms {
			rest, ok := strings.CutSuffix(s, f)
			if !ok {
				rest, ok = strings.CutPrefix(s, f)
			}
			if ok && utf8.RuneCountInString(f) > utf8.RuneCountInString(longest) {
				longest, left = f, strings.TrimSpace(rest)
			}
		}
	}
	return left
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsLetter(r) {
			return 0
		}
		n++
	}
	return n
}

// readDigits returns the readings of s as digits with at most one point.
func readDigits(s string) []string {
	var runs []string // the digits between separators
	var seps []byte
	run := ""
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
			run += string(c)
		case '.', ',', ' ', '\'':
			runs, seps, run = append(runs, run), append(seps, c), ""
		default:
			return nil
		}
	}
	runs = append(runs, run)
	n := len(seps)
	if runs[n] == "" {
		return nil // nothing, or a separator at the end
	}
	if n == 0 {
		return runs
	}
	var found []string
	// The last separator as the decimal sign: what stands before it is grouped by one other sign, or not at all.
	if last := seps[n-1]; last == '.' || last == ',' {
		if n == 1 {
			found = append(found, "0"+runs[0]+"."+runs[1])
		} else if whole, ok := grouped(runs[:n], seps[:n-1]); ok && seps[0] != last {
			found = append(found, whole+"."+runs[n])
		}
	}
	if whole, ok := grouped(runs, seps); ok {
		found = append(found, whole)
	}
	return found
}

// grouped joins runs of digits that are parted into thousands by one kind of sign.
func grouped(runs []string, seps []byte) (string, bool) {
	if runs[0] == "" || len(runs[0]) > 3 || runs[0][0] == '0' {
		return "", false
	}
	for i, sep := range seps {
		if sep != seps[0] || len(runs[i+1]) != 3 {
			return "", false
		}
	}
	return strings.Join(runs, ""), true
}

// A span of numbers, as an author writes it: "9", "9 +- 1", "9 ± 10%", "9..12".
type numberRange struct{ min, max float64 }

var (
	toleranceForm = regexp.MustCompile(`^(.+?)\s*(?:\+-|\+/-|±)\s*(.+?)$`)
	rangeForm     = regexp.MustCompile(`^(.*?[^.\s])\s*\.\.\s*([^.\s].*)$`)
	operatorForm  = regexp.MustCompile(`\d\D*(?:\+-|\+/-|±|\.\.)|(?:\+-|\+/-|±|\.\.)\s*\D?\d`)
)

// readRange reads an author's number. fault is what is wrong with it, in words for a hint; reversed ranges come back in order.
func readRange(value string, units []string) (r numberRange, fault string, ok bool) {
	value = strings.ReplaceAll(value, "…", "..")
	if m := rangeForm.FindStringSubmatch(value); m != nil {
		lo, f1, ok1 := readExact(m[1], units)
		hi, f2, ok2 := readExact(m[2], units)
		if !ok1 || !ok2 {
			return r, f1 + f2, false
		}
		if lo > hi {
			return numberRange{hi, lo}, "reversed", true
		}
		return numberRange{lo, hi}, "", true
	}
	if m := toleranceForm.FindStringSubmatch(value); m != nil {
		mid, f1, ok1 := readExact(m[1], units)
		share, percent := strings.CutSuffix(strings.TrimSpace(m[2]), "%")
		tol, f2, ok2 := readExact(share, units)
		if !ok1 || !ok2 || tol < 0 {
			return r, f1 + f2, false
		}
		if percent {
			tol = max(mid, -mid) * tol / 100
		}
		return numberRange{mid - tol, mid + tol}, "", true
	}
	v, fault, ok := readExact(value, units)
	return numberRange{v, v}, fault, ok
}

// dashedRange returns how a range is written right for which an author put a dash: "9-12". The numbers must grow, so a score of 3-2 is none.
func dashedRange(value string, units []string) (span string, ok bool) {
	for i, c := range value {
		if i == 0 || c != '-' && c != '–' && c != '—' && c != '−' {
			continue
		}
		low, high := strings.TrimSpace(value[:i]), strings.TrimSpace(value[i+utf8.RuneLen(c):])
		a, _, ok1 := readExact(low, units)
		b, _, ok2 := readExact(high, units)
		return low + ".." + high, ok1 && ok2 && a < b
	}
	return "", false
}

// NumberParts takes an author's number apart, so that it can be said in words: "9..12" is from and to, "9 +- 1" from and by, "9" from alone.
func NumberParts(value string) (from, to, by string) {
	value = strings.ReplaceAll(value, "…", "..")
	if m := rangeForm.FindStringSubmatch(value); m != nil {
		return m[1], m[2], ""
	}
	if m := toleranceForm.FindStringSubmatch(value); m != nil {
		return m[1], "", m[2]
	}
	return value, "", ""
}

// readExact reads one number of an author. A point is the decimal sign; a single comma before three digits is refused, since a reader cannot
// tell what it means.
func readExact(s string, units []string) (v float64, fault string, ok bool) {
	all := ReadNumber(s, units)
	switch {
	case len(all) == 0:
		return 0, "", false
	case len(all) == 2 && strings.Contains(s, ","):
		return 0, "two readings", false
	}
	return all[0], "", true
}

// numeric reports whether an author's value reads as a number, or was meant to be one.
func numeric(value string, units []string) bool {
	_, fault, ok := readRange(value, units)
	return ok || fault != "" || operatorForm.MatchString(value)
}
