package quiz

import (
	"hash/fnv"
	"slices"
	"strconv"
)

// The order in which options, items and questions are shown is the same in Go (print, keys) and in the browser (section 3.6). Both sides
// are held to testdata/contract/shuffle.json.

// FixedSeed stands for the learner in the seed of a quiz with seed=fixed, where everybody gets the same draw.
const FixedSeed = "fixed"

// Seed returns FNV-1a-32 of "site|learner|id|attempt". Learner is the learner's seed in decimal digits, or FixedSeed.
func Seed(site, learner, id string, attempt int) uint32 {
	h := fnv.New32a()
	h.Write([]byte(site + "|" + learner + "|" + id + "|" + strconv.Itoa(attempt)))
	return h.Sum32()
}

// Shuffle returns the authored positions 0 to n-1 in the order of seed: Fisher–Yates from the end with j = floor(r / 2^32 * (i+1)), where r
// comes from mulberry32.
func Shuffle(seed uint32, n int) []int {
	order := make([]int, max(n, 0))
	for i := range order {
		order[i] = i
	}
	next := mulberry32(seed)
	for i := n - 1; i > 0; i-- {
		j := int(uint64(next()) * uint64(i+1) >> 32)
		order[i], order[j] = order[j], order[i]
	}
	return order
}

func mulberry32(state uint32) func() uint32 {
	return func() uint32 {
		state += 0x6D2B79F5
		t := state
		t = (t ^ t>>15) * (t | 1)
		t ^= t + (t^t>>7)*(t|61)
		return t ^ t>>14
	}
}

// Order returns the order in which the options of a choice, the items of an ordering or the partners of a matching are shown. Options
// stand as written without Shuffle; with PinLast the last one stays last. What is to be ordered or matched is always mixed and never stands
// in the right order by chance: then the first moves to the end.
func (k Key) Order(seed uint32) []int {
	if k.Type == Order || k.Type == Match {
		order := Shuffle(seed, k.Size)
		if len(order) > 1 && slices.Equal(order, asWritten(k.Size)) {
			order = append(order[1:], order[0])
		}
		return order
	}
	if !k.Shuffle {
		return asWritten(k.Size)
	}
	if k.PinLast && k.Size > 1 {
		return append(Shuffle(seed, k.Size-1), k.Size-1)
	}
	return Shuffle(seed, k.Size)
}

func asWritten(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return order
}

// Draw returns which of the quiz's questions (indices of Of) one attempt asks, in the order in which they are asked: as many as Pick from
// the front of the shuffled list; without Shuffle the drawn ones are asked in the order written.
func (k Key) Draw(seed uint32) []int {
	order := Shuffle(seed, len(k.Of))
	if k.Pick > 0 && k.Pick < len(order) {
		order = order[:k.Pick]
	}
	if !k.Shuffle {
		slices.Sort(order)
	}
	return order
}

// DrawSeed returns the seed of one attempt at a quiz.
func (k Key) DrawSeed(site, learner string, attempt int) uint32 {
	if k.Seed != "" {
		return Seed(site, FixedSeed, k.ID, 0)
	}
	return Seed(site, learner, k.ID, attempt)
}
