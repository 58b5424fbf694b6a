package theme

import (
	"slices"
	"testing"
	"testing/fstest"

	"waymark/themes"
)

// The default theme's templates each end where in the HTML they began, which fold asks of them, and each is one run, also when a site lays templates of its own over them. One
// of these that does what a run cannot is drawn by html/template, with those that call it.
func TestTheDefaultThemeIsFolded(t *testing.T) {
	bottom := Layer{Name: "default theme", FS: themes.Default()}
	look, ds, err := Load(bottom)
	if err != nil || len(ds) > 0 {
		t.Fatal(err, ds)
	}
	for _, name := range look.Templates() {
		if e := look.alone(name); e != nil {
			t.Errorf("%s: %v", name, e)
		}
	}
	copied := mustRead(t, look, "parts/foot.html")
	for _, c := range []struct {
		name, foot string
		left       int
	}{{"as it is", "", 1}, {"with a copy", copied, 1}, {"with a template of the site's own", copied + "{{.Page.Title}}", 1}, {"with one that no run is", copied + "{{range $k, $v := .}}{{break}}{{end}}", 17}} {
		layers := []Layer{bottom}
		if c.foot != "" {
			layers = []Layer{{Name: "themes/acme", FS: oneFile("templates/parts/foot.html", c.foot)}, bottom}
		}
		look, ds, err := Load(layers...)
		if err != nil || len(ds) > 0 {
			t.Fatal(err, ds)
		}
		all, err := look.forLanguage("en")
		if err != nil {
			t.Fatal(err)
		}
		var left []string
		for _, name := range look.Templates() {
			if all.runs[name] == nil {
				left = append(left, name)
			}
		}
		// What html/template makes of the address of a redirection no run knows.
		if !slices.Contains(left, "alias.html") || len(left) != c.left {
			t.Errorf("%s: left are %q", c.name, left)
		}
	}
}

func mustRead(t *testing.T, look *Theme, name string) string {
	t.Helper()
	data, err := look.sources[name].file.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func oneFile(name, text string) fstest.MapFS {
	return fstest.MapFS{name: {Data: []byte(text)}}
}
