// Package progress reads learners' progress files and says what is complete by the rules of section 4.4 of the specification.
//
// The browser evaluates the same rules (themes/default/src/progress/rule.ts); both run all cases of internal/curriculum/testdata/contract/rules.json. Types are those
// of the JSON on both sides: a progress file (section 4.5), and the curriculum as data/site.js has it (themes/default/src/contract.ts).
package progress

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// Format and Version are what a file says of itself.
const (
	Format  = "waymark-progress"
	Version = 1
)

// MaxBytes bounds a file that is read: the largest real ones have some hundred kilobytes. maxEntries bounds what is in it: short entries take much more memory than bytes.
const (
	MaxBytes   = 8 << 20
	maxEntries = 200_000
)

// A File is a learner's progress. All maps may be nil. Seed is a number that each browser made up, and that those have in common which were joined.
type File struct {
	Format  string            `json:"format"`
	Version int               `json:"version"`
	Site    string            `json:"site"`
	Edition string            `json:"edition"`
	Learner Learner           `json:"learner"`
	Seed    json.RawMessage   `json:"seed"`
	Paths   map[string]Path   `json:"paths"`
	Modules map[string]Module `json:"modules"`
	Answers map[string]Answer `json:"answers"`
	Review  map[string]Card   `json:"review"`
	Marks   map[string]Mark   `json:"marks"`
}

// Learner is who this is, without a name: a code, the same in all files of one learner. "" is nobody known.
type Learner struct {
	Code string `json:"code"`
}

// Path is what a learner did on a path. Days are written as 2027-03-02.
type Path struct {
	Started    string            `json:"started"`
	Done       string            `json:"done"`
	Milestones map[string]string `json:"milestones"`
}

// Module is what a learner did in a module.
type Module struct {
	Read string `json:"read"`
	Done string `json:"done"`
	How  string `json:"how"` // rule | manual
	Rule string `json:"rule"`
}

// Answer is the answer to a check under one revision; Was holds those of earlier ones.
type Answer struct {
	Rev   string   `json:"rev"`
	First *Try     `json:"first"`
	Last  *Try     `json:"last"`
	Best  float64  `json:"best"`
	Tries int      `json:"tries"`
	Was   []Answer `json:"was"`
}

// Try is one try at a check. Score is a share of 1; Sure is 1 to 3, 0 where nobody asked.
type Try struct {
	At    string            `json:"at"`
	Value []json.RawMessage `json:"v"`
	Score float64           `json:"s"`
	Sure  int               `json:"sure"`
}

// Known reports whether there was a try, and it is known what was answered. A try that came with a resume link has no values: it stands for the best of all.
func (t *Try) Known() bool { return t != nil && len(t.Value) > 0 }

// Has reports whether the try chose the option at index o.
func (t *Try) Has(o int) bool {
	for i := range t.Value {
		if n, ok := t.position(i); ok && n == o {
			return true
		}
	}
	return false
}

// position is the ith value as an index; false where it is none.
func (t *Try) position(i int) (int, bool) {
	if i >= len(t.Value) {
		return 0, false
	}
	n, err := strconv.Atoi(string(t.Value[i]))
	return n, err == nil
}

// Card is a card of the spaced review; N counts how often it was gone through.
type Card struct {
	N int `json:"n"`
}

// Mark is what a learner ticked; Value is false when it was taken back.
type Mark struct {
	At    string          `json:"at"`
	Value json.RawMessage `json:"v"`
}

// Ticked reports whether the tick stands: it was not taken back.
func (m Mark) Ticked() bool { return string(m.Value) != "false" }

// Read reads a progress file, in UTF-8, or in UTF-16 with the mark that editors put before it. A newer version and another format are refused with a sentence for people.
func Read(data []byte) (*File, error) {
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("the file is larger than %d MiB, no progress file is", MaxBytes>>20)
	}
	f := new(File)
	err := json.Unmarshal(utf8Of(data), f)
	var syntax *json.SyntaxError
	switch {
	case len(data) == 0:
		return nil, errors.New("the file is empty")
	case errors.As(err, &syntax):
		return nil, errors.New("this is no JSON, or not all of it")
	case err != nil || f.Format != Format:
		return nil, errors.New("this is not a progress file")
	case f.Version > Version:
		return nil, fmt.Errorf("the file was written by a newer version (%d, this one reads up to %d)", f.Version, Version)
	case f.entries() > maxEntries:
		return nil, errors.New("the file holds more than any progress file does")
	}
	return f, nil
}

// utf8Of is a text without the mark of its encoding.
func utf8Of(data []byte) []byte {
	little := bytes.HasPrefix(data, []byte("\xff\xfe"))
	if !little && !bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return bytes.TrimPrefix(data, []byte("\ufeff"))
	}
	var units []uint16
	for i := 2; i+1 < len(data); i += 2 {
		high, low := data[i], data[i+1]
		if little {
			high, low = low, high
		}
		units = append(units, uint16(high)<<8|uint16(low))
	}
	return []byte(string(utf16.Decode(units)))
}

// entries is how much the file holds.
func (f *File) entries() int {
	n := len(f.Paths) + len(f.Modules) + len(f.Answers) + len(f.Review) + len(f.Marks)
	for _, p := range f.Paths {
		n += len(p.Milestones)
	}
	for _, a := range f.Answers {
		n += a.entries()
	}
	return n
}

func (a Answer) entries() int {
	n := len(a.Was)
	for _, t := range []*Try{a.First, a.Last} {
		if t != nil {
			n += len(t.Value)
		}
	}
	for _, old := range a.Was {
		n += old.entries()
	}
	return n
}

// marked reports whether the learner ticked something and did not take it back.
func (f *File) marked(key string) bool {
	if m, ok := f.Marks[key]; ok {
		return m.Ticked()
	}
	// A file may say by `how` that a module was marked by hand.
	id, ok := strings.CutPrefix(key, "done:")
	m := f.Modules[id]
	return ok && m.How == "manual" && m.Done != ""
}

// ModuleDone reports whether a module is done: its rule held, or the learner marked it. The learner's word counts in both directions.
func (f *File) ModuleDone(id string) bool {
	m := f.Modules[id]
	rule := m.Done
	mark, ok := f.Marks["done:"+id]
	if m.How == "manual" && m.Done != "" {
		rule = m.Rule
		if !ok {
			return true // by hand, in a file that says it so
		}
	}
	switch {
	case ok && mark.Ticked():
		return true
	case ok && rule != "" && rule <= day(mark.At):
		return false
	}
	return rule != ""
}

// Under returns the answer to a check under one revision of it, nil where there is none.
func (f *File) Under(id, rev string) *Answer {
	a, ok := f.Answers[id]
	if !ok {
		return nil
	}
	if a.Rev == rev {
		return &a
	}
	for i := range a.Was {
		if a.Was[i].Rev == rev {
			return &a.Was[i]
		}
	}
	return nil
}

// Point is the point of its scale that was last chosen at a rating under one revision of it, which is one scale; false where there is none.
func (f *File) Point(id, rev string) (int, bool) {
	a := f.Under(id, rev)
	if a == nil {
		return 0, false
	}
	t := cmp.Or(a.Last, a.First)
	if t == nil {
		return 0, false
	}
	return t.position(0)
}

// Latest is the last day on which the file says that something was done, "" where nothing was.
func (f *File) Latest() string {
	last := ""
	see := func(moments ...string) {
		for _, m := range moments {
			if _, err := time.Parse(time.DateOnly, day(m)); err == nil {
				last = max(last, day(m))
			}
		}
	}
	for _, p := range f.Paths {
		see(p.Started, p.Done)
	}
	for _, m := range f.Modules {
		see(m.Read, m.Done)
	}
	for _, a := range f.Answers {
		for _, t := range []*Try{a.First, a.Last} {
			if t != nil {
				see(t.At)
			}
		}
	}
	for _, m := range f.Marks {
		see(m.At)
	}
	return last
}

func day(moment string) string { return moment[:min(10, len(moment))] }

// Best is the best share at a check, under whatever revision: an edit of the content takes nothing away from a learner.
func (f *File) Best(id string) float64 {
	a, ok := f.Answers[id]
	if !ok {
		return 0
	}
	best := a.Best
	for _, old := range a.Was {
		best = max(best, old.Best)
	}
	return best
}

// Answered reports whether there was a try at a check.
func (f *File) Answered(id string) bool {
	a, ok := f.Answers[id]
	if !ok {
		return false
	}
	if a.First != nil {
		return true
	}
	for _, old := range a.Was {
		if old.First != nil {
			return true
		}
	}
	return false
}

func (f *File) cards() int {
	n := 0
	for _, c := range f.Review {
		n += c.N
	}
	return n
}

// held is how many of the n meetings of a session were held, which is the learner's word alone: a tick for each, or the page marked as done.
func (f *File) held(id string, n int) int {
	if f.marked("done:" + id) {
		return n
	}
	count := 0
	for i := 1; i <= n; i++ {
		if f.marked(fmt.Sprintf("session:%s:%d", id, i)) {
			count++
		}
	}
	return count
}

func (f *File) formDone(id, done string) bool {
	return f.marked("signed:"+id) || done != "signed" && f.marked("filled:"+id)
}
