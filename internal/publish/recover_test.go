package publish

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCleanRemovesWhatWasWrittenAndNothingElse(t *testing.T) {
	parent := t.TempDir()
	dest := filepath.Join(parent, "public")
	if c, err := Clean(t.Context(), dest, Options{}); err != nil || c.Removed != 0 {
		t.Errorf("no folder: %+v, %v", c, err)
	}
	state := t.TempDir()
	write(t, filepath.Join(dest, "mine/.gitkeep"), "")
	publish(t, dest, pages("a.html: 1", "b/c/d.html: 1", "mine/e.html: 1"), Options{State: state})
	write(t, filepath.Join(dest, "a.html"), "changed by hand, and still ours")
	write(t, filepath.Join(parent, ".public.waymark-stage-9-9/x/y.html"), "left by a dead build")
	before := times(t, parent)
	c, err := Clean(t.Context(), dest, Options{DryRun: true})
	want := Changes{Removed: 3, Foreign: 1, RemovedPaths: []string{"a.html", "b/c/d.html", "mine/e.html"}}
	if d := cmp.Diff(want, c); d != "" || err != nil {
		t.Error(d, err)
	}
	equal(t, before, times(t, parent))
	c, err = Clean(t.Context(), dest, Options{State: state})
	if d := cmp.Diff(want, c); d != "" || err != nil {
		t.Error(d, err)
	}
	equal(t, map[string]string{"mine/.gitkeep": ""}, tree(t, dest))
	alone(t, parent, "public")
	alone(t, state, ".gitignore")
	if c, err := Clean(t.Context(), dest, Options{}); err != nil || c.Removed != 0 || c.Foreign != 1 {
		t.Errorf("again: %+v, %v", c, err)
	}
}

func TestRemainsOfDeadBuildsAreCleared(t *testing.T) {
	parent := t.TempDir()
	dest := filepath.Join(parent, "public")
	files := pages("a.html: 1")
	publish(t, dest, files, Options{})
	write(t, filepath.Join(parent, ".public.waymark-stage-77-0badcafe/a.html"), "half")
	write(t, filepath.Join(parent, ".public.waymark-lock"), "77\n")
	write(t, filepath.Join(dest, inside+"77-0badcafe/a.html"), "half")
	// It had made the folders of its files, and had come no further.
	write(t, filepath.Join(dest, inside+"77-0badcafe/new/part/b.html"), "half")
	write(t, filepath.Join(dest, inside+"77-0badcafe/mine/c.html"), "half")
	if err := os.MkdirAll(filepath.Join(dest, "new", "part"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dest, "mine/note.txt"), "mine")
	// A site that was replaced, by a build that was killed before it had removed it.
	old := filepath.Join(parent, ".public.waymark-old-77-0badcafe")
	publish(t, old, pages("a.html: 0", "gone.html: 0"), Options{})
	write(t, filepath.Join(old, "late.txt"), "late")
	// Other things beside it are nobody's business.
	write(t, filepath.Join(parent, ".public.waymark"), "")
	write(t, filepath.Join(parent, "public.waymark-stage-1/x"), "")
	publish(t, dest, files, Options{})
	equal(t, map[string]string{"a.html": "1", "late.txt": "late", "mine/note.txt": "mine"}, siteIn(t, dest))
	alone(t, parent, "public", ".public.waymark", "public.waymark-stage-1")
}

func TestWhereNothingCanBeExchangedTwoStepsDo(t *testing.T) {
	exchange = func(a, b string) error { return errors.ErrUnsupported }
	t.Cleanup(func() { exchange = exchangeFolders })
	parent := t.TempDir()
	dest := filepath.Join(parent, "public")
	publish(t, dest, pages("a.html: 1", "b.html: 1"), Options{})
	write(t, filepath.Join(dest, "CNAME"), "example.org")
	c := publish(t, dest, pages("a.html: 2", "b.html: 1"), Options{})
	if !c.Swapped {
		t.Errorf("%+v", c)
	}
	want := map[string]string{"a.html": "2", "b.html": "1", "CNAME": "example.org"}
	equal(t, want, siteIn(t, dest))
	alone(t, parent, "public")

	// Killed between the two steps: there is no destination. The next build finds the old site and goes on from there.
	if err := os.Rename(dest, filepath.Join(parent, ".public.waymark-old-77-0badcafe")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(parent, ".public.waymark-stage-77-0badcafe/a.html"), "3")
	fault := errors.New("fault")
	_, err := Dir(t.Context(), dest, []File{{Path: "a.html", Write: func(io.Writer) error { return fault }}}, Options{})
	if !errors.Is(err, fault) {
		t.Fatal(err)
	}
	equal(t, want, siteIn(t, dest))
	alone(t, parent, "public")
}
