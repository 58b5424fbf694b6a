package cache

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync/atomic"
)

// A segment is a file of entries. All numbers are little-endian.
//
//	head    16 bytes that say what it is
//	data    of all entries, one behind the other
//	index   52 bytes an entry, ordered by key: key 32, offset 8, length 4, checksum 8
//	foot    offset of the index 8, entries 4, checksum 4 of index and foot
//
// Its name is generation-random.seg, both in hex. The index stays in memory as it is and is searched by halves: that is a quarter
// of a microsecond a lookup, and nothing has to be built when 20,000 entries are opened.
const (
	segmentHead = "waymark cache 1\n"
	segmentExt  = ".seg"
	recordSize  = 52
	footSize    = 16
)

var (
	castagnoli = crc32.MakeTable(crc32.Castagnoli)
	errDamaged = errors.New("damaged")
)

// A sum is the checksum of an entry: two of 32 bits that processors compute at memory speed, over key and data. The key is in it so that a
// fault in an index can never hand out another entry's bytes.
func sum(key [32]byte, data []byte) uint64 {
	a := crc32.Update(crc32.Update(0, castagnoli, key[:]), castagnoli, data)
	b := crc32.Update(crc32.Update(0, crc32.IEEETable, key[:]), crc32.IEEETable, data)
	return uint64(a)<<32 | uint64(b)
}

// What this run found out about an entry.
const (
	stateUsed = 1 + iota
	stateBad  // damaged, or proven wrong
)

type segment struct {
	name  string
	f     *os.File
	size  int64 // of the file
	index []byte
	state []atomic.Uint32
	ages  []uint32 // generation of the last use; see ages.go
}

// A record is one line of an index.
type record struct {
	key [32]byte
	place
}

// A place is where an entry is in its file, and the checksum over key and data.
type place struct {
	off int64
	len uint32
	sum uint64
}

func (r record) append(b []byte) []byte {
	b = append(b, r.key[:]...)
	b = binary.LittleEndian.AppendUint64(b, uint64(r.off))
	b = binary.LittleEndian.AppendUint32(b, r.len)
	return binary.LittleEndian.AppendUint64(b, r.sum)
}

func isSegment(name string) bool {
	gen, random, ok := strings.Cut(strings.TrimSuffix(name, segmentExt), "-")
	return ok && strings.HasSuffix(name, segmentExt) && len(gen) == 8 && len(random) == 16
}

// generationOf returns the generation that a segment was made in, which stands in its name.
func generationOf(name string) uint32 {
	n, _ := strconv.ParseUint(name[:8], 16, 32)
	return uint32(n)
}

// openSegment opens a segment and reads its index. Anything odd about it is an error.
func openSegment(dir, name string) (s *segment, err error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	fi, err := f.Stat()
	if err != nil {
		return nil, err
	}
	size := fi.Size()
	head := make([]byte, len(segmentHead))
	if !fi.Mode().IsRegular() || size < int64(len(segmentHead)+footSize) {
		return nil, errDamaged
	}
	if _, err := f.ReadAt(head, 0); err != nil {
		return nil, err
	}
	if string(head) != segmentHead {
		return nil, errDamaged
	}
	foot := make([]byte, footSize)
	if _, err := f.ReadAt(foot, size-footSize); err != nil {
		return nil, err
	}
	at, n := binary.LittleEndian.Uint64(foot), int64(binary.LittleEndian.Uint32(foot[8:]))
	if at > uint64(size) || int64(at)+n*recordSize+footSize != size {
		return nil, errDamaged
	}
	index := make([]byte, n*recordSize)
	if _, err := f.ReadAt(index, int64(at)); err != nil {
		return nil, err
	}
	if crc32.Update(crc32.Checksum(index, castagnoli), castagnoli, foot[:12]) != binary.LittleEndian.Uint32(foot[12:]) {
		return nil, errDamaged
	}
	return &segment{name: name, f: f, size: size, index: index, state: make([]atomic.Uint32, n), ages: make([]uint32, n)}, nil
}

func (s *segment) key(i int) []byte { return s.index[i*recordSize : i*recordSize+32] }

func (s *segment) record(i int) record {
	b := s.index[i*recordSize:]
	return record{[32]byte(b), place{
		off: int64(binary.LittleEndian.Uint64(b[32:])),
		len: binary.LittleEndian.Uint32(b[40:]),
		sum: binary.LittleEndian.Uint64(b[44:]),
	}}
}

func (s *segment) find(key [32]byte) (int, bool) {
	return sort.Find(len(s.state), func(i int) int { return bytes.Compare(key[:], s.key(i)) })
}

func (s *segment) get(key [32]byte) ([]byte, bool) {
	i, ok := s.find(key)
	if !ok {
		return nil, false
	}
	data, ok := s.read(i)
	if ok && s.state[i].Load() == 0 {
		s.state[i].Store(stateUsed)
	}
	return data, ok
}

// read returns the data of entry i unless it is damaged.
func (s *segment) read(i int) ([]byte, bool) {
	if s.state[i].Load() == stateBad {
		return nil, false
	}
	r := s.record(i)
	data := make([]byte, r.len)
	if _, err := s.f.ReadAt(data, r.off); err != nil || sum(r.key, data) != r.sum {
		s.state[i].Store(stateBad)
		return nil, false
	}
	return data, true
}

// finish writes the index and the foot behind the data of f, which has end bytes, closes it and gives it its name as a segment.
// records are sorted by it.
func finish(f *os.File, end int64, records []record, dir string, generation uint32) (*segment, error) {
	sort.Slice(records, func(i, j int) bool { return bytes.Compare(records[i].key[:], records[j].key[:]) < 0 })
	b := make([]byte, 0, len(records)*recordSize+footSize)
	for _, r := range records {
		b = r.append(b)
	}
	foot := binary.LittleEndian.AppendUint64(nil, uint64(end))
	foot = binary.LittleEndian.AppendUint32(foot, uint32(len(records)))
	check := crc32.Update(crc32.Checksum(b, castagnoli), castagnoli, foot)
	b = append(append(b, foot...), binary.LittleEndian.AppendUint32(nil, check)...)
	_, err := f.WriteAt(b, end)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	name := fmt.Sprintf("%08x-%016x%s", generation, rand.Uint64(), segmentExt)
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, name))
	}
	if err != nil {
		os.Remove(f.Name())
		return nil, err
	}
	s, err := openSegment(dir, name)
	if err != nil {
		return nil, err
	}
	for i := range s.ages {
		s.ages[i] = generation
	}
	return s, nil
}
