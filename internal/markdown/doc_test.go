package markdown

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"waymark/internal/diag"
)

// TestUnreadable: only a file that cannot be read is an error; it is the machine's.
func TestUnreadable(t *testing.T) {
	f := diag.LazyFile("content/page.md", func() ([]byte, error) { return nil, fs.ErrPermission })
	if _, err := Parse(f, site()); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("err = %v", err)
	}
}

// TestConcurrent: the parsers are shared by all pages at once.
func TestConcurrent(t *testing.T) {
	page := "---\ntitle: A\nglossary: [mentee]\n---\n\n# B\n\n::: question {#q}\n\nWhat?\n\n- (x) A\n- ( ) B\n\n:::\n\nA mentee <b>x</b>[^1].\n\n```go\nfunc f() {}\n```\n\n[^1]: x\n\n| a |\n|---|\n| b |\n"
	want := draw(t, parse(t, page, site()))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if got := draw(t, parse(t, page, site())); got != want {
					t.Error("another result")
				}
			}
		})
	}
	wg.Wait()
}

// TestDigest: the digest moves with whatever may change the Doc.
func TestDigest(t *testing.T) {
	base := site()
	include := func(text string) Options {
		o := site()
		o.Include = func(string) ([]byte, error) { return []byte(text), nil }
		return o
	}
	change := func(f func(o *Options)) Options {
		o := site()
		f(&o)
		return o
	}
	const page = "Text.\n\n::: include {path=a.md}\n:::\n"
	seen := map[[32]byte]string{}
	for name, d := range map[string]*Doc{
		"base":      parse(t, page, base),
		"text":      parse(t, page+"x", base),
		"html":      parse(t, page, change(func(o *Options) { o.HTML = "escape" })),
		"lenient":   parse(t, page, change(func(o *Options) { o.Lenient = true })),
		"kind":      parse(t, page, change(func(o *Options) { o.Kind = "path" })),
		"words":     parse(t, page, change(func(o *Options) { o.Words = nil })),
		"terms":     parse(t, page, change(func(o *Options) { o.Terms = nil })),
		"audiences": parse(t, page, change(func(o *Options) { o.Audiences = o.Audiences[:1] })),
		"truth":     parse(t, page, change(func(o *Options) { o.TrueFalse = [][2]string{{"Ja", "Nein"}} })),
		"include":   parse(t, page, include("a")),
		"include 2": parse(t, page, include("b")),
	} {
		if other, twice := seen[d.Digest]; twice {
			t.Errorf("%s and %s have one digest", name, other)
		}
		seen[d.Digest] = name
	}
	keyed := base
	keyed.Key = base.Digest()
	if parse(t, page, keyed).Digest != parse(t, page, base).Digest {
		t.Error("a key that the caller computed gives another digest")
	}
}

// TestDamaged: damaged bytes are an error, never a panic.
func TestDamaged(t *testing.T) {
	d := parse(t, "---\ntitle: A\nparams: {a: [1, 2.5, true, ~, x]}\n---\n\n# B\n\n![](x) ::: \n\n::: note\n\nx\n", site())
	data := d.Marshal()
	for i := range data {
		for _, c := range []byte{0, 1, 0x7f, 0xff} {
			damaged := bytes.Clone(data)
			damaged[i] = c
			_, _ = Unmarshal(damaged, d.File)
		}
		if _, err := Unmarshal(data[:i], d.File); err == nil {
			t.Errorf("cut at %d of %d: no error", i, len(data))
		}
	}
}

// TestWrite: what fills a hole is plain and gets escaped.
func TestWrite(t *testing.T) {
	d := parse(t, "[a](b.md) ![c](d.png)\n\n::: note\n\nx\n\n:::\n", site())
	c, _ := d.Content()
	fail := errors.New("no")
	var w bytes.Buffer
	f := Filler{
		Prefix: "p--",
		Href:   func(int) (string, bool) { return `x y"<ü>&z%20`, true },
		Rel:    func(int) []Attr { return []Attr{{"rel", `a"b`}} },
		Image:  func(int) []Attr { return []Attr{{"src", `a"b`}, {"width", "3"}} },
		Block:  func(*bytes.Buffer, int) error { return fail },
	}
	if err := Write(&w, c.Body, f); err != fail {
		t.Errorf("err = %v", err)
	}
	want := `<p><a href="x%20y%22%3C%C3%BC%3E&amp;z%20" rel="a&quot;b">a</a> <img src="a%22b" width="3" alt="c"></p>` + "\n"
	if diff := cmp.Diff(want, w.String()); diff != "" {
		t.Error(diff)
	}
	w.Reset()
	if err := Write(&w, c.Body, Filler{}); err != nil || !strings.HasPrefix(w.String(), `<p><a>a</a> <img alt="c"></p>`) {
		t.Errorf("the zero Filler: %v %q", err, w.String())
	}
}

// A check without an id has the same one in all editions, whatever blocks for some readers it holds, and it is the one that it has without them.
func TestAnIDIsOneInAllEditions(t *testing.T) {
	const common = "::: question\n\nWho hears it?\n\n%s- (x) All\n  > Yes.\n%s- ( ) None\n  > No.\n\n%s:::\n"
	id := func(src string, change func(*Options)) string {
		o := site()
		change(&o)
		d := parse(t, src, o)
		if len(d.Checks) != 1 || !d.Checks[0].Auto {
			t.Fatalf("%q: %d checks", src, len(d.Checks))
		}
		return d.Checks[0].ID
	}
	plain := id(fmt.Sprintf(common, "", "", ""), func(*Options) {})
	for name, src := range map[string]string{
		"for facilitators":          fmt.Sprintf(common, "::: facilitator\n\nAsk the group.\n\n:::\n\n", "", ""),
		"for a role":                fmt.Sprintf(common, "::: mentor\n\nYou know.\n\n:::\n\n", "", ""),
		"for a role, in a feedback": fmt.Sprintf(common, "", "  >\n  > ::: mentee\n  > Ask.\n  > :::\n", ""),
		"for nobody else, in a box": fmt.Sprintf(common, "", "", "> ::: facilitator\n> Wait.\n> :::\n\n"),
		"for both roles":            fmt.Sprintf(common, "::: mentor\n\nYou know.\n\n:::\n\n::: mentee\n\nYou ask.\n\n:::\n\n", "", ""),
	} {
		for edition, change := range map[string]func(*Options){
			"all":               func(*Options) {},
			"mentors":           func(o *Options) { o.For = "mentor" },
			"mentees":           func(o *Options) { o.For = "mentee" },
			"learners":          func(o *Options) { o.Learners = true },
			"mentors, learners": func(o *Options) { o.For, o.Learners = "mentor", true },
		} {
			if got := id(src, change); got != plain {
				t.Errorf("%s: in the edition of %s the id is %s, not %s", name, edition, got, plain)
			}
		}
	}
	if other := id(fmt.Sprintf(common, "::: note\n\nFor everybody.\n\n:::\n\n", "", ""), func(*Options) {}); other == plain {
		t.Error("a text for everybody makes no other id")
	}
}

// Words are what stands between blanks and signs; a hyphen or an apostrophe within one ends it not, each character of Chinese or Japanese is one.
func TestWords(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, " — … ": 0, "one two": 2, "it's a mentor-to-be": 3, "it’s": 1, "don’t, they said": 3, "rock ’n’ roll": 3, "one—two": 2, "one…two": 2, "“one” two": 2, "1.5 hours": 3,
		"導師指南": 4, "AI導師": 3, "AI導x": 3, "導 師": 2, "ガイド": 3, "Übergänge für Ältere": 3, "हिन्दी शब्द": 2, "كلمات عربية": 2, "naïve café": 2,
	} {
		if got := countWords(text); got != want {
			t.Errorf("%q has %d words, not %d", text, got, want)
		}
	}
}

// What is wrong with a check as a whole is said of its opening line, in the file, whichever edition is made of it.
func TestFaultsOfAWholeCheck(t *testing.T) {
	for _, src := range []string{
		"Text.\n\n::: quiz {#q pick=2}\n\nSome questions.\n\n:::\n",
		"---\ntitle: A\n---\n\n::: quiz {#q pick=2}\n\n::: mentee\n\nOnly you.\n\n:::\n\nSome questions.\n\n:::\n",
		"> ::: quiz {#q pick=2}\n> Some questions.\n> :::\n",
	} {
		for _, who := range []string{"", "mentor"} {
			o := site()
			o.For = who
			d := parse(t, src, o)
			i := slices.IndexFunc(d.Diags, func(d diag.Diagnostic) bool { return d.Code == "quiz/no-pool" })
			if i < 0 {
				t.Errorf("%q for %q: %s", src, who, say(d.Diags))
				continue
			}
			from, to := d.Diags[i].Span.Start, d.Diags[i].Span.End
			if got := src[from:to]; got != "::: quiz {#q pick=2}" {
				t.Errorf("%q for %q: said of %q", src, who, got)
			}
		}
	}
}

// How a text of a check is written is kept with it where its place in the file does not say it: in what is included, and in an edition that leaves some out,
// which is not kept. Gaps are written in their plain form.
func TestChecksKeepHowTheyAreWritten(t *testing.T) {
	o := site()
	o.For = "mentor"
	o.Include = func(string) ([]byte, error) {
		return []byte("::: question {#q}\n\nA [[ mentee |protégé]] *listens*.\n\n> [!NOTE]\n> Both `do`.\n>\n> Always.\n\n:::\n"), nil
	}
	for name, src := range map[string]string{
		"included": "::: include {path=part.md}\n",
		"left out": "::: question {#q}\n\nA [[ mentee |protégé]] *listens*.\n\n::: mentee\n\nYou.\n\n:::\n\n> [!NOTE]\n> Both `do`.\n>\n> ::: mentee\n> You.\n> :::\n>\n> Always.\n\n:::\n",
	} {
		d := parse(t, src, o)
		if len(d.Checks) != 1 {
			t.Fatal(name, say(d.Diags))
		}
		c := d.Checks[0]
		if got := c.Prompt.Markdown; got != "A [[mentee|protégé]] *listens*." {
			t.Errorf("%s: the prompt is kept as %q", name, got)
		}
		if got := strings.Join(strings.Fields(c.Explanation.Markdown), " "); got != "Both `do`. Always." {
			t.Errorf("%s: the explanation is kept as %q", name, got)
		}
	}
}
