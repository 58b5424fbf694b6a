package build_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"waymark/internal/build"
)

// A weight is what a browser loads to show a page, in bytes as a host sends them (gzip).
type weight struct {
	path          string
	html, css, js int
}

func (w weight) all() int { return w.html + w.css + w.js }

const kb = 1024

// budgets are the bounds of each kind of page, in KB. No page may load more than 20 KB of scripts and 15 KB of style.
var budgets = map[string]struct{ html, css, js float64 }{
	"home":        {11, 14, 14.6},
	"path":        {11, 14, 14.6},
	"section":     {3.5, 14, 8},
	"role":        {12, 10.6, 9},
	"practice":    {12, 10.6, 9},
	"challenge":   {12, 10.6, 9},
	"page":        {19, 10.6, 9}, // the reference of all diagnostics is the longest
	"reading":     {13, 13.5, 13.6},
	"form":        {10, 13.5, 13.6},
	"session":     {10, 13.5, 9},
	"cohort":      {6, 14, 9},
	"glossary":    {8, 14, 8},
	"index":       {6, 14, 8},
	"progress":    {4, 14, 15},
	"certificate": {9, 13.5, 14.6},
	"print":       {320, 13.5, 14.5},
	"404":         {2.5, 14, 8},
}

// Articles with checks, each on its first view; what is loaded when a check is used comes to the scripts.
const (
	articleKB = 30
	scriptKB  = 20
	fontsKB   = 80 // an article with its fonts
)

// woken are the scripts that a page asks for as soon as it is there, by what in it asks for them.
var woken = []struct {
	mark    string
	scripts []string
}{
	{`class="order"`, []string{"assets/order.js"}},
	{"<waymark-tabs", []string{"assets/tabs.js"}},
	{`data-form="`, []string{"assets/form.js", "data/words/en.more.js"}},
	{`data-reading="`, []string{"assets/form.js", "data/words/en.more.js"}},
}

var (
	sheetLink  = regexp.MustCompile(`<link rel="stylesheet" href="([^"]+)"`)
	scriptLink = regexp.MustCompile(`<script src="([^"]+)"`)
	pageKind   = regexp.MustCompile(`<html[^>]* data-kind="([^"]*)"`)
)

// TestWeight weighs every page of the handbook.
func TestWeight(t *testing.T) {
	fsys := os.DirFS("../..")
	out := written(t, mustBuild(t, build.New(build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-11-01", Jobs: 2})))
	size := map[string]int{}
	gz := func(name string) int {
		if n, ok := size[name]; ok {
			return n
		}
		data, ok := out[name]
		if !ok {
			t.Fatalf("a page loads %s, which is no output", name)
		}
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write(data)
		w.Close()
		size[name] = b.Len()
		return b.Len()
	}
	linked := func(page string, links *regexp.Regexp) (sum int) {
		for _, m := range links.FindAllSubmatch(out[page], -1) {
			sum += gz(path.Join(path.Dir(page), string(m[1])))
		}
		return sum
	}

	var articles []weight
	seen := map[string]bool{}
	for name, data := range out {
		m := pageKind.FindSubmatch(data)
		if path.Ext(name) != ".html" || m == nil {
			continue
		}
		kind := string(m[1])
		limit, ok := budgets[kind]
		if !ok {
			t.Errorf("%s: pages of the kind %q have no budget", name, kind)
			continue
		}
		seen[kind] = true
		w := weight{path: name, html: gz(name), css: linked(name, sheetLink), js: linked(name, scriptLink)}
		later := map[string]bool{}
		for _, on := range woken {
			for _, script := range on.scripts {
				if !later[script] && bytes.Contains(data, []byte(on.mark)) {
					later[script] = true
					w.js += gz(script)
				}
			}
		}
		for _, part := range []struct {
			what string
			is   int
			most float64
		}{{"HTML", w.html, limit.html}, {"style", w.css, min(limit.css, 15)}, {"scripts", w.js, min(limit.js, scriptKB)}} {
			if is := float64(part.is) / kb; is > part.most {
				t.Errorf("%s: %.2f KB of %s, a page of the kind %s has %.1f at most", name, is, part.what, kind, part.most)
			}
		}
		if bytes.Contains(data, []byte("data-check-key")) && (kind == "role" || kind == "practice" || kind == "challenge") {
			articles = append(articles, w)
		}
	}
	for kind := range budgets {
		if !seen[kind] {
			t.Errorf("the handbook has no page of the kind %s", kind)
		}
	}
	if len(articles) == 0 {
		t.Fatal("the handbook has no article with checks")
	}

	slices.SortFunc(articles, func(a, b weight) int { return a.all() - b.all() })
	fonts := 0
	for name, data := range out {
		if strings.HasSuffix(name, ".woff2") {
			fonts += len(data)
		}
	}
	half, longest := articles[len(articles)/2], articles[len(articles)-1]
	t.Logf("%d articles: %.1f KB the one in the middle, %.1f KB the longest; fonts %.1f KB", len(articles), float64(half.all())/kb, float64(longest.all())/kb, float64(fonts)/kb)
	for _, a := range articles {
		if is := float64(a.all()) / kb; is > articleKB {
			t.Errorf("%s: %.2f KB in all, want %d at most: HTML %d, style %d, scripts %d", a.path, is, articleKB, a.html, a.css, a.js)
		}
		if is := float64(a.all()+fonts) / kb; is > fontsKB {
			t.Errorf("%s: %.1f KB with its fonts, want %d at most", a.path, is, fontsKB)
		}
		if is := float64(a.js+gz("assets/checks.js")) / kb; is > scriptKB {
			t.Errorf("%s: %.1f KB of scripts when its checks are used, want %d at most", a.path, is, scriptKB)
		}
	}
}
