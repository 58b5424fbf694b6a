package reliability

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A build over an older site that is killed at any moment, or asked to stop, leaves that site as it was or the new one as it should be, and the next build ends as a
// clean one does. What was remembered on the disk is killed with it and must not lie afterwards.
func TestKilledAtAnyMoment(t *testing.T) {
	versions := []map[string]string{handbook(0, 20), handbook(1, 20)}
	whole := []tree{clean(t, versions[0]), clean(t, versions[1])}
	s := newSite(t, versions[0])
	s.build()
	same(t, "the first site", whole[0], mustLook(t, s.path("public")))

	rnd := chance(t)
	published, count := 0, map[string]int{}
	within := 300 * time.Millisecond // about what a build takes; learned on the way
	for round := range rounds(40, 400) {
		where := fmt.Sprintf("round %d", round)
		next := 1 - published
		s.become(versions[next])
		signal := os.Kill
		if round%2 == 1 && runtime.GOOS != "windows" {
			signal = syscall.SIGTERM
		}
		said, state := interrupted(t, s, signal, time.Duration(rnd.Int64N(int64(within))))
		if state.Success() { // it had ended before
			within = within * 9 / 10
		} else {
			within = min(within*11/10, 5*time.Second)
		}
		got, err := look(s.path("public"))
		if err != nil {
			t.Fatalf("%s: %v", where, err)
		}
		old, new := difference(whole[published], got), difference(whole[next], got)
		how := map[os.Signal]string{os.Kill: "killed"}[signal]
		switch {
		case old != "" && new != "":
			t.Fatalf("%s: the site is not the old one (it %s), nor the new one (it %s)", where, old, new)
		case signal == syscall.SIGTERM && state.ExitCode() == stopped:
			how = "stopped"
			if !strings.Contains(said, "nothing was changed") || old != "" {
				t.Errorf("%s: it said %q, and the old site %s", where, said, old)
			}
		case signal == syscall.SIGTERM && !state.Success() && state.ExitCode() != -1: // -1: the signal came before the program listened
			t.Errorf("%s: asked to stop, it ended with %v and said %q", where, state, said)
		case state.Success():
			how = "ended"
		case signal == syscall.SIGTERM:
			how = "stopped before it listened"
		}
		if old != "" {
			how += ", new"
		} else {
			how += ", old"
		}
		count[how]++

		// A build of the same or of the other version.
		if published = rnd.IntN(2); published != next {
			s.become(versions[published])
		}
		s.build()
		if d := difference(whole[published], mustLook(t, s.path("public"))); d != "" {
			t.Fatalf("%s: after the next build the site %s", where, d)
		}
		nothingElse(t, s, where)
	}
	t.Logf("%v", count)
	if count["killed, old"]+count["stopped, old"] == 0 {
		t.Error("no build was met before its end")
	}
}

// interrupted starts a build, signals it after a while, and waits for its end.
func interrupted(t *testing.T, s site, signal os.Signal, after time.Duration) (string, *os.ProcessState) {
	t.Helper()
	var said bytes.Buffer
	cmd := exec.Command(program, "build", "--source", s.root)
	cmd.Stderr = &said
	must(t, cmd.Start())
	time.Sleep(after)
	_ = cmd.Process.Signal(signal)
	slow := time.AfterFunc(timeout, func() { _ = cmd.Process.Kill() })
	_ = cmd.Wait()
	if !slow.Stop() {
		t.Errorf("asked to stop, it went on for %v", timeout)
	}
	wellSpoken(t, said.String())
	return said.String(), cmd.ProcessState
}

// nothingElse checks that a project holds what the author put there, the site, and the folder of what is remembered.
func nothingElse(t *testing.T, s site, where string) {
	t.Helper()
	entries, err := os.ReadDir(s.root)
	must(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if got := strings.Join(names, " "); got != ".waymark content public site.yaml" {
		t.Fatalf("%s: the project holds %s", where, got)
	}
	if left, _ := filepath.Glob(s.path("public/.waymark*")); len(left) > 1 { // the list of what was written
		t.Fatalf("%s: the site holds %v", where, left)
	}
}
