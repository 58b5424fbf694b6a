package publish

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The memo is a file in Options.State that remembers which content a file of the destination had at which size and time. It is of this
// machine alone, and may be lost at any time: without it files are read to know what is in them.
const memoHead = "waymark times 1\n"

type memo map[string]known

type known struct {
	stat
	sum digest
}

// memoPath returns where the memo of the destination is.
func (p *place) memoPath() string {
	sum := digestOf([]byte(p.dir)).String()
	return filepath.Join(p.State, "times-"+strings.TrimLeft(sum, "-")[:12])
}

// readMemo reads the memo. Entries that were as young as the memo when it was written are left out: such a file may have been changed
// once more within the same tick of the clock.
func (p *place) readMemo() memo {
	if p.State == "" {
		return nil
	}
	b, err := os.ReadFile(p.memoPath())
	if err != nil {
		return nil
	}
	fi, err := os.Stat(p.memoPath())
	body, ok := unseal(b, memoHead)
	if err != nil || !ok {
		return nil
	}
	written := fi.ModTime().UnixNano()
	m := memo{}
	for text := range strings.Lines(string(body)) {
		var k known
		at, rest, _ := strings.Cut(strings.TrimSuffix(text, "\n"), " ")
		size, rest, _ := strings.Cut(rest, " ")
		sum, path, _ := strings.Cut(rest, " ")
		var err1, err2 error
		k.time, err1 = strconv.ParseInt(at, 36, 64)
		k.size, err2 = strconv.ParseInt(size, 36, 64)
		if err1 != nil || err2 != nil || !k.sum.set(sum) {
			return nil
		}
		if k.time+tick(k.time) < written {
			m[path] = k
		}
	}
	return m
}

// tick is how far apart two changes must be for their times to differ. Whole seconds hint at a file system that has no finer ones.
func tick(t int64) int64 {
	if t%int64(time.Second) == 0 {
		return int64(2 * time.Second)
	}
	return int64(20 * time.Millisecond)
}

// remember writes the memo if it would say something new.
func (p *place) remember(w *work) {
	if p.State == "" || !w.learned && w.isDone() {
		return
	}
	paths := make([]string, 0, len(w.times))
	for path := range w.times {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	b := []byte(memoHead)
	for _, path := range paths {
		k := w.times[path]
		b = strconv.AppendInt(b, k.time, 36)
		b = append(b, ' ')
		b = strconv.AppendInt(b, k.size, 36)
		b = fmt.Appendf(b, " %s %s\n", k.sum, path)
	}
	if err := p.writeMemo(seal(b)); err != nil {
		p.logf("%s: the times of its files are not remembered: %s", p.name, reason(err))
	}
}

func (p *place) writeMemo(b []byte) error {
	if _, err := os.Stat(p.State); err != nil {
		if err := os.MkdirAll(p.State, 0o755); err != nil {
			return err
		}
		_ = os.WriteFile(filepath.Join(p.State, ".gitignore"), []byte("*\n"), 0o644)
	}
	temp := fmt.Sprintf("%s.%d", p.memoPath(), os.Getpid())
	err := os.WriteFile(temp, b, 0o644)
	if err == nil {
		err = os.Rename(temp, p.memoPath())
	}
	if err != nil {
		err = errors.Join(err, ignoreMissing(os.Remove(temp)))
	}
	return err
}
