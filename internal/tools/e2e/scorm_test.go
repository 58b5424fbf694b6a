package e2e

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSCORM lets learners take a package in a learning platform: scorm-again, which is a runtime of other people. It needs what TestLearner needs.
func TestSCORM(t *testing.T) {
	node, root, here := browsing(t)
	runtime, err := os.ReadFile("../node_modules/scorm-again/dist/scorm12.min.js")
	if err != nil {
		t.Skip("run `npm ci` in internal/tools first")
	}
	src, site := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{
		"site.yaml":         "title: \"Ask & <listen>\"\nid: ask\n",
		"content/_index.md": "---\ntitle: Welcome\n---\n\nHello.\n",
		"content/asking.md": "---\nid: asking\nkind: practice\ntitle: Asking\n---\n\n[Elsewhere](https://example.org/asking)\n\n" +
			"::: question {#open}\n\nWhich question is open?\n\n- (x) What happened?\n- ( ) Did it work?\n\n:::\n",
		"content/hearing.md": "---\nid: hearing\nkind: practice\ntitle: Hearing\n---\n\nText.\n\n" +
			"::: question {#first}\n\nWho speaks first?\n\n- (x) The mentee\n- ( ) The mentor\n\n:::\n\n::: reflection {#heard}\n\nWhat did you hear?\n\n:::\n",
		"content/paths/start.md": "---\nid: start\ntitle: \"Ask & <listen> first: \\\"é\\\"\"\nstages:\n  - {id: one, title: One, items: [{module: asking}, {module: hearing}]}\n---\n\nTwo pages.\n",
	} {
		write(t, filepath.Join(src, filepath.FromSlash(name)), text)
	}
	pack := filepath.Join(t.TempDir(), "course.zip")
	run(t, root, nil, "go", "run", "./cmd/waymark", "export", "scorm", "--cache", "off", "-s", src, "-o", pack)
	unpack(t, pack, filepath.Join(site, "course"))
	for name, text := range map[string]string{
		"scorm12.js": string(runtime),
		"lms.html":   "<!doctype html><html lang=\"en\"><title>Platform</title><link rel=\"icon\" href=\"data:,\"><script src=\"scorm12.js\"></script><script src=\"lms.js\"></script><main><h1>Platform</h1></main></html>\n",
		"lms.js":     "window.API = new Scorm12API({ logLevel: 5 });\nif (window.kept) API.loadFromJSON(window.kept, \"cmi\");\n",
	} {
		write(t, filepath.Join(site, name), text)
	}
	run(t, here, []string{"WAYMARK_SITE=" + site}, node, "--test", "scorm.test.mjs")
}

// unpack writes the files of a zip into a folder.
func unpack(t *testing.T, name, dir string) {
	t.Helper()
	z, err := zip.OpenReader(name)
	must(t, err)
	defer z.Close()
	must(t, os.CopyFS(dir, z))
	if _, err := os.Stat(filepath.Join(dir, "imsmanifest.xml")); err != nil || strings.Contains(z.File[0].Name, "/") {
		t.Fatalf("the package begins with %s: %v", z.File[0].Name, err)
	}
}
