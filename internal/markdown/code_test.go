package markdown

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alecthomas/chroma/v2"
)

// luminance is the relative luminance of WCAG 2.2.
func luminance(t *testing.T, hex string) float64 {
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil || len(hex) != 7 {
		t.Fatalf("%q is no colour", hex)
	}
	channel := func(c uint64) float64 {
		v := float64(c&0xff) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(n>>16) + 0.7152*channel(n>>8) + 0.0722*channel(n)
}

func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestHighlightContrast(t *testing.T) {
	for _, c := range tints {
		if got := contrast(t, c.light, lightGround); got < 4.5 {
			t.Errorf(".%s: %s on %s has %.2f:1", c.class, c.light, lightGround, got)
		}
		if got := contrast(t, c.dark, darkGround); got < 4.5 {
			t.Errorf(".%s: %s on %s has %.2f:1", c.class, c.dark, darkGround, got)
		}
	}
}

// TestHighlightClasses: what tokenClass can return has a rule in the sheets.
func TestHighlightClasses(t *testing.T) {
	css := string(HighlightCSS())
	for _, typ := range chroma.TokenTypeValues() {
		class := tokenClass(typ)
		if class != "" && !regexp.MustCompile(`\.chroma \.`+class+` \{`).MatchString(css) {
			t.Errorf("%s has the class %q, which has no rule", typ, class)
		}
	}
	for _, want := range []string{"prefers-color-scheme: dark", `[data-theme="dark"]`, `:not([data-theme="light"])`, ".hl {"} {
		if !strings.Contains(css, want) {
			t.Errorf("the sheet lacks %s", want)
		}
	}
}

// TestMemo: a block of code is highlighted once, and what comes from memory is what would be made.
func TestMemo(t *testing.T) {
	var mu sync.Mutex
	kept := map[[32]byte][]byte{}
	gets, puts := 0, 0
	o := site()
	o.Memo = Memo{
		Get: func(k [32]byte) ([]byte, bool) {
			mu.Lock()
			defer mu.Unlock()
			gets++
			b, ok := kept[k]
			return b, ok
		},
		Put: func(k [32]byte, b []byte) {
			mu.Lock()
			defer mu.Unlock()
			puts++
			kept[k] = b
		},
	}
	page := "```go\nfunc f() {}\n```\n\n```go {hl_lines=1}\nfunc f() {}\n```\n\n```go {hl_lines=\"1\" title=x}\nfunc f() {}\n```\n\n```rust\nfn f() {}\n```\n"
	want := draw(t, parse(t, page, site()))
	for range 2 {
		if got := draw(t, parse(t, page, o)); got != want {
			t.Errorf("with a memory:\n%s\nwithout:\n%s", got, want)
		}
	}
	if gets != 8 || puts != 3 {
		t.Errorf("asked %d times, kept %d; want 8 and 3", gets, puts)
	}
	if o.Digest() != site().Digest() {
		t.Error("the memory is part of the digest")
	}
}

// TestPatience: a lexer that takes for ever, loses text or panics leaves the code plain.
func TestPatience(t *testing.T) {
	lexer := func(rules chroma.Rules) chroma.Lexer {
		l, err := chroma.NewLexer(&chroma.Config{Name: "test"}, func() chroma.Rules { return rules })
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	letters := lexer(chroma.Rules{"root": {{Pattern: `.`, Type: chroma.Comment}}})
	panics := lexer(chroma.Rules{"root": {{Pattern: `a`, Type: chroma.Comment, Mutator: chroma.Push("nowhere")}}})
	for _, c := range []struct {
		name     string
		lexer    chroma.Lexer
		patience time.Duration
		want     string
		slow     bool
	}{
		{"patience", letters, patience, `<span class="c">a&lt;b</span>`, false},
		{"no patience", letters, -1, "a&lt;b", true},
		{"panic", panics, patience, "a&lt;b", false},
		{"no lexer", nil, patience, "a&lt;b", false},
	} {
		got, slow := highlightCode(c.lexer, []byte("a<b"), nil, c.patience)
		if string(got) != c.want || slow != c.slow {
			t.Errorf("%s: %s, slow %v", c.name, got, slow)
		}
	}
	for lines, want := range map[string]string{
		"1":   "<span class=\"hl\">a\n</span>\nb",
		"2":   "a\n<span class=\"hl\">\n</span>b",
		"2-3": "a\n<span class=\"hl\">\n</span><span class=\"hl\">b</span>",
		"9":   "a\n\nb",
	} {
		if got, _ := highlightCode(nil, []byte("a\n\nb"), parseLines(lines), 0); string(got) != want {
			t.Errorf("lines %s: %q, want %q", lines, got, want)
		}
	}
}
