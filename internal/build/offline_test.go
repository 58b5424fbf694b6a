package build_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"waymark/internal/build"
)

// TestOffline: `offline: true` gives a manifest and a worker at the site's root, which every page names. The worker's bytes change with any page,
// for that is how browsers learn of a new edition, and with nothing else; what it fetches beforehand is there.
func TestOffline(t *testing.T) {
	const config = "title: Guide\nid: guide\n"
	site := func(config, words string, set func(*build.Options)) map[string][]byte {
		fsys := fstest.MapFS{
			"themes/acme/assets/fonts/own.woff2": {Data: []byte("font")},
			"site.yaml":                          {Data: []byte(config)},
			"content/index.md":                   {Data: []byte("# Guide\n\nStart.\n")},
			"content/deep/one.md":                {Data: []byte("# One\n\n" + words + "\n")},
		}
		o := build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01", Jobs: 2}
		set(&o)
		return written(t, mustBuild(t, build.New(o)))
	}
	as := func(*build.Options) {}
	on := site(config+"offline: true\n", "Words.", as)
	worker := on["sw.js"]

	first, script, _ := bytes.Cut(worker, []byte(";\n"))
	if len(script) == 0 || len(script) > 2048 {
		t.Errorf("the worker has %d bytes; it is fetched again and again and should have at most 2048", len(script))
	}
	var told struct {
		ID    string
		Shell []string
	}
	if err := json.Unmarshal(bytes.TrimPrefix(first, []byte("const site = ")), &told); err != nil || told.ID != "guide" {
		t.Fatalf("what the worker knows of the site is %s: %v", first, err)
	}
	for _, name := range told.Shell {
		if name == "./" {
			name = "index.html"
		}
		if on[name] == nil {
			t.Errorf("the worker fetches %s, which is not there", name)
		}
	}
	var manifest struct{ Icons []struct{ Src string } }
	if err := json.Unmarshal(on["manifest.webmanifest"], &manifest); err != nil || len(manifest.Icons) != 1 || on[manifest.Icons[0].Src] == nil {
		t.Errorf("the manifest names no icon of the site (%v): %s", err, on["manifest.webmanifest"])
	}
	for _, want := range []string{`data-sw="../sw.js"`, `<link rel="manifest" href="../manifest.webmanifest">`} {
		if !strings.Contains(string(on["deep/one.html"]), want) {
			t.Errorf("a page has no %s", want)
		}
	}

	if !bytes.Contains(first, []byte(".woff2")) || bytes.Contains(site(config+"offline: true\nbrand: {fonts: system}\n", "Words.", as)["sw.js"], []byte(".woff2")) {
		t.Error("the worker fetches the fonts that pages load, and none where they load none")
	}
	if own := site(config+"theme: acme\noffline: true\nbrand: {fonts: system}\n", "Words.", as)["sw.js"]; bytes.Count(own, []byte(".woff2")) != 1 || !bytes.Contains(own, []byte("assets/fonts/own.woff2")) {
		t.Error("the worker does not fetch the fonts of a theme of the site's own, and no others")
	}
	if !bytes.Equal(worker, site(config+"offline: true\n", "Words.", as)["sw.js"]) {
		t.Error("the same site has two workers")
	}
	if bytes.Equal(worker, site(config+"offline: true\n", "Other words.", as)["sw.js"]) {
		t.Error("a page has changed and the worker has not: no browser learns of it")
	}
	file := func(data string) []byte {
		return site(config+"offline: true\n", "[Words](../a.pdf)", func(o *build.Options) {
			o.Project.(fstest.MapFS)["content/a.pdf"] = &fstest.MapFile{Data: []byte(data)}
		})["sw.js"]
	}
	if bytes.Equal(file("one"), file("two")) {
		t.Error("a file has changed and the worker has not: who read the page offline keeps the old one")
	}
	for name, data := range site(config, "Words.", as) {
		if name == "sw.js" || name == "manifest.webmanifest" || bytes.Contains(data, []byte("data-sw=")) {
			t.Errorf("%s: the site did not ask for a worker", name)
		}
	}
}
