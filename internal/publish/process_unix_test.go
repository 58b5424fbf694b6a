//go:build unix

package publish

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// asOther returns a command that runs the helper as a user who may only do what modes allow. The folders down to parent are opened to
// it, and parent and all in it are given to it.
func asOther(t *testing.T, parent string, args ...string) *exec.Cmd {
	t.Helper()
	if os.Getuid() != 0 {
		return helperCommand(self(t), args...)
	}
	const nobody = 65534
	for d := parent; d != filepath.Clean(os.TempDir()) && d != filepath.Dir(d); d = filepath.Dir(d) {
		if err := os.Chmod(d, lstat(t, d).Mode().Perm()|0o555); err != nil {
			t.Fatal(err)
		}
	}
	err := filepath.WalkDir(parent, func(name string, _ os.DirEntry, err error) error {
		if err == nil {
			err = os.Lchown(name, nobody, nobody)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	exe := filepath.Join(filepath.Dir(parent), "test.exe") // the build's own folder is closed to others
	if _, err := os.Stat(exe); err != nil {
		in, err := os.Open(self(t))
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		out, err := os.OpenFile(exe, os.O_CREATE|os.O_WRONLY, 0o755)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(out, in); err != nil {
			t.Fatal(err)
		}
		if err := out.Close(); err != nil {
			t.Fatal(err)
		}
	}
	cmd := helperCommand(exe, args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	return cmd
}

func TestAFolderInAReadOnlyOneIsWrittenFileByFile(t *testing.T) {
	parent := filepath.Join(t.TempDir(), "parent")
	dest := filepath.Join(parent, "public")
	write(t, filepath.Join(dest, "CNAME"), "mine")
	publish(t, dest, version(0), Options{})
	cmd := asOther(t, parent, "build", dest, "1")
	if err := os.Chmod(parent, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(parent, 0o755)
	root := lstat(t, dest)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if !os.SameFile(root, lstat(t, dest)) {
		t.Error("the folder is another one")
	}
	clean := filepath.Join(t.TempDir(), "public")
	publish(t, clean, version(1), Options{})
	want := tree(t, clean)
	want["CNAME"] = "mine"
	equal(t, want, tree(t, dest))
}

func TestADestinationThatCannotBeWrittenIsNamed(t *testing.T) {
	parent := filepath.Join(t.TempDir(), "parent")
	dest := filepath.Join(parent, "public")
	publish(t, dest, version(0), Options{})
	before := times(t, dest)
	for _, c := range []struct {
		dest, closed string
		words        string
	}{
		{dest, dest, dest + "/: cannot be written: permission denied\n  hint: choose a destination"},
		{filepath.Join(parent, "new"), parent, parent + "/new/: cannot be created in " + parent + ": permission denied\n  hint: "},
		{filepath.Join(parent, "new/deep"), parent, "/new/deep/: the folder above it cannot be created: permission denied"},
	} {
		cmd := asOther(t, parent, "build", c.dest, "1")
		if err := os.Chmod(c.closed, 0o555); err != nil {
			t.Fatal(err)
		}
		out, err := cmd.CombinedOutput()
		if err == nil || !strings.Contains(string(out), c.words) {
			t.Errorf("%v: %q; want %q", err, out, c.words)
		}
		if err := os.Chmod(c.closed, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, before, times(t, dest))
	alone(t, parent, "public")
}

// Modes are what the umask leaves of 0644 and 0755.
func TestModesFollowTheUmask(t *testing.T) {
	for mask, want := range map[int][2]os.FileMode{0o022: {0o644, 0o755}, 0o077: {0o600, 0o700}, 0o002: {0o644, 0o755}} {
		old := unix.Umask(mask)
		dest := filepath.Join(t.TempDir(), "public")
		publish(t, dest, pages("in/a.html: 1"), Options{})
		unix.Umask(old)
		for name, mode := range map[string]os.FileMode{"in/a.html": want[0], "in": want[1], "": want[1]} {
			if got := lstat(t, filepath.Join(dest, name)).Mode().Perm(); got != mode {
				t.Errorf("umask %03o: %q has the mode %v, want %v", mask, name, got, mode)
			}
		}
	}
}

func TestAPipeOfOthersIsCarriedOver(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "public")
	publish(t, dest, pages("a.html: 1"), Options{})
	if err := unix.Mkfifo(filepath.Join(dest, "pipe"), 0o600); err != nil {
		t.Skip(err)
	}
	publish(t, dest, pages("a.html: 2"), Options{})
	if m := lstat(t, filepath.Join(dest, "pipe")).Mode(); m.Type() != os.ModeNamedPipe {
		t.Errorf("the pipe is now %v", m)
	}
}
