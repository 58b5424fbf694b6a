package reliability

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// program is the path of the program under test.
var program string

// soak says that there is time: WAYMARK_SOAK=1.
var soak = os.Getenv("WAYMARK_SOAK") != ""

// rounds is how often something is tried: usually, and in a long run.
func rounds(usual, long int) int {
	if soak {
		return long
	}
	if testing.Short() {
		return max(1, usual/10)
	}
	return usual
}

// chance is what a test chooses its attacks by: other ones each time, and the same ones where WAYMARK_SEED names the seed that a run has printed.
func chance(t testing.TB) *rand.Rand {
	t.Helper()
	t.Logf("WAYMARK_SEED=%d repeats what was chosen here", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

var seed = func() uint64 {
	if n, err := strconv.ParseUint(os.Getenv("WAYMARK_SEED"), 10, 64); err == nil {
		return n
	}
	return uint64(rand.Uint32())
}()

func TestMain(m *testing.M) {
	os.Exit(tests(m))
}

// tests builds the program and runs the tests. WAYMARK names a program that is built already.
func tests(m *testing.M) int {
	if program = os.Getenv("WAYMARK"); program != "" {
		return m.Run()
	}
	dir, err := os.MkdirTemp("", "waymark-reliability")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil { // tests run it as another user, too
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	program = filepath.Join(dir, "waymark.exe")
	build := exec.Command("go", "build", "-trimpath", "-o", program, "./cmd/waymark")
	build.Dir = filepath.Join("..", "..", "..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0") // as it is released: no library of the system is loaded
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// Exit codes of the program.
const (
	fine    = 0
	content = 1
	machine = 3
	stopped = 130
)

// An outcome is what a run of the program has come to.
type outcome struct {
	code int
	said string // what it printed for people
	rss  int    // the most memory it held, in MiB; 0 where that is unknown
	took time.Duration
}

// timeout is what any single run may take at most.
const timeout = 60 * time.Second

// waymark runs the program and checks what must hold of every run: it does not crash, ends by itself, and what it prints cannot drive a terminal.
func waymark(t testing.TB, args ...string) outcome {
	t.Helper()
	return finish(t, command(t, timeout, args...), timeout)
}

// command returns the program, ready to be changed and run; it is killed after a time.
func command(t testing.TB, limit time.Duration, args ...string) *exec.Cmd {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "NO_COLOR=1")
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

func finish(t testing.TB, cmd *exec.Cmd, limit time.Duration) outcome {
	t.Helper()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	began := time.Now()
	must(t, cmd.Start())
	done := make(chan bool)
	go guard(cmd.Process, done)
	_ = cmd.Wait()
	close(done)
	o := outcome{said: said.String(), took: time.Since(began)}
	o.code, o.rss = cmd.ProcessState.ExitCode(), peak(cmd.ProcessState)
	if o.took >= limit {
		t.Errorf("waymark %s: not done after %v", strings.Join(cmd.Args[1:], " "), limit)
	}
	wellSpoken(t, o.said)
	return o
}

// guard kills a process that takes far more memory than any test allows, before it takes that of the whole machine.
func guard(p *os.Process, done chan bool) {
	for {
		select {
		case <-done:
			return
		case <-time.After(100 * time.Millisecond):
			var size, resident int
			if data, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", p.Pid)); err == nil {
				_, _ = fmt.Sscan(string(data), &size, &resident)
			}
			if resident*os.Getpagesize() > 3<<30 {
				_ = p.Kill()
			}
		}
	}
}

// wellSpoken checks what the program printed.
func wellSpoken(t testing.TB, said string) {
	t.Helper()
	for _, trace := range []string{"panic:", "goroutine ", "fatal error:", "runtime error", "SIGSEGV", ".go:"} {
		if strings.Contains(said, trace) {
			t.Errorf("a stack trace (%q):\n%.3000s", trace, said)
			break
		}
	}
	if !utf8.ValidString(said) {
		t.Errorf("it printed what is no text: %.300q", said)
	}
	for _, r := range said {
		if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			t.Errorf("it printed the control character %U: %.300q", r, said)
			break
		}
	}
}

// want fails the test if a run did not end with a code, or did not say all the words.
func (o outcome) want(t testing.TB, code int, words ...string) {
	t.Helper()
	if o.code != code {
		t.Errorf("the exit code is %d, not %d:\n%.3000s", o.code, code, o.said)
		return
	}
	for _, w := range words {
		if !strings.Contains(o.said, w) {
			t.Errorf("it does not say %q:\n%.3000s", w, o.said)
		}
	}
}
