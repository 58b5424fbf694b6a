package curriculum

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What the names of files and folders say of pages: which are learning paths and cohorts, which are a folder's own page, in what order they stand, and what they are called for want of a title.

// KindAt returns the kind of a page that names none, by where it lies: path, cohort, or page.
func KindAt(name string) string {
	dir, _, _ := strings.Cut(name, "/")
	switch {
	case IsIndex(path.Base(name)):
	case dir == "paths":
		return "path"
	case dir == "cohorts":
		return "cohort"
	}
	return "page"
}

// IsIndex reports whether a file is its folder's page.
func IsIndex(base string) bool {
	switch strings.ToLower(strings.TrimSuffix(base, path.Ext(base))) {
	case "_index", "index":
		return true
	}
	return false
}

// Prefix returns the number before a file's name that orders it ("10-intro" → 10), and the name without; -1 when there is none. A number alone, or
// before a letter, is part of the name.
func Prefix(stem string) (int, string) {
	i := 0
	for i < len(stem) && i < 6 && stem[i] >= '0' && stem[i] <= '9' {
		i++
	}
	if i == 0 || i+1 >= len(stem) || stem[i] != '-' && stem[i] != '_' && stem[i] != '.' && stem[i] != ' ' {
		return -1, stem
	}
	n := 0
	for _, c := range stem[:i] {
		n = 10*n + int(c-'0')
	}
	rest := strings.TrimLeft(stem[i:], "-_. ")
	if rest == "" || rest[0] >= '0' && rest[0] <= '9' && stem[i] == '-' && i == 4 {
		return -1, stem // a date: 2026-05-31
	}
	return n, rest
}

// titleOf makes a title of a file's name: the last resort.
func titleOf(stem string) string {
	_, name := Prefix(path.Base(stem))
	if IsIndex(name) || strings.EqualFold(name, "readme") {
		if name = path.Base(path.Dir(stem)); name == "." {
			return "Home"
		}
		_, name = Prefix(name)
	}
	name = strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ").Replace(name))
	for i, c := range name {
		return strings.ToUpper(string(c)) + name[i+len(string(c)):]
	}
	return name
}

// extends reports whether a file's name is that of another with something before or behind it, as programs name copies ("listening copy.md", "listening (1).md",
// "Kopie von listening.md"); or the name of a folder on the way to it is.
func extends(name, other string) bool {
	a, b := strings.Split(strings.ToLower(strings.TrimSuffix(name, path.Ext(name))), "/"), strings.Split(strings.ToLower(strings.TrimSuffix(other, path.Ext(other))), "/")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			after, begins := strings.CutPrefix(a[i], b[i])
			before, ends := strings.CutSuffix(a[i], b[i])
			next, _ := utf8.DecodeRuneInString(after)
			prev, _ := utf8.DecodeLastRuneInString(before)
			return begins && !unicode.IsLetter(next) || ends && !unicode.IsLetter(prev)
		}
	}
	return false
}
