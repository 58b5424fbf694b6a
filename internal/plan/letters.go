package plan

import (
	"strings"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// collator orders titles by the rules of the site's language.
func (m *maker) collator() *collate.Collator {
	return collate.New(language.Make(m.cfg.Language), collate.IgnoreCase, collate.Numeric)
}

// initial is the letter under which a title stands: its first letter without accents, "0–9" for digits.
func initial(title string) string {
	for _, r := range norm.NFD.String(title) {
		switch {
		case unicode.IsDigit(r):
			return "0–9"
		case unicode.IsLetter(r):
			return strings.ToUpper(string(r))
		}
	}
	return "#"
}

func letterID(l string) string {
	switch l {
	case "0–9":
		return "letter-0-9"
	case "#":
		return "letter-other"
	}
	return "letter-" + strings.ToLower(l)
}
