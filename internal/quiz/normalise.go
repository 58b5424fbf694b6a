package quiz

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Normalise brings typed text into the form in which it is compared (section 3.6). The same steps in the same order are written in
// TypeScript; both are held to testdata/contract/normalise.json:
//
//  1. characters that cannot be seen go away, dashes become -, quotes ' or ", whatever their shape
//  2. Unicode NFKC, which also makes … three full stops
//  3. unless t.Case: lower, upper and lower case, of t.Lang (so that ß and ẞ are ss); a final sigma is a sigma; NFKC again
//  4. with t.Accents: NFD, without nonspacing marks, NFC
//  5. white space is joined to one blank and trimmed
//  6. one full stop at the end goes away, but not an ellipsis
func Normalise(s string, t KeyText) string {
	s = norm.NFKC.String(strings.Map(plainSign, s))
	if !t.Case {
		tag := language.Und
		if specialCase(t.Lang) != "" {
			tag = language.Make(t.Lang)
		}
		s = cases.Lower(tag).String(cases.Upper(tag).String(cases.Lower(tag).String(s)))
		s = norm.NFKC.String(strings.ReplaceAll(s, "ς", "σ"))
	}
	if t.Accents {
		s = norm.NFC.String(strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(s)))
	}
	s = strings.Join(strings.Fields(s), " ")
	if strings.HasSuffix(s, "。") {
		s = strings.TrimSuffix(s, "。")
	} else if strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "..") {
		s = strings.TrimSuffix(s, ".")
	}
	return strings.TrimSpace(s)
}

// plainSign maps signs that have many shapes to one, and drops those that cannot be seen.
func plainSign(r rune) rune {
	switch {
	case r == 0xAD || r == 0x200B || r == 0x200E || r == 0x200F || r == 0x2060 || r == 0xFEFF,
		r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return -1
	case r >= 0x2010 && r <= 0x2015, r == 0x2212, r == 0xFE58, r == 0xFE63, r == 0xFF0D:
		return '-'
	case r >= 0x2018 && r <= 0x201B, r == 0x2032, r == 0x60, r == 0xB4, r == 0x2BC, r == 0xFF07, r == 0x2039, r == 0x203A:
		return '\''
	case r >= 0x201C && r <= 0x201F, r == 0x2033, r == 0xAB, r == 0xBB, r == 0xFF02:
		return '"'
	}
	return r
}

// specialCase returns the language subtag of lang when its capitals have rules of their own, else "".
func specialCase(lang string) string {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	switch base {
	case "az", "tr":
		return base
	}
	return ""
}

// oneSlip reports whether typed differs from want by one slip (a letter too many, missing, wrong, or two neighbours swapped) in one word
// of five letters or more that has no digit. Both are normalised.
func oneSlip(typed, want string) bool {
	a, b := strings.Split(typed, " "), strings.Split(want, " ")
	if len(a) != len(b) {
		return false
	}
	slips := 0
	for i := range a {
		if a[i] == b[i] {
			continue
		}
		letters := 0
		for _, r := range b[i] {
			if unicode.IsDigit(r) {
				return false
			}
			if unicode.IsLetter(r) {
				letters++
			}
		}
		if letters < 5 || !slip([]rune(a[i]), []rune(b[i])) {
			return false
		}
		slips++
	}
	return slips == 1
}

// slip reports whether a becomes b by one insertion, deletion, replacement or swap of neighbours.
func slip(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	ra, rb := a[i:], b[i:]
	if len(a) < len(b) {
		return string(ra) == string(rb[1:])
	}
	return len(ra) == 0 || string(ra[1:]) == string(rb[1:]) ||
		len(ra) > 1 && ra[0] == rb[1] && ra[1] == rb[0] && string(ra[2:]) == string(rb[2:])
}
