package reliability

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The page that says what people can rely on names a test for each promise. Each name is that of a test which is there, in the folder that the page says, or in this one.
func TestEachPromiseNamesATest(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	page, err := os.ReadFile(filepath.Join(root, "content", "authoring", "reliability.md"))
	must(t, err)
	name, folder := regexp.MustCompile("`((?:Test|Fuzz)\\w+)`"), regexp.MustCompile("in `([a-z0-9/]+)`")
	promises := 0
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 4 || strings.HasPrefix(cells[1], "-") || strings.TrimSpace(cells[2]) == "Test" {
			continue
		}
		promises++
		if !name.MatchString(cells[2]) {
			t.Errorf("a promise names no test:%s", cells[1])
		}
		for part := range strings.SplitSeq(cells[2], ";") {
			folders := folder.FindAllStringSubmatch(part, -1)
			if folders == nil {
				folders = [][]string{{"", "internal/tools/reliability"}}
			}
			for _, n := range name.FindAllStringSubmatch(part, -1) {
				for _, f := range folders {
					if !hasTest(t, filepath.Join(root, filepath.FromSlash(f[1])), n[1]) {
						t.Errorf("there is no %s in %s", n[1], f[1])
					}
				}
			}
		}
	}
	if promises < 20 {
		t.Errorf("the page makes %d promises", promises)
	}
}

func hasTest(t *testing.T, dir, name string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	must(t, err)
	for _, f := range files {
		data, err := os.ReadFile(f)
		must(t, err)
		if strings.Contains(string(data), "\nfunc "+name+"(") {
			return true
		}
	}
	return false
}
