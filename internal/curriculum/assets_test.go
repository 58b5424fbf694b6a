package curriculum_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"waymark/internal/build"
	"waymark/internal/theme"
)

// Files that only drafts lead to are left out, but for those whose path a text of params says or begins, from the page's folder or from that of the content: a template may make the
// rest of it, an ending, what lies below, or, within a folder, the rest of a name. A word alone begins no name.
func TestFilesThatParamsBegin(t *testing.T) {
	files := []string{"files/team-anna.jpg", "files/team.svg", "files/teams/bob.jpg", "over.pdf", "parts/files/team-carl.jpg"}
	for text, want := range map[string]string{
		"nothing":             "",
		"files/team-anna.jpg": "files/team-anna.jpg",
		"files/team-":         "files/team-anna.jpg parts/files/team-carl.jpg",
		"/files/team-":        "files/team-anna.jpg",
		"files/team":          "files/team-anna.jpg files/team.svg parts/files/team-carl.jpg",
		"files/teams":         "files/teams/bob.jpg",
		"../files/teams/":     "files/teams/bob.jpg",
		"files":               "files/team-anna.jpg files/team.svg files/teams/bob.jpg parts/files/team-carl.jpg",
		"over":                "over.pdf",
		"over.":               "",
		"ov":                  "",
		"../ov":               "",
		"../../outside":       "",
	} {
		fsys := fstest.MapFS{
			"site.yaml":            {Data: []byte("title: Test\n")},
			"content/parts/a.md":   {Data: fmt.Appendf(nil, "---\nparams: {of: [{text: %q}]}\n---\n# A\n", text)},
			"content/parts/new.md": {Data: []byte("---\nstatus: draft\n---\n# New\n")},
		}
		draft := &fsys["content/parts/new.md"].Data
		for _, f := range files {
			fsys["content/"+f] = &fstest.MapFile{Data: []byte("x")}
			*draft = fmt.Appendf(*draft, "\n[it](/%s)\n", f)
		}
		site, _, err := build.New(build.Options{Check: true, Project: fsys, Themes: func(string) ([]theme.Layer, error) {
			return []theme.Layer{{Name: "theme", FS: fstest.MapFS{"theme.yaml": {Data: []byte("name: plain")}}}}, nil
		}}).Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, a := range site.Curriculum.Assets {
			got = append(got, a.Path)
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%q: %s are published, not %s", text, got, want)
		}
	}
}
