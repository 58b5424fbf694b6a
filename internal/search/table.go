package search

// A table numbers terms from 0 in the order in which they come first. Its keys stand in one slice: a map of strings needs memory for each
// and takes twice as long. The zero table is empty.
type table struct {
	bytes  []byte
	ends   []int32 // where each term ends in bytes
	hashes []uint32
	slots  []int32 // a power of two; one more than a term's number, 0: free
}

func (t *table) len() int { return len(t.ends) }

// reset empties the table and keeps its memory.
func (t *table) reset() {
	t.bytes, t.ends, t.hashes = t.bytes[:0], t.ends[:0], t.hashes[:0]
	clear(t.slots)
}

// term returns the bytes of term i, which hold until the next reset.
func (t *table) term(i int) []byte {
	from := int32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.bytes[from:t.ends[i]]
}

// add returns the number of a term with hash h, and whether it is new.
func (t *table) add(term []byte, h uint32) (i int, isNew bool) {
	if 2*len(t.ends) >= len(t.slots) {
		t.grow()
	}
	mask := uint32(len(t.slots) - 1)
	at := h & mask
	for ; t.slots[at] != 0; at = (at + 1) & mask {
		if i := int(t.slots[at] - 1); t.hashes[i] == h && string(t.term(i)) == string(term) {
			return i, false
		}
	}
	t.bytes = append(t.bytes, term...)
	t.ends = append(t.ends, int32(len(t.bytes)))
	t.hashes = append(t.hashes, h)
	t.slots[at] = int32(len(t.ends))
	return len(t.ends) - 1, true
}

func (t *table) grow() {
	t.slots = make([]int32, max(1<<10, 2*len(t.slots)))
	mask := uint32(len(t.slots) - 1)
	for i, h := range t.hashes {
		at := h & mask
		for t.slots[at] != 0 {
			at = (at + 1) & mask
		}
		t.slots[at] = int32(i + 1)
	}
}

// hash is FNV-1a with its bits mixed once more. Who makes terms collide makes only a page of their own slow.
func hash(b []byte) uint32 {
	h := uint32(2166136261)
	for _, c := range b {
		h = (h ^ uint32(c)) * 16777619
	}
	h ^= h >> 15
	h *= 0x2c1b3c6d
	return h ^ h>>12
}
