package changes

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"waymark/internal/diag"
	"waymark/internal/schema"
)

var (
	rangeType  = reflect.TypeFor[diag.Range]()
	textType   = reflect.TypeFor[schema.Text]()
	customType = reflect.TypeFor[schema.Custom]()
	wordType   = reflect.TypeFor[word]()
)

// A word is one of ours, not of an author.
type word string

// A field of a struct, under the name that authors know it by.
type field struct {
	name  string
	value reflect.Value
}

// fieldsOf lists what authors can say in a struct: what has a key, or all of a struct without any. Places are not among them.
func fieldsOf(v reflect.Value) (list []field) {
	t := v.Type()
	keyed := false
	for i := range t.NumField() {
		_, ok := t.Field(i).Tag.Lookup("key")
		keyed = keyed || ok
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("key"), ",")
		switch {
		case f.Type == rangeType || !f.IsExported() || name == "-at":
			continue
		case f.Anonymous && name == "":
			list = append(list, fieldsOf(v.Field(i))...)
			continue
		case keyed && name == "":
			continue
		case !keyed:
			name = strings.ToLower(f.Name)
		}
		list = append(list, field{name, v.Field(i)})
	}
	return list
}

// fields says what changed in a struct, a line for each value.
func fields(was, is reflect.Value) (lines []string) {
	now := fieldsOf(is)
	for i, f := range fieldsOf(was) {
		lines = append(lines, value(f.name, f.value, now[i].value)...)
	}
	return lines
}

// value says what changed in what stands under a name. Mappings and lists are gone into, what has a form of its own is not.
func value(name string, was, is reflect.Value) (lines []string) {
	a, b := say(was), say(is)
	if a == b {
		return nil
	}
	t := was.Type()
	if t.Kind() == reflect.Pointer && !was.IsNil() && !is.IsNil() {
		return value(name, was.Elem(), is.Elem())
	}
	switch {
	case a == "" || b == "" || reflect.PointerTo(t).Implements(customType) || t == textType:
	case t.Kind() == reflect.Struct:
		for _, l := range fields(was, is) {
			lines = append(lines, name+"."+l)
		}
		return lines
	case t.Kind() == reflect.Slice:
		return list(name, was, is)
	}
	return []string{changed(name, a, b)}
}

// changed says that what stands under a name is another; "" is nothing.
func changed(name, was, is string) string {
	name = prefixed(name)
	switch {
	case was == "":
		return name + "new: " + shortened(is)
	case is == "":
		return name + "gone: " + shortened(was)
	}
	was, is = apart(was, is)
	return name + was + " → " + is
}

// Of texts of more than so many characters only a part is shown: so many where they differ, and so many around that.
const (
	mostShown = 160
	around    = 30
)

func shortened(s string) string {
	if r := []rune(s); len(r) > mostShown {
		return string(r[:mostShown]) + "…"
	}
	return s
}

// apart cuts from two texts what they begin and end with alike, but for a little of it, when they are long.
func apart(a, b string) (string, string) {
	x, y := []rune(a), []rune(b)
	if len(x) <= mostShown/2 && len(y) <= mostShown/2 {
		return a, b
	}
	head, tail := 0, 0
	for head < len(x) && head < len(y) && x[head] == y[head] {
		head++
	}
	for tail < len(x)-head && tail < len(y)-head && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	cut := func(r []rune) string {
		from, to := 0, len(r)
		before, behind := "", ""
		if head > around {
			from, before = head-around, "…"
		}
		if tail > around {
			to, behind = len(r)-tail+around, "…"
		}
		return before + shortened(string(r[from:to])) + behind
	}
	return cut(x), cut(y)
}

// list says what came and went in a list, what changed in what stayed, and whether that stands in another order. What came in the place of what went is that, changed.
func list(name string, was, is reflect.Value) (lines []string) {
	before, now := names(was), names(is)
	for i := range min(len(before), len(now)) {
		if isMapping(is.Index(i)) && !slices.Contains(now, before[i]) && !slices.Contains(before, now[i]) {
			before[i] = fmt.Sprint(i + 1)
			now[i] = before[i]
		}
	}
	prefix := name
	if name != "" {
		prefix += " "
	}
	var gone, came []string
	for i, n := range before {
		if at := slices.Index(now, n); at < 0 {
			gone = append(gone, say(was.Index(i)))
		} else if isMapping(was.Index(i)) {
			for _, l := range fields(was.Index(i), is.Index(at)) {
				lines = append(lines, prefix+n+" "+l)
			}
		}
	}
	for i, n := range now {
		if !slices.Contains(before, n) {
			came = append(came, say(is.Index(i)))
		}
	}
	for _, s := range together(gone) {
		lines = append(lines, changed(name, s, ""))
	}
	for _, s := range together(came) {
		lines = append(lines, changed(name, "", s))
	}
	stayed := func(list, other []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(n string) bool { return !slices.Contains(other, n) })
	}
	if !slices.Equal(stayed(before, now), stayed(now, before)) {
		lines = append(lines, prefixed(name)+"in another order")
	}
	return lines
}

// together puts short values on one line.
func together(values []string) []string {
	if all := strings.Join(values, ", "); all != "" && len(all) <= mostShown {
		return []string{all}
	}
	return values
}

// prefixed is a name before what is said of it; a file as a whole has none.
func prefixed(name string) string {
	if name == "" {
		return ""
	}
	return name + ": "
}

// isMapping reports whether an author writes v as keys with values.
func isMapping(v reflect.Value) bool { return v.Kind() == reflect.Struct && v.Type() != textType }

// identities are the keys by which authors tell the elements of a list apart, the better ones first.
var identities = []string{"id", "module", "title", "term", "text", "label"}

// names returns what tells the elements of a list apart: of values themselves, of mappings one of identities, or their number. No two are equal.
func names(list reflect.Value) []string {
	names := make([]string, list.Len())
	for i := range names {
		e := list.Index(i)
		name := ""
		if isMapping(e) {
			all := fieldsOf(e)
			for _, id := range identities {
				if at := slices.IndexFunc(all, func(f field) bool { return f.name == id }); at >= 0 && name == "" {
					name = say(all[at].value)
				}
			}
		} else {
			name = say(e)
		}
		for n := i + 1; name == "" || slices.Contains(names[:i], name); n++ {
			name = fmt.Sprintf("%s%d", strings.TrimRight(name, "0123456789"), n)
		}
		names[i] = name
	}
	return names
}

// say writes a value as an author would on one line; "" where nothing is said. Equal texts are equal values.
func say(v reflect.Value) string {
	if v.Type() == textType {
		return say(v.Field(0))
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return ""
		}
		if v.Elem().Kind() == reflect.Bool { // off is something that is said
			return fmt.Sprint(v.Elem())
		}
		return say(v.Elem())
	case reflect.String:
		if v.Len() == 0 {
			return ""
		}
		if v.Type() == wordType {
			return v.String()
		}
		return quoted(v.String())
	case reflect.Slice, reflect.Array:
		var parts []string
		for i := range v.Len() {
			parts = append(parts, say(v.Index(i)))
		}
		if parts == nil {
			return ""
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case reflect.Map:
		var parts []string
		for _, k := range v.MapKeys() {
			parts = append(parts, fmt.Sprintf("%v: %s", k, say(v.MapIndex(k))))
		}
		return mapping(parts)
	case reflect.Struct:
		var parts []string
		for _, f := range fieldsOf(v) {
			if s := say(f.value); s != "" {
				parts = append(parts, f.name+": "+s)
			}
		}
		return mapping(parts)
	}
	if v.IsZero() {
		return ""
	}
	return fmt.Sprint(v)
}

func mapping(parts []string) string {
	if parts == nil {
		return ""
	}
	slices.Sort(parts)
	return "{" + strings.Join(parts, ", ") + "}"
}

// quoted puts a text in quotes.
func quoted(s string) string { return `"` + s + `"` }

// shownIn takes from a line signs that change how a terminal shows what follows.
func shownIn(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u00ad' && r != '\u200c' && r != '\u200d' {
			return '\ufffd'
		}
		return r
	}, line)
}
