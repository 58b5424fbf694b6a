package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The system calls that a build makes on files. The program's start makes some of them, too; these count as well.
var fileCalls = []string{
	"openat", "mkdirat", "linkat", "symlinkat", "renameat", "renameat2", "unlinkat", "write", "fchmodat", "statx", "newfstatat", "fstat",
	"flock", "getdents64", "ftruncate", "read", "close", "faccessat2",
}

// An outcome is how a build with a call that goes wrong ended. strace counts calls by thread, so that on a busy machine more than one may have gone wrong; mute is
// set where the writing to standard error was one of them.
type outcome struct {
	where, dest, said string
	faults            int
	mute              bool
	err               error
}

// A write to standard error that strace let fail.
var muted = regexp.MustCompile(`(?m)\bwrite\(2, .*(INJECTED|unfinished)`)

// atEachCall runs a build of small(1) over small(0) again and again, with the first call of each kind going wrong, the second, and so on
// until there are no more, and hands each outcome to judge. It takes every call if PUBLISH_SOAK is set, else every fifteenth.
func atEachCall(t *testing.T, what, injection string, judge func(outcome)) {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	if err := exec.Command(strace, "-qq", "-o", os.DevNull, "true").Run(); err != nil {
		t.Skipf("strace may not trace here: %v", err)
	}
	parent := t.TempDir()
	log, state := filepath.Join(parent, "log"), filepath.Join(parent, "state")
	total, step := 0, 15
	if os.Getenv("PUBLISH_SOAK") != "" {
		step = 1
	}
	for i, call := range fileCalls {
		for n := 1 + i%step; n < 300; n += step {
			work := filepath.Join(parent, fmt.Sprint(call, n))
			dest := filepath.Join(work, "public")
			write(t, filepath.Join(dest, "CNAME"), "of somebody else")
			if err := os.Symlink("CNAME", filepath.Join(dest, "link")); err != nil {
				t.Fatal(err)
			}
			publish(t, dest, small(0), Options{State: state})
			cmd := exec.Command(strace, "-f", "-qq", "-o", log, "-e", "trace="+call, "-e", fmt.Sprintf("inject=%s:%s:when=%d", call, injection, n), child(t))
			cmd.Env = append(os.Environ(), "GOMAXPROCS=1", "PUBLISH_TEST="+strings.Join([]string{what, dest, "1", state}, "\n"))
			out, err := cmd.CombinedOutput()
			b, rerr := os.ReadFile(log)
			if rerr != nil {
				t.Fatal(rerr)
			}
			if !strings.Contains(string(b), "INJECTED") && !strings.Contains(string(b), "SIGKILL") {
				break
			}
			total++
			judge(outcome{fmt.Sprintf("%s number %d", call, n), dest, string(out), bytes.Count(b, []byte("INJECTED")), muted.Match(b), err})
			if err := os.RemoveAll(work); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Logf("%d moments", total)
}

func TestKilledAtEachSystemCallTheSiteIsWhole(t *testing.T) {
	old, new := smallTrees(t)
	for _, mode := range []string{"small", "smalltwosteps", "smallinplace"} {
		t.Run(mode, func(t *testing.T) {
			count := map[string]int{}
			atEachCall(t, mode, "signal=SIGKILL", func(o outcome) {
				got, err := treeOf(o.dest)
				switch {
				case mode == "smallinplace":
					count[eachFileIsWhole(t, o.where, got, old, new)]++
				case same2(got, old):
					count["old"]++
				case same2(got, new):
					count["new"]++
				case mode == "smalltwosteps" && errors.Is(err, fs.ErrNotExist):
					count["none"]++
				default:
					equal(t, new, got)
					t.Fatalf("%s: neither the old site nor the new one", o.where)
				}
				nextIsClean(t, o.where, o.dest, new)
			})
			t.Logf("%v", count)
		})
	}
}

// An error of any one call ends in the old site and a sentence that names the destination, or in the new site. More than one may leave an empty folder, or end a
// writing in place that was begun because of the first; that is said, too, and the next build puts it right.
func TestAnErrorOfEachSystemCallIsSaidOrHarmless(t *testing.T) {
	old, full := smallTrees(t)
	new := full
	for _, mode := range []string{"small", "smallinplace"} {
		t.Run(mode, func(t *testing.T) {
			texts, several := map[string]int{}, 0
			atEachCall(t, mode, "error=EIO", func(o outcome) {
				got, old, new, where, dest, said, err := tree(t, o.dest), old, new, o.where, o.dest, o.said, o.err
				for path := range got {
					if strings.HasPrefix(path, inside) || path == lockInside {
						delete(got, path)
					}
				}
				if o.faults > 1 {
					several++
					got, old, new = onlyFiles(got), onlyFiles(old), onlyFiles(new)
				}
				text := strings.ReplaceAll(said, filepath.Dir(dest), "…")
				texts[text]++
				switch {
				case strings.Contains(said, "goroutine ") || strings.Contains(said, "panic:"):
					t.Fatalf("%s: %s", where, said)
				case err == nil && same2(got, new):
				case err == nil:
					equal(t, new, got)
					t.Fatalf("%s: no error, and not the new site", where)
				case strings.Contains(said, "loading shared libraries"): // under -race: the program did not even start
				case o.mute && same2(got, old): // nobody could hear it
				case !strings.HasPrefix(said, dest):
					t.Fatalf("%s: the error does not name the destination: %s", where, said)
				case same2(got, old):
				case (mode == "smallinplace" || o.faults > 1) && strings.Contains(said, "to its end"):
				default:
					equal(t, old, got)
					t.Fatalf("%s: said %q, and it is not the old site", where, said)
				}
				nextIsClean(t, where, dest, full)
			})
			for text, n := range texts {
				t.Logf("%3d × %s", n, text)
			}
			t.Logf("%3d × several errors in one run", several)
		})
	}
}

// onlyFiles leaves the folders out of a tree.
func onlyFiles(tree map[string]string) map[string]string {
	files := maps.Clone(tree)
	maps.DeleteFunc(files, func(_, content string) bool { return content == "/" })
	return files
}

func smallTrees(t *testing.T) (old, new map[string]string) {
	t.Helper()
	var trees [2]map[string]string
	for n := range trees {
		dest := filepath.Join(t.TempDir(), "public")
		publish(t, dest, small(n), Options{})
		trees[n] = tree(t, dest)
		trees[n]["CNAME"], trees[n]["link"] = "of somebody else", "-> CNAME"
	}
	return trees[0], trees[1]
}

func nextIsClean(t *testing.T, where, dest string, want map[string]string) {
	t.Helper()
	publish(t, dest, small(1), Options{})
	if got := tree(t, dest); !same2(got, want) {
		equal(t, want, got)
		t.Fatalf("%s: the next build is not as a clean one", where)
	}
	alone(t, filepath.Dir(dest), "public")
}
