package quiz_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestPrettierKeepsTheMeaning formats all pages of the archives that have no errors with Prettier, as it is and with --prose-wrap always, and
// reads them again: the models are equal. It needs node and internal/tools/node_modules and says so when they are not there.
func TestPrettierKeepsTheMeaning(t *testing.T) {
	node, prettier := tool(t, "prettier/bin/prettier.cjs")
	files, _ := filepath.Glob("testdata/*.txtar")
	pages := map[string][]byte{}
	for _, name := range files {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			if !strings.HasSuffix(f.Name, ".md") {
				continue
			}
			if checks, ds := page(f.Name, f.Data, "lint: off"); len(checks) > 0 && !ds.HasErrors() {
				pages[strings.TrimSuffix(filepath.Base(name), ".txtar")+"-"+f.Name] = f.Data
			}
		}
	}
	if len(pages) < 30 {
		t.Fatalf("only %d pages", len(pages))
	}
	for _, wrap := range []string{"preserve", "always"} {
		t.Run(wrap, func(t *testing.T) {
			dir := t.TempDir()
			args := []string{prettier, "--no-config", "--no-editorconfig", "--prose-wrap", wrap, "--log-level", "warn", "--write"}
			for name, data := range pages {
				if wrap == "always" && longOpening.Match(data) {
					continue // it would be wrapped: the page's parser warns of opening lines over 80 characters
				}
				path := filepath.Join(dir, name)
				if err := os.WriteFile(path, data, 0o644); err != nil {
					t.Fatal(err)
				}
				args = append(args, path)
			}
			if out, err := exec.Command(node, args...).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			changed := 0
			for name, data := range pages {
				after, err := os.ReadFile(filepath.Join(dir, name))
				if errors.Is(err, fs.ErrNotExist) {
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				if string(after) != string(data) {
					changed++
				}
				if d := cmp.Diff(models(name, data), models(name, after)); d != "" {
					t.Errorf("%s: -before +after:\n%s\n%s", name, d, after)
				}
			}
			t.Logf("%d pages, %d of them changed", len(pages), changed)
			if changed == 0 {
				t.Error("Prettier changed nothing, so nothing was tested")
			}
		})
	}
}

var longOpening = regexp.MustCompile(`(?m)^:::+ .{77,}$`)

func models(name string, data []byte) string {
	checks, ds := page(name, data, "lint: off")
	return modelJSON(checks) + fmt.Sprint(ds.Count())
}
