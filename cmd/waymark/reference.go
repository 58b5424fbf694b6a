package main

import (
	"fmt"
	"strings"

	"waymark/internal/diag"
)

// diagnosticsName is the file of diagnosticsPage. The program holds its text in the table of codes, so it is made of that, and not embedded a second time.
const diagnosticsName = "content/authoring/diagnostics.md"

// head is the front matter of a reference page.
func head(title, summary string, weight int) string {
	return fmt.Sprintf("---\nid: authoring-%s\nkind: page\ntitle: %s\nsummary: %q\nweight: %d\n---\n\n", strings.ReplaceAll(strings.ToLower(title), " ", "-"), title, summary, weight)
}

// diagnosticsPage is the page of the handbook that lists all diagnostics.
func diagnosticsPage() string {
	var b strings.Builder
	b.WriteString(head("Diagnostics", "Every message that a check of your content can give, and how to mend what it reports.", 90))
	b.WriteString("Each message names a file, a line and a column, says what is wrong and hints at what to do. Its code stands in brackets at the end.\n`waymark explain CODE` prints the entry below. An *error* stops the build before anything is written; a *warning* does not, unless you\nbuild with `--strict`. `lints:` in [site.yaml](site-yaml.md) switches single warnings off or makes errors of them.\n")
	group := ""
	for _, i := range diag.Codes() {
		if g, _, _ := strings.Cut(i.Code, "/"); g != group {
			group = g
			fmt.Fprintf(&b, "\n## %s\n\n", group)
		}
		fmt.Fprintf(&b, "**`%s`** (%s)\n: %s\n\n", i.Code, i.Severity, escape(i.Text))
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// escape keeps Markdown from reading markup into a text.
func escape(s string) string {
	var b strings.Builder
	code := false
	for _, r := range s {
		if r == '`' {
			code = !code
		}
		if !code && strings.ContainsRune(`*_[]<>|`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
