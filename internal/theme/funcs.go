package theme

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"path"
	"reflect"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// funcs are the functions of templates in one language.
func (t *Theme) funcs(lang string) template.FuncMap {
	return template.FuncMap{
		"t":       func(key string, args ...any) string { return t.Message(lang, key, args...) },
		"n":       func(key string, count int, args ...any) string { return t.Plural(lang, key, count, args...) },
		"minutes": func(m any) string { return t.minutes(lang, m) },
		"icon":    t.Icon,
		"date":    func(day string) string { return t.date(lang, day) },
		"weekday": func(day string) string { return t.weekday(lang, day) },
		"dict":    dict,
		"list":    func(v ...any) []any { return v },
		"add":     func(a, b int) int { return a + b },
		"sub":     func(a, b int) int { return a - b },
		"join":    strings.Join,
		"lower":   strings.ToLower,
		"seq":     seq,
		"lang":    func() string { return lang },
		"exchange": func(in, part, by template.HTML) template.HTML {
			return template.HTML(strings.Replace(string(in), string(part), string(by), 1))
		},
		"once": func(name string, data any) (template.HTML, error) { return t.once(lang, name, data) },
		"draw": func(name string, data any) (template.HTML, error) { return t.Draw(name, lang, data) },
	}
}

// Message returns a message of the catalogue with its arguments put in, or its key when no catalogue has it.
func (t *Theme) Message(lang, key string, args ...any) string {
	text, ok := t.words(lang)[key]
	if !ok {
		if text, ok = t.words("en")[key]; !ok {
			return key
		}
	}
	return fill(text, args)
}

// Plural returns the form of a message for count, by the plural rules of the language (CLDR): key.one, key.few, …, key.other.
func (t *Theme) Plural(lang, key string, count int, args ...any) string {
	form := "other"
	tag := language.Make(lang)
	switch plural.Cardinal.MatchPlural(tag, abs(count), 0, 0, 0, 0) {
	case plural.Zero:
		form = "zero"
	case plural.One:
		form = "one"
	case plural.Two:
		form = "two"
	case plural.Few:
		form = "few"
	case plural.Many:
		form = "many"
	}
	text, ok := t.words(lang)[key+"."+form]
	if !ok {
		if text, ok = t.words(lang)[key+".other"]; !ok {
			if lang != "en" {
				return t.Plural("en", key, count, args...)
			}
			text = key
		}
	}
	text = strings.ReplaceAll(text, "{count}", strconv.Itoa(count))
	return fill(text, append([]any{count}, args...))
}

// Script returns the messages for scripts: all whose key begins with "script.", without that.
func (t *Theme) Script(lang string) map[string]string {
	m := map[string]string{}
	for _, l := range []string{"en", t.Language(lang)} {
		for k, v := range t.words(l) {
			if name, ok := strings.CutPrefix(k, "script."); ok {
				m[name] = v
			}
		}
	}
	return m
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// fill puts the arguments in the place of {0}, {1} … All at once: an argument is somebody's title, and may hold braces of its own.
func fill(text string, args []any) string {
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(text, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		number, rest, ok := strings.Cut(after, "}")
		if n, err := strconv.Atoi(number); ok && err == nil && n >= 0 && n < len(args) {
			fmt.Fprint(&b, args[n])
			text = rest
			continue
		}
		b.WriteByte('{')
		text = after
	}
}

// span is a range of minutes; plan.Minutes has these fields.
type span interface{ Span() (from, to int) }

// minutes says a range of minutes in words: "15–30 min", "1 h 40 min".
func (t *Theme) minutes(lang string, m any) string {
	var from, to int
	switch v := m.(type) {
	case span:
		from, to = v.Span()
	case int:
		from, to = v, v
	default:
		return fmt.Sprint(m)
	}
	if to == 0 {
		to = from
	}
	if from == 0 {
		from = to
	}
	switch {
	case to == 0:
		return ""
	case from == to:
		return t.length(lang, to)
	case to < 60:
		return t.Message(lang, "minutes.range", from, to)
	}
	return t.Message(lang, "time.range", t.length(lang, from), t.length(lang, to))
}

func (t *Theme) length(lang string, m int) string {
	switch h := m / 60; {
	case h == 0:
		return t.Message(lang, "minutes.short", m)
	case m%60 == 0:
		return t.Message(lang, "hours.short", h)
	default:
		return t.Message(lang, "hours.minutes.short", h, m%60)
	}
}

// weekday says which day of the week a day is: messages "weekday.0", which is Sunday, to "weekday.6".
func (t *Theme) weekday(lang, day string) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.Message(lang, "weekday."+strconv.Itoa(int(d.Weekday())))
}

// date says a day in words of the language: messages "month.1" … and "date.form" ("{0} {1} {2}": day, month, year).
func (t *Theme) date(lang, day string) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	month := t.Message(lang, "month."+strconv.Itoa(int(d.Month())))
	return t.Message(lang, "date.form", d.Day(), month, d.Year())
}

func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict wants pairs of a key and a value")
	}
	m := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		k, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict wants words as keys")
		}
		m[k] = pairs[i+1]
	}
	return m, nil
}

// seq returns 1 … n.
func seq(n int) []int {
	s := make([]int, max(n, 0))
	for i := range s {
		s[i] = i + 1
	}
	return s
}

// Draw executes a template as Execute does and returns what it wrote: for a part that stands in a page twice, or in the text of a page.
func (t *Theme) Draw(name, lang string, data any) (template.HTML, error) {
	defer t.drawing.Add(-1)
	if t.drawing.Add(1) > mostDrawing {
		return "", &endlessError{path.Join(t.Origin(name), "templates", name), name}
	}
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	err := t.Execute(b, name, lang, data)
	if endless, ok := errors.AsType[*endlessError](err); ok {
		return "", endless // without the many names that it went through
	}
	return template.HTML(b.String()), err
}

// mostDrawing bounds how many parts are being drawn at a time, each within another, by all that draw pages: a few for each of them, when none draws itself.
const mostDrawing = 1000

// An endlessError says that a template draws itself, or one that draws it, whatever it is given.
type endlessError struct{ file, name string }

const noEnd = "it draws itself, or others that draw it, and that has no end"

func (e *endlessError) Error() string {
	return e.file + ": " + noEnd
}

// once is Draw for a part that is the same on many pages. It is executed once for each language and value of data, which must be comparable: nothing, a word, a struct
// of words, or the address of what several pages share.
func (t *Theme) once(lang, name string, data any) (template.HTML, error) {
	if data != nil && !reflect.TypeOf(data).Comparable() {
		return "", fmt.Errorf("once wants a word, a number or what pages share, not %T", data)
	}
	key := part{lang, name, data}
	if html, ok := t.parts.get(key); ok {
		return html, nil
	}
	html, err := t.Draw(name, lang, data)
	if err == nil {
		t.parts.put(key, html)
	}
	return html, err
}
