package source

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
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

// Who calls site.yaml otherwise is told what the file that is there must be called; a file that merely has such a name is not taken for it.
func TestConfigUnderAnotherName(t *testing.T) {
	const missing = "site.yaml: no such file; a site needs one with at least a title (see `waymark new site`)"
	for _, c := range []struct {
		files map[string]string
		want  string
	}{
		{map[string]string{"site.yml": "title: T\n"}, "site.yaml: no such file, but there is site.yml; rename it to site.yaml"},
		{map[string]string{"Site.yaml": "# ours\ntitle: T\n"}, "site.yaml: no such file, but there is Site.yaml; rename it to site.yaml"},
		{map[string]string{"site.yaml.txt": "\ufefftitle: T\n"}, "site.yaml: no such file, but there is site.yaml.txt; rename it to site.yaml"},
		{map[string]string{"waymark.yaml": "title: T\n"}, "site.yaml: no such file, but there is waymark.yaml; rename it to site.yaml"},
		{map[string]string{"config.yaml": "title: T\n", "site.yml": "title: T\n"}, "site.yaml: no such file, but there is site.yml; rename it to site.yaml"},
		{map[string]string{"content/site.yaml": "title: T\n"}, "site.yaml: no such file, but there is content/site.yaml; move it out of content/, as site.yaml"},
		{map[string]string{"config.yaml": "database: {title: T}\n"}, missing},
		{map[string]string{"other.yaml": "title: T\n"}, missing},
		{map[string]string{"site.yml/a": "title: T\n"}, missing},
		{nil, missing},
	} {
		files := fstest.MapFS{}
		for name, text := range c.files {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
		if _, _, err := Load(files, Options{}); err == nil || err.Error() != c.want {
			t.Errorf("%v:\n got %v\nwant %s", c.files, err, c.want)
		}
	}
	// A file that was asked for by its name is not looked for under others.
	_, _, err := Load(fstest.MapFS{"site.yml": {Data: []byte("title: T\n")}}, Options{Configs: []string{"own.yaml"}})
	if err == nil || !strings.HasPrefix(err.Error(), "own.yaml: no such file; ") {
		t.Errorf("own.yaml: %v", err)
	}
}
