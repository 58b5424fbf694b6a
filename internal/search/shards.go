package search

import (
	"unicode/utf8"
)

// A file of terms is small enough to be loaded for one word and holds all words that begin alike, as far as that goes. Terms are cut at
// a beginning of words: by the first letter, where there are too many of a letter by the first two, and so on. Neighbours of one parent that
// are small are put together. So most edits move no boundary, and "feed" finds feedback in the file that it is in itself.

// fileSize is about how long a term file becomes, before compression.
func fileSize(pages int) int {
	if pages <= 2000 {
		return 7 << 10
	}
	return 24 << 10
}

// A group is the lists from one index up to another.
type group struct{ from, to int }

// cut divides the sorted lists into groups of about limit bytes.
func cut(lists []list, sizes []int, limit int) []group {
	c := cutter{lists: lists, sizes: sizes, limit: limit}
	if len(lists) > 0 {
		c.divide(group{0, len(lists)}, 0)
	}
	return c.groups
}

type cutter struct {
	lists  []list
	sizes  []int
	limit  int
	groups []group
}

// divide adds the groups of g, whose terms are equal in their first depth bytes.
func (c *cutter) divide(g group, depth int) {
	// The children, then packed: a child that is too large by itself is divided further, small ones are joined with their neighbours.
	open, openSize := g.from, 0
	flush := func(to int) {
		if to > open {
			c.groups = append(c.groups, group{open, to})
		}
		open, openSize = to, 0
	}
	for i := g.from; i < g.to; {
		end, size := i, 0
		head := c.head(i, depth)
		for end < g.to && c.head(end, depth) == head {
			size += c.sizes[end]
			end++
		}
		switch {
		case size > c.limit && end-i > 1 && head != "":
			flush(i)
			c.divide(group{i, end}, depth+len(head))
			open = end
		case openSize+size > c.limit:
			flush(i)
			openSize = size
		default:
			openSize += size
		}
		i = end
	}
	flush(g.to)
}

// head returns the character of a term that follows its first depth bytes, or nothing for the term that ends there.
func (c *cutter) head(i, depth int) string {
	rest := c.lists[i].term[depth:]
	_, n := utf8.DecodeRuneInString(rest)
	return rest[:n]
}

// boundaries returns for each group the shortest beginning that sets its first term apart from the last one before it.
func boundaries(groups []group, term func(i int) string) []string {
	out := make([]string, len(groups))
	for k, g := range groups {
		if k == 0 {
			continue // the first group takes everything before the second
		}
		before, first := term(g.from-1), term(g.from)
		for i, r := range first {
			end := i + utf8.RuneLen(r)
			if len(before) < end || before[:end] != first[:end] {
				out[k] = first[:end]
				break
			}
		}
	}
	return out
}
