package internal_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// policy is what each package may import, of ours and of the machine. It is a statement of design: the table in README.md says it for people,
// and it is not changed to make a build pass.
var policy = map[string][]string{
	"internal/diag":       {},
	"internal/wire":       {},
	"internal/filename":   {},
	"internal/schema":     {"internal/diag"},
	"internal/quiz":       {"internal/diag"},
	"internal/theme":      {"internal/diag", "internal/schema"},
	"internal/markdown":   {"internal/diag", "internal/quiz", "internal/schema", "internal/wire"},
	"internal/source":     {"internal/diag", "internal/filename", "internal/markdown", "internal/schema"},
	"internal/curriculum": {"internal/diag", "internal/markdown", "internal/quiz", "internal/schema", "internal/source"},
	"internal/plan":       {"internal/curriculum", "internal/diag", "internal/filename", "internal/markdown", "internal/quiz", "internal/schema", "internal/source", "internal/theme", "internal/wire"},
	"internal/render":     {"internal/markdown", "internal/plan", "internal/quiz", "internal/theme"},
	"internal/search":     {},
	"internal/drawing":    {},
	"internal/picture":    {},
	"internal/export":     {"internal/quiz", "os"},
	"internal/progress":   {},
	"internal/report":     {"internal/export", "internal/progress", "internal/quiz"},
	"internal/changes":    {"internal/curriculum", "internal/diag", "internal/quiz", "internal/schema", "internal/source"},
	"internal/pace":       {"runtime"},
	"internal/external":   {"net", "syscall"},
	"internal/publish":    {"internal/filename", "os", "syscall", "runtime", "golang.org/x/sys"},
	"internal/cache":      {"os", "syscall"},
	"internal/build": {"internal/cache", "internal/curriculum", "internal/diag", "internal/drawing", "internal/markdown", "internal/picture", "internal/plan", "internal/render",
		"internal/schema", "internal/search",
		"internal/source", "internal/theme", "internal/wire", "runtime"},
	"internal/serve":    {"internal/build", "internal/diag", "internal/plan", "internal/source", "os", "net", "syscall", "runtime"},
	"internal/scaffold": {"os"},
	"content":           {},
	"themes":            {},
	"cmd/waymark":       {"*"},
}

// machine are the parts of the standard library that only the edges may use.
var machine = []string{"os", "net", "syscall", "runtime", "golang.org/x/sys"}

func TestPackagesImportOnlyWhatTheyMay(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, top := range []string{"internal", "cmd", "themes", "content"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(name string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if e.IsDir() {
				if e.Name() == "testdata" || e.Name() == "node_modules" {
					return fs.SkipDir
				}
				if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil {
					return fs.SkipDir // a module of its own: tools
				}
				return nil
			}
			if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return nil
			}
			rel, err := filepath.Rel(root, filepath.Dir(name))
			if err != nil {
				return err
			}
			pkg := filepath.ToSlash(rel)
			seen[pkg] = true
			may, ok := policy[pkg]
			if !ok {
				t.Errorf("%s has no row in the table", pkg)
				return nil
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			for _, imp := range f.Imports {
				p, err := strconv.Unquote(imp.Path.Value)
				if err != nil {
					return err
				}
				if !allowed(p, may) {
					t.Errorf("%s: %s may not import %s", path.Join(pkg, filepath.Base(name)), pkg, p)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for pkg := range policy {
		if !seen[pkg] {
			t.Errorf("the table has a row for %s, which is not there", pkg)
		}
	}
}

func allowed(p string, may []string) bool {
	if slices.Contains(may, "*") {
		return true
	}
	if ours, ok := strings.CutPrefix(p, "waymark/"); ok {
		return slices.Contains(may, ours)
	}
	if p == "net/url" {
		return true // reads addresses, touches nothing
	}
	for _, m := range machine {
		if p == m || strings.HasPrefix(p, m+"/") {
			return slices.Contains(may, m)
		}
	}
	return true
}
