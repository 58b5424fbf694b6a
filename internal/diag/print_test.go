package diag

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// at returns the span of the n-th (from 0) occurrence of what in text, in a file of that path.
func at(t *testing.T, path, text, what string, n int) Span {
	t.Helper()
	from := 0
	for ; n > 0; n-- {
		from += strings.Index(text[from:], what) + len(what)
	}
	i := strings.Index(text[from:], what)
	if i < 0 {
		t.Fatalf("%q is not in %q", what, text)
	}
	return NewFile(path, []byte(text)).Span(Range{from + i, from + i + len(what)})
}

func one(span Span, hint, message string) List {
	var l List
	l.Add("link/broken", span, hint, "%s", message)
	return l
}

// What a person reads: the place, the sentence, the line with a mark under the right characters, and what to do.
func TestTextShowsThePlace(t *testing.T) {
	long := strings.Repeat("lorem ", 30) + "HERE" + strings.Repeat(" ipsum", 30)
	for _, c := range []struct{ name, text, what, want string }{
		{"plain", "one\ntwo three\n", "three", `
a.md:2:5: error: m [link/broken]
    2 │ two three
      │     ^^^^^
`},
		{"a tab is one column and one blank", "\tx\ty", "y", `
a.md:1:4: error: m [link/broken]
    1 │  x y
      │    ^
`},
		{"line ends of Windows", "one\r\ntwo\r\n", "two", `
a.md:2:1: error: m [link/broken]
    2 │ two
      │ ^^^
`},
		{"a byte order mark is not a column", "\ufefftitle", "title", `
a.md:1:1: error: m [link/broken]
    1 │ title
      │ ^^^^^
`},
		{"columns count characters, not bytes", "äöü x", "x", `
a.md:1:5: error: m [link/broken]
    1 │ äöü x
      │     ^
`},
		{"characters of double width", "導師 の x", "x", `
a.md:1:6: error: m [link/broken]
    1 │ 導師 の x
      │         ^
`},
		{"a mark as wide as what it marks", "- 導師", "導師", `
a.md:1:3: error: m [link/broken]
    1 │ - 導師
      │   ^^^^
`},
		{"combining marks take no room", "e\u0301e\u0301 x", "x", "\na.md:1:6: error: m [link/broken]\n    1 │ e\u0301e\u0301 x\n      │    ^\n"},
		{"several lines: the first is shown", "one two\nthree", "two\nthree", `
a.md:1:5: error: m [link/broken]
    1 │ one two
      │     ^
`},
		{"control characters cannot drive the terminal", "a\x1b[2Jb c", "c", "\na.md:1:8: error: m [link/broken]\n    1 │ a\uFFFD[2Jb c\n      │        ^\n"},
		{"nor turn the text around", "a\u202eb c", "c", "\na.md:1:5: error: m [link/broken]\n    1 │ a\uFFFDb c\n      │     ^\n"},
		{"each byte that is no text is one column", "\xff\xfe\xff x", "x", "\na.md:1:5: error: m [link/broken]\n    1 │ \uFFFD\uFFFD\uFFFD x\n      │     ^\n"},
		{"a long line is cut around the place", long, "HERE", "\na.md:1:181: error: m [link/broken]\n    1 │ " + long[130:230] + "\n      │ " + strings.Repeat(" ", 50) + "^^^^\n"},
		{"a long line is cut at its end", "HERE" + long, "HERE", "\na.md:1:1: error: m [link/broken]\n    1 │ " + ("HERE" + long)[:100] + "\n      │ ^^^^\n"},
		{"a blank line is not shown", "one\n   \ntwo", "   ", `
a.md:2:1: error: m [link/broken]
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := Text(&b, one(at(t, "a.md", c.text, c.what, 0), "", "m"), false); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.TrimPrefix(c.want, "\n"), b.String()); diff != "" {
				t.Error("-want +got\n", diff)
			}
		})
	}
}

func TestTextSaysAll(t *testing.T) {
	f := NewFile("content/a.md", []byte("id: x\nid: y\n"))
	l := one(f.Span(Range{10, 11}), "keep one", "two")
	l[0].Related = []Related{{Span: f.Span(Range{4, 5}), Message: "the first is here"}}
	l = append(l, Diagnostic{Severity: Warning, Code: "page/stale", Message: "of the whole site"})
	l = append(l, Diagnostic{Severity: Warning, Code: "page/stale", Span: NewFile("content/pipe", nil).Span(Range{}), Message: "a file without bytes"})
	l = append(l, Diagnostic{Severity: Warning, Code: "page/stale", Span: LazyFile("content/gone.md", func() ([]byte, error) { return nil, errors.New("gone") }).Span(Range{7, 9}), Message: "a file that is gone"})
	var plainText, color bytes.Buffer
	if err := errors.Join(Text(&plainText, l, false), Text(&color, l, true)); err != nil {
		t.Fatal(err)
	}
	want := `content/a.md:2:5: error: two [link/broken]
    2 │ id: y
      │     ^
   content/a.md:1:5: the first is here
   hint: keep one
warning: of the whole site [page/stale]
content/pipe: warning: a file without bytes [page/stale]
content/gone.md: warning: a file that is gone [page/stale]
`
	if diff := cmp.Diff(want, plainText.String()); diff != "" {
		t.Error("-want +got\n", diff)
	}
	if !strings.Contains(color.String(), "\x1b[31merror:\x1b[0m") || !strings.Contains(color.String(), "\x1b[33mwarning:\x1b[0m") {
		t.Errorf("no colours in %q", color.String())
	}
	if strings.Contains(plainText.String(), "\x1b") {
		t.Error("colours where none were asked for")
	}
}

// awkward is a list whose every text would break a format that did not escape.
func awkward() List {
	f := NewFile("content/Rollen & 100%/ä b.md", []byte("\ufeffone\r\n\ttwo, three: \x1b[31m\n"))
	l := one(f.Span(Range{9, 12}), "mend,\nit: 50%", "the link \"x\" <b>\u202e leads\r\nnowhere: \xff 100%")
	l[0].Related = []Related{{Span: f.Span(Range{3, 6}), Message: "it is: here"}}
	return append(l, Diagnostic{Severity: Warning, Code: "page/stale", Message: "of the whole site"},
		Diagnostic{Severity: Error, Code: "page/stale", Span: LazyFile("content/gone.md", func() ([]byte, error) { return nil, errors.New("gone") }).Span(Range{7, 9}), Message: "gone"})
}

func TestJSON(t *testing.T) {
	var b bytes.Buffer
	if err := JSON(&b, awkward()); err != nil {
		t.Fatal(err)
	}
	var got struct{ Diagnostics []map[string]any }
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := []map[string]any{
		{"severity": "error", "code": "link/broken", "message": "the link \"x\" <b>\u202e leads\r\nnowhere: \uFFFD 100%", "hint": "mend,\nit: 50%", "file": "content/Rollen & 100%/ä b.md",
			"line": 2.0, "column": 2.0, "endLine": 2.0, "endColumn": 5.0,
			"related": []any{map[string]any{"file": "content/Rollen & 100%/ä b.md", "line": 1.0, "column": 1.0, "endLine": 1.0, "endColumn": 4.0, "message": "it is: here"}}},
		{"severity": "warning", "code": "page/stale", "message": "of the whole site"},
		{"severity": "error", "code": "page/stale", "message": "gone", "file": "content/gone.md"},
	}
	if diff := cmp.Diff(want, got.Diagnostics); diff != "" {
		t.Error("-want +got\n", diff)
	}
	b.Reset()
	if err := JSON(&b, nil); err != nil || strings.TrimSpace(b.String()) != "{\n  \"diagnostics\": []\n}" {
		t.Errorf("an empty list is %s, %v", b.String(), err)
	}
}

// What code hosts read. The parts that they insist on: rules with ids, places that count from 1, addresses that are URI references.
func TestSARIF(t *testing.T) {
	var b bytes.Buffer
	if err := SARIF(&b, awkward(), "1.2.3", ""); err != nil {
		t.Fatal(err)
	}
	type physical struct {
		ArtifactLocation struct{ URI string }
		Region           *struct{ StartLine, StartColumn, EndLine, EndColumn int }
	}
	var got struct {
		Schema, Version string
		Runs            []struct {
			ColumnKind string
			Tool       struct {
				Driver struct {
					Name, Version string
					Rules         []struct {
						ID                   string
						FullDescription      struct{ Text string }
						DefaultConfiguration struct{ Level string }
					}
				}
			}
			Results []struct {
				RuleID, Level    string
				Message          struct{ Text string }
				Locations        []struct{ PhysicalLocation physical }
				RelatedLocations []struct {
					PhysicalLocation physical
					Message          struct{ Text string }
				}
			}
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Version != "2.1.0" || len(got.Runs) != 1 {
		t.Fatalf("version %q, %d runs", got.Version, len(got.Runs))
	}
	run := got.Runs[0]
	if run.ColumnKind != "unicodeCodePoints" || run.Tool.Driver.Name != "waymark" || run.Tool.Driver.Version != "1.2.3" {
		t.Errorf("the run is described as %+v", run.Tool)
	}
	rules := map[string]bool{}
	for _, r := range run.Tool.Driver.Rules {
		rules[r.ID] = true
		if r.FullDescription.Text == "" || r.DefaultConfiguration.Level == "" {
			t.Errorf("the rule %s says nothing", r.ID)
		}
	}
	if len(run.Results) != 3 || len(rules) != 2 {
		t.Fatalf("%d results, rules %v", len(run.Results), rules)
	}
	for _, r := range run.Results {
		if !rules[r.RuleID] || r.Level != "error" && r.Level != "warning" {
			t.Errorf("result %s at level %s", r.RuleID, r.Level)
		}
		for _, l := range r.Locations {
			if g := l.PhysicalLocation.Region; g != nil && (g.StartLine < 1 || g.StartColumn < 1) {
				t.Errorf("%s has the region %+v", r.RuleID, *g)
			}
		}
	}
	first := run.Results[0]
	place := first.Locations[0].PhysicalLocation
	if u, err := url.Parse(place.ArtifactLocation.URI); err != nil || u.Path != "content/Rollen & 100%/ä b.md" || strings.ContainsAny(place.ArtifactLocation.URI, " ä") {
		t.Errorf("the address %q is not a URI reference: %v", place.ArtifactLocation.URI, err)
	}
	if place.Region.StartLine != 2 || place.Region.StartColumn != 2 || place.Region.EndColumn != 5 {
		t.Errorf("the region is %+v", *place.Region)
	}
	if len(first.RelatedLocations) != 1 || first.RelatedLocations[0].Message.Text != "it is: here" {
		t.Errorf("related: %+v", first.RelatedLocations)
	}
	if run.Results[1].Locations != nil || run.Results[2].Locations[0].PhysicalLocation.Region != nil {
		t.Error("a place where there is none")
	}
}

// A workflow command is one line; its properties end at commas and colons.
func TestGitHub(t *testing.T) {
	var b bytes.Buffer
	if err := GitHub(&b, awkward(), ""); err != nil {
		t.Fatal(err)
	}
	want := "::error file=content/Rollen & 100%25/ä b.md,line=2,col=2,title=link/broken::the link \"x\" <b>\u202e leads%0D%0Anowhere: \xff 100%25%0Amend,%0Ait: 50%25\n" +
		"::warning title=page/stale::of the whole site\n" +
		"::error file=content/gone.md,line=1,col=1,title=page/stale::gone\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error("-want +got\n", diff)
	}
}
