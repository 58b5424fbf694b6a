package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func key(n int) [32]byte { return sha256.Sum256(binary.AppendVarint(nil, int64(n))) }

// content is what belongs to key(n): bytes that do not repeat, of a length that follows from n.
func content(n, size int) []byte {
	data := make([]byte, size/2+n%(size+1))
	r := rand.NewChaCha8(key(n))
	_, _ = r.Read(data)
	return data
}

func open(t testing.TB, dir string, o Options) *Cache {
	t.Helper()
	c, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func closed(t testing.TB, c *Cache) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
}

// fill stores the entries from..to-1 in a run of their own.
func fill(t testing.TB, dir string, from, to, size int) {
	t.Helper()
	c := open(t, dir, Options{})
	for n := from; n < to; n++ {
		c.Put(key(n), content(n, size))
	}
	closed(t, c)
}

func want(t testing.TB, c *Cache, n, size int) {
	t.Helper()
	if data, ok := c.Get(key(n)); !ok || !bytes.Equal(data, content(n, size)) {
		t.Fatalf("entry %d: %d bytes, %v; want %d", n, len(data), ok, len(content(n, size)))
	}
}

func files(t testing.TB, dir, ext string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ext) {
			names = append(names, e.Name())
		}
	}
	return names
}

func TestWhatIsStoredIsFoundInThisRunAndTheNext(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "cache")
	c := open(t, dir, Options{})
	if len(files(t, filepath.Dir(dir), "")) != 0 {
		t.Error("opening an empty cache made a folder")
	}
	for n := range 300 {
		if _, ok := c.Get(key(n)); ok {
			t.Fatalf("entry %d is there before it was stored", n)
		}
		c.Put(key(n), content(n, 5000)) // over a megabyte: most go to the file, some stay in the buffer
	}
	c.Put(key(1000), nil)
	c.Put(key(1001), bytes.Repeat([]byte("large"), 200_000))
	for range 2 {
		for n := range 300 {
			want(t, c, n, 5000)
		}
		if data, ok := c.Get(key(1000)); !ok || len(data) != 0 {
			t.Errorf("the empty entry: %q, %v", data, ok)
		}
		if data, ok := c.Get(key(1001)); !ok || len(data) != 1_000_000 {
			t.Errorf("the large entry: %d bytes, %v", len(data), ok)
		}
		closed(t, c)
		if _, ok := c.Get(key(1)); ok {
			t.Error("a closed cache has entries")
		}
		c.Put(key(2000), nil)
		closed(t, c)
		c = open(t, dir, Options{})
	}
	closed(t, c)
	if b, _ := os.ReadFile(filepath.Join(dir, ".gitignore")); string(b) != "*\n" {
		t.Errorf(".gitignore is %q", b)
	}
}

func TestTheCallersBytesAreItsOwn(t *testing.T) {
	c := open(t, t.TempDir(), Options{})
	data := []byte("what was stored")
	c.Put(key(1), data)
	copy(data, "XXXX")
	got, _ := c.Get(key(1))
	copy(got[5:], "XXX")
	if got, _ := c.Get(key(1)); string(got) != "what was stored" {
		t.Errorf("%q", got)
	}
	closed(t, c)
}

func TestNilAndOffHaveNothing(t *testing.T) {
	var none *Cache
	off := open(t, filepath.Join(t.TempDir(), "c"), Options{Mode: Off})
	for _, c := range []*Cache{none, off} {
		c.Put(key(1), []byte("x"))
		if _, ok := c.Get(key(1)); ok {
			t.Error("it has an entry")
		}
		if err := errors.Join(c.Sync(), c.Close()); err != nil {
			t.Error(err)
		}
	}
	if _, err := Open(t.TempDir(), Options{Mode: "maybe"}); err == nil || !strings.Contains(err.Error(), `on, off or verify, not "maybe"`) {
		t.Errorf("mode maybe: %v", err)
	}
	file := filepath.Join(t.TempDir(), "cache")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(file, Options{}); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("a file: %v", err)
	}
}

// The law of the package: flip any bit, cut anywhere, and each lookup is right or finds nothing. What was lost can be stored again.
func TestWhatAnotherProgramStoredIsNotFound(t *testing.T) {
	dir := t.TempDir()
	key := [32]byte{1}
	for _, program := range []string{"one", "two", ""} {
		c := open(t, dir, Options{Program: program})
		if _, ok := c.Get(key); ok || c.Has(key) {
			t.Errorf("%q finds what another has stored", program)
		}
		c.Put(key, []byte(program+"'s"))
		closed(t, c)
	}
	for _, program := range []string{"one", "two", ""} {
		c := open(t, dir, Options{Program: program})
		if data, ok := c.Get(key); !ok || string(data) != program+"'s" || !c.Has(key) {
			t.Errorf("%q finds %q, %v", program, data, ok)
		}
		closed(t, c)
	}
}

func TestDamageAnywhereIsAMiss(t *testing.T) {
	const entries = 6
	dir := t.TempDir()
	fill(t, dir, 0, entries, 40)
	names := append(files(t, dir, segmentExt), agesName)
	if len(names) != 2 {
		t.Fatal(names)
	}
	whole := map[string][]byte{}
	for _, name := range names {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		whole[name] = b
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	try := func(name string, b []byte, what string) (found int) {
		work := t.TempDir()
		for n, good := range whole {
			if n == name {
				good = b
			}
			if err := os.WriteFile(filepath.Join(work, n), good, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		c := open(t, work, Options{})
		for n := range entries {
			data, ok := c.Get(key(n))
			if ok && !bytes.Equal(data, content(n, 40)) {
				t.Fatalf("%s, %s: entry %d is wrong", name, what, n)
			}
			if ok {
				found++
			} else {
				c.Put(key(n), content(n, 40))
			}
			want(t, c, n, 40)
		}
		closed(t, c)
		c = open(t, work, Options{})
		for n := range entries {
			want(t, c, n, 40)
		}
		closed(t, c)
		return found
	}
	for name, b := range whole {
		for i := range b {
			bad := slices.Clone(b)
			bad[i] ^= 1 << rnd.IntN(8)
			found := try(name, bad, fmt.Sprintf("byte %d changed", i))
			if name == agesName && found != entries {
				t.Errorf("damaged ages cost %d entries", entries-found)
			}
			if name != agesName && found == entries {
				t.Errorf("byte %d of %d changed and nothing noticed", i, len(b))
			}
			if found := try(name, b[:i], fmt.Sprintf("cut at %d", i)); name != agesName && found != 0 {
				t.Errorf("cut at %d of %d, and %d entries found", i, len(b), found)
			}
		}
		try(name, append(slices.Clone(b), "more"...), "longer")
	}
}

func TestADamagedSegmentIsClearedAway(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 10, 100)
	name := filepath.Join(dir, files(t, dir, segmentExt)[0])
	if err := os.Truncate(name, 200); err != nil {
		t.Fatal(err)
	}
	closed(t, open(t, dir, Options{}))
	if got := files(t, dir, segmentExt); len(got) != 0 {
		t.Errorf("left: %v", got)
	}
}

func TestReadingAgainAndAgainWritesNothing(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 100, 100)
	fill(t, dir, 100, 200, 100)
	read := func() {
		c := open(t, dir, Options{})
		for n := range 200 {
			want(t, c, n, 100)
			c.Put(key(n), content(n, 100))
		}
		closed(t, c)
	}
	read() // the older half was not used in the second run and is now
	before := snapshot(t, dir)
	for range 3 {
		read()
	}
	if after := snapshot(t, dir); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}

func snapshot(t testing.TB, dir string) string {
	t.Helper()
	var b strings.Builder
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		fi, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&b, e.Name(), fi.Size(), fi.ModTime().UnixNano())
	}
	return b.String()
}

func TestManyRunsMakeFewSegments(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 200, 4000)
	first := files(t, dir, segmentExt)[0]
	for run := range 40 {
		fill(t, dir, 1000+run*3, 1003+run*3, 100)
		if n := len(files(t, dir, segmentExt)); n > maxSegments {
			t.Fatalf("%d segments after %d runs", n, run+2)
		}
	}
	if !slices.Contains(files(t, dir, segmentExt), first) {
		t.Error("the large segment was copied for the sake of small ones")
	}
	c := open(t, dir, Options{})
	for n := range 200 {
		want(t, c, n, 4000)
	}
	for n := 1000; n < 1120; n++ {
		want(t, c, n, 100)
	}
	closed(t, c)
}

func TestTooMuchDropsWhatWasNotUsedForLongest(t *testing.T) {
	dir := t.TempDir()
	o := Options{MaxBytes: 1_000_000}
	for run := range 30 {
		c := open(t, dir, o)
		for n := range 20 {
			want0 := content(n, 5000)
			if data, ok := c.Get(key(n)); ok && !bytes.Equal(data, want0) {
				t.Fatal("wrong")
			} else if !ok && run > 0 {
				t.Fatalf("run %d: entry %d, used in each run, was dropped", run, n)
			}
			c.Put(key(n), want0)
		}
		for n := range 20 {
			c.Put(key(1000+run*100+n), content(n, 5000))
		}
		closed(t, c)
		var total int64
		for _, name := range files(t, dir, "") {
			fi, err := os.Stat(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			total += fi.Size()
		}
		if total > o.MaxBytes+100_000 {
			t.Fatalf("run %d: %d bytes on disk, the limit is %d", run, total, o.MaxBytes)
		}
	}
	c := open(t, dir, o)
	if _, ok := c.Get(key(1000)); ok {
		t.Error("an entry of the first run that was never used again is still there")
	}
	if _, ok := c.Get(key(1000 + 29*100)); !ok {
		t.Error("an entry of the last run is not there")
	}
	closed(t, c)
}

// A site that needs more than the limit says so, and is remembered whole.
func TestWhatIsAllowedStays(t *testing.T) {
	dir := t.TempDir()
	for run := range 3 {
		c := open(t, dir, Options{MaxBytes: 100_000})
		c.Allow(1_000_000)
		for n := range 100 { // 500,000 bytes
			if data, ok := c.Get(key(n)); ok != (run > 0) || ok && !bytes.Equal(data, content(n, 5000)) {
				t.Fatalf("run %d: entry %d is there: %v", run, n, ok)
			}
			c.Put(key(n), content(n, 5000))
		}
		c.Allow(0) // never less
		closed(t, c)
	}
}

// What is asked for, or would be stored if it were not there, is as young as what is read.
func TestWhatIsAskedForStaysYoung(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 10, 1000)
	for run := range maxUnused + 2 {
		c := open(t, dir, Options{})
		if !c.Has(key(0)) {
			t.Fatalf("run %d: what is asked for in each run was dropped", run)
		}
		c.Put(key(1), content(1, 1000))
		c.Put(key(1000+run), []byte("new"))
		closed(t, c)
	}
	c := open(t, dir, Options{})
	defer closed(t, c)
	want(t, c, 0, 1000)
	want(t, c, 1, 1000)
	if _, ok := c.Get(key(2)); ok {
		t.Error("what was never asked for is still there")
	}
}

func TestWhatIsNeverUsedGrowsOld(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 50, 1000)
	for run := range maxUnused + 2 {
		c := open(t, dir, Options{})
		want(t, c, 0, 1000)
		c.Put(key(1000+run), []byte("new"))
		closed(t, c)
	}
	c := open(t, dir, Options{})
	want(t, c, 0, 1000)
	for n := 1; n < 50; n++ {
		if _, ok := c.Get(key(n)); ok {
			t.Fatalf("entry %d was not used in %d runs and is there", n, maxUnused+2)
		}
	}
	closed(t, c)
}

func TestVerifyFindsWhatIsNotMadeTheSameTwice(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 10, 100)
	var found []string
	c := open(t, dir, Options{Mode: Verify, OnMismatch: func(k [32]byte, stored, made []byte) {
		found = append(found, fmt.Sprintf("%v %s %v", k == key(3), made, bytes.Equal(stored, content(3, 100))))
	}})
	for n := range 10 {
		if _, ok := c.Get(key(n)); ok {
			t.Error("an audit must make everything anew")
		}
		if n == 3 {
			c.Put(key(n), []byte("other"))
		} else {
			c.Put(key(n), content(n, 100))
		}
	}
	c.Put(key(99), []byte("new"))
	if err := c.Close(); err == nil || !strings.Contains(err.Error(), "one entry was stored with other bytes") {
		t.Errorf("%v", err)
	}
	if len(found) != 1 || found[0] != "true other true" {
		t.Errorf("%q", found)
	}
	c = open(t, dir, Options{})
	if got, _ := c.Get(key(3)); string(got) != "other" {
		t.Errorf("after the audit: %q", got)
	}
	if got, _ := c.Get(key(99)); string(got) != "new" {
		t.Errorf("stored by the audit: %q", got)
	}
	closed(t, c)
}

func TestSyncOutlastsAKill(t *testing.T) {
	dir := t.TempDir()
	c := open(t, dir, Options{})
	for n := range 100 {
		c.Put(key(n), content(n, 100))
		if n == 50 || n == 70 {
			if err := c.Sync(); err != nil {
				t.Fatal(err)
			}
		}
	}
	for n := range 100 {
		want(t, c, n, 100)
	}
	other := open(t, dir, Options{}) // c is not closed, as if it had been killed
	for n := range 71 {
		want(t, other, n, 100)
	}
	if _, ok := other.Get(key(71)); ok {
		t.Error("what came after Sync is there")
	}
	closed(t, other)
	closed(t, c)
	c = open(t, dir, Options{})
	for n := range 100 {
		want(t, c, n, 100)
	}
	closed(t, c)
}

func TestKilledRunsAreSweptAway(t *testing.T) {
	dir := t.TempDir()
	for i := range 10 {
		name := filepath.Join(dir, fmt.Sprintf("%016x%s", i, runExt))
		if err := os.WriteFile(name, []byte("half a run"), 0o666); err != nil {
			t.Fatal(err)
		}
		if at := time.Now().Add(-time.Duration(i) * maxRunAge / 3); os.Chtimes(name, at, at) != nil {
			t.Fatal("chtimes")
		}
	}
	fill(t, dir, 0, 1, 10)
	if got := files(t, dir, runExt); len(got) > maxRunsNow {
		t.Errorf("%d left: %v", len(got), got)
	}
}

func TestManyGoroutines(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 500, 500)
	c := open(t, dir, Options{})
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			rnd := rand.New(rand.NewPCG(uint64(g), 1))
			for range 2000 {
				n := rnd.IntN(1000)
				if data, ok := c.Get(key(n)); ok && !bytes.Equal(data, content(n, 500)) {
					t.Errorf("entry %d is wrong", n)
				} else if !ok && n < 500 {
					t.Errorf("entry %d is missing", n)
				} else if !ok {
					c.Put(key(n), content(n, 500))
				}
				if n == 7 {
					_ = c.Sync()
				}
			}
		})
	}
	wg.Wait()
	closed(t, c)
}

func BenchmarkOpen(b *testing.B) {
	dir := large(b)
	b.ReportAllocs()
	for b.Loop() {
		c := open(b, dir, Options{})
		b.StopTimer()
		closed(b, c)
		b.StartTimer()
	}
}

func BenchmarkGet(b *testing.B) {
	c := open(b, large(b), Options{})
	defer c.Close()
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := c.Get(key(n % 20_000)); !ok {
			b.Fatal("miss")
		}
		n++
	}
}

func BenchmarkPut(b *testing.B) {
	c := open(b, b.TempDir(), Options{})
	defer c.Close()
	data := content(1, 12_000)
	b.SetBytes(int64(len(data)))
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		c.Put(key(n), data)
		n++
	}
}

func BenchmarkClose(b *testing.B) { // a run that stores one entry beside 20,000
	dir := large(b)
	n := 1 << 20
	b.ReportAllocs()
	for b.Loop() {
		c := open(b, dir, Options{})
		c.Put(key(n), []byte("one page"))
		closed(b, c)
		n++
	}
}

// large is a cache of a site with 10,000 modules: as many entries of 3 KB and of 12 KB.
func large(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	c := open(b, dir, Options{})
	small, page := make([]byte, 3000), make([]byte, 12_000)
	for n := range 20_000 {
		if n%2 == 0 {
			c.Put(key(n), small)
		} else {
			c.Put(key(n), page)
		}
	}
	closed(b, c)
	return dir
}
