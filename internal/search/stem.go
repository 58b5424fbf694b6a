package search

import "bytes"

// stem cuts the inflections off an English word: plurals, -ed, -ing, a silent e, doubled consonants, and spellings that differ between
// Britain and America. It leaves derived words apart (mentor and mentorship, feed and feedback), for they mean different things here.
// Words with anything but the letters a to z come back as they are. It works in place; themes/default/src/search/stem.ts does the same.
func stem(w []byte) []byte {
	if len(w) < 3 {
		return w
	}
	for _, c := range w {
		if c < 'a' || c > 'z' {
			return w
		}
	}
	w = singular(w)
	w = present(w)
	if n := len(w); n > 2 && w[n-1] == 'e' && vowelIn(w[:n-1]) {
		w = w[:n-1]
	}
	if n := len(w); n > 2 && w[n-1] == w[n-2] && w[n-1] != 's' && !vowel(w[n-1]) {
		w = w[:n-1]
	}
	return oneSpelling(w)
}

// singular takes the s of a plural or of a verb off. An e before it goes later, with every silent e: boxes, box.
func singular(w []byte) []byte {
	n := len(w)
	if n < 4 || w[n-1] != 's' || w[n-2] == 's' || w[n-2] == 'u' {
		return w
	}
	switch {
	case ends(w, "ies") && n > 4:
		w[n-3] = 'y'
		return w[:n-2]
	case ends(w, "sis"):
		return w[:n-2]
	case w[n-2] == 'i':
		return w
	}
	return w[:n-1]
}

// present takes -ed and -ing off if what is left can be a word.
func present(w []byte) []byte {
	n := len(w)
	switch {
	case ends(w, "eed"):
		if n > 5 && (w[n-4] == 'r' || w[n-4] == 't') {
			return w[:n-1]
		}
	case ends(w, "ied"):
		if n > 4 {
			w[n-3] = 'y'
			return w[:n-2]
		}
		return w[:n-1]
	case ends(w, "ed"):
		if n > 3 && vowelIn(w[:n-2]) {
			return w[:n-2]
		}
	case ends(w, "ing"):
		if n > 4 && vowelIn(w[:n-3]) {
			return w[:n-3]
		}
	}
	return w
}

// oneSpelling joins organise and organize, behaviour and behavior, practise and practice.
func oneSpelling(w []byte) []byte {
	n := len(w)
	switch {
	case n > 4 && (ends(w, "iz") || ends(w, "yz")):
		w[n-1] = 's'
	case n > 4 && ends(w, "our"):
		w[n-2] = 'r'
		return w[:n-1]
	case string(w) == "practis":
		w[n-1] = 'c'
	case n > len("ization"):
		// Nearly no word has a z, so that is asked first.
		if z := bytes.LastIndexByte(w, 'z'); z > 1 && bytes.HasPrefix(w[z-1:], []byte("ization")) {
			w[z] = 's'
		}
	}
	return w
}

func ends(w []byte, s string) bool { return len(w) > len(s) && string(w[len(w)-len(s):]) == s }

func vowel(c byte) bool { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' }

func vowelIn(w []byte) bool {
	for _, c := range w {
		if vowel(c) || c == 'y' {
			return true
		}
	}
	return false
}

// isStop reports whether b is an English word that says nothing about a page. Such words are terms in titles and headings only, where they
// may be all there is ("About"), and a query asks for them only if it has no other words. A switch, since every word of every page comes by.
func isStop(b []byte) bool {
	switch string(b) {
	case "a", "about", "an", "and", "any", "are", "arent", "as", "at", "be", "been", "but", "by", "can", "cant", "could", "did", "didnt", "do", "does",
		"doesnt", "dont", "for", "from", "had", "has", "have", "he", "her", "him", "his", "how", "i", "if", "im", "in", "into", "is", "isnt", "it",
		"its", "ive", "me", "my", "no", "not", "of", "on", "or", "our", "ours", "she", "should", "so", "some", "than", "that", "the", "their", "them",
		"then", "there", "these", "they", "theyre", "this", "those", "to", "too", "us", "was", "we", "were", "weve", "what", "when", "where", "which",
		"who", "whom", "why", "will", "with", "wont", "would", "you", "your", "youre", "yours":
		return true
	}
	return false
}
