package search

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// contract reads or, with -update, writes the want of each case. The cases are what Go and TypeScript agree on: words.test.ts and files.test.ts
// of the theme read the same files.
func contract[C any](t *testing.T, name string, work func(c *C)) {
	t.Helper()
	path := filepath.Join("testdata/contract", name)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var cases, got []C
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	for i := range got {
		work(&got[i])
	}
	if *update {
		var out bytes.Buffer
		e := json.NewEncoder(&out)
		e.SetEscapeHTML(false)
		out.WriteString("[\n")
		for i := range got {
			if err := e.Encode(got[i]); err != nil {
				t.Fatal(err)
			}
			if i+1 < len(got) {
				out.Truncate(out.Len() - 1)
				out.WriteString(",\n")
			}
		}
		out.WriteString("]\n")
		if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if len(cases) < 3 {
		t.Fatalf("%s has %d cases", path, len(cases))
	}
	for i := range cases {
		if d := cmp.Diff(cases[i], got[i]); d != "" {
			t.Errorf("case %d (-want +got):\n%s", i, d)
		}
	}
}

type wordsCase struct {
	Lang  string   `json:"lang"`
	Text  string   `json:"text"`
	Terms []string `json:"terms"`
}

func TestWords(t *testing.T) {
	contract(t, "words.json", func(c *wordsCase) { c.Terms = Terms(c.Lang, c.Text) })
}

type slugCase struct {
	Text string `json:"text"`
	Slug string `json:"slug"`
}

func TestSlug(t *testing.T) {
	contract(t, "slugs.json", func(c *slugCase) { c.Slug = Slug(c.Text) })
}

// filesCase is a small site and the files of its index.
type filesCase struct {
	Docs  []Doc             `json:"docs"`
	Files map[string]string `json:"files"`
}

func TestFiles(t *testing.T) {
	options := testOptions
	options.Kinds = append(slices.Clone(testKinds), Name{"page", "Page"})
	contract(t, "files.json", func(c *filesCase) {
		c.Files = map[string]string{}
		for _, f := range buildAll(t, c.Docs, options) {
			c.Files[strings.TrimPrefix(f.Path, Dir)] = string(f.Data)
		}
	})
}

// TestStem: words of one meaning share a stem, words of different meanings do not.
func TestStem(t *testing.T) {
	for _, line := range strings.Split(`
mentor mentors mentored mentoring mentor's mentors'
goal goals
plan plans planned planning
match matches matched matching
manage manages managed managing
agree agrees agreed agreeing
apply applies applied applying
study studies studied studying
meeting meet meets meetings
process processes processed
organise organize organised organizing organises
organisation organization organizations
behaviour behavior behaviours
practice practise practising practised practices
programme program programmes
counselling counseling counsel
analysis analyse analyze analysing
use uses used using
control controls controlled controlling
skill skills skilled
box boxes
party parties`, "\n") {
		words := strings.Fields(line)
		for i := 1; i < len(words); i++ {
			if a, b := Terms("en", words[0]), Terms("en", words[i]); !slices.Equal(a, b) {
				t.Errorf("%s is %s, %s is %s", words[0], a, words[i], b)
			}
		}
	}
	apart := strings.Fields("mentor mentee mentorship feed feedback need speed indeed king thing during role goal coach agreement agree set setting seat red bed bring")
	seen := map[string]string{}
	for _, w := range apart {
		s := Terms("en", w)[0]
		if o := seen[s]; o != "" && !(o == "set" || w == "setting") {
			t.Errorf("%s and %s are both %s", o, w, s)
		}
		seen[s] = w
	}
}

// TestOtherLanguages: only English is stemmed; accents do not matter in any language.
func TestOtherLanguages(t *testing.T) {
	for _, c := range [][3]string{
		{"de", "Ziele", "ziele"}, {"de", "Gespräche", "gesprache"}, {"fr", "l'été", "ete"}, {"", "goals", "goals"}, {"EN_gb", "goals", "goal"},
		{"enm", "goals", "goals"},
	} {
		if got := Terms(c[0], c[1]); !slices.Equal(got, []string{c[2]}) {
			t.Errorf("%s %s: %v, want %s", c[0], c[1], got, c[2])
		}
	}
}

// TestWholeIndex: the index is less than half of the text that it is made of, as it lies on a disk.
func TestWholeIndex(t *testing.T) {
	docs := newHandbook(7).pages(1000)
	source, size, packed := 0, 0, 0
	for i := range docs {
		source += sourceSize(&docs[i])
	}
	for _, f := range buildAll(t, docs, testOptions) {
		size += len(f.Data)
		packed += compressed(f.Data)
	}
	if size*2 > source {
		t.Errorf("%d bytes for %d bytes of source", size, source)
	}
	t.Logf("%.2f of the source, %.2f compressed", float64(size)/float64(source), float64(packed)/float64(source))
}

func compressed(b []byte) int {
	var n countWriter
	w := gzip.NewWriter(&n)
	w.Write(b)
	w.Close()
	return int(n)
}

type countWriter int

func (n *countWriter) Write(b []byte) (int, error) { *n += countWriter(len(b)); return len(b), nil }

// TestDeterminism: the same pages give the same bytes, whatever works at the same time.
func TestDeterminism(t *testing.T) {
	docs := newHandbook(3).pages(300)
	want := buildAll(t, docs, testOptions)
	for _, workers := range []int{2, 7} {
		parts := make([]Partial, len(docs))
		l := NewLayout(addresses(docs))
		texts := make([]File, l.Texts())
		var wg sync.WaitGroup
		for w := range workers {
			wg.Go(func() {
				for i := w; i < len(docs); i += workers {
					parts[i] = Page(docs[i])
				}
				for b := w; b < len(texts); b += workers {
					from, to := l.Pages(b)
					texts[b] = l.Text(b, docs[from:to])
				}
			})
		}
		wg.Wait()
		got, err := l.Index(entries(docs, parts), testOptions)
		if err != nil {
			t.Fatal(err)
		}
		equal := slices.EqualFunc(want, append(got, texts...), func(a, b File) bool { return a.Path == b.Path && bytes.Equal(a.Data, b.Data) })
		if !equal {
			t.Fatalf("%d workers: other files than with one", workers)
		}
	}
}

// TestEdit: an edit of one page changes the files of the words that it touches, and no others.
func TestEdit(t *testing.T) {
	docs := newHandbook(3).pages(300)
	before := map[string]string{}
	for _, f := range buildAll(t, docs, testOptions) {
		before[f.Path] = string(f.Data)
	}
	docs[100].Sections[2].Text += " Zebras graze."
	var changed []string
	for _, f := range buildAll(t, docs, testOptions) {
		if before[f.Path] != string(f.Data) {
			changed = append(changed, f.Path)
		}
	}
	if len(changed) != 3 { // zebra, graz, the text
		t.Errorf("changed: %v", changed)
	}
}

var racing bool

// TestMemory: collecting 10,000 pages takes less than 80 MB beyond what the pages' Partials and the files take.
func TestMemory(t *testing.T) {
	if testing.Short() || racing {
		t.Skip("large")
	}
	const n = 10_000
	h := newHandbook(7)
	metas, parts, urls := make([]Meta, n), make([]Partial, n), make([]string, n)
	for i := range n {
		d := h.page(i)
		metas[i], parts[i], urls[i] = d.Meta(), Page(d), d.URL
	}
	l := NewLayout(urls)
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	held, most := m.HeapAlloc, uint64(0)
	stop, done := make(chan bool), make(chan bool)
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			default:
				runtime.GC() // what is alive, not what waits to be collected
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
		}
	}()
	files, err := l.Index(func(yield func(Meta, Partial) bool) {
		for i := range n {
			if !yield(metas[i], parts[i]) {
				return
			}
		}
	}, testOptions)
	close(stop)
	<-done
	if err != nil {
		t.Fatal(err)
	}
	size := 0
	for _, f := range files {
		size += len(f.Data)
	}
	if extra := int(most-held) >> 20; extra > 80 {
		t.Errorf("%d MB", extra)
	} else {
		t.Logf("%d MB beside the pages' own, %d MB of it files", extra, size>>20)
	}
	runtime.KeepAlive(parts)
}

// TestHostile: whatever stands in a page cannot break out of the strings of a file.
func TestHostile(t *testing.T) {
	nasty := "\"]);alert(1)//\\ \u2028\u2029 </script><!-- \x00\x1f \xff\xfe `${x}` \r\n '"
	docs := []Doc{{URL: nasty, Title: nasty, Kind: nasty, Roles: []string{nasty}, Lang: nasty, Sections: []Section{{ID: nasty, Title: nasty, Text: nasty, Prompts: nasty}}}}
	for _, f := range buildAll(t, docs, Options{Roles: []Name{{nasty, nasty}}, Kinds: []Name{{nasty, nasty}}}) {
		if !utf8.Valid(f.Data) {
			t.Errorf("%s is not UTF-8", f.Path)
		}
		args, err := arguments(f.Data)
		if err != nil || len(args) < 3 {
			t.Errorf("%s: %v\n%s", f.Path, err, f.Data)
		}
		if len(args) > 0 && args[0] == "x" {
			var pages [][]string
			if text, err := Unpack(f.Data); err != nil || json.Unmarshal(text, &pages) != nil || len(pages) != 1 {
				t.Errorf("%s: %v\n%s", f.Path, err, text)
			}
		}
	}
}

// TestPack: whatever is packed comes out again, and nothing stands in a file but the digits.
func TestPack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for n := range 600 {
		text := make([]byte, n)
		for i := range text {
			text[i] = byte(r.IntN(1 << (1 + n%8)))
		}
		file := append(appendPacked([]byte(`waymark.search("x","stamp",0,`), text), ");\n"...)
		if got, err := Unpack(file); err != nil || !bytes.Equal(got, text) {
			t.Fatalf("%q became %q, %v", text, got, err)
		}
		if i := bytes.IndexFunc(file, func(r rune) bool { return r < ' ' || r > '~' || r == '\\' }); i >= 0 && i < len(file)-1 {
			t.Fatalf("%q", file)
		}
	}
	for _, other := range []string{"", `"`, `waymark.search("x",`, `waymark.search("m","a",0,"b");`} {
		if _, err := Unpack([]byte(other)); err == nil {
			t.Errorf("%s: no error", other)
		}
	}
}

// arguments reads what a file calls waymark.search with. Everything in it is JSON.
func arguments(file []byte) ([]any, error) {
	b, _ := bytes.CutPrefix(file, []byte("waymark.search("))
	b, _ = bytes.CutSuffix(b, []byte(");\n"))
	var args []any
	return args, json.Unmarshal([]byte("["+string(b)+"]"), &args)
}

// TestDamaged: a Partial that Page did not make is an error that names the page, never a panic.
func TestDamaged(t *testing.T) {
	good := Page(newHandbook(3).page(1)).Postings
	r := rand.New(rand.NewPCG(1, 1))
	for range 3000 {
		b := slices.Clone(good)
		switch r.IntN(3) {
		case 0:
			b = b[:r.IntN(len(b))]
		case 1:
			b[r.IntN(len(b))] ^= byte(1 + r.IntN(255))
		default:
			b = append(b, byte(r.IntN(256)))
		}
		l := NewLayout([]string{"a", "b"})
		files, err := l.Index(func(yield func(Meta, Partial) bool) {
			_ = yield(Meta{URL: "a"}, Partial{Postings: good}) && yield(Meta{URL: "b"}, Partial{Postings: b})
		}, Options{})
		if err == nil {
			for _, f := range files {
				if _, err := arguments(f.Data); err != nil {
					t.Fatalf("%s: %v", f.Path, err)
				}
			}
		} else if !strings.Contains(err.Error(), "page 1") {
			t.Fatal(err)
		}
	}
	if _, err := NewLayout([]string{"a"}).Index(func(func(Meta, Partial) bool) {}, Options{}); err == nil {
		t.Error("fewer pages than addresses: no error")
	}
}

// TestEmpty: a site without pages has an index that finds nothing.
func TestEmpty(t *testing.T) {
	files := buildAll(t, nil, Options{})
	if len(files) != 1 || files[0].Path != Dir+"meta.js" {
		t.Errorf("%v", files)
	}
	buildAll(t, []Doc{{}}, Options{})
}

// TestShards: every term stands in the file in which its beginning says it does, and files are about as large as they should be.
func TestShards(t *testing.T) {
	docs := newHandbook(7).pages(1000)
	var meta map[string]any
	files := map[string][]any{}
	for _, f := range buildAll(t, docs, testOptions) {
		args, err := arguments(f.Data)
		if err != nil {
			t.Fatal(err)
		}
		if args[0] == "t" {
			files[args[2].(string)] = args
			if len(f.Data) > 2*fileSize(len(docs)) {
				t.Errorf("%s: %d bytes", f.Path, len(f.Data))
			}
		}
		if args[0] == "meta" {
			meta = args[2].(map[string]any)
		}
	}
	starts := strings.Split(meta["terms"].(string), " ")
	if !slices.IsSorted(starts) || len(starts) != len(files) || len(starts) < 20 {
		t.Fatalf("%d files, starts %v", len(files), starts)
	}
	terms := 0
	for i, s := range starts {
		for _, term := range termsOf(files[s][3].(string)) {
			terms++
			if term < s || i+1 < len(starts) && term >= starts[i+1] {
				t.Errorf("%s stands in the file of %q", term, s)
			}
		}
	}
	if terms < 3000 {
		t.Errorf("%d terms", terms)
	}
}

// termsOf reads the terms of a file, which here are ASCII and share less than 75 letters.
func termsOf(s string) []string {
	var out []string
	last := ""
	for _, part := range strings.Split(strings.TrimSuffix(s, " "), " ") {
		n := int(part[0]) - '#'
		if part[0] > '\\' {
			n--
		}
		last = last[:n] + part[1:]
		out = append(out, last)
	}
	return out
}
