package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The rules by which text becomes terms. themes/default/src/search/words.ts has the same ones; the cases in testdata/contract/words.json
// hold for both.
//
//  1. A word is a run of letters, marks, numbers and soft hyphens. An apostrophe between two of them belongs to it.
//  2. A word is cut where Chinese, Japanese or Korean script begins or ends.
//  3. A beginning of at most two letters before an apostrophe goes (l'été → été) if three or more follow, an 's at the end goes, other
//     apostrophes are closed up (don't → dont).
//  4. A word is folded: compatibility forms resolved, accents off, lower case, ß to ss and the like (fold).
//  5. Chinese, Japanese and Korean words become their pairs of neighbouring characters; one character stays as it is.
//  6. Other words are cut after 32 characters. English words are stemmed (stem).

// longest is the number of characters of a term that count.
const longest = 32

// A words cuts text into terms. The zero value does not stem. It holds a buffer: not for concurrent use.
type words struct {
	english bool
	buf     []byte
}

// wordsOf returns the rules of a language. Only English is stemmed: other languages are found by their accent-folded forms and by
// beginnings of words.
func wordsOf(lang string) words {
	base, _, _ := strings.Cut(strings.ReplaceAll(lang, "_", "-"), "-")
	return words{english: strings.EqualFold(base, "en")}
}

// Terms returns the terms of text in their order, by the rules of a language. Stop words are among them.
func Terms(lang, text string) []string {
	w := wordsOf(lang)
	var terms []string
	w.each(text, func(term []byte, _ bool) { terms = append(terms, string(term)) })
	return terms
}

// each calls emit for each term of text; stop says that it is a word of no weight, such as "the". The bytes are reused.
func (w *words) each(text string, emit func(term []byte, stop bool)) {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf && !asciiWord[c] {
			i++
			continue
		}
		// Nearly all words of nearly all texts are ASCII and want no more than lower case.
		b, j := w.buf[:0], i
		for j < len(text) && asciiWord[text[j]] {
			b = append(b, lower[text[j]])
			j++
		}
		w.buf = b
		if j > i && !continues(text[j:]) {
			w.finish(b, emit)
			i = j
			continue
		}
		end := i + wordLen(text[i:])
		if end == i {
			_, n := utf8.DecodeRuneInString(text[i:])
			i += n
			continue
		}
		w.run(text[i:end], emit)
		i = end
	}
}

// finish emits a folded word.
func (w *words) finish(b []byte, emit func([]byte, bool)) {
	if len(b) > longest {
		b = clip(b)
	}
	if len(b) == 0 {
		return
	}
	if w.english {
		if isStop(b) {
			emit(b, true)
			return
		}
		b = stem(b)
	}
	emit(b, false)
}

// run emits the terms of a word that has more than ASCII letters and digits.
func (w *words) run(word string, emit func([]byte, bool)) {
	for len(word) > 0 {
		piece, cjk := script(word)
		word = word[len(piece):]
		if !cjk {
			w.finish(fold(w.buf[:0], unquote(piece)), emit)
			continue
		}
		b := fold(w.buf[:0], piece)
		_, first := utf8.DecodeRune(b)
		if len(b) > 0 && first == len(b) {
			emit(b, false)
		}
		for at := 0; at < len(b); {
			_, n := utf8.DecodeRune(b[at:])
			if at+n >= len(b) {
				break
			}
			_, m := utf8.DecodeRune(b[at+n:])
			emit(b[at:at+n+m:at+n+m], false)
			at += n
		}
	}
}

// continues reports whether a word goes on at s, which does not start with an ASCII letter or digit.
func continues(s string) bool {
	if s == "" {
		return false
	}
	if s[0] == '\'' {
		r, _ := utf8.DecodeRuneInString(s[1:])
		return isWord(r)
	}
	if s[0] < utf8.RuneSelf {
		return false
	}
	r, n := utf8.DecodeRuneInString(s)
	if r == '’' {
		r, _ = utf8.DecodeRuneInString(s[n:])
	}
	return isWord(r)
}

// wordLen returns the length of the word that s starts with.
func wordLen(s string) int {
	i := 0
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == '\'' || r == '’' {
			if next, m := utf8.DecodeRuneInString(s[i+n:]); i > 0 && isWord(next) {
				i += n + m
				continue
			}
			return i
		}
		if !isWord(r) {
			return i
		}
		i += n
	}
	return i
}

// script returns the beginning of word that is wholly in Chinese, Japanese or Korean script, or wholly not.
func script(word string) (piece string, cjk bool) {
	for i, r := range word {
		if i == 0 {
			cjk = isCJK(r)
		} else if isCJK(r) != cjk {
			return word[:i], cjk
		}
	}
	return word, cjk
}

// unquote applies rule 3.
func unquote(word string) string {
	if !strings.ContainsAny(word, "'’") {
		return word
	}
	parts := strings.FieldsFunc(word, func(r rune) bool { return r == '\'' || r == '’' })
	if len(parts) > 1 && utf8.RuneCountInString(parts[0]) <= 2 {
		n := 0
		for _, p := range parts[1:] {
			n += utf8.RuneCountInString(p)
		}
		if n >= 3 {
			parts = parts[1:]
		}
	}
	if n := len(parts); n > 1 && (parts[n-1] == "s" || parts[n-1] == "S") {
		parts = parts[:n-1]
	}
	return strings.Join(parts, "")
}

// fold appends the folded form of word: accents off, lower case, compatibility forms resolved. Marks that are part of a script's spelling
// (Devanagari vowels, Japanese voicing) stay.
func fold(b []byte, word string) []byte {
	var rest bool
	for _, r := range norm.NFKD.String(word) {
		if isAccent(r) {
			continue
		}
		r = unicode.ToLower(r)
		if s, ok := spelled[r]; ok {
			b = append(b, s...)
			continue
		}
		if r < utf8.RuneSelf {
			if asciiWord[r] {
				b = append(b, byte(r))
			}
		} else if isWord(r) && r != softHyphen {
			b = utf8.AppendRune(b, r)
			rest = true
		}
	}
	if rest {
		b = norm.NFC.Bytes(b)
	}
	return b
}

// spelled are letters that have no accent to take off and that many keyboards do not have.
var spelled = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ħ': "h", 'ı': "i", 'ς': "σ", 'ى': "ي", 'ة': "ه",
}

const softHyphen = '\u00ad'

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 0 && asciiWord[r]
	}
	return r == softHyphen || r != utf8.RuneError && unicode.In(r, unicode.L, unicode.M, unicode.N)
}

// isAccent names the marks that searching takes no notice of: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowels and the
// stroke that lengthens a word.
func isAccent(r rune) bool {
	return r >= 0x300 && r <= 0x36f || r >= 0x591 && r <= 0x5c7 || r >= 0x610 && r <= 0x61a || r == 0x640 || r >= 0x64b && r <= 0x65f ||
		r == 0x670 || r >= 0x6d6 && r <= 0x6dc
}

// isCJK names the scripts that are written without spaces, and Korean, where words take endings.
func isCJK(r rune) bool {
	if r < 0x1100 {
		return false
	}
	return r <= 0x11ff || r >= 0x2e80 && r <= 0x2fdf || r >= 0x3005 && r <= 0x3007 || r >= 0x3040 && r <= 0x30ff ||
		r >= 0x3130 && r <= 0x318f || r >= 0x31f0 && r <= 0x31ff || r >= 0x3400 && r <= 0x4dbf || r >= 0x4e00 && r <= 0x9fff ||
		r >= 0xac00 && r <= 0xd7af || r >= 0xf900 && r <= 0xfaff || r >= 0xff66 && r <= 0xffdc || r >= 0x20000 && r <= 0x3ffff
}

// clip cuts b after as many characters as count.
func clip(b []byte) []byte {
	n := 0
	for i := range string(b) {
		if n == longest {
			return b[:i]
		}
		n++
	}
	return b
}

var asciiWord, lower = func() (is [256]bool, to [256]byte) {
	for c := range 256 {
		to[c] = byte(c)
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z':
			is[c] = true
		case c >= 'A' && c <= 'Z':
			is[c] = true
			to[c] = byte(c) + 'a' - 'A'
		}
	}
	return
}()
