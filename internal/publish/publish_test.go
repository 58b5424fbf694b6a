package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheFirstBuildMakesTheFolder(t *testing.T) {
	parent := t.TempDir()
	dest := filepath.Join(parent, "out", "public")
	c := publish(t, dest, pages("index.html: home", "roles/mentor.html: mentor", "assets/site.css: css"), Options{})
	equal(t, map[string]string{"index.html": "home", "roles/mentor.html": "mentor", "assets/site.css": "css"}, siteIn(t, dest))
	if c.Written != 3 || !c.Swapped || !slices.Equal(c.WrittenPaths, []string{"assets/site.css", "index.html", "roles/mentor.html"}) {
		t.Errorf("%+v", c)
	}
	alone(t, filepath.Dir(dest), "public")
}

func TestOnlyWhatChangedIsWrittenAndTheRestKeepsItsTime(t *testing.T) {
	for _, state := range []bool{true, false} {
		t.Run(fmt.Sprintf("state=%v", state), func(t *testing.T) {
			parent := t.TempDir()
			dest := filepath.Join(parent, "public")
			var o Options
			if state {
				o.State = filepath.Join(t.TempDir(), "state")
			}
			publish(t, dest, pages("a.html: one", "b/b.html: two", "c.html: gone", "d/only.html: gone"), o)
			age(t, filepath.Join(dest, "b/b.html"))
			before := lstat(t, filepath.Join(dest, "b/b.html"))
			c := publish(t, dest, pages("a.html: ONE", "b/b.html: two", "e/f/new.html: new"), o)
			equal(t, map[string]string{"a.html": "ONE", "b/b.html": "two", "e/f/new.html": "new"}, siteIn(t, dest))
			want := Changes{Written: 2, Kept: 1, Removed: 2, WrittenPaths: []string{"a.html", "e/f/new.html"}, RemovedPaths: []string{"c.html", "d/only.html"}, Swapped: true}
			if d := cmp.Diff(want, c); d != "" {
				t.Error(d)
			}
			after := lstat(t, filepath.Join(dest, "b/b.html"))
			if !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
				t.Error("the unchanged file is not the one that was there")
			}
			alone(t, parent, "public")
		})
	}
}

func TestNothingChangedTouchesNothing(t *testing.T) {
	for _, state := range []bool{true, false} {
		t.Run(fmt.Sprintf("state=%v", state), func(t *testing.T) {
			parent := t.TempDir()
			dest := filepath.Join(parent, "public")
			o := Options{Progress: func(int, int) {}}
			if state {
				o.State = filepath.Join(t.TempDir(), "state")
			}
			files := pages("a.html: one", "b/b.html: two", "b/c.css: css")
			publish(t, dest, files, o)
			write(t, filepath.Join(dest, "CNAME"), "example.org")
			for i := range files {
				files[i].Write = func(io.Writer) error { t.Error("an unchanged file is made again"); return nil }
			}
			before := times(t, parent)
			for range 3 {
				c := publish(t, dest, files, o)
				if d := cmp.Diff(Changes{Kept: 3, Foreign: 1}, c); d != "" {
					t.Error(d)
				}
			}
			equal(t, before, times(t, parent))
		})
	}
}

func TestANewKeyForTheSameBytesKeepsTheFile(t *testing.T) {
	parent := t.TempDir()
	dest := filepath.Join(parent, "public")
	publish(t, dest, pages("a.html: one", "b.html: two"), Options{})
	root, before := lstat(t, dest), lstat(t, filepath.Join(dest, "a.html"))

	files := pages("a.html: one", "b.html: two")
	files[0].Key = sha("made by a newer version")
	c := publish(t, dest, files, Options{})
	if d := cmp.Diff(Changes{Kept: 2}, c); d != "" {
		t.Error(d)
	}
	if !os.SameFile(root, lstat(t, dest)) {
		t.Error("the folder was exchanged, and no file is new")
	}
	files[0].Write = func(io.Writer) error { t.Error("the new key is not in the manifest"); return nil }
	publish(t, dest, files, Options{})

	files[0].Key = sha("newer still")
	files[0].Write = page("", "one").Write
	files[1] = page("b.html", "TWO")
	c = publish(t, dest, files, Options{})
	if !slices.Equal(c.WrittenPaths, []string{"b.html"}) || c.Kept != 1 {
		t.Errorf("%+v", c)
	}
	if after := lstat(t, filepath.Join(dest, "a.html")); !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
		t.Error("the file with the same bytes is not the one that was there")
	}
	alone(t, parent, "public")
}

func TestWhatSomebodyChangedIsPutRight(t *testing.T) {
	state := filepath.Join(t.TempDir(), "state")
	dest := filepath.Join(t.TempDir(), "public")
	files := pages("same-size.html: one", "longer.html: one", "deleted.html: one", "kept.html: one", "touched.html: one")
	o := Options{State: state}
	publish(t, dest, files, o)
	write(t, filepath.Join(dest, "same-size.html"), "ONE")
	write(t, filepath.Join(dest, "longer.html"), "one and more")
	age(t, filepath.Join(dest, "touched.html"))
	if err := os.Remove(filepath.Join(dest, "deleted.html")); err != nil {
		t.Fatal(err)
	}
	c := publish(t, dest, files, o)
	if d := cmp.Diff([]string{"deleted.html", "longer.html", "same-size.html"}, c.WrittenPaths); d != "" {
		t.Error(d)
	}
	for path, content := range siteIn(t, dest) {
		if content != "one" {
			t.Errorf("%s is %q", path, content)
		}
	}
}

func TestAFaultLeavesTheOldSite(t *testing.T) {
	for _, jobs := range []int{1, 4} {
		parent := t.TempDir()
		dest := filepath.Join(parent, "public")
		var many []File
		for i := range 300 {
			many = append(many, page(fmt.Sprintf("%d/%d.html", i%7, i), fmt.Sprint("old", i)))
		}
		publish(t, dest, many, Options{})
		before := times(t, dest)

		fault := errors.New("the template is wrong")
		for i := range many {
			many[i].Key = sha(fmt.Sprint("new", i))
			many[i].Write = func(w io.Writer) error {
				if i == 250 {
					return fault
				}
				_, err := fmt.Fprint(w, "new", i)
				return err
			}
		}
		_, err := Dir(t.Context(), dest, many, Options{Jobs: jobs})
		if !errors.Is(err, fault) || !strings.Contains(err.Error(), "250.html: the template is wrong") {
			t.Errorf("%v", err)
		}
		equal(t, before, times(t, dest))
		alone(t, parent, "public")

		ctx, cancel := context.WithCancelCause(t.Context())
		stop := errors.New("stopped by Ctrl-C")
		var count atomic.Int64
		for i := range many {
			many[i].Write = func(w io.Writer) error {
				if count.Add(1) == 100 {
					cancel(stop)
				}
				_, err := fmt.Fprint(w, "new", i)
				return err
			}
		}
		if _, err := Dir(ctx, dest, many, Options{Jobs: jobs}); err != stop {
			t.Errorf("%v", err)
		}
		cancel(nil)
		if n := count.Load(); n > 200 {
			t.Errorf("%d files were made after the end", n)
		}
		equal(t, before, times(t, dest))
		alone(t, parent, "public")
	}
}

func TestDryRunTellsAndTouchesNothing(t *testing.T) {
	parent := t.TempDir()
	dest := filepath.Join(parent, "public")
	publish(t, dest, pages("a.html: 1", "b.html: 1", "c.html: 1"), Options{})
	if err := os.Mkdir(filepath.Join(parent, ".public.waymark-stage-1-2"), 0o755); err != nil {
		t.Fatal(err)
	}
	before := times(t, parent)
	files := pages("a.html: 1", "b.html: 2")
	files[1].Write = nil
	c := publish(t, dest, files, Options{DryRun: true, State: filepath.Join(parent, "state")})
	if d := cmp.Diff(Changes{Written: 1, Kept: 1, Removed: 1, WrittenPaths: []string{"b.html"}, RemovedPaths: []string{"c.html"}}, c); d != "" {
		t.Error(d)
	}
	if c := publish(t, filepath.Join(parent, "none"), files, Options{DryRun: true}); c.Written != 2 {
		t.Errorf("%+v", c)
	}
	equal(t, before, times(t, parent))
}

func TestProgressCountsEachFileOnce(t *testing.T) {
	var files []File
	for i := range 150 {
		files = append(files, page(fmt.Sprintf("%d.html", i), "x"))
	}
	seen := map[int]bool{} // not locked: calls come one after the other
	publish(t, filepath.Join(t.TempDir(), "public"), files, Options{Jobs: 8, Progress: func(done, total int) {
		if total != 150 || seen[done] {
			t.Errorf("%d of %d", done, total)
		}
		seen[done] = true
	}})
	if len(seen) != 150 || !seen[150] {
		t.Errorf("%d calls", len(seen))
	}
}

func TestFilesAreWrittenThroughABuffer(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "public")
	var want strings.Builder
	files := []File{{Path: "a.html", Write: func(w io.Writer) error {
		for i := range 100_000 {
			if _, err := fmt.Fprintf(w, "%d,", i); err != nil {
				return err
			}
		}
		return nil
	}}}
	for i := range 100_000 {
		fmt.Fprintf(&want, "%d,", i)
	}
	publish(t, dest, files, Options{})
	if siteIn(t, dest)["a.html"] != want.String() {
		t.Error("what is there is not what was written")
	}
}
