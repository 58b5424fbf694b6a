package cache

import (
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
)

// Segments never change, so when an entry was last used stands beside them, in one file:
//
//	head, generation 4, segments 4,
//	for each segment: its name 28, entries 4, an age of 4 bytes for each,
//	checksum 4
//
// Time is counted in generations: a run that stores something begins a new one. A run that only reads ages nothing, however often
// it is repeated, and after the first such run there is nothing new to write down. An age of 0 marks an entry that was given up.
// Of two runs at once the last one to write wins, and a lost or damaged file makes everything young again: both are harmless.
const (
	agesName = "ages"
	agesHead = "waymark ages 1\n\n"
	nameSize = 8 + 1 + 16 + len(segmentExt)
)

// generation returns the newest generation known.
func (c *Cache) generation() uint32 {
	g := max(c.openedAt, 1)
	for _, s := range c.segments {
		g = max(g, generationOf(s.name))
	}
	return g
}

// readAges puts the ages of all entries into the segments.
func (c *Cache) readAges() {
	generation, ages := loadAges(c.dir)
	c.openedAt = generation
	now := c.generation()
	for _, s := range c.segments {
		if a, ok := ages[s.name]; ok && len(a) == len(s.ages) {
			s.ages = a
			continue
		}
		for i := range s.ages {
			s.ages[i] = now
		}
	}
}

func loadAges(dir string) (generation uint32, ages map[string][]uint32) {
	b, err := os.ReadFile(filepath.Join(dir, agesName))
	if err != nil || len(b) < len(agesHead)+12 || string(b[:len(agesHead)]) != agesHead {
		return 0, nil
	}
	body, check := b[:len(b)-4], b[len(b)-4:]
	if crc32.Checksum(body, castagnoli) != binary.LittleEndian.Uint32(check) {
		return 0, nil
	}
	body = body[len(agesHead):]
	number := func() uint32 {
		if len(body) < 4 {
			return 0
		}
		n := binary.LittleEndian.Uint32(body)
		body = body[4:]
		return n
	}
	generation = number()
	ages = map[string][]uint32{}
	for range number() {
		if len(body) < nameSize+4 {
			return generation, ages
		}
		name := string(body[:nameSize])
		body = body[nameSize:]
		n := number()
		if uint64(n)*4 > uint64(len(body)) {
			return generation, ages
		}
		list := make([]uint32, n)
		for i := range list {
			list[i] = number()
		}
		ages[name] = list
	}
	return generation, ages
}

// touch gives all entries that were used their new age and returns the generation that is current now.
func (c *Cache) touch() uint32 {
	now := c.generation()
	for _, s := range c.segments {
		for i := range s.ages {
			if s.state[i].Load() == stateUsed {
				s.ages[i] = now
			}
		}
	}
	return now
}

// writeAges writes the ages down unless nothing changed.
func (c *Cache) writeAges(now uint32) {
	if c.readOnly || len(c.segments) == 0 {
		return
	}
	_, known := loadAges(c.dir) // what others wrote in the meantime
	same := len(known) == len(c.segments)
	b := []byte(agesHead)
	b = binary.LittleEndian.AppendUint32(b, now)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(c.segments)))
	for _, s := range c.segments {
		old := known[s.name]
		same = same && len(old) == len(s.ages)
		b = append(b, s.name...)
		b = binary.LittleEndian.AppendUint32(b, uint32(len(s.ages)))
		for i, a := range s.ages {
			if len(old) == len(s.ages) && a != 0 {
				a = max(a, old[i])
			}
			same = same && old[i] == a
			b = binary.LittleEndian.AppendUint32(b, a)
		}
	}
	if same {
		return
	}
	b = binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
	f, err := createTemp(c.dir)
	if err != nil {
		return
	}
	_, err = f.Write(b)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(c.dir, agesName))
	}
	if err != nil {
		os.Remove(f.Name())
	}
}
