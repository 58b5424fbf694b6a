package markdown

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// seeds gives a fuzz target the pages of our cases, and what else may lead somewhere.
func seeds(f *testing.F, more ...string) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range archives {
		a, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			if strings.HasSuffix(file.Name, ".md") {
				f.Add(string(file.Data))
			}
		}
	}
	for _, s := range more {
		f.Add(s)
	}
	data, err := os.ReadFile("testdata/attacks/payloads.json")
	if err == nil {
		for line := range strings.Lines(string(data)) {
			f.Add(line)
		}
	}
}

func fuzzOptions(n int) Options {
	o := site()
	o.HTML = []string{"sanitize", "escape", "allow"}[n%3]
	o.Lenient = n%2 == 0
	o.Typographer = n%5 == 0
	o.Include = func(path string) ([]byte, error) {
		if strings.HasSuffix(path, "part.md") {
			return []byte("---\na: b\n---\n\n## Part\n\n::: note\n\nText ![](x)\r\n\n:::\n\n::: include {path=part2.md}\n:::\n"), nil
		}
		return nil, errors.New("no such file")
	}
	return o
}

// FuzzParse: the laws of law_test.go hold of any page.
func FuzzParse(f *testing.F) {
	seeds(f, "\xef\xbb\xbf---\r\na: b\r\n---\r\n# x\r\n", "a\x00b\xff", "+++\na=1\n+++\n")
	f.Fuzz(func(t *testing.T, page string) {
		invariants(t, []byte(page), fuzzOptions(len(page)))
	})
}

// FuzzFrontMatter writes front matter of both kinds.
func FuzzFrontMatter(f *testing.F) {
	for _, s := range []string{
		"title: A", "title: |\n  a\n  ---\n  b", "a: &a [*a]", "stages: [{id: a}]", "complete: {all: [read, {checks: {min: 80%}}]}", "params: {a: ~}",
		"title = \"A\"", "[[sources]]\nid = \"a\"\n[needs]\ntext = '''a\nb'''", "a.b.c = {d = [1, 2, {e = 2026-01-02}]}", "form: {fields: [{id: a, label: b, rows: [c]}]}",
		"\"a\\u0000b\": c", "? [a]\n: b", "a: !!binary x", "%YAML 1.2\n---\na: b", "\t", "a: {b: {c: {d: [[[[]]]]}}}", "date: 2026-05-31T10:00:00Z",
	} {
		f.Add(s, false, "\n")
		f.Add(s, true, "\r\n")
	}
	f.Fuzz(func(t *testing.T, matter string, toml bool, end string) {
		if end != "\r\n" {
			end = "\n"
		}
		d := "---"
		if toml {
			d = "+++"
		}
		invariants(t, []byte(d+end+matter+end+d+end+"# Title"+end), fuzzOptions(len(matter)))
	})
}

// FuzzContainers puts lines of fences around, into and between text.
func FuzzContainers(f *testing.F) {
	for _, s := range []string{
		":::", "::: note", "::: question {#q}", "- ", "> ", "  ", "    ", "```", "~~~", "text", "", "<div>", "<!--", "-->", "- (x) a", "- ( ) b", "> [!TIP]",
		"::: include {path=part.md}", "::: scenario", "### A", "[a](#b)", "| a |", "|---|", "[^1]: a", "a[^1]", ": b", "1. a", "::: {.note}", "[[a|b]]", "= 3", "===", "::: tabs",
		"::: figure", "![](a)", "::: facilitator", "\t:::", ":::: quiz {pool=p}", "[a]: b",
	} {
		f.Add(s, "::: note", "", "text", ":::")
		f.Add("::: question {#q}", "", s, "", ":::")
	}
	f.Fuzz(func(t *testing.T, a, b, c, d, e string) {
		page := strings.Join([]string{a, b, c, d, e, a, c, e, b}, "\n")
		invariants(t, []byte(page), fuzzOptions(len(page)))
		invariants(t, []byte(strings.ReplaceAll(page, "\n", "\n\n")), fuzzOptions(len(page)))
	})
}

// FuzzLinks puts text into each part of a link, image and reference.
func FuzzLinks(f *testing.F) {
	for _, s := range []string{
		"a.md#b", "javascript:alert(1)", "JAVA&#x0A;SCRIPT:x", "data:text/html,x", "<a b>", "\\(", "a \"b\"", "#x", "&colon;", "java\tscript:", "//x", "http://ü.example/ü", "]", "[",
		"![x](y)", "`", "<b>", "*", "mailto:a@b.c", "tel:1", "%zz", "\"onerror=x", "a'b", "\u202e", "x:y", "?a&b=c",
	} {
		f.Add(s, "text", "title")
		f.Add("dest", s, "title")
		f.Add("dest", "text", s)
	}
	f.Fuzz(func(t *testing.T, dest, text, title string) {
		page := "[" + text + "](" + dest + " \"" + title + "\") ![" + text + "](<" + dest + ">) [" + text + "] <" + dest + "> " + dest +
			" <a href=\"" + dest + "\" title='" + title + "'>" + text + "</a> <img src=" + dest + " alt=\"" + text + "\">\n\n[" + text + "]: " + dest + " '" + title + "'\n"
		invariants(t, []byte(page), fuzzOptions(len(page)))
	})
}
