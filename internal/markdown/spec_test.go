package markdown

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// The examples of CommonMark 0.31.2 and of GitHub Flavored Markdown are drawn with raw HTML allowed and compared as HTML: what
// our drawing adds to each page is taken off first (see plainHTML). Whatever still differs stands here with its reason.
var deviations = map[string]map[int]string{
	"commonmark": {
		608: "GFM links bare addresses",
		611: "GFM links bare addresses",
		612: "GFM links bare mail addresses",
	},
	"gfm": {
		653: "with html: allow all raw HTML passes; GitHub's short list of tags is no defence, which is what html: sanitize is for",
	},
}

func TestSpec(t *testing.T) {
	for _, spec := range []string{"commonmark", "gfm"} {
		data, err := os.ReadFile("testdata/spec/" + spec + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var examples []struct {
			Example        int
			Section        string
			Markdown, HTML string
		}
		if err := json.Unmarshal(data, &examples); err != nil {
			t.Fatal(err)
		}
		if len(examples) < 20 {
			t.Fatalf("%s has %d examples", spec, len(examples))
		}
		for _, e := range examples {
			t.Run(fmt.Sprintf("%s-%d", spec, e.Example), func(t *testing.T) {
				o := Options{HTML: "allow"}
				// With a title in the front matter the body's first h1 stays, and a first line of --- is a line across the page.
				d := parse(t, "---\ntitle: §\n---\n"+e.Markdown, o)
				got, want := plainHTML(draw(t, d), false), plainHTML(e.HTML, true)
				why, listed := deviations[spec][e.Example]
				diff := cmp.Diff(want, got)
				switch {
				case diff != "" && !listed:
					t.Errorf("%s\n%s\n(-want +got):\n%s\n%s", e.Section, e.Markdown, diff, say(d.Diags))
				case diff == "" && listed:
					t.Errorf("is no deviation any more: %s", why)
				}
				invariants(t, []byte(e.Markdown), o)
				o.HTML = "sanitize"
				invariants(t, []byte(e.Markdown), o)
			})
		}
	}
}

// plainHTML writes HTML as a list of tags and texts, without what we add to the HTML of the specifications: ids and links of headings, the box around a
// table, classes instead of align, the highlighting of code, the prefix of fragments, and the next
// level for headings from the first h1 on: the page's one h1 is its title.
func plainHTML(s string, spec bool) []string {
	z := html.NewTokenizer(strings.NewReader(s))
	var out []string
	skip := 0 // inside an element that is left out
	shift := 0
	var spans []bool
	pre := false
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return out
		}
		tok := z.Token()
		attr := func(name string) string { v, _ := attrOf(tok.Attr, name); return v }
		if kind == html.SelfClosingTagToken {
			kind = html.StartTagToken
		}
		switch tok.Data {
		case "pre":
			pre = kind == html.StartTagToken
		case "a":
			if kind == html.StartTagToken && attr("class") == "anchor" {
				skip++
			} else if kind == html.EndTagToken && skip > 0 {
				skip--
				continue
			}
		}
		if skip > 0 {
			continue
		}
		if len(tok.Data) == 2 && tok.Data[0] == 'h' && tok.Data[1] >= '1' && tok.Data[1] <= '6' && spec && kind != html.TextToken {
			if tok.Data == "h1" {
				shift = 1
			}
			tok.Data = "h" + string(rune('0'+min(int(tok.Data[1]-'0')+shift, 6)))
		}
		if tok.Data == "div" && (attr("class") == "tablewrap" || kind == html.EndTagToken && !spec) && strings.Contains(s, "tablewrap") {
			continue
		}
		if tok.Data == "span" {
			if kind == html.StartTagToken {
				drop := !spec && (pre || len(tok.Attr) == 1 && tok.Attr[0].Key == "id")
				spans = append(spans, drop)
				if drop {
					continue
				}
			} else if len(spans) > 0 {
				drop := spans[len(spans)-1]
				spans = spans[:len(spans)-1]
				if drop {
					continue
				}
			}
		}
		switch kind {
		case html.TextToken:
			text := strings.TrimSpace(tok.Data)
			if pre {
				text = tok.Data
			}
			if text == "" {
				continue
			}
			if n := len(out); n > 0 && !strings.HasPrefix(out[n-1], "<") {
				out[n-1] += text
				continue
			}
			out = append(out, text)
		case html.EndTagToken:
			out = append(out, "</"+tok.Data+">")
		case html.StartTagToken:
			out = append(out, "<"+tok.Data+plainAttrs(tok)+">")
		default:
			out = append(out, "<"+tok.Data+">")
		}
	}
}

func plainAttrs(tok html.Token) string {
	var attrs []string
	for _, a := range tok.Attr {
		switch {
		case a.Key == "id" && tok.Data[0] == 'h', a.Key == "scope", a.Key == "tabindex" && tok.Data == "pre", a.Key == "aria-hidden",
			a.Key == "rel", a.Key == "class" && (a.Val == "tasks" || a.Val == "chroma"):
			continue
		case a.Key == "class" && (tok.Data == "th" || tok.Data == "td"):
			a.Key = "align"
		case a.Key == "href":
			a.Val = strings.Replace(a.Val, "#P-", "#", 1)
		}
		attrs = append(attrs, " "+a.Key+"="+a.Val)
	}
	slices.Sort(attrs)
	return strings.Join(attrs, "")
}
