package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// The test binary runs itself: with PUBLISH_TEST set it is another process that builds, to be killed, locked out, or run as another user.
//
//	build DEST VERSION   publishes version n of the site
//	twosteps, inplace    the same where folders cannot be exchanged, or the destination cannot be
//	small DEST VERSION   the same with a site of a few files; smalltwosteps and smallinplace as well
//	hold DEST            publishes, and waits in the middle until its standard input ends
func TestMain(m *testing.M) {
	args := strings.Split(os.Getenv("PUBLISH_TEST"), "\n")
	if len(args) < 2 {
		code := m.Run()
		os.RemoveAll(childDir)
		os.Exit(code)
	}
	if err := helper(args[0], args[1], args[2:]...); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func helper(what, dest string, args ...string) error {
	o := Options{Jobs: 2}
	switch what {
	case "twosteps", "smalltwosteps":
		exchange = func(a, b string) error { return errors.ErrUnsupported }
	case "inplace", "smallinplace":
		if err := os.Chdir(dest); err != nil {
			return err
		}
	case "hold":
		_, err := Dir(context.Background(), dest, []File{{Path: "index.html", Write: func(w io.Writer) error {
			fmt.Println("in the middle")
			_, err := io.Copy(io.Discard, os.Stdin)
			return err
		}}}, o)
		return err
	}
	n, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	if len(args) > 1 {
		o.State = args[1]
	}
	files := version(n)
	if strings.HasPrefix(what, "small") {
		files, o.Jobs = small(n), 1
	}
	_, err = Dir(context.Background(), dest, files, o)
	return err
}

// small is a site in which every kind of step is taken once or twice from version to version.
func small(n int) []File {
	return pages(
		"same.html: same", "in/same.html: same", "deep/er/same.html: same", fmt.Sprint("a.css: ", n), fmt.Sprint("index.html: ", n),
		fmt.Sprintf("only-%d/x.html: x", n), fmt.Sprintf("deep/%d.html: x", n),
	)
}

func helperCommand(exe string, args ...string) *exec.Cmd {
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), "PUBLISH_TEST="+strings.Join(args, "\n"))
	return cmd
}

func self(t testing.TB) string {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return exe
}

var (
	racing   bool
	childDir string // where child has put its program; "": it has put none
)

var plain = sync.OnceValues(func() (exe string, err error) {
	if childDir, err = os.MkdirTemp("", "publish"); err != nil {
		return "", err
	}
	exe = filepath.Join(childDir, "publish.test")
	out, err := exec.Command("go", "test", "-c", "-o", exe, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return exe, nil
})

// child is the test binary for those who run it hundreds of times only to kill it: without the race detector, which takes ten times as long to start.
func child(t testing.TB) string {
	t.Helper()
	if !racing {
		return self(t)
	}
	exe, err := plain()
	if err != nil {
		t.Fatal(err)
	}
	return exe
}

// version n of a site: most files differ from version to version, some are the same in all, some are there in every other one only, and a few
// are large, so that a kill can hit the middle of one.
func version(n int) (files []File) {
	add := func(path, content string) { files = append(files, page(path, content)) }
	for i := range 60 {
		path := fmt.Sprintf("part-%d/chapter-%d/page-%d.html", i%5, i%15, i)
		switch i % 3 {
		case 0:
			add(path, fmt.Sprintf("page %d, the same in all versions", i))
		default:
			add(path, strings.Repeat(fmt.Sprintf("page %d, version %d\n", i, n), 1+i*i%211))
		}
	}
	for i := range 10 {
		add(fmt.Sprintf("only-%d/page-%d.html", n%2, i), fmt.Sprint("there in every other version ", i))
	}
	for i := range 3 {
		add(fmt.Sprintf("large-%d.html", i), strings.Repeat(fmt.Sprintf("large %d, version %d\n", i, n), 10_000))
	}
	return files
}

// rounds is how often a crash test kills: enough here to catch a fault that is not rare, and as often as PUBLISH_SOAK says on longer runs.
func rounds(t testing.TB, usual int) int {
	if n, err := strconv.Atoi(os.Getenv("PUBLISH_SOAK")); err == nil {
		return n
	}
	if testing.Short() {
		return usual / 10
	}
	return usual
}

// A build that is killed at any moment leaves the whole old site or the whole new one, and the next build ends as a clean one does.
func TestKilledAtAnyMomentTheSiteIsWhole(t *testing.T) {
	clean := map[int]map[string]string{} // the sites as they must be, with their manifests
	for n := range 2 {
		dest := filepath.Join(t.TempDir(), "public")
		publish(t, dest, version(n), Options{})
		clean[n] = tree(t, dest)
		clean[n]["CNAME"] = "of somebody else"
	}
	for _, mode := range []string{"build", "twosteps", "inplace"} {
		t.Run(mode, func(t *testing.T) {
			parent := t.TempDir()
			dest, state := filepath.Join(parent, "public"), filepath.Join(t.TempDir(), "state")
			write(t, filepath.Join(dest, "CNAME"), "of somebody else")
			n := 0
			publish(t, dest, version(n), Options{State: state})
			seed := time.Now().UnixNano()
			rnd := rand.New(rand.NewPCG(uint64(seed), 0))
			count := map[string]int{}
			within := 40 * time.Millisecond // about what a build takes; learned on the way
			for round := range rounds(t, map[string]int{"build": 60, "twosteps": 25, "inplace": 25}[mode]) {
				where := fmt.Sprintf("seed %d, round %d", seed, round)
				cmd := helperCommand(child(t), mode, dest, fmt.Sprint(1-n), state)
				var errs bytes.Buffer
				cmd.Stderr = &errs
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Duration(rnd.Int64N(int64(within))))
				_ = cmd.Process.Kill()
				if cmd.Wait() == nil { // it had ended before
					within = within * 4 / 5
				} else {
					within = within * 6 / 5
				}
				if errs.Len() > 0 {
					t.Fatalf("%s: %s", where, errs.String())
				}
				got, err := treeOf(dest)
				switch {
				case mode == "inplace":
					count[eachFileIsWhole(t, where, got, clean[n], clean[1-n])]++
				case same2(got, clean[n]):
					count["old"]++
				case same2(got, clean[1-n]):
					count["new"]++
				case mode == "twosteps" && errors.Is(err, os.ErrNotExist):
					count["none"]++
				default:
					t.Fatalf("%s: %d files, %v: neither the old site (%d files) nor the new one (%d)", where, len(got), err, len(clean[n]), len(clean[1-n]))
				}
				// Now a build of the same or of the other version.
				n = rnd.IntN(2)
				publish(t, dest, version(n), Options{State: state})
				if now := tree(t, dest); !same2(now, clean[n]) {
					equal(t, clean[n], now)
					t.Fatalf("%s: the next build is not as a clean one", where)
				}
				alone(t, parent, "public")
			}
			t.Logf("killed: %v", count)
		})
	}
}

func same2(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if w, ok := b[k]; !ok || v != w {
			return false
		}
	}
	return true
}

// eachFileIsWhole is what holds where folders cannot be exchanged: no file is half, and what both sites have is there.
func eachFileIsWhole(t *testing.T, where string, got, old, new map[string]string) string {
	t.Helper()
	fromOld, fromNew := 0, 0
	for path, content := range got {
		if strings.HasPrefix(path, ownPrefix) || content == "/" {
			continue
		}
		switch a, inOld := old[path]; {
		case new[path] == content && a == content:
		case new[path] == content:
			fromNew++
		case inOld && a == content:
			fromOld++
		default:
			t.Fatalf("%s: %s is neither the old nor the new one", where, path)
		}
	}
	for path := range new {
		if _, both := old[path]; both && got[path] == "" {
			t.Fatalf("%s: %s is missing", where, path)
		}
	}
	switch {
	case fromNew == 0:
		return "old"
	case fromOld == 0:
		return "new"
	}
	return "between"
}

// Who reads the site while it is built, as a web server does, finds every file that both sites have, whole, and pages of one site only
// as long as it looks at one moment.
func TestAReaderNeverMissesAPage(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "public")
	publish(t, dest, version(0), Options{})
	whole := [2]map[string]string{}
	for n := range 2 {
		d := filepath.Join(t.TempDir(), "public")
		publish(t, d, version(n), Options{})
		whole[n] = tree(t, d)
	}
	var both []string
	for path := range whole[0] {
		if _, ok := whole[1][path]; ok {
			both = append(both, path)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	failed := make(chan error, 2)
	reads := make(chan int, 2)
	for g := range 2 {
		go func() {
			rnd := rand.New(rand.NewPCG(uint64(g), 1))
			n := 0
			for ; ctx.Err() == nil; n++ {
				path := both[rnd.IntN(len(both))]
				b, err := os.ReadFile(filepath.Join(dest, path))
				if err != nil || string(b) != whole[0][path] && string(b) != whole[1][path] {
					failed <- fmt.Errorf("%s: %d bytes, %v", path, len(b), err)
					break
				}
			}
			reads <- n
		}()
	}
	for n := range rounds(t, 15) {
		publish(t, dest, version((n+1)%2), Options{})
	}
	stop()
	t.Logf("%d files read", <-reads+<-reads)
	select {
	case err := <-failed:
		t.Error(err)
	default:
	}
}

func TestASecondBuildAtOnceIsToldSo(t *testing.T) {
	parent := t.TempDir()
	dest := filepath.Join(parent, "public")
	publish(t, dest, pages("index.html: old"), Options{})
	cmd := helperCommand(self(t), "hold", dest)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, len("in the middle"))); err != nil {
		t.Fatal(err)
	}
	_, err = Dir(t.Context(), dest, pages("index.html: second"), Options{})
	refused(t, err, "another build is writing it right now", fmt.Sprintf("(process %d)", cmd.Process.Pid), "wait until")
	_, err = Clean(t.Context(), dest, Options{})
	refused(t, err, "another build is writing it right now")
	in.Close()
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	equal(t, map[string]string{"index.html": ""}, siteIn(t, dest)) // the first build was not disturbed
	publish(t, dest, pages("index.html: second"), Options{})
	equal(t, map[string]string{"index.html": "second"}, siteIn(t, dest))
	alone(t, parent, "public")
}

// Many builds of one process at once, too: each publishes the whole of its site or is refused.
func TestBuildsAtOnceAreWholeOrRefused(t *testing.T) {
	parent := t.TempDir()
	dest := filepath.Join(parent, "public")
	done := make(chan error)
	for n := range 6 {
		go func() {
			_, err := Dir(t.Context(), dest, version(n%2), Options{Jobs: 1})
			done <- err
		}()
	}
	won := 0
	for range 6 {
		var e *Error
		if err := <-done; err == nil {
			won++
		} else if !errors.As(err, &e) || !errors.Is(err, errBusy) {
			t.Errorf("%v", err)
		}
	}
	if won == 0 {
		t.Error("no build went through")
	}
	got := siteIn(t, dest)
	for n := range 2 {
		d := filepath.Join(t.TempDir(), "public")
		publish(t, d, version(n), Options{})
		if same2(got, siteIn(t, d)) {
			alone(t, parent, "public")
			return
		}
	}
	t.Errorf("%d files: neither the one site nor the other", len(got))
}
