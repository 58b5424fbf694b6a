package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"waymark/internal/markdown"
	"waymark/internal/schema"
	"waymark/internal/source"
)

var update = flag.Bool("update", false, "write the reference pages of content/authoring anew")

// The reference pages of the handbook are made of the same structs and tables that the build works with, so they cannot drift from it.
func TestReferencePagesAreTrue(t *testing.T) {
	for name, page := range map[string]string{
		"diagnostics.md":  diagnosticsPage(),
		"front-matter.md": frontMatterPage(),
		"site-yaml.md":    siteYAMLPage(),
	} {
		file := filepath.Join("..", "..", "content", "authoring", name)
		if *update {
			if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		have, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(have) != page {
			t.Errorf("%s is not what the program says: run go test ./cmd/waymark -update", file)
		}
	}
}

// keyTable writes a table of a struct's keys; nested structs get tables of their own below, each once.
func keyTable(b *strings.Builder, v any, seen map[reflect.Type]bool) {
	keys, docs := schema.Keys(v)
	b.WriteString("| Key | Meaning |\n|---|---|\n")
	for i, k := range keys {
		fmt.Fprintf(b, "| `%s` | %s%s |\n", k, cellText(docs[i]), form(v, k))
	}
	b.WriteString("\n")
}

// form says which values a key takes, where that is not free.
func form(v any, key string) string {
	for _, f := range reflect.VisibleFields(reflect.TypeOf(v)) {
		if name, _, _ := strings.Cut(f.Tag.Get("key"), ","); name != key {
			continue
		}
		switch f.Type {
		case reflect.TypeFor[schema.Minutes]():
			return ", as in `25m` or `1h30m`"
		case reflect.TypeFor[schema.Days]():
			return ", as in `30d`"
		}
		var values []string
		for value := range strings.SplitSeq(f.Tag.Get("enum"), ",") {
			if value != "" && value != "true" && value != "false" {
				values = append(values, "`"+value+"`")
			}
		}
		if len(values) > 0 {
			return ". One of " + strings.Join(values, ", ")
		}
	}
	return ""
}

func cellText(s string) string {
	if s == "" {
		return "as its name says"
	}
	return strings.ToUpper(s[:1]) + escape(s[1:])
}

func frontMatterPage() string {
	var b strings.Builder
	b.WriteString(head("Front matter", "All keys at the top of a page: of every module, of each kind, of learning paths and of cohorts.", 40))
	b.WriteString("Front matter is the part between two lines of `---` at the top of a page, in YAML (or between `+++` in TOML). Keys are strict: a\nmistyped one is an error with the line and the nearest key. `waymark schema module` prints the same as a JSON Schema, for\neditors that check front matter with one.\n\n## Every page, path and cohort\n\n")
	seen := map[reflect.Type]bool{}
	keyTable(&b, markdown.Meta{}, seen)
	for _, part := range []struct {
		title string
		v     any
	}{
		{"duration", markdown.Duration{}}, {"objectives", markdown.Objective{}}, {"needs", markdown.Needs{}}, {"checks", markdown.CheckDefaults{}}, {"questions", markdown.QuestionMeta{}},
		{"review", markdown.ReviewSettings{}}, {"facilitation", markdown.Facilitation{}}, {"sources", markdown.Source{}},
		{"role", markdown.RoleBlock{}}, {"practice", markdown.PracticeBlock{}}, {"challenge", markdown.ChallengeBlock{}}, {"reading items", markdown.ReadingItem{}},
		{"form", markdown.FormBlock{}}, {"form fields", markdown.Field{}}, {"session", markdown.SessionBlock{}}, {"session agenda", markdown.AgendaItem{}},
		{"stages", markdown.Stage{}}, {"items of a stage", markdown.Item{}}, {"milestone", markdown.Milestone{}}, {"award", markdown.Award{}},
		{"schedule events", markdown.Event{}},
		{"dates", markdown.CohortDate{}},
		{"report", markdown.CohortReport{}},
	} {
		fmt.Fprintf(&b, "## Keys of %s\n\n", part.title)
		keyTable(&b, part.v, seen)
	}
	b.WriteString("## Completion rules\n\n`complete` takes `read`, `manual`, or one of `all`, `any` and `count` over the rules below. Without it a module is complete when it was\nread and its checks reach 80 %.\n\n")
	b.WriteString("| Rule | Holds when |\n|---|---|\n")
	for _, r := range [][2]string{
		{"read", "the page was opened and its end was in view"}, {"manual", "the learner marked it as done"},
		{"checks: {min: 80%, of: [ids]}", "the checks reach the share of their points; without `of` all of the page"},
		{"quiz: id", "the quiz or question is passed"}, {"reflection: id", "something was written"}, {"reflections: {min: 3}", "so many reflections were written"},
		{"scenario: id", "an ending was reached; with `good: true` a good one"}, {"rating: id", "a point was chosen"},
		{"read_items: must", "the items of the reading list that must be read are ticked; `all` for every one"},
		{"form: {id: id, done: signed}", "the form is filled in, or signed"}, {"session: id", "the meeting was held"},
		{"milestones: [ids]", "all are confirmed; in paths"}, {"stages: [ids]", "all are done; in paths"}, {"review: {cards: 30}", "so many cards were gone through"},
	} {
		fmt.Fprintf(&b, "| `%s` | %s |\n", r[0], r[1])
	}
	return b.String()
}

func siteYAMLPage() string {
	var b strings.Builder
	b.WriteString(head("Site settings", "All keys of site.yaml and of the glossary.", 50))
	b.WriteString("`site.yaml` lies at the top of your project. Only the title is required:\n\n```yaml\ntitle: Our mentoring handbook\n```\n\nKeys are strict, with the line and the nearest key in the message. With\n`--config site.yaml --config site.prod.yaml` the second file lies over the first, and `WAYMARK_BASE_URL` and its like lie over both.\n\n## Keys of site.yaml\n\n")
	seen := map[reflect.Type]bool{}
	keyTable(&b, source.Config{}, seen)
	for _, part := range []struct {
		title string
		v     any
	}{
		{"brand", source.Brand{}}, {"roles", source.Role{}}, {"nav", source.NavItem{}}, {"markdown", source.Markdown{}}, {"checks", source.Checks{}},
		{"print", source.Print{}}, {"images", source.Images{}}, {"search", source.Search{}}, {"progress", source.Progress{}}, {"serve", source.Serve{}},
	} {
		fmt.Fprintf(&b, "## Keys of %s\n\n", part.title)
		keyTable(&b, part.v, seen)
	}
	b.WriteString("## The glossary\n\n`content/glossary.yaml` has one key, `terms`, a list of entries:\n\n")
	keyTable(&b, source.Term{}, seen)
	b.WriteString("A page names the terms that it uses under `glossary:` in its [front matter](front-matter.md); the first use of each is linked.\n")
	return b.String()
}
