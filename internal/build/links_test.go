package build_test

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"
	"waymark/internal/build"
	"waymark/internal/source"
)

// A page as a browser reads it: its ids, and what it leads to.
type readPage struct {
	ids   map[string]bool
	twice []string
	refs  []string
	named []string // ids that other elements name
	root  string   // the address of the site's root
}

func readHTML(t testing.TB, name string, data []byte) readPage {
	t.Helper()
	p := readPage{ids: map[string]bool{}}
	z := html.NewTokenizer(bytes.NewReader(data))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return p
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			for _, a := range tok.Attr {
				switch {
				case a.Key == "data-root" && tok.Data == "html":
					p.root = a.Val
				case a.Key == "id":
					if p.ids[a.Val] {
						p.twice = append(p.twice, a.Val)
					}
					p.ids[a.Val] = true
				case (a.Key == "href" || a.Key == "src") && tok.Data != "base":
					p.refs = append(p.refs, a.Val)
				case a.Key == "srcset":
					for _, one := range strings.Split(a.Val, ",") {
						if f := strings.Fields(one); len(f) > 0 {
							p.refs = append(p.refs, f[0])
						}
					}
				case a.Key == "http-equiv" && strings.EqualFold(a.Val, "refresh"):
					for _, b := range tok.Attr {
						if _, to, ok := strings.Cut(b.Val, "url="); ok && b.Key == "content" {
							p.refs = append(p.refs, strings.Trim(to, `'"`))
						}
					}
				case (a.Key == "for" || a.Key == "aria-labelledby" || a.Key == "aria-describedby" || a.Key == "aria-controls") && a.Val != "":
					p.named = append(p.named, strings.Fields(a.Val)...)
				}
			}
		}
	}
}

// checkLinks reports addresses in a site's pages that are not relative, or that lead nowhere in its output: no server tells a reader of a zip or of file:// what
// was meant. Only 404.html, which hosts show under any address, may begin its addresses at the root of the host. Ids are there once.
func checkLinks(t *testing.T, out map[string][]byte) {
	t.Helper()
	pages := map[string]readPage{}
	for name, data := range out {
		if strings.HasSuffix(name, ".html") || strings.HasSuffix(name, ".htm") {
			pages[name] = readHTML(t, name, data)
		}
	}
	if len(pages) < 2 {
		t.Fatal("no pages")
	}
	refs := 0
	for name, p := range pages {
		slices.Sort(p.twice)
		for _, id := range slices.Compact(p.twice) {
			t.Errorf("%s: the id %q stands twice", name, id)
		}
		for _, id := range p.named {
			if !p.ids[id] {
				t.Errorf("%s: an element names %q, which is not there", name, id)
			}
		}
		for _, ref := range p.refs {
			u, err := url.Parse(ref)
			if err != nil {
				t.Errorf("%s: %q is no address: %v", name, ref, err)
				continue
			}
			if u.Scheme != "" || u.Host != "" {
				continue
			}
			refs++
			to := name
			if below, ok := strings.CutPrefix(u.Path, p.root); ok && name == "404.html" && p.root != "" {
				to = below
			} else if strings.HasPrefix(u.Path, "/") {
				t.Errorf("%s: %q is not relative", name, ref)
				continue
			} else if u.Path != "" {
				to = path.Join(path.Dir(name), u.Path)
			}
			if _, ok := out[to]; !ok {
				t.Errorf("%s: %q leads to %s, which is not there", name, ref, to)
				continue
			}
			if target, ok := pages[to]; ok && u.Fragment != "" && u.Fragment != "top" && !target.ids[u.Fragment] {
				t.Errorf("%s: %q leads to a place that is not there", name, ref)
			}
		}
	}
	if refs < 10*len(pages) {
		t.Errorf("only %d addresses on %d pages: the test does not see them", refs, len(pages))
	}
}

// Every address on every page of the golden site leads somewhere, with both forms of addresses and with the numbers of the files kept.
func TestLinksLeadSomewhere(t *testing.T) {
	for name, set := range map[string]map[string]source.Setting{
		"as it is":         {},
		"folders":          {"urls": {Value: "folder"}},
		"numbers kept":     {"numbers": {Value: "keep"}},
		"no address known": {"base_url": {}},
	} {
		t.Run(name, func(t *testing.T) {
			o := goldenOptions()
			o.Set = set
			checkLinks(t, written(t, mustBuild(t, build.New(o))))
		})
	}
}

// takers are headings in whose names a theme may find ids of its own, with something that it numbers and answers.
const takers = "## Top\n\n## Title\n\n## Main\n\n## Search\n\n## Answers\n\n## Answers q\n\n## Source a\n\n## Page data\n\n## Icon check\n\n## Theme top\n\n## Goals\n\n[@a]\n\n" +
	"::: question {#q objective=o}\n\nWhat?\n\n- (x) A\n  > Yes.\n- ( ) B\n  > No.\n\n:::\n\n"

// Names that need care: blanks, letters of other scripts in both Unicode forms, percent signs, a page and a folder of one name, deep folders, ids that look alike in
// an edition of several pages, paths of one name.
func TestLinksOfAwkwardNames(t *testing.T) {
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"site.yaml":                                   "title: Äwkward & <names>\nlints: {question/none-at-end: off}\n",
		"content/_index.md":                           "[a](<two words/a & b.md>), [b](übung/ρόλος.md#ein-ö), [c](100%25/50%25.md), [d](roles.md), [e](roles/), [f](a/b/c/d/e.md), [g](<two words/pläne 1.pdf>)\n",
		"content/two words/a & b.md":                  "---\nkind: role\n---\n# A & B\n\n[up](../_index.md), [over](../übung/ρόλος.md), [file](<pläne 1.pdf>)\n",
		"content/two words/_index.md":                 "# Two words\n",
		"content/two words/pläne 1.pdf":               "x",
		"content/übung/ρόλος.md":                      "---\nkind: practice\naliases: [/alt/ü b.html, \"/%C3%BC/\"]\n---\n# ρόλος\n\n## Ein ö\n\n[here](#ein-ö)\n",
		"content/u\u0308bung-2/a.md":                  "---\nkind: practice\n---\n# Decomposed\n\n[link](../übung/ρόλος.md)\n",
		"content/100%/50%.md":                         "---\nkind: role\n---\n# Half\n\n![Half](pic%20100%25.svg)\n",
		"content/100%/pic 100%.svg":                   "<svg/>",
		"content/roles.md":                            "---\nid: roles-x\nkind: role\nobjectives: [{id: o, verb: apply, text: Do it}]\nsources: [{id: a, title: A}]\n---\n# Roles\n\n## Same\n\n" + takers + "[other](roles/x.md#same)\n",
		"content/roles/x.md":                          "---\nkind: role\n---\n# X\n\n## Same\n\n[other](../roles.md#same), [a page](../roles.md)\n",
		"content/roles/y.md":                          "# Y\n",
		"content/a/b/c/d/e.md":                        "# E\n\n[root](/roles.md), [file](/two%20words/pl%C3%A4ne%201.pdf)\n",
		"content/paths/handbook.md":                   "---\ntitle: Handbook\nstages: [{id: s, title: S, items: [{module: roles-x}, {module: roles/x}, {module: two words/a & b}]}]\n---\n",
		"content/paths/one/new.md":                    "---\ntitle: New\nstages: [{id: s, title: S, items: [{module: roles-x}]}]\n---\n",
		"content/paths/two/new.md":                    "---\ntitle: New too\nstages: [{id: s, title: S, items: [{module: roles-x}, {module: 100%/50%}]}]\naward: {title: T}\n---\n",
		"content/paths/two/index.md":                  "# Two\n",
		"content/lesson/10-part/20-page.md":           "# Numbers\n\n[next](30-next.md)\n",
		"content/lesson/10-part/30-next.md":           "# Next\n\n[back](20-page.md), [section](../)\n",
		"content/lesson/README.md":                    "# Lesson\n\n[part](10-part/20-page.md)\n",
		"content/lesson/10-part/10-images/pic.md":     "# Pic\n\n![pic](10-pic.svg)\n",
		"content/lesson/10-part/10-images/10-pic.svg": "<svg/>",
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for name, set := range map[string]map[string]source.Setting{"files": {}, "folders": {"urls": {Value: "folder"}}, "numbers kept": {"numbers": {Value: "keep"}}} {
		t.Run(name, func(t *testing.T) {
			out := written(t, mustBuild(t, build.New(build.Options{Project: fsys, Themes: layered(fsys), Set: set})))
			checkLinks(t, out)
			for _, want := range []string{"print/handbook.html", "print/handbook-2.html", "print/new.html", "print/new-2.html"} {
				if _, ok := out[want]; !ok {
					t.Errorf("there is no %s", want)
				}
			}
		})
	}
}
