package markdown

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"waymark/internal/diag"
)

const (
	maxIncludes     = 100 // files a page may include, counted with repetition
	maxIncludeDepth = 8
)

// include replaces each container of the word include by the text of the file it names. It does so before the Markdown is read, so that an
// included text may hold anything a page may; the line stands at the left margin and outside of code and comments.
func (p *page) include() {
	if !bytes.Contains(p.src, []byte(":::")) || !p.mayInclude() {
		return
	}
	s := splicer{p: p, words: p.includeWords()}
	s.text(p.src, &p.at, nil, []string{p.file.Path})
	if !s.found {
		return
	}
	p.src, p.at.pieces = s.out, s.at
	slices.Sort(p.doc.Includes)
	p.doc.Includes = slices.Compact(p.doc.Includes)
}

func (p *page) includeWords() []string {
	words := []string{"include"}
	for w, name := range p.opts.Words {
		if name == "include" {
			words = append(words, w)
		}
	}
	return words
}

func (p *page) mayInclude() bool {
	for _, w := range p.includeWords() {
		if bytes.Contains(p.src, []byte(w)) {
			return true
		}
	}
	return false
}

// A splicer writes the text of a page with its includes resolved.
type splicer struct {
	p     *page
	words []string
	out   []byte
	at    []piece
	found bool
	count int
}

// text adds src. Its places are those of m, or all the range fixed for text that is itself included; chain names the files that led here.
func (s *splicer) text(src []byte, m *sourceMap, fixed *diag.Range, chain []string) {
	from := 0 // what is not yet written
	var lines map[int]bool
	for i := 0; i < len(src); {
		line := firstLine(src[i:])
		next := i + len(line)
		attrs, ok := s.opening(line)
		if ok && lines == nil {
			lines = s.p.includeLines(src)
		}
		if ok && lines[i] {
			s.found = true
			s.add(src, from, i, m, fixed)
			place := diag.Range{}
			if fixed != nil {
				place = *fixed
			} else {
				place = m.span(i, i+len(bytes.TrimRight(line, "\n")))
			}
			if fixed == nil { // a text that is included is told of its own
				for j := range attrs {
					attrs[j].start, attrs[j].end = attrs[j].start+i, attrs[j].end+i
				}
				s.p.checkAttributes("include", attrs)
			}
			end, empty := closing(src, next)
			if !empty {
				s.fault(place, "end it with a line of three colons; its text is that of the file", "an include holds nothing but its closing line")
			}
			next = end
			s.file(attrs, place, chain)
			from = next
		}
		i = next
	}
	s.add(src, from, len(src), m, fixed)
}

// add copies src[from:to].
func (s *splicer) add(src []byte, from, to int, m *sourceMap, fixed *diag.Range) {
	if from >= to {
		return
	}
	if fixed != nil {
		s.at = append(s.at, piece{text: len(s.out), file: *fixed, fixed: true})
	} else {
		s.at = append(s.at, piece{text: len(s.out), file: diag.At(m.at(from))})
		for _, q := range m.pieces {
			if q.text > from && q.text < to {
				s.at = append(s.at, piece{text: len(s.out) + q.text - from, file: q.file})
			}
		}
	}
	s.out = append(s.out, src[from:to]...)
}

func (s *splicer) fault(place diag.Range, hint, format string, args ...any) {
	s.p.doc.Diags.Add("container/include", s.p.file.Span(place), hint, format, args...)
}

// file adds the text of the file that an include names.
func (s *splicer) file(attrs []attr, place diag.Range, chain []string) {
	p := s.p
	// A blank line keeps the paragraphs before and behind apart.
	gap := func() {
		s.at = append(s.at, piece{text: len(s.out), file: place, fixed: true})
		s.out = append(s.out, '\n')
	}
	gap()
	defer gap()
	target, ok := find(attrs, "path")
	if !ok {
		s.fault(place, "write ::: include {path=other.md}", "an include names no file")
		return
	}
	here := chain[len(chain)-1]
	name := path.Join(path.Dir(here), target)
	if strings.HasPrefix(target, "/") {
		root, _, _ := strings.Cut(p.file.Path, "/")
		name = path.Join(root, target)
	}
	s.count++
	switch {
	case !fs.ValidPath(name) || strings.Contains(target, `\`):
		s.fault(place, "include a file of the content", "%s leads out of the site", diag.Quote(target))
		return
	case slices.Contains(chain, name):
		s.fault(place, "break the circle", "%s includes itself: %s", diag.Quote(name), strings.Join(append(chain, name), " → "))
		return
	case len(chain) > maxIncludeDepth || s.count > maxIncludes:
		s.fault(place, "include less", "more than %d files, or files more than %d deep, are included", maxIncludes, maxIncludeDepth)
		return
	case p.opts.Include == nil:
		s.fault(place, "", "%s cannot be included here", diag.Quote(target))
		return
	}
	p.doc.Includes = append(p.doc.Includes, name) // one that is not there, too: it may come
	data, err := p.opts.Include(name)
	if err != nil {
		hint := "correct the path; it counts from the folder of the file it stands in"
		if strings.HasPrefix(target, "/") {
			hint = "correct the path; with a slash in front it counts from the root of content/"
		}
		switch {
		case errors.Is(err, fs.ErrNotExist):
			s.fault(place, hint, "there is no file %s", diag.Quote(name))
		case errors.Is(err, fs.ErrInvalid):
			s.fault(place, "include a file of the content", "%s leads out of the site", diag.Quote(target))
		default:
			s.fault(place, "include a plain file that can be opened", "%s cannot be read", diag.Quote(name))
		}
		return
	}
	p.digest.Write([]byte(name))
	p.digest.Write(data)
	if len(data)+len(s.out) > maxPage {
		s.fault(place, "split the page", "with %s the page has more than %d KiB", diag.Quote(name), maxPage>>10)
		return
	}
	text := bytes.TrimPrefix(data, utf8BOM)
	if b := split(text); b.found {
		text = text[b.body:]
	}
	text, _ = unifyLines(bytes.ToValidUTF8(text, []byte("?")), 0)
	for i, c := range text { // unifyLines made it ours
		if isControl[c] {
			text[i] = ' '
		}
	}
	if len(text) > 0 && text[len(text)-1] != '\n' {
		text = append(text, '\n')
	}
	s.text(text, nil, &place, append(slices.Clip(chain), name))
}

// opening returns the attributes of an opening line of an include, with their places in it.
func (s *splicer) opening(line []byte) ([]attr, bool) {
	n, rest := colons(line)
	if n == 0 {
		return nil, false
	}
	i := bytes.IndexAny(rest, " \t{")
	if i < 0 {
		i = len(rest)
	}
	if !slices.Contains(s.words, string(rest[:i])) {
		return nil, false
	}
	more := bytes.TrimSpace(bytes.TrimRight(rest[i:], ":"))
	if len(more) == 0 || more[0] != '{' {
		return nil, true
	}
	attrs, _, _ := scanAttributes(more, bytes.Index(line, more))
	return attrs, true
}

// closing returns the offset behind the closing line that follows at i, if there is one before another container opens, and whether nothing but blank
// lines stands between.
func closing(src []byte, i int) (end int, empty bool) {
	empty = true
	for end = i; end < len(src); {
		line := firstLine(src[end:])
		end += len(line)
		if n, rest := colons(line); n > 0 {
			if len(rest) == 0 {
				return end, empty
			}
			break
		}
		empty = empty && len(bytes.TrimSpace(line)) == 0
	}
	return i, false
}

// includeLines returns the offsets of the lines of src, a whole text, that open an include at the left margin. What is code, a comment or other HTML,
// and where it ends, is told by the blocks of the text.
func (p *page) includeLines(src []byte) map[int]bool {
	q := &page{file: p.file, opts: p.opts, doc: &Doc{File: p.file}, src: src, at: sourceMap{pieces: make([]piece, 1)}} // what it reports is said of the whole page
	lines := map[int]bool{}
	_ = ast.Walk(q.parse(grammar{blocks: true}), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		if c, ok := n.(*container); ok && c.known && c.name == "include" {
			lines[c.open[0]] = true // indented, or in a quote, it is not where its line begins
		}
		return ast.WalkContinue, nil
	})
	return lines
}
