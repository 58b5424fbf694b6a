package markdown

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"waymark/internal/diag"
)

// TestLimits gives the parser what has brought Markdown parsers down: each must be read in good time and moderate memory, and what is
// beyond a limit must be told by name. The size is as large as a page may be.
func TestLimits(t *testing.T) {
	if testing.Short() || underRace {
		t.Skip("takes some seconds, and far more under the race detector")
	}
	const n = maxPage - 1000
	repeat := func(s string) string { return strings.Repeat(s, n/len(s)) }
	number := func(format string) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(strings.ReplaceAll(format, "%", fmt.Sprint(i)))
		}
		return b.String()[:n]
	}
	for _, c := range []struct{ name, page, code string }{
		{"a page of 100 MB", strings.Repeat("word ", 20<<20), "page/too-large"},
		{"one line", repeat("word "), ""},
		{"one word", repeat("w"), ""},
		{"brackets", repeat("["), "page/too-complex"},
		{"brackets, open and closed", strings.Repeat("[", n/2) + strings.Repeat("]", n/2), "page/too-complex"},
		{"links without end", repeat("[a](b"), "page/too-complex"},
		{"empty links without end", repeat("[]("), "page/too-complex"},
		{"links in lines", repeat("[a](b '\n"), "page/too-complex"},
		{"stars", repeat("*a_ "), "page/too-complex"},
		{"stars in brackets", repeat("[*_a"), "page/too-complex"},
		{"stars in paragraphs", repeat(strings.Repeat("*a_ ", 500) + "\n\n"), "page/too-complex"},
		{"back ticks", repeat("\\``"), "page/too-complex"},
		{"back ticks of all lengths", number("e%`"), "page/too-complex"},
		{"tags", repeat("<a "), "page/too-complex"},
		{"empty tags", repeat("<>"), "page/too-complex"},
		{"stars without spaces", repeat("a***"), "page/too-complex"},
		{"brackets and parentheses", repeat("[ (]("), "page/too-complex"},
		{"quotation marks", repeat("'\""), "page/too-complex"},
		{"comments", "a " + repeat("<!-- "), "page/too-complex"},
		{"heading of brackets", "## " + repeat("[a](b"), "page/too-complex"},
		{"headings of braces", repeat("## {a={a={a={ }\n"), ""},
		{"braces in a heading", "## " + repeat("{#a ") + "}", ""},
		{"equal headings", repeat("## Heading\n\n"), ""},
		{"headings that look alike", number("## Heading-%\n\n## Heading\n\n"), ""},
		{"quotes", repeat("> "), "page/too-deep"},
		{"quotes with tabs", repeat(">\t"), "page/too-deep"},
		{"lists", repeat("- ") + "a", "page/too-deep"},
		{"numbered lists", repeat("1. "), "page/too-deep"},
		{"definitions", "a\n" + repeat(": "), ""},
		{"deep by indentation", indented(n - 5000), "page/too-deep"},
		{"containers", repeat("::: note\n\n"), "page/too-deep"},
		{"lines deep down", strings.Repeat("::: note\n\n", 90) + repeat("a\n"), "page/too-deep"},
		{"blank lines deep down", strings.Repeat("> ", 90) + "\n" + strings.Repeat(strings.Repeat(">", 90)+"\n", n/100), ""},
		{"containers in containers", repeat("::: note\n"), "page/too-deep"},
		{"closing lines", repeat(":::\n"), "container/stray"},
		{"colons", repeat(":"), ""},
		{"attributes", "::: note {" + repeat("a=b ") + "}\n\n:::\n", "container/long-line"},
		{"footnotes", number("[^%]: a\n\n"), "page/too-complex"},
		{"footnotes with references", number("[^%]: a[^%]\n\n"), "page/too-complex"},
		{"footnotes in footnotes", repeat("[^a]: "), "page/too-deep"},
		{"references to one footnote", "[^a]: b\n\n" + repeat("[^a]\n\n"), ""},
		{"definitions of references", repeat("[a]: b\n"), "page/too-complex"},
		{"definitions of many references", number("[%]: b\n"), "page/too-complex"},
		{"definitions in paragraphs", number("[%]: b\n\n"), ""},
		{"a long reference used often", "[a]: " + strings.Repeat("x", 100_000) + "\n\n" + strings.Repeat("[a]\n\n", 15_000), "page/too-complex"},
		{"a long title used often", "[a]: x '" + strings.Repeat("x", 100_000) + "'\n\n" + strings.Repeat("![a]\n\n", 15_000), "page/too-complex"},
		{"a table of many columns", "|" + strings.Repeat("a|", 10_000) + "\n|" + strings.Repeat("-|", 10_000) + "\n" + repeat("a\n")[:n/2], "page/table-too-large"},
		{"a table of many cells", "|" + strings.Repeat("a|", 100) + "\n|" + strings.Repeat("-|", 100) + "\n" + repeat("a\n"), "page/table-too-large"},
		{"a table of escaped bars", "|a|\n|-|\n" + strings.Repeat("|`\\|`|\n", 40_000), "page/too-complex"},
		{"tables", repeat("a\n-|\n\n"), "page/table-too-large"},
		{"addresses", repeat("http://a.b/c "), ""},
		{"nearly addresses", repeat("(aaaa_aa*aa~"), "page/too-complex"},
		{"a long nearly address", repeat("a.b_"), "page/too-complex"},
		{"ampersands", repeat("&"), ""},
		{"references to characters", repeat("&amp;"), ""},
		{"line breaks", repeat("a  \n"), ""},
		{"HTML blocks", repeat("<div>\n\n"), "html/unclosed"},
		{"HTML in HTML", repeat("<div>"), "html/unclosed"},
		{"closing tags", repeat("</div>"), ""},
		{"closing tags in HTML", strings.Repeat("<b>", 1000) + "\n\n<div>" + repeat("</i>"), ""},
		{"attributes of HTML", "<p " + repeat("a ") + ">", ""},
		{"a block of code", "```go\n" + repeat("func main() { x := \"s\" }\n") + "```\n", "code/too-long"},
		{"blocks of code", repeat("```go\nfunc main() { x := \"s\" }\n```\n\n"), ""},
		{"a line of code", "```json\n" + strings.Repeat(`{"a": [1, 2]}, `, 4000) + "\n```\n", ""},
		{"unknown languages", number("```l%\nx\n```\n\n"), "code/unknown-language"},
		{"includes", repeat("::: include {path=a.md}\n:::\n"), "container/include"},
		{"front matter without end", "---\n" + repeat("a: b\n"), "front-matter/unclosed"},
		{"large front matter", "---\n" + number("a%: b\n")[:n-10] + "\n---\n", ""},
		{"deep front matter", "---\na: " + strings.Repeat("[", 100_000) + "\n---\n", "yaml/syntax"},
		{"deep TOML", "+++\na = " + strings.Repeat("[", 100_000) + "\n+++\n", "yaml/too-large"},
		{"many terms", "---\nglossary: [mentee]\n---\n" + repeat("m "), ""},
		{"carriage returns", repeat("a\r\n\r\n"), ""},
		{"questions", number("::: question {#q%}\n\nWhat?\n\n- (x) A\n- ( ) B\n\n:::\n\n"), ""},
		{"options", "::: question {#q}\n\nWhat?\n\n" + repeat("- ( ) B\n") + "\n:::\n", ""},
		{"gaps", "::: question {#q}\n\n" + strings.Repeat("[[a]] ", 400) + "\n\n:::\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := site()
			o.Include = func(string) ([]byte, error) { return []byte(strings.Repeat("x\n", 10_000)), nil }
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := spent()
			d := parse(t, c.page, o)
			took := spent() - start
			runtime.ReadMemStats(&after)
			if took > 8*time.Second {
				t.Errorf("took %v of the processor", took)
			}
			if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 3000 {
				t.Errorf("allocated %d MiB", mb)
			}
			t.Logf("%v, %d MiB allocated, %d diagnostics", took.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20, len(d.Diags))
			found := c.code == ""
			for _, x := range d.Diags {
				found = found || x.Code == c.code
			}
			if !found {
				t.Errorf("not reported: %s", c.code)
			}
		})
	}
}

func indented(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(strings.Repeat(" ", 2*i) + "- a\n")
	}
	return b.String()
}

// A table has as many columns as it shows, whether bars stand at the ends of its rows or not.
func TestColumns(t *testing.T) {
	for _, c := range []struct {
		columns int
		ends    string
		fine    bool
	}{{maxColumns, "", true}, {maxColumns, "|", true}, {maxColumns + 1, "", false}, {maxColumns + 1, "|", false}} {
		row := func(cell string) string {
			return c.ends + strings.Repeat(cell+"|", c.columns-1) + cell + c.ends + "\n"
		}
		doc, err := Parse(diag.NewFile("a.md", []byte("# A\n\n"+row("a")+row("-")+row("b"))), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if fine := len(doc.Diags) == 0; fine != c.fine {
			t.Errorf("%d columns between %q: %v", c.columns, c.ends, doc.Diags)
		}
	}
}
