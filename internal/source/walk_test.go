package source

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/fstest"
)

// remembering gives the same list of a folder until it is told that something happened there, as the preview does.
type remembering struct {
	fstest.MapFS
	lists map[string][]fs.DirEntry
}

func (r remembering) ReadDir(name string) ([]fs.DirEntry, error) {
	if list, ok := r.lists[name]; ok {
		return list, nil
	}
	list, err := r.MapFS.ReadDir(name)
	if err == nil {
		r.lists[name] = list
	}
	return list, err
}

// A project that is loaded again is the one that is there, whatever came, went or changed since.
func TestReaderSeesEveryChange(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	files := remembering{fstest.MapFS{"site.yaml": {Data: []byte("title: T\n")}, "content/_index.md": {}}, map[string][]fs.DirEntry{}}
	folders := []string{"", "a/", "a/b/", "a-b/", "a/.hidden/"}
	names := []string{"x.md", "x.png", "y.markdown", "con.md", "glossary.yaml", "zz.md"}
	var reader Reader
	for step := range 400 {
		name := "content/" + folders[r.IntN(len(folders))] + names[r.IntN(len(names))]
		if _, there := files.MapFS[name]; there && r.IntN(3) == 0 {
			delete(files.MapFS, name)
		} else if name != "content/glossary.yaml" {
			files.MapFS[name] = &fstest.MapFile{Data: make([]byte, step)}
		}
		clear(files.lists) // folders may have come or gone
		for range 2 {      // the second time nothing has changed
			got, said, err := reader.Load(files, Options{})
			want, wantSaid, wantErr := Load(files.MapFS, Options{})
			if err != nil || wantErr != nil {
				t.Fatal(err, wantErr)
			}
			if a, b := listing(got, len(said)), listing(want, len(wantSaid)); !slices.Equal(a, b) {
				t.Fatalf("step %d, %s:\n got %v\nwant %v", step, name, a, b)
			}
		}
	}
}

func listing(p *Project, said int) (out []string) {
	for _, page := range p.Pages {
		out = append(out, fmt.Sprint(page.Path, page.Size, page.File.Path))
	}
	for _, a := range p.Assets {
		out = append(out, fmt.Sprint(a.Path, a.Size))
	}
	return append(out, fmt.Sprint(said))
}

// What lies in a folder that the file system has not looked at again is not looked at again either.
func TestReaderRemembers(t *testing.T) {
	files := remembering{fstest.MapFS{"site.yaml": {Data: []byte("title: T\n")}, "content/a/x.md": {}, "content/b/y.md": {}}, map[string][]fs.DirEntry{}}
	var reader Reader
	load := func() []Page {
		p, _, err := reader.Load(files, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return p.Pages
	}
	first := load()
	delete(files.lists, "content/b")
	second := load()
	if first[0].File != second[0].File || first[1].File == second[1].File {
		t.Error("only content/b was listed again")
	}
}
