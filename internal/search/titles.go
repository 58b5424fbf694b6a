package search

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// titles collects what the index says of pages besides their terms, and writes meta.js, m-*.js and f.js.
type titles struct {
	l      Layout
	o      Options
	n      int // pages so far
	done   []File
	titles []string // of the open block, each with a tab and its language where that is not the site's
	urls   []string // of the open block, packed
	folder string   // of the page before in the block

	kinds, roles []byte // for each page a number: its kind, its set of roles
	kindOf       map[string]int
	setOf        map[string]int
	sets         []string // the numbers of the roles in each set, joined by blanks
	langs        []string // the kinds of stemming: "en", ""
}

func newTitles(l Layout, o Options) *titles {
	t := &titles{l: l, o: o, kindOf: map[string]int{}, setOf: map[string]int{"": 0}, sets: []string{""}}
	for i, k := range o.Kinds {
		t.kindOf[k.ID] = i + 1
	}
	return t
}

func (t *titles) add(m *Meta) {
	title := oneLine(m.Title)
	if m.Foreign != "" {
		title += "\t" + oneLine(m.Foreign)
	}
	t.titles = append(t.titles, title)
	t.urls = append(t.urls, t.pack(m.URL, m.Title))
	t.kinds = appendNumber(t.kinds, t.kindOf[m.Kind])
	t.roles = appendNumber(t.roles, t.set(m.Roles))
	lang := ""
	if wordsOf(m.Lang).english {
		lang = "en"
	}
	if !slices.Contains(t.langs, lang) {
		t.langs = append(t.langs, lang)
		slices.Sort(t.langs)
	}
	t.n++
	if t.l.meta > 0 && t.n%t.l.meta == 0 {
		t.flush()
	}
}

// set returns the number of a set of roles.
func (t *titles) set(roles []string) int {
	var in []string
	for i, r := range t.o.Roles {
		if slices.Contains(roles, r.ID) {
			in = append(in, strconv.Itoa(i))
		}
	}
	if len(in) == 0 && len(roles) > 0 {
		in = []string{"-"} // for roles that the filter does not have
	}
	key := strings.Join(in, " ")
	n, ok := t.setOf[key]
	if !ok {
		n = len(t.sets)
		t.setOf[key] = n
		t.sets = append(t.sets, key)
	}
	return n
}

// flush ends a block of titles.
func (t *titles) flush() {
	if len(t.titles) == 0 {
		return
	}
	n := (t.n - 1) / t.l.meta
	b := t.l.open("m")
	b = append(b, ',')
	b = strconv.AppendInt(b, int64(n), 10)
	b = append(b, ",\n"...)
	b = t.appendBlock(b)
	b = append(b, ",\n"...)
	b = appendString(b, string(t.kinds[t.kindsOf(n):]))
	t.done = append(t.done, File{Path: Dir + "m-" + strconv.Itoa(n) + ".js", Data: append(b, ");\n"...)})
	t.titles, t.urls, t.folder = t.titles[:0], t.urls[:0], ""
}

// kindsOf returns where the kinds of a block begin: numbers of kinds are one character long, for a site has few.
func (t *titles) kindsOf(block int) int { return min(block*t.l.meta, len(t.kinds)) }

// appendBlock appends titles and packed addresses, a line each.
func (t *titles) appendBlock(b []byte) []byte {
	b = appendString(b, strings.Join(t.titles, "\n"))
	b = append(b, ",\n"...)
	return appendString(b, strings.Join(t.urls, "\n"))
}

// files returns all files. starts are the beginnings of the term files.
func (t *titles) files(starts []string) []File {
	l := t.l
	if l.meta > 0 {
		t.flush()
		b := append(l.open("f"), ",\n"...)
		b = appendString(b, string(t.kinds))
		b = append(b, ",\n"...)
		b = appendString(b, string(t.roles))
		t.done = append(t.done, File{Path: Dir + "f.js", Data: append(b, ");\n"...)})
	}
	b := append(l.open("meta"), `,{"docs":`...)
	b = strconv.AppendInt(b, int64(l.Docs), 10)
	b = append(b, `,"text":`...)
	b = strconv.AppendInt(b, int64(l.Block), 10)
	b = append(b, `,"titles":`...)
	b = strconv.AppendInt(b, int64(l.meta), 10)
	b = append(b, ",\n\"lang\":"...)
	b = appendString(b, t.o.Lang)
	b = append(b, ",\n\"langs\":"...)
	b = appendStrings(b, t.langs)
	b = append(b, ",\n\"roles\":"...)
	b = appendNames(b, t.o.Roles)
	b = append(b, ",\n\"kinds\":"...)
	b = appendNames(b, t.o.Kinds)
	b = append(b, ",\n\"sets\":"...)
	b = appendStrings(b, t.sets)
	b = append(b, ",\n\"terms\":"...)
	b = appendString(b, strings.Join(starts, " "))
	b = append(b, '}')
	if l.meta == 0 {
		b = append(b, ",\n"...)
		b = t.appendBlock(b)
		b = append(b, ",\n"...)
		b = appendString(b, string(t.kinds))
		b = append(b, ",\n"...)
		b = appendString(b, string(t.roles))
	}
	return append(t.done, File{Path: Dir + "meta.js", Data: append(b, ");\n"...)})
}

func appendNames(b []byte, names []Name) []byte {
	b = append(b, '[')
	for i, n := range names {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendStrings(b, []string{n.ID, n.Title})
	}
	return append(b, ']')
}

// pack shortens the address of a page. Addresses are a third of what a browser must load, and nearly all of them say again what the
// folder of the page before or the title has said:
//
//   - the folder is left out if it is that of the page before, else it stands before a slash;
//   - ".html" is left out; other addresses end with "*";
//   - a name that Slug makes of the title is left out; else its parts between hyphens that are words of the title become capitals,
//     the first word A; a name with capitals of its own stands after "=".
func (t *titles) pack(url, title string) string {
	end := "*"
	if s, ok := strings.CutSuffix(url, ".html"); ok && !strings.HasSuffix(s, "*") {
		url, end = s, ""
	}
	i := strings.LastIndexByte(url, '/') + 1
	folder, name := url[:i], url[i:]
	packed := packName(name, Slug(title)) + end
	if folder != t.folder {
		t.folder = folder
		if folder == "" {
			folder = "/"
		}
		return folder + packed
	}
	return packed
}

func packName(name, slug string) string {
	if name == slug {
		return ""
	}
	for i := range len(name) {
		if c := name[i]; c >= 'A' && c <= 'Z' || i == 0 && (c == '=' || c == '*') || c < ' ' {
			return "=" + name
		}
	}
	if name == "" {
		return "="
	}
	words := strings.Split(slug, "-")
	if len(words) > 26 {
		words = words[:26]
	}
	var b strings.Builder
	before := false // the part before was a capital
	for k, part := range strings.Split(name, "-") {
		i := slices.Index(words, part)
		if part == "" {
			i = -1
		}
		if k > 0 && !(before && i >= 0) {
			b.WriteByte('-')
		}
		if before = i >= 0; before {
			b.WriteByte(byte('A' + i))
		} else {
			b.WriteString(part)
		}
	}
	return b.String()
}

// Slug returns the id that a heading, or the file name that a title, most often has: letters, marks, digits and underscores in lower
// case, blanks as hyphens, the rest left out. It serves to leave out of the index what follows from the text; it need not be right.
func Slug(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r < 0x80 && asciiWord[r]:
			b.WriteByte(lower[r])
		case r == ' ' || r == '-':
			b.WriteByte('-')
		case r == '_' || r > 0x80 && r != softHyphen && isWord(r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
