package build_test

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"waymark/internal/build"
)

// TestChecksStandAnywhere: an author may put a check on any page, be it a module, the home page, a path's, a folder's or the glossary. It is drawn there with its
// answer, is kept and reviewed like any other, and a folder's page with checks, or on a path, can be done.
func TestChecksStandAnywhere(t *testing.T) {
	fsys, ok := project(`
-- site.yaml --
title: Places
lints: {question/no-objective: off}
-- content/_index.md --
# Home

::: question {#at-home pool=own inline=on}

Which?

- (x) This
  > Yes.
- ( ) That
  > No.

:::
-- content/glossary.md --
---
layout: glossary
title: Words
---

::: question {#at-glossary}

Which?

- (x) This
  > Yes.
- ( ) That
  > No.

:::
-- content/glossary.yaml --
terms: [{id: yak, term: Yak, text: An ox.}]
-- content/skills/_index.md --
---
id: skills
title: Skills
---

::: quiz {#at-folder pool=skills pick=1 from=site}

One of these.

:::
-- content/skills/plain.md --
# A page

::: question {#pooled pool=skills}

Which?

- (x) This
  > Yes.
- ( ) That
  > No.

:::
-- content/tools/_index.md --
---
id: tools
title: Tools
---

Text without checks.
-- content/tools/one.md --
# One
-- content/paths/way.md --
---
id: way
title: Way
stages: [{id: one, title: One, items: [{module: skills}, {module: tools}]}]
complete: {all: [{stages: [one]}, {reflection: at-path}]}
---

::: reflection {#at-path}

Why do you go this way?

:::
`)
	if !ok {
		t.Fatal("the archive is no folder")
	}
	out := written(t, mustBuild(t, build.New(build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01"})))
	checkLinks(t, out)
	kept := string(out["data/site.js"])
	for _, c := range []struct{ page, check, module, rule string }{
		{"index.html", "at-home", "", `{"all":["read",{"checks":{"min":80}}]}`},
		{"glossary.html", "at-glossary", "glossary", `{"all":["read",{"checks":{"min":80}}]}`},
		{"skills/index.html", "at-folder", "skills", `{"all":["read",{"checks":{"min":80}}]}`},
		{"skills/index.html", "pooled", "skills", `{"all":["read",{"checks":{"min":80}}]}`},
		{"tools/index.html", "", "tools", `"read"`},
		{"paths/way.html", "at-path", "", `"read"`},
	} {
		html := string(out[c.page])
		if c.check != "" {
			for _, part := range []string{`data-check-key="` + c.check + `"`, `id="` + c.check + `.answer"`} {
				if !strings.Contains(html, part) {
					t.Errorf("%s lacks %s", c.page, part)
				}
			}
			if !strings.Contains(kept, `"id":"`+c.check+`"`) {
				t.Errorf("the learner's own page does not know %s", c.check)
			}
		}
		if done := strings.Contains(html, `data-module="`+c.module+`"`) && strings.Contains(html, `data-done="`+c.module+`"`) && strings.Contains(html, "data-end"); done != (c.module != "") {
			t.Errorf("%s can be done: %v", c.page, done)
		}
		var data struct {
			Modules []struct {
				Rule   json.RawMessage
				Checks []struct{ ID string }
			}
		}
		_, block, _ := strings.Cut(html, `id="page.data">`)
		block, _, _ = strings.Cut(block, "</script>")
		if err := json.Unmarshal([]byte(block), &data); err != nil || len(data.Modules) == 0 {
			t.Errorf("%s: its data names no module: %v", c.page, err)
			continue
		}
		if got := data.Modules[0].Rule; !bytes.Equal(got, []byte(c.rule)) {
			t.Errorf("%s: the rule is %s, want %s", c.page, got, c.rule)
		}
	}
}

// TestQuestionsAreNumberedAsReadersMeetThem: those of a pool stand in their quiz, wherever they are written, and a rating that repeats another asks the same.
func TestQuestionsAreNumberedAsReadersMeetThem(t *testing.T) {
	fsys, ok := project(`
-- site.yaml --
title: Numbers
lints: {question/no-objective: off}
-- content/paths/way.md --
---
id: way
title: Way
stages: [{id: one, title: One, items: [{module: a}]}]
---
-- content/a.md --
---
id: a
kind: practice
---

# A

::: question {#pooled pool=p}

Which pooled?

- (x) This
  > Yes.
- ( ) That
  > No.

:::

::: question {#plain}

Which plain?

- (x) This
  > Yes.
- ( ) That
  > No.

:::

::: rating {#before when=before}

How *ready* are you & yours?

- (1) Not yet
- (2) Ready

:::

::: quiz {#quiz pool=p}

One.

:::

::: question {#last pool=p inline=on}

Which last?

- (x) This
  > Yes.
- ( ) That
  > No.

:::

::: rating {#after when=after same=before}

:::
`)
	if !ok {
		t.Fatal("the archive is no folder")
	}
	out := written(t, mustBuild(t, build.New(build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01"})))
	html := string(out["a.html"])
	for _, part := range []string{
		`id="plain.number"><span data-number>Question 1 of 2</span>`, `id="pooled.number"><span data-number>Question 3</span>`, `id="last.number"><span data-number>Question 2 of 2</span>`,
		`<h3>1. Which plain?</h3>`, `<h3>3. Which pooled?</h3>`, `<h3>2. Which last?</h3>`,
		`id="after.prompt"><p>How ready are you &amp; yours?</p>`,
	} {
		if n := strings.Count(html, part); n != 1 {
			t.Errorf("%d times %s", n, part)
		}
	}
	if a, b, c := strings.Index(html, `id="plain.answer"`), strings.Index(html, `id="pooled.answer"`), strings.Index(html, `id="last.answer"`); !(0 < a && a < b && b < c) {
		t.Error("the answers do not stand in the order of the questions")
	}
	for i, name := range []string{"plain", "pooled", "last"} {
		if part := `id="a--` + name + `.number"><span data-number>Question ` + strconv.Itoa(i+1) + `</span>`; !strings.Contains(string(out["print/way.html"]), part) {
			t.Errorf("the edition to print lacks %s", part)
		}
	}
	if n := strings.Count(string(out["data/site.js"]), `"title":"How ready are you \u0026 yours?"`); n != 2 {
		t.Errorf("%d ratings are named", n)
	}
}
