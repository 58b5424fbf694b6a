package schema

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
)

// Minutes is a length of time in whole minutes, written as 25m, 1h, 1h30m or a bare number of minutes.
type Minutes int

var minutesForm = regexp.MustCompile(`^(?:(\d{1,4})h)?\s*(?:(\d{1,5})m?)?$`)

func (m *Minutes) SetText(s string) error {
	p := minutesForm.FindStringSubmatch(strings.TrimSpace(s))
	if p == nil || p[1] == "" && p[2] == "" {
		return errors.New("a duration is written as 25m, 1h or 1h30m")
	}
	h, _ := strconv.Atoi(p[1])
	n, _ := strconv.Atoi(p[2])
	*m = Minutes(60*h + n)
	return nil
}

func (*Minutes) Form() ([]string, string, int, int) {
	return []string{"string", "integer"}, `^\s*([0-9]{1,4}h\s*([0-9]{1,5}m?)?|[0-9]{1,5}m?)\s*$`, 0, 99_999
}

// Days is a length of time in whole days, written as 30d or a bare number.
type Days int

var daysForm = regexp.MustCompile(`^(\d{1,5})d?$`)

func (d *Days) SetText(s string) error {
	p := daysForm.FindStringSubmatch(strings.TrimSpace(s))
	if p == nil {
		return errors.New("a number of days is written as 30d")
	}
	n, _ := strconv.Atoi(p[1])
	*d = Days(n)
	return nil
}

func (*Days) Form() ([]string, string, int, int) {
	return []string{"string", "integer"}, `^\s*[0-9]{1,5}d?\s*$`, 0, 99_999
}

// Date is a calendar day, written as 2026-05-31; "" is no date. Dates compare as strings.
type Date string

func (d *Date) SetText(s string) error {
	day, _, _ := strings.Cut(s, "T")
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		if len(day) == len(time.DateOnly) && strings.HasSuffix(err.Error(), "out of range") {
			return errors.New("there is no such day")
		}
		return errors.New("a date is written as 2026-05-31")
	}
	*d = Date(day)
	return nil
}

func (*Date) Form() ([]string, string, int, int) {
	return []string{"string"}, `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T|$)`, 0, 0
}

// Clock is a time of day, written as 09:30 or 9:30, or with seconds, which TOML wants, and kept as 09:30; "" is none.
type Clock string

func (c *Clock) SetText(s string) error {
	s = strings.TrimSpace(s)
	t, err := time.Parse("15:04", s)
	if err != nil {
		t, err = time.Parse("15:04:00", s)
	}
	if err != nil {
		return errors.New("a time is written as 09:30")
	}
	*c = Clock(t.Format("15:04"))
	return nil
}

func (*Clock) Form() ([]string, string, int, int) {
	return []string{"string"}, `^\s*([01]?[0-9]|2[0-3]):[0-5][0-9](:00)?\s*$`, 0, 0
}

// Percent is a share of a hundred, written as 80% or 80. The zero value is none: as a pass mark 0 % would mean nothing.
type Percent int

func (p *Percent) SetText(s string) error {
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(s, "%")))
	if err != nil || n < 1 || n > 100 {
		return errors.New("a share is written as 80% and lies between 1% and 100%")
	}
	*p = Percent(n)
	return nil
}

func (*Percent) Form() ([]string, string, int, int) {
	return []string{"string", "integer"}, `^\s*\+?0*(100|[1-9][0-9]?)\s*%?$`, 1, 100
}

// IsSlug reports whether s can be an id: lower-case letters, digits, hyphens and underscores, beginning and ending with a letter or digit, at most a hundred of them. An
// id becomes part of addresses and keys of stored progress, so its grammar is narrow on purpose.
func IsSlug(s string) bool {
	n, closed := 0, false // closed: s so far may end here
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r) || n > 0 && unicode.IsMark(r):
			closed = true
		case n > 0 && (r == '-' || r == '_'):
			closed = false
		default:
			return false
		}
		n++
	}
	return closed && n <= 100 && s == strings.ToLower(s)
}

// IsLanguage reports whether s has the form of a language tag (BCP 47): two or three letters, and what else is said behind hyphens; or is empty.
func IsLanguage(s string) bool { return languageForm().MatchString(s) }

const languagePattern = `^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)?$`

var languageForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(languagePattern) })
