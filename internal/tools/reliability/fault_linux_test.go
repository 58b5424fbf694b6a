package reliability

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// traced returns the program under strace, which puts errors into its system calls.
func traced(t *testing.T, rules []string, args ...string) *exec.Cmd {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	if err := exec.Command(strace, "-qq", "-o", os.DevNull, "true").Run(); err != nil {
		t.Skipf("strace may not trace here: %v", err)
	}
	all := append([]string{"-f", "-qq", "-e", "signal=none"}, rules...)
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, strace, slices.Concat(all, []string{program}, args)...)
	cmd.Env = append(os.Environ(), "NO_COLOR=1")
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

// A source that is listed and then not there, may not be read, or lies on a broken part of the disk, is named, and the old site stays.
func TestASourceThatGoesWrong(t *testing.T) {
	files := handbook(0, 5)
	files["content/glossary.yaml"] = "terms:\n  - {id: mentor, term: mentor, text: Somebody who helps.}\n"
	files["content/with.md"] = "---\ntitle: With\n---\n\n::: include {path=part.md}\n:::\n"
	files["content/part.md"] = "---\ntitle: A part\n---\n\nText of the part.\n"
	s := newSite(t, files)
	s.build()
	before := mustLook(t, s.path("public"))
	for i, name := range []string{"content/same.md", "content/picture.svg", "site.yaml", "content/glossary.yaml", "content/part.md", "content/paths/all.md"} {
		for j, fault := range []struct{ call, error, words string }{
			{"openat", "ENOENT", "no such file"}, {"openat", "EACCES", "permission denied"}, {"openat", "EIO", "input/output error"}, {"read", "EIO", "input/output error"}, {"openat", "EMFILE", "too many open files"},
		} {
			if !soak && (i+j)%3 != 0 { // a third of them
				continue
			}
			if fault.error == "ENOENT" && name == "content/glossary.yaml" {
				continue // a site without a glossary is a site
			}
			where := fmt.Sprintf("%s: %s of %s", name, fault.error, fault.call)
			log := filepath.Join(t.TempDir(), "log")
			rules := []string{"-o", log, "-P", filepath.Base(name), "-P", name, "-P", s.path(name), "-e", "trace=" + fault.call, "-e", "inject=" + fault.call + ":error=" + fault.error}
			o := finish(t, traced(t, rules, "build", "--source", s.root, "--cache", "off"), timeout)
			if data, err := os.ReadFile(log); err != nil || !strings.Contains(string(data), "INJECTED") {
				t.Errorf("%s: the fault was not met (%v)", where, err)
				continue
			}
			if o.code != machine || !strings.Contains(o.said, name) || !strings.Contains(strings.ToLower(o.said), fault.words) {
				t.Errorf("%s: exit code %d, it said %q", where, o.code, o.said)
			}
			same(t, where, before, mustLook(t, s.path("public")))
		}
	}
	s.build()
	same(t, "afterwards", before, mustLook(t, s.path("public")))
}

// An error of any system call on files, whichever, wherever in a build, ends in a sentence and the old site, or is harmless and ends in the new one; never in a crash, never
// in something between, and never in a memory that lies to the next build.
func TestAnErrorOfAnySystemCall(t *testing.T) {
	versions := []map[string]string{handbook(0, 4), handbook(1, 4)}
	whole := []tree{clean(t, versions[0]), clean(t, versions[1])}
	s := newSite(t, versions[1])
	s.build()
	most := callsOf(t, s, versions[0])
	rnd := chance(t)
	calls := slices.Sorted(maps.Keys(most))
	count := map[string]int{}
	for round := range rounds(len(calls), 600) {
		call := calls[round%len(calls)]
		n := 1 + rnd.IntN(most[call])
		fault := []string{"EIO", "ENOSPC", "EACCES", "EINTR", "ENOMEM"}[rnd.IntN(5)]
		where := fmt.Sprintf("round %d: %s of %s number %d", round, fault, call, n)
		s.become(versions[1])
		log := filepath.Join(t.TempDir(), "log")
		rules := []string{"-o", log, "-e", "trace=" + call, "-e", fmt.Sprintf("inject=%s:error=%s:when=%d", call, fault, n)}
		o := finish(t, traced(t, rules, "build", "--source", s.root), timeout)
		data, err := os.ReadFile(log)
		must(t, err)
		got, err := look(s.path("public"))
		if err != nil {
			t.Fatalf("%s: %v", where, err)
		}
		old, new := difference(whole[0], got), difference(whole[1], got)
		switch met := strings.Contains(string(data), "INJECTED"); {
		case o.code == fine && new == "" && !met:
			count["not met"]++
		case o.code == fine && new == "":
			count["harmless"]++
		case o.code == fine:
			t.Errorf("%s: no error was said, and the new site %s", where, new)
		case o.code == machine && old == "" && unsaid.Match(data):
			count["could not be said"]++ // the error was put into the saying, too
		case o.code == machine && (old == "" || new == "") && strings.HasPrefix(o.said, "waymark: ") && len(o.said) > 20:
			count["said"]++
			t.Logf("%s: %s", where, strings.TrimSpace(o.said))
		default:
			t.Errorf("%s: exit code %d; the old site %s; the new site %s; it said %q", where, o.code, old, new, o.said)
		}
		// The next build of either version is as a clean one.
		for _, v := range []int{1, 0} {
			s.become(versions[v])
			s.build()
			if d := difference(whole[v], mustLook(t, s.path("public"))); d != "" {
				t.Fatalf("%s: after the next build the site %s", where, d)
			}
		}
	}
	t.Logf("%v", count)
}

// unsaid finds what was written to the terminal and met the error.
var unsaid = regexp.MustCompile(`(?m) write\(2, .*INJECTED`)

// onFiles are the system calls that a build may make on files. The memory of the program is not among them: where there is none left a Go program cannot go on.
var onFiles = []string{"openat", "read", "pread64", "write", "pwrite64", "fstat", "newfstatat", "statx", "mkdirat", "renameat", "renameat2", "unlinkat", "linkat", "getdents64",
	"fsync", "ftruncate", "fchmod", "fchmodat", "utimensat", "flock", "copy_file_range", "close"}

// callsOf builds another version of a site and counts the calls on files: how often a single thread, for which strace counts, makes each.
func callsOf(t *testing.T, s site, files map[string]string) map[string]int {
	t.Helper()
	log := filepath.Join(t.TempDir(), "log")
	s.become(files)
	finish(t, traced(t, []string{"-o", log, "-e", "trace=" + strings.Join(onFiles, ",")}, "build", "--source", s.root), timeout).want(t, fine)
	data, err := os.ReadFile(log)
	must(t, err)
	most, threads := map[string]int{}, map[[2]string]int{}
	for _, m := range regexp.MustCompile(`(?m)^(\d+)\s+(\w+)\(`).FindAllStringSubmatch(string(data), -1) {
		key := [2]string{m[1], m[2]}
		threads[key]++
		most[m[2]] = max(most[m[2]], threads[key])
	}
	if len(most) < 10 {
		t.Fatalf("a build made these calls only: %v", most)
	}
	t.Logf("%v", most)
	return most
}

// A picture that is exchanged between the moment when it is digested and the moment when it is copied, and later is what it was: no build may take the one for the other for ever.
func TestAPictureThatChangesBetweenTwoLooks(t *testing.T) {
	if !soak {
		t.Skip("waits for some seconds; WAYMARK_SOAK=1 asks for it")
	}
	files, other := handbook(0, 2), handbook(1, 2)["content/picture.svg"]
	s := newSite(t, files)
	const late = 4 * time.Second
	log := filepath.Join(t.TempDir(), "log")
	rules := []string{"-o", log, "-P", "picture.svg", "-e", "trace=openat", "-e", fmt.Sprintf("inject=openat:delay_enter=%d:when=2", late.Microseconds())}
	cmd := traced(t, rules, "build", "--source", s.root)
	timer := time.AfterFunc(late/2, func() { s.write(map[string]string{"content/picture.svg": other}) })
	defer timer.Stop()
	o := finish(t, cmd, timeout)
	if o.took < late {
		t.Skipf("the second look was not delayed: %v", o.took)
	}
	t.Logf("the build in between: exit code %d", o.code)
	for range 2 {
		s.write(files)
		s.build()
		same(t, "the site when the picture is back", clean(t, files), mustLook(t, s.path("public")))
		s.write(map[string]string{"content/picture.svg": other})
		s.build()
	}
}
