package build_test

import (
	"bytes"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"waymark/internal/build"
)

// refusing is a file system in which one file cannot be read.
type refusing struct {
	fstest.MapFS
	name string
}

func (r *refusing) ReadFile(name string) ([]byte, error) {
	if name == r.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return r.MapFS.ReadFile(name)
}

func (r *refusing) Open(name string) (fs.File, error) {
	if name == r.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return r.MapFS.Open(name)
}

const scripted = `<svg xmlns="http://www.w3.org/2000/svg" width="%" height="4"><script>alert(1)</script></svg>`

// What a preview knows of files is of those that it has read: after one that could not be read, the others are what they are, and drawings have no scripts.
func TestAFileThatCannotBeReadSpoilsNoOther(t *testing.T) {
	long := time.Now().Add(-time.Hour)
	fsys := &refusing{fstest.MapFS{
		"site.yaml":         {Data: []byte("title: A title\nlints: {image/active: off}\n"), ModTime: long},
		"content/_index.md": {Data: []byte("# Home\n\n![A drawing](c.svg)\n"), ModTime: long},
		"content/a.txt":     {Data: []byte("first"), ModTime: long},
		"content/b.txt":     {Data: []byte("second"), ModTime: long},
		"content/c.svg":     {Data: []byte(scripted), ModTime: long},
	}, "content/a.txt"}
	b := build.New(build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01", Serve: true, Jobs: 1})
	if _, _, err := b.Build(t.Context()); err == nil || !strings.Contains(err.Error(), "content/a.txt") {
		t.Fatalf("the error is %v", err)
	}
	fsys.name = ""
	got := written(t, mustBuild(t, b))
	want := written(t, mustBuild(t, build.New(build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01", Serve: true})))
	for name := range want {
		if !bytes.Equal(got[name], want[name]) {
			t.Errorf("%s is another than in a new preview: %.100q", name, got[name])
		}
	}
	if bytes.Contains(got["c.svg"], []byte("script")) {
		t.Error("the drawing has a script")
	}
}

// A file that is written twice within one tick of the clock is read again, as far as a build can have come between.
func TestAFileThatIsWrittenTwiceInATick(t *testing.T) {
	now := time.Now()
	fsys := fstest.MapFS{
		"site.yaml":         {Data: []byte("title: A title\nlints: {image/active: off}\n")},
		"content/_index.md": {Data: []byte("# Home\n\n![A drawing](c.svg)\n")},
		"content/c.svg":     {Data: []byte(strings.Replace(scripted, "%", "4", 1)), ModTime: now},
	}
	b := build.New(build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01", Serve: true})
	mustBuild(t, b)
	fsys["content/c.svg"] = &fstest.MapFile{Data: []byte(strings.Replace(scripted, "%", "9", 1)), ModTime: now}
	if got := written(t, mustBuild(t, b)); !bytes.Contains(got["index.html"], []byte(`src="c.svg" width="9"`)) || !bytes.Contains(got["c.svg"], []byte(`width="9"`)) {
		t.Error("the drawing is the one before")
	}
}

// A file that is published as it is can be read in parts; what is made of a file cannot, though it has the file's name.
func TestFilesThatAreOpened(t *testing.T) {
	fsys := fstest.MapFS{
		"site.yaml":         {Data: []byte("title: A title\nlints: {image/active: off}\n")},
		"content/_index.md": {Data: []byte("# Home\n\n![A drawing](c.svg)\n")},
		"content/c.svg":     {Data: []byte(scripted)},
		"content/film.mp4":  {Data: []byte("a long film")},
	}
	site := mustBuild(t, build.New(build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01", Serve: true}))
	for i := range site.Files {
		f := &site.Files[i]
		if f.Path != "film.mp4" {
			if f.Open != nil && !strings.HasPrefix(f.Path, "assets/") {
				t.Errorf("%s is opened", f.Path)
			}
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if _, err := r.Seek(7, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		if rest, err := io.ReadAll(r); err != nil || string(rest) != "film" {
			t.Errorf("%q, %v", rest, err)
		}
	}
}
