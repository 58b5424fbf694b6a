//go:build unix

package reliability

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nobody is a user who may do only what the modes of files allow; root may do everything, whatever they say.
const nobody = 65534

// asOther returns the program as a user who is bound by modes. The folders above the site are opened to that user and the site is given to it.
func asOther(t *testing.T, s site, args ...string) *exec.Cmd {
	t.Helper()
	cmd := command(t, timeout, args...)
	if os.Getuid() != 0 {
		return cmd
	}
	for d := filepath.Dir(s.root); len(d) > len(filepath.Clean(os.TempDir())); d = filepath.Dir(d) {
		info, err := os.Stat(d)
		must(t, err)
		must(t, os.Chmod(d, info.Mode().Perm()|0o555))
	}
	must(t, filepath.WalkDir(s.root, func(name string, _ fs.DirEntry, err error) error {
		if err == nil {
			err = os.Lchown(name, nobody, nobody)
		}
		return err
	}))
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	return cmd
}

// closed takes rights away from a file or folder for the rest of the test.
func closed(t *testing.T, name string, mode fs.FileMode) {
	t.Helper()
	info, err := os.Stat(name)
	must(t, err)
	must(t, os.Chmod(name, mode))
	t.Cleanup(func() { _ = os.Chmod(name, info.Mode().Perm()) })
}

func TestAFolderThatMayNotBeWritten(t *testing.T) {
	s := newSite(t, handbook(0, 5))
	s.build()
	before := mustLook(t, s.path("public"))
	s.become(handbook(1, 5))
	cmd := asOther(t, s, "build", "--source", s.root)
	closed(t, s.path("public"), 0o555)
	o := finish(t, cmd, timeout)
	o.want(t, machine, s.path("public")+"/: cannot be written: permission denied", "hint: choose a destination")
	same(t, "the old site", before, mustLook(t, s.path("public")))

	// A new folder in one that may not be written.
	closed(t, s.root, 0o555)
	cmd = asOther(t, s, "build", "--source", s.root, "--destination", "elsewhere")
	o = finish(t, cmd, timeout)
	o.want(t, machine, s.path("elsewhere")+"/: cannot be created in "+s.root+": permission denied")
}

// A project on a stick that cannot be written is checked and built all the same: what is remembered is a help, not a need.
func TestAProjectThatMayNotBeWritten(t *testing.T) {
	files := handbook(0, 5)
	s, dest := newSite(t, files), newSite(t, nil)
	must(t, os.MkdirAll(dest.root, 0o755))
	asOther(t, dest)
	check, build := asOther(t, s, "check", "--source", s.root), asOther(t, s, "build", "--source", s.root, "--destination", dest.path("public"))
	must(t, filepath.WalkDir(s.root, func(name string, e fs.DirEntry, err error) error {
		if err == nil {
			closed(t, name, map[bool]fs.FileMode{true: 0o555, false: 0o444}[e.IsDir()])
		}
		return err
	}))
	finish(t, check, timeout).want(t, fine)
	finish(t, build, timeout).want(t, fine)
	same(t, "the site", clean(t, files), mustLook(t, dest.path("public")))
}

func TestASourceThatMayNotBeRead(t *testing.T) {
	for _, name := range []string{"content/same.md", "content/picture.svg", "content/part-1", "content", "site.yaml"} {
		s := newSite(t, handbook(0, 5))
		s.build()
		before := mustLook(t, s.path("public"))
		cmd := asOther(t, s, "build", "--source", s.root)
		closed(t, s.path(name), 0)
		o := finish(t, cmd, timeout)
		o.want(t, machine, "waymark: "+name, "permission denied")
		if n := strings.Count(o.said, "\n"); n > 2 {
			t.Errorf("%s: one cause, %d lines:\n%s", name, n, o.said)
		}
		same(t, "the old site", before, mustLook(t, s.path("public")))
	}
}
