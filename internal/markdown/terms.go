package markdown

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"waymark/internal/diag"
)

// A termFinder finds the first use of each glossary term that the page lists.
type termFinder struct {
	forms map[rune][]termForm // by their first letter, small; longer forms first
	left  map[string]bool     // ids not yet found
}

type termForm struct{ id, text string }

func (p *page) newTermFinder() *termFinder {
	f := &termFinder{forms: map[rune][]termForm{}, left: map[string]bool{}}
	for _, t := range p.doc.Meta.Glossary {
		term, ok := p.opts.Terms[t.Value]
		if !ok {
			p.doc.Diags.Add("page/unknown-term", p.file.Span(t.At), diag.OneOrSeveral(t.Value, slices.Sorted(maps.Keys(p.opts.Terms))), "%s is not in the glossary", diag.Quote(t.Value))
			continue
		}
		if f.left[t.Value] {
			continue
		}
		f.left[t.Value] = true
		for _, form := range term.Forms {
			if form = strings.Join(strings.Fields(form), " "); form != "" {
				c, _ := utf8.DecodeRuneInString(form)
				c = unicode.ToLower(c)
				f.forms[c] = append(f.forms[c], termForm{t.Value, form})
			}
		}
	}
	if len(f.left) == 0 {
		return nil
	}
	for _, list := range f.forms {
		slices.SortStableFunc(list, func(a, b termForm) int {
			return cmp.Or(cmp.Compare(len(b.text), len(a.text)), strings.Compare(a.text, b.text), strings.Compare(a.id, b.id))
		})
	}
	return f
}

// next returns the first term in text: which, and from where to where.
func (f *termFinder) next(text string) (id string, from, to int) {
	before := rune(' ')
	for i := 0; i < len(text); {
		c, n := utf8.DecodeRuneInString(text[i:])
		if isWordRune(c) && !isWordRune(before) {
			for _, form := range f.forms[unicode.ToLower(c)] {
				if f.left[form.id] {
					if end := foldPrefix(text[i:], form.text); end > 0 {
						if after, _ := utf8.DecodeRuneInString(text[i+end:]); !isWordRune(after) {
							return form.id, i, i + end
						}
					}
				}
			}
		}
		before = c
		i += n
	}
	return "", 0, 0
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || unicode.Is(unicode.Pc, r))
}

// foldPrefix returns how much of text is prefix, without regard to capitals, or 0.
func foldPrefix(text, prefix string) int {
	i := 0
	for _, want := range prefix {
		got, n := utf8.DecodeRuneInString(text[i:])
		if n == 0 || got != want && unicode.ToLower(got) != unicode.ToLower(want) {
			return 0
		}
		i += n
	}
	return i
}

// linkTerms writes text, which stands from start to stop in the page, with the terms in it linked.
func (r *renderer) linkTerms(value []byte, start, stop int) {
	text := string(value)
	exact := stop-start == len(text)
	done := 0
	for len(r.terms.left) > 0 {
		id, from, to := r.terms.next(text[done:])
		if id == "" {
			break
		}
		from, to = done+from, done+to
		delete(r.terms.left, id)
		r.buf = appendText(r.buf, text[done:from])
		at := r.p.at.span(start, stop)
		if exact {
			at = r.p.at.span(start+from, start+to)
		}
		n := len(r.p.doc.Links)
		r.p.doc.Links = append(r.p.doc.Links, Link{Dest: id, Term: true, Range: at})
		r.raw(`<a class="term"`)
		r.hole(HoleHref, n)
		r.hole(HoleRel, n)
		r.raw(">")
		r.buf = appendText(r.buf, text[from:to])
		r.raw("</a>")
		done = to
	}
	if len(r.terms.left) == 0 {
		r.terms = nil
	}
	r.buf = appendText(r.buf, text[done:])
}
