// Package e2e has no code of its own: its test builds the small site of this folder and lets learners loose on it, in a real Chromium.
package e2e

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestLearner needs node, the packages of `npm ci` in internal/tools, and Chromium (CHROMIUM names another than /usr/bin/chromium).
func TestLearner(t *testing.T) {
	walks(t, "site", "learner.test.mjs", "waking.test.mjs")
}

// TestNothingIsKept is about a site that says `progress: {off: true}`; it needs what TestLearner needs.
func TestNothingIsKept(t *testing.T) {
	src := filepath.Join(t.TempDir(), "src")
	if err := os.CopyFS(src, os.DirFS("site")); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(src, "site.yaml")
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(config, append(text, "progress: {off: true}\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	walks(t, src, "nothing.test.mjs")
}

// TestOffline is about a site with `offline: true`, whose pages have pictures; it needs what TestLearner needs.
func TestOffline(t *testing.T) {
	src := t.TempDir()
	var picture bytes.Buffer
	leaf := image.NewGray(image.Rect(0, 0, 1200, 400))
	for i := range leaf.Pix {
		leaf.Pix[i] = byte(i * i / 997)
	}
	if err := png.Encode(&picture, leaf); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"site.yaml":               "title: Field guide\nid: field-guide\noffline: true\n",
		"content/_index.md":       "---\ntitle: Field guide\n---\n\nFirst edition.\n",
		"content/oak.md":          "---\nid: oak\nkind: practice\ntitle: Oak\n---\n\nFirst edition.\n\n![A leaf](leaf.png)\n",
		"content/elm.md":          "---\nid: elm\nkind: practice\ntitle: Elm\n---\n\nFirst edition.\n",
		"content/pine.md":         "---\nid: pine\nkind: practice\ntitle: Pine\n---\n\nFirst edition.\n\n![A cone](cone.png)\n",
		"content/paths/leaves.md": "---\nid: leaves\ntitle: Leaves\nstages:\n  - {id: one, title: One, items: [{module: oak}, {module: pine}]}\n---\n\nFirst edition.\n",
		"content/leaf.png":        picture.String(),
		"content/cone.png":        picture.String(),
	} {
		write(t, filepath.Join(src, filepath.FromSlash(name)), text)
	}
	walks(t, src, "offline.test.mjs")
}

// walks builds a site from its sources, and runs tests on it in a browser: or skips the test where something that it needs is not there.
func walks(t *testing.T, src string, tests ...string) {
	t.Helper()
	node, root, here := browsing(t)
	src, err := filepath.Abs(src)
	must(t, err)
	site := filepath.Join(t.TempDir(), "site")
	run(t, root, nil, "go", "run", "./cmd/waymark", "build", "--cache", "off", "-s", src, "-d", site)
	run(t, here, []string{"WAYMARK_SITE=" + site}, node, append([]string{"--test"}, tests...)...)
}

// browsing returns node, the folder of the repository and this one, or skips the test where something that it needs is not there.
func browsing(t *testing.T) (node, root, here string) {
	t.Helper()
	if testing.Short() {
		t.Skip("takes a minute")
	}
	chromium := os.Getenv("CHROMIUM")
	if chromium == "" {
		chromium = "/usr/bin/chromium"
	}
	node, err := exec.LookPath("node")
	for _, need := range []string{chromium, "../node_modules/playwright-core", node} {
		if _, missing := os.Stat(need); err != nil || missing != nil {
			t.Skipf("%s is not here", need)
		}
	}
	if root, err = filepath.Abs("../../.."); err != nil {
		t.Fatal(err)
	}
	if here, err = filepath.Abs("."); err != nil {
		t.Fatal(err)
	}
	return node, root, here
}

func run(t *testing.T, dir string, env []string, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	t.Logf("%s", out)
}
