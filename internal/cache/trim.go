package cache

import (
	"bufio"
	"cmp"
	"os"
	"path/filepath"
	"slices"
)

const (
	maxSegments  = 8 // more are merged,
	keptSegments = 4 // the smallest, until so many are left
)

// An entry is one line of one segment.
type entry struct {
	s *segment
	i int
}

func (e entry) size() int64 { return int64(e.s.record(e.i).len) + recordSize }

// alive reports whether the entry is worth keeping.
func (e entry) alive(now uint32) bool {
	age := e.s.ages[e.i]
	return age != 0 && now-min(age, now) <= maxUnused && e.s.state[e.i].Load() != stateBad
}

// spoiled reports whether a run that stored nothing has still something to put right: too large, or damaged entries.
func (c *Cache) spoiled() bool {
	var total int64
	for _, s := range c.segments {
		total += s.size
		if s.hasBad() {
			return true
		}
	}
	return total > c.limit || len(c.damaged) > 0
}

func (s *segment) hasBad() bool {
	for i := range s.state {
		if s.state[i].Load() == stateBad {
			return true
		}
	}
	return false
}

// trim gives up what is too old or too much and writes those segments anew that have become mostly waste or too many.
func (c *Cache) trim(now uint32) error {
	if c.readOnly {
		return nil
	}
	for _, name := range c.damaged {
		os.Remove(filepath.Join(c.dir, name))
	}
	c.giveUp(now)
	old := c.toRewrite(now)
	if len(old) == 0 {
		return nil
	}
	f, err := createTemp(c.dir)
	if err != nil {
		c.readOnly = true
		return nil
	}
	merged, err := merge(f, old, c.dir, now)
	if err != nil {
		return err
	}
	c.segments = slices.DeleteFunc(c.segments, func(s *segment) bool { return slices.Contains(old, s) })
	if merged != nil {
		c.segments = append(c.segments, merged)
		sortSegments(c.segments)
	}
	for _, s := range old {
		s.f.Close()
		os.Remove(filepath.Join(c.dir, s.name)) // another run may have done so; one that has it open keeps it
	}
	return nil
}

// giveUp marks what was not used for too long, and what was not used for longest if all together is too large. It goes down to three
// quarters of the limit, so as not to come again after each run.
func (c *Cache) giveUp(now uint32) {
	var live []entry
	var total int64
	for _, s := range c.segments {
		for i := range s.ages {
			if e := (entry{s, i}); e.alive(now) {
				live = append(live, e)
				total += e.size()
			} else {
				s.ages[i] = 0
			}
		}
	}
	if total <= c.limit {
		return
	}
	slices.SortStableFunc(live, func(a, b entry) int { return cmp.Compare(a.s.ages[a.i], b.s.ages[b.i]) })
	for _, e := range live {
		if total <= c.limit/4*3 {
			break
		}
		total -= e.size()
		e.s.ages[e.i] = 0
	}
}

// toRewrite chooses the segments to merge into one: those with a damaged entry, those that are waste by more than half, the most
// wasteful ones as long as all together are too large, and the smallest if there are too many. So the large segment of a
// first build is not copied because of a few small ones from edits.
func (c *Cache) toRewrite(now uint32) []*segment {
	waste := map[*segment]int64{}
	var total int64
	for _, s := range c.segments {
		for i := range s.ages {
			if e := (entry{s, i}); !e.alive(now) {
				waste[s] += e.size()
			}
		}
		total += s.size
	}
	var chosen, rest []*segment
	for _, s := range c.segments {
		if s.hasBad() || waste[s] > s.size/2 || len(s.ages) == 0 {
			chosen = append(chosen, s)
			total -= waste[s]
		} else {
			rest = append(rest, s)
		}
	}
	slices.SortStableFunc(rest, func(a, b *segment) int { return cmp.Compare(waste[b], waste[a]) })
	for len(rest) > 0 && total > c.limit && waste[rest[0]] > 0 {
		total -= waste[rest[0]]
		chosen, rest = append(chosen, rest[0]), rest[1:]
	}
	if len(c.segments) > maxSegments && len(rest) >= keptSegments {
		slices.SortStableFunc(rest, func(a, b *segment) int { return cmp.Compare(a.size, b.size) })
		n := len(rest) - (keptSegments - 1)
		chosen, rest = append(chosen, rest[:n]...), rest[n:]
	}
	return chosen
}

// merge writes what is alive in the segments into f and makes a new one of it, which is nil if nothing is.
func merge(f *os.File, old []*segment, dir string, now uint32) (*segment, error) {
	drop := func(err error) (*segment, error) {
		f.Close()
		os.Remove(f.Name())
		return nil, err
	}
	w := bufio.NewWriterSize(f, bufferSize)
	if _, err := w.WriteString(segmentHead); err != nil {
		return drop(err)
	}
	end := int64(len(segmentHead))
	var records []record
	ages := map[[32]byte]uint32{}
	for _, s := range old {
		for i := range s.ages {
			e, r := entry{s, i}, s.record(i)
			if _, twice := ages[r.key]; twice || !e.alive(now) {
				continue
			}
			data, ok := s.read(i)
			if !ok {
				continue
			}
			if _, err := w.Write(data); err != nil {
				return drop(err)
			}
			ages[r.key] = s.ages[i]
			r.off = end
			end += int64(r.len)
			records = append(records, r)
		}
	}
	if err := w.Flush(); err != nil || len(records) == 0 {
		return drop(err)
	}
	s, err := finish(f, end, records, dir, now)
	if err != nil {
		return nil, err
	}
	for i := range s.ages {
		s.ages[i] = ages[[32]byte(s.key(i))]
	}
	return s, nil
}
