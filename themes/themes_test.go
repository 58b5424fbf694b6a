package themes_test

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// Built files that must be there, each with the digest of the sources in its first line.
var built = []string{"theme.js", "waymark.js", "kept.js", "checks.js", "order.js", "form.js", "path.js", "progress.js", "data.js", "search.js", "offline.js", "tabs.js", "rail.js", "way.js",
	"waymark.css", "more.css", "paper.css", "checks.css", "search.css", "../../../internal/export/scorm/scorm.js"}

// TestBundleIsFresh computes the digest of the sources again. See Digest in internal/tools/bundle.
func TestBundleIsFresh(t *testing.T) {
	want := digest(t, os.DirFS("default/src"))
	for _, name := range built {
		data, err := os.ReadFile("default/assets/" + name)
		if err != nil {
			t.Error(err)
			continue
		}
		first, _, _ := strings.Cut(string(data), "\n")
		m := regexp.MustCompile(`src: (sha256-[0-9a-f]{16})`).FindStringSubmatch(first)
		if m == nil {
			t.Errorf("%s: no digest in its first line", name)
		} else if m[1] != want {
			t.Errorf("%s is older than its sources: run `go run ./bundle` in internal/tools", name)
		}
	}
}

func digest(t *testing.T, src fs.FS) string {
	t.Helper()
	h := sha256.New()
	files := 0
	err := fs.WalkDir(src, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if ext := path.Ext(name); ext != ".ts" && ext != ".css" || strings.HasSuffix(name, ".test.ts") {
			return nil
		}
		data, err := fs.ReadFile(src, name)
		if err != nil {
			return err
		}
		files++
		fmt.Fprintf(h, "%s\x00%d\x00", name, len(data))
		h.Write(data)
		return nil
	})
	if err != nil || files == 0 {
		t.Fatalf("%d source files: %v", files, err)
	}
	return fmt.Sprintf("sha256-%x", h.Sum(nil)[:8])
}

// TestScriptsRunEverywhere: what the policy of the pages or a page opened from a folder forbids is in no script.
func TestScriptsRunEverywhere(t *testing.T) {
	rules := []struct {
		pattern, why string
		but          string // a folder for which it does not hold, and why not stands there
	}{
		{`\bfetch\(`, "fetch does not run from file://", "offline/"},
		{`\bimport\((?:[^)]*\);|\s*[a-z])`, "import() does not run from file://", ""},
		{`\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|document\.write`, "texts are put in as texts", ""},
		{`setAttribute\("style"|\beval\(|new Function\(`, "the policy forbids it", ""},
		{`XMLHttpRequest|sendBeacon|WebSocket|EventSource`, "nothing is sent", ""},
		{`document\.cookie`, "there are no cookies", ""},
	}
	sources(t, func(name string, data []byte) {
		for _, r := range rules {
			if r.but != "" && strings.HasPrefix(name, r.but) {
				continue
			}
			for _, loc := range regexp.MustCompile(r.pattern).FindAllIndex(data, -1) {
				t.Errorf("%s: %q: %s", name, data[loc[0]:loc[1]], r.why)
			}
		}
	})
}

// sources calls each for every TypeScript file of src but the tests.
func sources(t *testing.T, each func(name string, data []byte)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS("default/src"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".ts" || strings.HasSuffix(name, ".test.ts") {
			return err
		}
		data, err := os.ReadFile("default/src/" + name)
		if err != nil {
			return err
		}
		each(name, data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestScriptWords: every message that a script asks for by name is in the catalogue.
func TestScriptWords(t *testing.T) {
	catalogue, err := os.ReadFile("default/messages/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^script\.([\w.]+):`).FindAllSubmatch(catalogue, -1) {
		known[string(m[1])] = true
	}
	asked := 0
	sources(t, func(name string, data []byte) {
		for _, m := range regexp.MustCompile(`\bsay(\.count)?\(\s*"([\w.]+)"\s*[,)]`).FindAllSubmatch(data, -1) {
			key := string(m[2])
			asked++
			if len(m[1]) > 0 {
				if !known[key+".other"] || !known[key+".one"] {
					t.Errorf("%s: script.%s.one and .other are not in messages/en.yaml", name, key)
				}
			} else if !known[key] {
				t.Errorf("%s: script.%s is not in messages/en.yaml", name, key)
			}
		}
	})
	if asked < 20 {
		t.Errorf("only %d messages are asked for", asked)
	}
}
