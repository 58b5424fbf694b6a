package markdown

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"waymark/internal/diag"
)

// pages returns the pages under $WAYMARK_BENCH, else a page like those of a handbook.
func pages(b *testing.B) [][]byte {
	if dir := os.Getenv("WAYMARK_BENCH"); dir != "" {
		var all [][]byte
		err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(p, ".md") {
				data, err := os.ReadFile(p)
				all = append(all, data)
				return err
			}
			return err
		})
		if err != nil || len(all) == 0 {
			b.Fatal("no pages in ", dir, err)
		}
		return all
	}
	return [][]byte{[]byte(benchPage)}
}

var benchPage = "---\nid: a\ntitle: The mentor as sponsor\nkind: role\naudience: [mentor]\nduration: {read: 12m, do: 15m}\nobjectives:\n  - {id: tell-apart, verb: understand, text: Tell sponsoring apart}\n---\n\n" +
	strings.Repeat(`## What a *sponsor* does

A sponsor [opens doors](../roles/coach.md#opens-doors) for a mentee, without holding **power** over them. It takes some time, and the
consent of the mentee; so ask first, as in `+"`may I speak about you?`"+`, and mean it. Nobody likes to hear from a third person that a
mentor has spoken about them.

- Recommend the mentee's work where it counts
- Introduce the mentee to people who decide
- Name the mentee in rooms they are not in

> [!TIP]
> Write down whom you could introduce them to.

| Role | In the meeting the mentor … |
|---------|------------------------|
| Teacher | shows how, and explains why |
| Sponsor | speaks about the mentee |

`, 4) + `::: question {#sponsor objective=tell-apart}

You recommend your mentee to another director. Which role is this?

- ( ) Teacher
  > Nothing is being shown here.
- (x) Sponsor
  > Yes: you open a door.

:::
`

// BenchmarkParse parses one page an iteration.
func BenchmarkParse(b *testing.B) {
	o := site()
	o.Key = o.Digest()
	all := pages(b)
	size := 0
	for _, p := range all {
		size += len(p)
	}
	b.SetBytes(int64(size / len(all)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := Parse(diag.NewFile("content/page.md", all[i%len(all)]), o); err != nil {
			b.Fatal(err)
		}
	}
}
