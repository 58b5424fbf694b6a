package cache

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"
)

// The test binary runs itself: with CACHE_TEST_USE set it is another process that uses the cache in that folder.
func TestMain(m *testing.M) {
	if dir := os.Getenv("CACHE_TEST_USE"); dir != "" {
		seed, _ := strconv.Atoi(os.Getenv("CACHE_TEST_SEED"))
		if err := use(dir, uint64(seed)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if dir := os.Getenv("CACHE_TEST_PUT"); dir != "" {
		c, err := Open(dir, Options{})
		if err != nil {
			os.Exit(1)
		}
		if _, ok := c.Get(key(0)); !ok {
			os.Exit(2)
		}
		c.Put(key(1), []byte("new"))
		if c.Close() != nil {
			os.Exit(3)
		}
		return
	}
	os.Exit(m.Run())
}

// use looks many entries up and stores those that are missing. Any wrong answer is an error.
func use(dir string, seed uint64) error {
	rnd := rand.New(rand.NewPCG(seed, 0))
	c, err := Open(dir, Options{MaxBytes: 300_000}) // small, so that there is much to give up and to merge
	if err != nil {
		return err
	}
	for range 300 {
		n := rnd.IntN(400)
		if data, ok := c.Get(key(n)); !ok {
			c.Put(key(n), content(n, 1000))
		} else if !bytes.Equal(data, content(n, 1000)) {
			return fmt.Errorf("entry %d is wrong", n)
		}
	}
	return c.Close()
}

func TestProcessesAtOnceDoNoHarm(t *testing.T) {
	dir := t.TempDir()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for p := range 3 {
		wg.Go(func() {
			for i := range 15 {
				cmd := exec.Command(exe)
				cmd.Env = append(os.Environ(), "CACHE_TEST_USE="+dir, fmt.Sprint("CACHE_TEST_SEED=", p*1000+i))
				out, err := startThen(cmd, p == 2, time.Duration(i)*3*time.Millisecond)
				if err != nil {
					t.Errorf("process %d: %v: %s", p, err, out)
				}
			}
		})
	}
	wg.Wait()
	c := open(t, dir, Options{})
	found := 0
	for n := range 400 {
		if data, ok := c.Get(key(n)); ok {
			found++
			if !bytes.Equal(data, content(n, 1000)) {
				t.Errorf("entry %d is wrong", n)
			}
		}
	}
	if found < 100 {
		t.Errorf("%d of 400 entries are there; the limit leaves room for about 200", found)
	}
	closed(t, c)
}

// startThen runs cmd, to its end or to a kill at some moment.
func startThen(cmd *exec.Cmd, kill bool, after time.Duration) ([]byte, error) {
	var out bytes.Buffer
	cmd.Stderr = &out
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	if kill {
		time.Sleep(after)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		return nil, nil
	}
	err := cmd.Wait()
	return out.Bytes(), err
}

// A folder that cannot be written: entries are found, nothing fails, nothing changes. Root may write everywhere, so the test is
// another process of another user when root runs it.
func TestAReadOnlyFolderIsReadOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	c := open(t, dir, Options{})
	c.Put(key(0), []byte("old"))
	closed(t, c)
	before := snapshot(t, dir)
	cmd := unprivileged(t, dir)
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o755)
	cmd.Env = append(os.Environ(), "CACHE_TEST_PUT="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if after := snapshot(t, dir); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}
