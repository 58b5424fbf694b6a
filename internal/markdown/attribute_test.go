package markdown

import (
	"fmt"
	"strings"
	"testing"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// goldmarkAttributes reads attributes as goldmark does, in the form of the function below.
func goldmarkAttributes(s string) (string, bool) {
	attrs, ok := parser.ParseAttributes(text.NewReader([]byte(s)))
	if !ok {
		return "", false
	}
	var b strings.Builder
	for _, a := range attrs {
		v := a.Value
		if s, ok := v.([]byte); ok {
			v = string(s)
		}
		fmt.Fprintf(&b, "%s=%v;", a.Name, v)
	}
	return b.String(), true
}

func ourAttributes(s string) (string, bool) {
	attrs, _, ok := scanAttributes([]byte(s), 0)
	if !ok {
		return "", false
	}
	var names []string
	values := map[string]string{}
	for _, a := range attrs {
		old, twice := values[a.name]
		if twice && a.name == "class" {
			values[a.name] = old + " " + a.value
			continue
		}
		names = append(names, a.name)
		values[a.name] = a.value
	}
	var b strings.Builder
	for _, n := range names {
		fmt.Fprintf(&b, "%s=%s;", n, values[n])
	}
	return b.String(), true
}

// TestAttributes: what goldmark reads as attributes, we read alike; what we take beyond that is listed.
func TestAttributes(t *testing.T) {
	for _, s := range []string{
		"{}", "{#id}", "{.a .b}", "{#id .a key=word}", `{key="two words" n=12}`, `{a="\"quoted\" \\ x"}`, "{a=b,c=d}", "{ #id }", "{#größe}", "{a=b", "{a=}",
		"{=b}", "{a b", `{a="x}`, "{.a key=word #id}", "{a = b}", "{a:b=c}", "{data-x=y}", "{a=word.with-signs:_}", "x", "",
	} {
		if s == "" || s[0] != '{' {
			continue
		}
		want, wantOK := goldmarkAttributes(s)
		got, ok := ourAttributes(s)
		if ok != wantOK || got != want {
			t.Errorf("%s: %q %v, goldmark has %q %v", s, got, ok, want, wantOK)
		}
	}
	for s, want := range map[string]string{
		"{a=80%}": "a=80%;", "{a=8-12}": "a=8-12;", "{a=../b.md}": "a=../b.md;", "{a='b c'}": "a=b c;", "{open}": "open=;", "{r, echo=FALSE}": "r=;echo=FALSE;",
		"{a=2-3}": "a=2-3;", "{a=007}": "a=007;",
	} {
		if got, ok := ourAttributes(s); !ok || got != want {
			t.Errorf("%s: %q %v, want %q", s, got, ok, want)
		}
	}
	attrs, n, ok := scanAttributes([]byte(`{#id .c k="v w"} rest`), 100)
	if !ok || n != 16 || attrs[0].start != 101 || attrs[0].end != 104 || attrs[2].start != 108 || attrs[2].end != 115 {
		t.Errorf("places: %+v, %d bytes, %v", attrs, n, ok)
	}
}
