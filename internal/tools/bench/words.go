package main

import (
	"math/rand/v2"
	"strings"
)

// The words of the curriculum. A page takes most of its nouns from the head of the list and a few from its long tail, as people do, so that the number of
// different words grows with the number of pages and a search index has something to carry.

var things = strings.Fields(`meeting question answer promise worry habit plan doubt story silence colleague deadline summary agreement boundary favour
mistake note career decision week report manager team project goal step view reason choice interview talk letter number friend reader client visit
result value risk chance change skill role limit budget office workshop exercise example sign pattern list page draft review proposal schedule season
hope fear strength assumption conflict apology invitation calendar handover group partner sponsor coach mentor mentee facilitator coordinator programme`)

var qualities = strings.Fields(`open honest small early late clear quiet patient narrow useful shared plain curious steady careful private written spoken
short long common rare first last weekly serious friendly awkward ordinary difficult gentle direct practical sincere hidden sudden`)

var deeds = strings.Fields(`ask listen wait write name repeat check open close begin end plan share borrow return compare choose sketch count test notice
describe explain refuse accept offer invite postpone confirm correct forgive remember forget measure prepare practise`)

var joints = strings.Fields(`because although while before after unless since until whenever so but and`)

var places = []string{"at the start", "in the second half", "over lunch", "on the way home", "after a week", "in front of others", "behind a closed door", "on a walk",
	"during the review", "in writing", "by telephone", "between two meetings"}

// A lexicon is the nouns of one curriculum: things, and behind them names that were made up from the seed.
type lexicon []string

func newLexicon(seed uint64) lexicon {
	r := rand.New(rand.NewPCG(seed, 1))
	onsets := strings.Fields("b br c d dr f fl g h j k l m n p pr r s sk st t tr v w")
	cores := strings.Fields("a e i o u ai ea ou")
	ends := strings.Fields("n r l m s t nd rk x ck")
	list := append(lexicon{}, things...)
	have := map[string]bool{}
	for len(list) < 6000 {
		w := ""
		for range 1 + r.IntN(2) {
			w += pick(r, onsets) + pick(r, cores)
		}
		if w += pick(r, ends); !have[w] {
			have[w] = true
			list = append(list, w)
		}
	}
	return list
}

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// capital writes the first letter large; all our words begin with one byte.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
