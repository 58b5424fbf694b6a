package reliability

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// Bounds of every build, whatever it is given. Time is that of the processor: a machine that others use as well is slow for other reasons.
const (
	mostTime   = 10 * time.Second
	mostMemory = 1024 // MiB
)

// A trap is content that was written to bring a program of this kind down.
type trap struct {
	name  string
	files map[string]string
	big   map[string]big
	// code is the diagnostic that must name it, with a file and a line; "" if it is odd and nothing is wrong with it.
	code string
	// file is where; "" for content/page.md.
	file string
}

// A big file is a text that is repeated until it has so many bytes. It is written piece by piece: the memory of the test is counted into that of the program.
type big struct {
	start, text string
	bytes       int
}

func (b big) write(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	_, err = w.WriteString(b.start)
	for n := 0; n < b.bytes && err == nil; n += len(b.text) {
		_, err = w.WriteString(b.text)
	}
	return errors.Join(err, w.Flush(), f.Close())
}

// repeat writes a text often enough to have n bytes.
func repeat(s string, n int) string { return strings.Repeat(s, n/len(s)) }

// numbered writes a text n times with % replaced by the number.
func numbered(s string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(s, "%", fmt.Sprint(i)))
	}
	return b.String()
}

func page(text string) map[string]string { return map[string]string{"content/page.md": text} }

func matter(keys string) map[string]string {
	return page("---\ntitle: Page\n" + keys + "\n---\n\nText.\n")
}

// laughs is YAML whose aliases expand to ten to the ninth values, under a key.
func laughs(key string) string {
	b := key + ":\n  a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
	for i := 1; i < 9; i++ {
		b += fmt.Sprintf("  a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 10), ","))
	}
	return b
}

func utf16Of(s string, order binary.AppendByteOrder) string {
	out := order.AppendUint16(nil, 0xfeff)
	for _, u := range utf16.Encode([]rune(s)) {
		out = order.AppendUint16(out, u)
	}
	return string(out)
}

// brokenLinks is a page with links that are nearly the names of pages in its folder.
func brokenLinks(links, pages int) map[string]string {
	files := page(numbered("[a](how-to-begin-a-meeting%x.md)\n\n", links))
	for i := range pages {
		files[fmt.Sprintf("content/how-to-begin-a-meeting-%d.md", i)] = "Text.\n"
	}
	return files
}

// strangers are modules that name by id what is nowhere, each in every way there is.
func strangers(n int) map[string]string {
	files, items := map[string]string{}, ""
	for i := range n {
		id := fmt.Sprintf("%08x", uint32(i)*2654435761) // all over the place, so that none is near
		files[fmt.Sprintf("content/page-%d.md", i)] = strings.ReplaceAll("---\nid: a%\nkind: practice\ntitle: Page %\nneeds: {modules: [need-%], objectives: [aim-%]}\naudience: [role-%]\nglossary: [term-%]\n"+
			"objectives:\n  - {id: able-%, verb: apply, text: Do it}\n---\n\n[@source-%] [here](#part-%)\n\n::: question {#q-% objective=goal-%}\n\nWhich?\n\n- (x) A\n  > B\n- ( ) C\n  > D\n\n:::\n", "%", id)
		items += "      - {module: " + id + "-gone}\n"
	}
	files["content/paths/all.md"] = "---\nid: all\nkind: path\ntitle: All\nstages:\n  - id: first\n    title: First\n    items:\n" + items + "---\n\nText.\n"
	return files
}

const mib = 1 << 20

func traps() []trap {
	fence := "```"
	return []trap{
		{name: "a YAML bomb in front matter", files: matter(laughs("params")), code: "yaml/too-large"},
		{name: "a YAML bomb in site.yaml", files: map[string]string{"site.yaml": "title: T\n" + laughs("params")}, code: "yaml/too-large", file: "site.yaml"},
		{name: "a YAML bomb in the glossary", files: map[string]string{"content/glossary.yaml": "terms:\n  - {id: a, term: a, text: a, also: &a [x,x,x,x,x,x,x,x,x,x]}\n" + numbered("  - {id: b%, term: b, text: b, also: *a}\n", 15_000)}, code: "yaml/too-large", file: "content/glossary.yaml"},
		{name: "an alias of itself", files: matter("params: &a {b: *a}"), code: "yaml/too-large"},
		{name: "deep YAML", files: matter("params: {a: " + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + "}"), code: "yaml/syntax"},
		{name: "deep YAML by indentation", files: matter("params:\n" + deepYAML(1000)), code: "yaml/too-large"},
		{name: "a page of 100 MB", big: map[string]big{"content/page.md": {"", "word ", 100 * mib}}, code: "site/too-large"},
		{name: "site.yaml of 100 MB", big: map[string]big{"site.yaml": {"title: T\n", "# comment\n", 100 * mib}}, code: "yaml/too-large", file: "site.yaml"},
		{name: "a glossary of 100 MB", big: map[string]big{"content/glossary.yaml": {"terms:\n", "# comment\n", 100 * mib}}, code: "yaml/too-large", file: "content/glossary.yaml"},
		{name: "front matter of 7 MB", files: matter(numbered("tag%: x\n", 600_000)), code: "page/too-large"},
		{name: "two films of 200 MB", big: map[string]big{"content/film.mp4": {"", "film", 200 * mib}, "content/second.mp4": {"", "film", 200 * mib}}},
		{name: "a drawing of 100 MB", files: page("![A drawing](drawing.svg)\n"), big: map[string]big{"content/drawing.svg": {"<svg>", "<g>", 100 * mib}}, code: "image/unreadable", file: "content/drawing.svg"},
		{name: "a deep drawing", files: map[string]string{"content/page.md": "![A drawing](drawing.svg)\n", "content/drawing.svg": "<svg width=\"1\" height=\"1\">" + repeat("<g>", 4*mib-100)}, code: "image/unreadable", file: "content/drawing.svg"},
		{name: "an included file of 100 MB", files: page("::: include {path=part.txt}\n:::\n"), big: map[string]big{"content/part.txt": {"", "word ", 100 * mib}}, code: "container/include"},
		{name: "10,000 equal headings", files: page(strings.Repeat("## Heading\n\n", 10_000))},
		{name: "10,000 quotes deep", files: page(strings.Repeat("> ", 10_000) + "a\n"), code: "page/too-deep"},
		{name: "10,000 lists deep", files: page(strings.Repeat("- ", 10_000) + "a\n"), code: "page/too-deep"},
		{name: "10,000 containers deep", files: page(strings.Repeat("::: note\n\n", 10_000) + "a\n"), code: "page/too-deep"},
		{name: "10,000 brackets deep", files: page(strings.Repeat("[", 10_000) + "a" + strings.Repeat("](b)", 10_000)), code: "page/too-complex"},
		{name: "10,000 tags deep", files: page(strings.Repeat("<b><i>", 10_000) + "a\n"), code: "html/unclosed"},
		{name: "one line of a megabyte", files: page(repeat("word ", mib-100))},
		{name: "one word of a megabyte", files: page(repeat("w", mib-100))},
		{name: "one heading of a megabyte", files: page("# " + repeat("w ", mib-100))},
		{name: "one address of a megabyte", files: page("[a](" + repeat("w", mib-100) + ")"), code: "link/broken"},
		{name: "one title of a megabyte", files: matter("summary: " + repeat("w", 900_000)), code: "page/summary-long"},
		{name: "one line of code of a megabyte", files: page(fence + "javascript\n" + repeat("f(", mib-100) + "\n" + fence + "\n"), code: "code/too-long"},
		{name: "NUL", files: page("a\x00b\n\n\x00\x00\n"), code: "page/control"},
		{name: "NUL in front matter", files: matter("summary: \"a\x00b\""), code: "page/control"},
		{name: "what drives a terminal", files: page("[\x1b]0;owned\x07\x1b[2J](\x1b[31mnowhere.md)\n\n::: \x1b[2Jword\n\n:::\n"), code: "link/broken"},
		{name: "what drives a terminal, in YAML", files: matter("\"\\u001b[2J\\u009b31m\\u202e\": x"), code: "yaml/unknown-key"},
		{name: "what drives a terminal, in TOML", files: page("+++\n\"\\u001b[2J\" = 1\ntitle = \"A\"\n+++\n"), code: "yaml/unknown-key"},
		{name: "text that turns round", files: page("[\u202egnp.exe\u2066](\u202enowhere.md)\n"), code: "link/broken"},
		{name: "invalid UTF-8", files: page("caf\xe9 \xff\xfe\xc0\xaf\n"), code: "page/encoding"},
		{name: "half a letter at the end", files: page("caf\xc3"), code: "page/encoding"},
		{name: "UTF-16, little end first", files: page(utf16Of("# Title\n\nText.\n", binary.LittleEndian)), code: "page/encoding"},
		{name: "UTF-16, big end first", files: page(utf16Of("# Title\n\nText.\n", binary.BigEndian)), code: "page/encoding"},
		{name: "UTF-16 site.yaml", files: map[string]string{"site.yaml": utf16Of("title: T\n", binary.LittleEndian)}, code: "yaml/syntax", file: "site.yaml"},
		{name: "site.yaml that is no text", files: map[string]string{"site.yaml": "\x00\x01\x02\xff\xfe\x1b[2J"}, code: "yaml/syntax", file: "site.yaml"},
		{name: "a long reference used 15,000 times", files: page("[a]: " + repeat("x", 50_000) + "\n\n" + strings.Repeat("[a]\n\n", 15_000)), code: "page/too-complex"},
		{name: "a table of 10,000 columns", files: page("|" + strings.Repeat("a|", 10_000) + "\n|" + strings.Repeat("-|", 10_000) + "\n" + strings.Repeat("a\n", 100_000)), code: "page/table-too-large"},
		{name: "3 MB of code in one page", files: page(fence + "go\n" + repeat("func main() { x := \"s\" }\n", 3*mib) + fence + "\n"), code: "page/too-large"},
		{name: "3 MB of code in three pages", files: map[string]string{
			"content/page.md": fence + "go\n" + repeat("func main() { x := \"s\" }\n", mib-1000) + fence + "\n",
			"content/b.md":    fence + "python\n" + repeat("x = '''a'''\n", mib-1000) + fence + "\n",
			"content/c.md":    fence + "html\n" + repeat("<script>a</script>", mib-1000) + "\n" + fence + "\n",
		}, code: "code/too-long"},
		{name: "3 MB of code in small blocks", files: numberedPages(4, strings.Repeat(fence+"bash\n"+repeat("if [ -f \"$a\" ]; then echo `b`; fi\n", 60_000)+fence+"\n\n", 14))},
		{name: "a page of a million words", files: page(numbered("w% ", 120_000))},
		{name: "an include of itself", files: page("::: include {path=page.md}\n:::\n"), code: "container/include"},
		{name: "includes that double", files: doubling(30), code: "container/include"},
		{name: "a billion rows of a form", files: page("---\ntitle: F\nkind: form\nform:\n  fields:\n    - {id: a, label: A, type: table, columns: [A], rows: 1000000000}\n---\n\nText.\n"), code: "yaml/value"},
		{name: "a field of a billion lines", files: page("---\ntitle: F\nkind: form\nform:\n  fields:\n    - {id: a, label: A, type: lines, lines: 1000000000}\n---\n\nText.\n"), code: "yaml/value"},
		{name: "a form of a billion sheets", files: page("---\ntitle: F\nkind: form\nform:\n  pages: 1000000000\n  fields:\n    - {id: a, label: A}\n---\n\nText.\n"), code: "yaml/value"},
		{name: "a reflection of a billion lines", files: page("::: reflection {#a lines=1000000000}\n\nWhat?\n\n:::\n"), code: "question/attribute-value"},
		{name: "a meeting that is held a billion times", files: map[string]string{
			"content/page.md":    "---\nid: page\ntitle: Page\nkind: session\nsession: {lasts: 60m, agenda: [{minutes: 5m, do: Talk}]}\n---\n\nText.\n",
			"content/paths/p.md": "---\nid: p\ntitle: P\nfor: [mentor]\nstages:\n  - {id: s, title: S, items: [{session: page, repeat: 1000000000}]}\n---\n\nText.\n",
		}, code: "yaml/value", file: "content/paths/p.md"},
		{name: "a quiz that draws a billion", files: page("::: quiz {#z pool=p pick=1000000000}\n\nDraw.\n\n:::\n\n::: question {#a pool=p}\n\nWhat?\n\n- (x) A\n  > Yes.\n- ( ) B\n  > No.\n\n:::\n"), code: "question/attribute-value"},
		{name: "a number of a million digits", files: page("::: question {#a}\n\nWhat?\n\n- = " + repeat("9", 500_000) + " +- 1e999999999\n- = 1e999999999\n\n:::\n")},
		{name: "minutes without end", files: matter("duration: {read: 99999999999999999999m, do: 1e99m}"), code: "yaml/value"},
		{name: "a date that is none", files: matter("publish_date: 99999-99-99\nreviewed: 0000-00-00"), code: "yaml/value"},
		{name: "10,000 broken links beside 3,000 pages", files: brokenLinks(10_000, 3000), code: "link/broken"},
		{name: "2,000 pages of strangers", files: strangers(2000), code: "needs/unknown-module", file: "content/page-0.md"},
		{name: "2,000 needs in a circle", files: circle(2000), code: "needs/circle"},
		{name: "a path of 20,000 items", files: longPath(20_000)},
		{name: "a schedule without end", files: map[string]string{
			"content/page.md":    "---\nid: page\ntitle: Page\n---\n\nText.\n",
			"content/paths/p.md": "---\nid: p\ntitle: P\nfor: [mentor]\nstages:\n  - {id: s, title: S, items: [{module: page}]}\nschedule:\n  events:\n    - {id: e, title: E, at: [0d], every: 1d, until: 99999d, kind: session}\n---\n\nText.\n",
		}},
		{name: "10,000 terms", files: map[string]string{"content/glossary.yaml": "terms:\n" + numbered("  - {id: t%, term: term %, text: A term.}\n", 10_000),
			"content/page.md": "---\ntitle: P\nglossary: [" + numbered("t%, ", 10_000) + "]\n---\n\n" + numbered("A term % here. ", 10_000)}},
		{name: "10,000 sources", files: page("---\ntitle: P\nsources:\n" + numbered("  - {id: s%, title: T}\n", 10_000) + "---\n\n" + numbered("[@s%] ", 10_000))},
		{name: "10,000 aliases", files: matter("aliases: [" + numbered("/old/%/, ", 10_000) + "]")},
		{name: "10,000 options", files: page("::: question {#a}\n\nWhat?\n\n" + strings.Repeat("- [ ] B\n  > C\n", 10_000) + "\n:::\n"), code: "question/duplicate-option"},
		{name: "a story of 2,000 scenes", files: page("::: scenario {#a}\n\nOnce.\n\n" + numbered("### Scene %\n\nText.\n\n- [Next](#scene-0)\n- [Other](#scene-1)\n\n", 2000) + ":::\n"), code: "scenario/loop"},
		{name: "an entity bomb in a drawing", files: map[string]string{"content/page.md": "![A](a.svg)\n", "content/a.svg": "<!DOCTYPE svg [" +
			"<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><svg width=\"&c;\" height=\"1\">&c;</svg>"}, code: "image/active", file: "content/a.svg"},
		{name: "an image that says it is huge", files: map[string]string{"content/page.md": "![A](a.png)\n", "content/a.png": "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x06\x00\x00\x00\x00\x00\x00\x00"}, code: "image/damaged"},
		{name: "a picture that is none", files: map[string]string{"content/page.md": "![A](a.jpg)\n", "content/a.jpg": repeat("\xff\xd8\xff", 3*mib)}, code: "image/damaged"},
		{name: "a deep folder", files: map[string]string{"content/" + strings.Repeat("d/", 190) + "page.md": "---\ntitle: Deep\n---\n\nText.\n"}},
		{name: "a folder that is too deep", files: map[string]string{"content/" + strings.Repeat("d/", 250) + "page.md": "---\ntitle: Deep\n---\n\nText.\n"}, code: "site/file-name", file: "content/d/"},
		{name: "a file name that drives a terminal", files: map[string]string{"content/a\x1b[2J\u202e.md": "Text.\n"}, code: "site/file-name", file: "content/a"},
		{name: "a file name that is reserved on Windows", files: map[string]string{"content/nul.md": "Text.\n"}, code: "site/file-name", file: "content/nul.md"},
		{name: "a file name of two systems", files: map[string]string{"content/a.md": "Text.\n", "content/A.md": "Text.\n"}, code: "page/same-address", file: "content/"},
		{name: "templates", files: matter("summary: \"{{.Site}} {{template `x`}} ${x} <%= x %> {% x %}\"")},
		{name: "a colour that is none", files: map[string]string{"site.yaml": "title: T\nbrand: {accent: \"#0E5A57;} body{display:none\"}\n"}, code: "site/color", file: "site.yaml"},
		{name: "a logo from outside", files: map[string]string{"site.yaml": "title: T\nbrand: {logo: ../../../etc/passwd}\n"}, code: "link/image", file: "site.yaml"},
		{name: "a theme from outside", files: map[string]string{"site.yaml": "title: T\ntheme: ../../themes\n"}, code: "theme/missing", file: "site.yaml"},
		{name: "an include from outside", files: page("::: include {path=../../../../etc/passwd}\n:::\n"), code: "container/include"},
		{name: "an alias that leads out", files: matter("aliases: [/../../x.html]"), code: "page/alias"},
		{name: "a slug that leads out", files: matter("slug: ../../x"), code: "page/slug"},
	}
}

func deepYAML(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i+1) + "a:\n")
	}
	return b.String()
}

func numberedPages(n int, text string) map[string]string {
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("content/page-%d.md", i)] = text + fmt.Sprintf("\nPage %d.\n", i)
	}
	return files
}

// doubling is files each of which includes the next one twice.
func doubling(n int) map[string]string {
	files := map[string]string{}
	for i := range n {
		name := fmt.Sprintf("content/part-%d.md", i)
		if i == 0 {
			name = "content/page.md"
		}
		files[name] = strings.Repeat(fmt.Sprintf("::: include {path=part-%d.md}\n:::\n\n", i+1), 2)
	}
	files[fmt.Sprintf("content/part-%d.md", n)] = "Text.\n"
	return files
}

// circle is modules each of which needs the next one.
func circle(n int) map[string]string {
	files := map[string]string{}
	for i := range n {
		name := fmt.Sprintf("content/page-%d.md", i)
		if i == 0 {
			name = "content/page.md"
		}
		files[name] = fmt.Sprintf("---\nid: m%d\ntitle: Page %d\nneeds: {modules: [m%d]}\n---\n\nText.\n", i, i, (i+1)%n)
	}
	return files
}

func longPath(items int) map[string]string {
	return map[string]string{
		"content/page.md":    "---\nid: page\ntitle: Page\n---\n\nText.\n",
		"content/paths/p.md": "---\nid: p\ntitle: P\nfor: [mentor]\nstages:\n  - id: s\n    title: S\n    items:\n" + strings.Repeat("      - {module: page}\n", items) + "---\n\nText.\n",
	}
}

// Content that was written to bring the program down is read in good time and moderate memory. What is beyond a limit is named with its file and line; nothing ends in a
// crash, and nothing of it reaches the terminal as more than text.
func TestHostileContent(t *testing.T) {
	for _, c := range traps() {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t, map[string]string{"site.yaml": "title: T\nroles:\n  - {id: mentor, title: Mentor}\n", "content/_index.md": "---\ntitle: Home\n---\n\nText.\n"})
			s.write(c.files)
			for name, b := range c.big {
				must(t, b.write(s.path(name)))
			}
			cmd := command(t, timeout, "build", "--verbose", "--source", s.root)
			o := finish(t, cmd, timeout)
			spent := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
			t.Logf("%v, %d MiB, exit code %d", spent.Round(time.Millisecond), o.rss, o.code)
			if spent > mostTime {
				t.Errorf("it took %v of the processor", spent)
			}
			if o.rss > mostMemory {
				t.Errorf("it took %d MiB", o.rss)
			}
			if o.code != fine && o.code != content {
				t.Errorf("the exit code is %d: %.1000s", o.code, o.said)
			}
			if c.code == "" {
				o.want(t, fine)
				return
			}
			file := c.file
			if file == "" {
				file = "content/page.md"
			}
			// A file that is not read at all, or that has no lines, has a name only.
			where := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(file) + `.*?(:\d+:\d+)?: (error|warning): .*\[` + regexp.QuoteMeta(c.code) + `\]$`)
			m := where.FindStringSubmatch(o.said)
			switch {
			case m == nil:
				t.Errorf("no line names %s with %s: %.2000s", file, c.code, o.said)
			case m[1] == "" && !strings.HasPrefix(c.code, "site/") && !strings.HasPrefix(c.code, "page/same") && c.code != "image/unreadable":
				t.Errorf("it names no line: %.1000s", o.said)
			}
		})
	}
}

// What is no plain file is named and never opened: a pipe would be waited for, a device read without end, a link could lead out.
func TestNoPlainFile(t *testing.T) {
	s := newSite(t, handbook(0, 1))
	if err := os.Symlink("/dev/zero", s.path("content/zero.md")); err != nil {
		t.Skip(err)
	}
	must(t, os.Symlink("/etc", s.path("content/etc")))
	must(t, os.Symlink("..", s.path("content/up")))
	names := []string{"content/zero.md", "content/etc", "content/up"}
	if pipe(s.path("content/pipe.md")) == nil {
		names = append(names, "content/pipe.md")
	}
	o := waymark(t, "build", "--source", s.root)
	o.want(t, content)
	for _, name := range names {
		if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(name) + `: error: .*\[site/irregular-file\]$`).MatchString(o.said) {
			t.Errorf("%s is not named:\n%s", name, o.said)
		}
	}
	// Nor are they followed where the configuration lies.
	s = newSite(t, handbook(0, 1))
	must(t, os.Remove(s.path("site.yaml")))
	must(t, os.Symlink(filepath.Join("..", "outside.yaml"), s.path("site.yaml")))
	must(t, os.WriteFile(filepath.Join(s.root, "..", "outside.yaml"), []byte("title: Outside\n"), 0o644))
	waymark(t, "build", "--source", s.root).want(t, machine, "waymark: site.yaml: ")
}
