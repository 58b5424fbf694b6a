package build_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"waymark/internal/build"
	"waymark/internal/cache"
	"waymark/internal/diag"
	"waymark/internal/source"
	"waymark/internal/theme"
)

var (
	edits = flag.Int("edits", 150, "how many random edits TestEdits makes")
	seed  = flag.Uint64("seed", 1, "seed of the random edits")
)

// TestEdits is the law of incremental building. Whatever authors do between two builds (write, rename, move, delete, change site.yaml, templates, paths,
// the glossary, images; make mistakes and mend them), what a builder gives that remembers the site is what a fresh one gives: the same faults in the same
// words, or the same outputs with the same keys and the same bytes. That holds with a cache on disk and without. And through the whole history, outputs with
// equal keys have equal bytes.
func TestEdits(t *testing.T) {
	a, err := txtar.ParseFile("testdata/edits.txtar")
	if err != nil {
		t.Fatal(err)
	}
	s := &scribe{Rand: rand.New(rand.NewPCG(*seed, 7)), fsys: fstest.MapFS{}}
	for _, f := range a.Files {
		s.write(f.Name, string(f.Data))
	}
	s.first = s.plan()
	dir := t.TempDir()
	options := func() build.Options {
		return build.Options{Project: s.fsys, Themes: s.themes, Today: "2026-06-01", Jobs: 3, Kept: func(fi fs.FileInfo) source.Kept { return fi.Sys().(source.Kept) }}
	}
	kept := build.New(options()) // as `waymark serve` has it
	o := options()
	o.Program = "this one"          // whole builds and plans are remembered too
	open := func() *build.Builder { // as `waymark build` has it
		if err := o.Cache.Close(); err != nil {
			t.Fatal(err)
		}
		if o.Cache, err = cache.Open(dir, cache.Options{}); err != nil {
			t.Fatal(err)
		}
		return build.New(o)
	}
	defer func() { _ = o.Cache.Close() }()
	cached := open()
	// As `waymark build` is run after every edit. Its cache is its own, for the others would fill it, and the disk that it is on loses bits.
	p, own := o, t.TempDir()
	luck := rand.New(rand.NewPCG(*seed, 8))
	new := func() *build.Builder {
		if err := p.Cache.Close(); err != nil {
			t.Fatal(err)
		}
		damage(t, luck, own)
		if p.Cache, err = cache.Open(own, cache.Options{}); err != nil {
			t.Fatal(err)
		}
		return build.New(p.Large(1 + luck.IntN(2)*1000)) // on every other day it lets go of the plan
	}
	defer func() { _ = p.Cache.Close() }()

	history := map[[32]byte][32]byte{} // key → digest of the bytes
	outcomes := map[string]int{}
	var good []fstest.MapFS
	for step := range *edits + 1 {
		what := "the site as it is at first"
		if step > 0 {
			what = s.edit(good)
		}
		if step%7 == 0 {
			cached = open()
		}
		planned := len(s.first) > 0
		// An output whose key was seen before is rendered again now and then; after a planned edit always by the fresh builder, which shows a key that
		// should have changed.
		render := func(key [32]byte) ([32]byte, bool) {
			bytes, seen := history[key]
			return bytes, !seen || (int(key[0])+step)%3 == 0
		}
		fresh := result(t, build.New(options()), func(key [32]byte) ([32]byte, bool) {
			bytes, wanted := render(key)
			return bytes, wanted || planned
		})
		if fresh.faults == "" {
			good = append(good, maps.Clone(s.fsys))
			outcomes["built"]++
		} else {
			outcomes["refused"]++
		}
		for name, b := range map[string]*build.Builder{"remembering": kept, "cached": cached, "new": new()} {
			got := result(t, b, render)
			for _, phase := range got.by {
				outcomes[name+", "+phase]++
			}
			if got.faults != fresh.faults {
				t.Fatalf("step %d, %s: the %s builder reports\n%s\nand a fresh one\n%s", step, what, name, got.faults, fresh.faults)
			}
			if !slices.Equal(got.paths(), fresh.paths()) {
				t.Fatalf("step %d, %s: the %s builder has other outputs:\n%v\nwant\n%v", step, what, name, got.paths(), fresh.paths())
			}
			for p, f := range got.files {
				if want := fresh.files[p]; f.key != want.key || f.bytes != want.bytes {
					t.Fatalf("step %d, %s: the %s builder has another %s (key equal: %v, bytes equal: %v)\n%s", step, what, name, p, f.key == want.key, f.bytes == want.bytes, differ(f.data, want.data))
				}
			}
		}
		for p, f := range fresh.files {
			if f.key == ([32]byte{}) {
				continue // the warnings
			}
			if before, ok := history[f.key]; ok && before != f.bytes {
				t.Fatalf("step %d, %s: %s has the key of something that had other bytes", step, what, p)
			}
			history[f.key] = f.bytes
		}
	}
	t.Logf("%d edits: %v; %d different outputs", *edits, outcomes, len(history))
	if outcomes["remembering, revise"] < *edits/15 || outcomes["new, restore"] < *edits/30 || outcomes["built"] < *edits/3 || outcomes["refused"] < 3 {
		t.Errorf("the edits are not what authors do: %v", outcomes)
	}
}

// damage now and then changes some bytes of a file in dir.
func damage(t *testing.T, luck *rand.Rand, dir string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 || luck.IntN(4) > 0 {
		return
	}
	name := filepath.Join(dir, files[luck.IntN(len(files))].Name())
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for range luck.IntN(40) {
		if len(data) > 0 {
			data[luck.IntN(len(data))] ^= byte(1 + luck.IntN(255))
		}
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// An outcome is what a build gives: faults, or files.
type outcome struct {
	faults string
	files  map[string]output
	by     []string // phases that had the work of builds before
}

type output struct {
	key, bytes [32]byte
	data       []byte
}

func (o outcome) paths() []string { return slices.Sorted(maps.Keys(o.files)) }

// result builds, and renders the outputs for which render says so; of the others it gives the digest of the bytes.
func result(t *testing.T, b *build.Builder, render func(key [32]byte) ([32]byte, bool)) outcome {
	t.Helper()
	site, ds, err := b.Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	o := outcome{files: map[string]output{}}
	for _, x := range site.Timings {
		if x.Phase == "revise" || x.Phase == "restore" || x.Phase == "recall" {
			o.by = append(o.by, x.Phase)
		}
	}
	var faults, warnings bytes.Buffer
	if err := diag.Text(&warnings, ds, false); err != nil {
		t.Fatal(err)
	}
	if ds.HasErrors() {
		faults = warnings
	}
	o.faults = faults.String()
	for _, f := range site.Files {
		known, wanted := render(f.Key)
		if !wanted {
			o.files[f.Path] = output{key: f.Key, bytes: known}
			continue
		}
		var data bytes.Buffer
		if err := f.Write(&data); err != nil {
			t.Fatalf("%s: %v", f.Path, err)
		}
		o.files[f.Path] = output{f.Key, sha256.Sum256(data.Bytes()), data.Bytes()}
	}
	if o.faults == "" {
		o.files["(warnings)"] = output{bytes: sha256.Sum256(warnings.Bytes()), data: warnings.Bytes()}
	}
	return o
}

// differ shows the first place at which two outputs differ.
func differ(got, want []byte) string {
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	from := max(0, i-60)
	return fmt.Sprintf("got  …%q\nwant …%q", got[from:min(len(got), i+60)], want[from:min(len(want), i+60)])
}

// A scribe edits a site at random.
type scribe struct {
	*rand.Rand
	fsys  fstest.MapFS
	clock int64
	n     int             // of names and ids that are new
	first []func() string // edits that come before those by chance
}

func (s *scribe) write(name, text string) {
	s.clock++
	s.fsys[name] = &fstest.MapFile{Data: []byte(text), ModTime: time.Unix(s.clock/3, 0), Sys: source.Kept{ID: 1, Changed: s.clock}} // some have the time of what they replace
}

func (s *scribe) themes(name string) ([]theme.Layer, error) {
	own := fstest.MapFS{}
	for p, f := range s.fsys {
		if rest, ok := strings.CutPrefix(p, "theme/"); ok {
			own[rest] = f
		}
	}
	if name == "" {
		return []theme.Layer{{Name: "theme", FS: own}}, nil
	}
	return nil, fmt.Errorf("there is no theme %q", name)
}

func (s *scribe) text(name string) string { return string(s.fsys[name].Data) }

// files lists the files that match a pattern of path.Match, in their order.
func (s *scribe) files(match func(string) bool) []string {
	var names []string
	for name := range s.fsys {
		if match(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func isPage(name string) bool { return strings.HasPrefix(name, "content/") && path.Ext(name) == ".md" }
func isImage(name string) bool {
	return strings.HasPrefix(name, "content/") && path.Ext(name) == ".svg"
}

func (s *scribe) one(names ...string) string { return names[s.IntN(len(names))] }
func (s *scribe) page() string               { return s.one(s.files(isPage)...) }

func (s *scribe) next(prefix string) string {
	s.n++
	return fmt.Sprintf("%s%d", prefix, s.n)
}

// front puts a line into the front matter of a page, in the place of one with the same key; an empty value takes it away.
func (s *scribe) front(name, key, value string) {
	lines := strings.SplitAfter(s.text(name), "\n")
	if lines[0] != "---\n" {
		lines = append([]string{"---\n", "---\n"}, lines...)
	}
	out := lines[:1:1]
	i := 1
	for ; i < len(lines) && lines[i] != "---\n"; i++ {
		if !strings.HasPrefix(lines[i], key+":") {
			out = append(out, lines[i])
		}
	}
	if value != "" {
		out = append(out, key+": "+value+"\n")
	}
	s.write(name, strings.Join(append(out, lines[min(i, len(lines)):]...), ""))
}

// config does the same to site.yaml.
func (s *scribe) config(key, value string) {
	var out []string
	for _, line := range strings.SplitAfter(s.text("site.yaml"), "\n") {
		if !strings.HasPrefix(line, key+":") {
			out = append(out, line)
		}
	}
	if value != "" {
		out = append(out, key+": "+value+"\n")
	}
	s.write("site.yaml", strings.Join(out, ""))
}

func (s *scribe) link() string {
	to := strings.TrimPrefix(s.page(), "content")
	return fmt.Sprintf("[%s](<%s%s>)", s.next("link "), to, s.one("", "", "#more", "#nowhere"))
}

func (s *scribe) name(dir string) string {
	return path.Join(dir, s.one("", "", "10-", "20-", "5_")+s.next("new-")+".md")
}

func (s *scribe) dir() string {
	return s.one("content", "content/roles", "content/practices", "content/10-deep/er", "content/paths", "content/fresh")
}

// settings are keys of site.yaml with values that they can have; each is tried once before chance decides.
var settings = [][2]string{
	{"title", "Another title"}, {"description", "About it"}, {"edition", "2"}, {"urls", "folder"}, {"urls", "file"}, {"numbers", "keep"}, {"numbers", "drop"}, {"links", "error"}, {"links", "warn"},
	{"base_url", "https://example.org/"}, {"base_url", "https://example.org/x/"}, {"base_url", ""}, {"language", "de"}, {"language", "ar"}, {"language", "en"},
	{"checks", "{pass: 60%}"}, {"checks", "{confidence: on}"}, {"checks", "{answers: hidden}"}, {"checks", ""},
	{"roles", "[{id: mentor, title: Guide}, {id: mentee, title: Mentee}]"}, {"roles", "[{id: mentee, title: Mentee}, {id: mentor, title: Guide, color: '#7A3C6D'}]"}, {"roles", "[{id: mentor, title: Mentor}, {id: mentee, title: Mentee}]"},
	{"nav", "[{to: roles}]"}, {"nav", "[{to: paths}, {to: a-z}]"}, {"nav", "[{to: gone}]"}, {"nav", ""}, {"progress", "{off: true}"}, {"progress", ""}, {"search", "{off: true}"}, {"search", ""},
	{"print", "{workbooks: off}"}, {"print", "{answers: off}"}, {"print", ""}, {"markdown", "{typographer: true}"}, {"markdown", "{html: escape}"}, {"markdown", "{words: {hinweis: note}}"}, {"markdown", ""},
	{"brand", "{accent: '#0E5A57'}"}, {"brand", "{name: Brand}"}, {"brand", ""}, {"copyright", "The authors"},
}

// plan lists the edits that come first: one for each thing that a page's bytes depend on.
func (s *scribe) plan() []func() string {
	var list []func() string
	do := func(what string, f func()) { list = append(list, func() string { f(); return what }) }
	for _, kv := range settings {
		do(fmt.Sprintf("site.yaml: %s is set to %q", kv[0], kv[1]), func() { s.config(kv[0], kv[1]) })
	}
	do("the logo is larger", func() { s.write("content/logo.svg", `<svg viewBox="0 0 80 40"/>`) })
	do("a linked page moves", func() {
		s.write("content/moved/sponsor.md", s.text("content/roles/sponsor.md"))
		delete(s.fsys, "content/roles/sponsor.md")
		s.write("content/roles/teacher.md", strings.ReplaceAll(s.text("content/roles/teacher.md"), "(sponsor.md", "(../moved/sponsor.md"))
		s.write("content/_index.md", "[moved](moved/sponsor.md)\n")
	})
	do("it moves back", func() {
		s.write("content/roles/sponsor.md", s.text("content/moved/sponsor.md"))
		delete(s.fsys, "content/moved/sponsor.md")
		s.write("content/roles/teacher.md", strings.ReplaceAll(s.text("content/roles/teacher.md"), "(../moved/sponsor.md", "(sponsor.md"))
		s.write("content/_index.md", "[back](roles/sponsor.md)\n")
	})
	do("a linked page gets a slug", func() { s.front("content/roles/sponsor.md", "slug", "the-sponsor") })
	do("its title changes", func() { s.front("content/roles/sponsor.md", "title", "A title of its own") })
	do("a question changes that a quiz elsewhere draws", func() {
		s.write("content/practices/listening.md", strings.Replace(s.text("content/practices/listening.md"), "- [x] B", "- [x] Better", 1))
	})
	do("the included part changes", func() { s.write("content/part.txt", "Another part.\n") })
	do("the glossary changes", func() {
		s.write("content/glossary.yaml", strings.Replace(s.text("content/glossary.yaml"), "[mentees]", "[opens]", 1))
	})
	do("a template changes", func() { s.write("theme/templates/blocks/audience.html", "For {{.Role}}: {{.Body}}") })
	do("a message changes", func() { s.write("theme/messages/de.yaml", "nav.home: Start") })
	do("the style sheet changes", func() { s.write("theme/assets/a.css", "body { margin: 0 }") })
	do("a path changes", func() {
		s.write("content/paths/10-first.md", strings.Replace(s.text("content/paths/10-first.md"), ", {module: teacher}", "", 1))
	})
	return list
}

// edit changes something and says what.
func (s *scribe) edit(good []fstest.MapFS) string {
	if len(s.first) > 0 {
		next := s.first[0]
		s.first = s.first[1:]
		return next()
	}
	if len(good) > 0 && s.broken() && s.IntN(10) < 6 {
		s.restore(good[len(good)-1])
		return "the last good state comes back"
	}
	page := s.page()
	say := func(format string, args ...any) string { return fmt.Sprintf(format, args...) }
	switch k := s.IntN(100); {
	case k < 14:
		block := s.one("Words "+s.next("")+".", s.link(), "## More", "## "+s.next("Heading "), "A term: mentee and sponsor.", "Code:\n\n```go\nfunc f"+s.next("")+"() {}\n```",
			"::: note\n\nA note "+s.next("")+".\n\n:::", "::: mentor\n\nFor mentors "+s.next("")+".\n\n:::", "![A picture](</"+strings.TrimPrefix(s.one(s.files(isImage)...), "content/")+">)",
			"::: include {path="+s.one("/part.txt", "/gone.txt")+"}\n\n:::", "Raw <b>HTML</b> & "+s.next(""), "Text[^1].\n\n[^1]: A note "+s.next("")+".")
		s.write(page, s.text(page)+"\n"+block+"\n")
		return say("%s: a block is added: %q", page, block)
	case k < 20:
		blocks := strings.Split(s.text(page), "\n\n")
		i := s.IntN(len(blocks))
		s.write(page, strings.Join(slices.Delete(blocks, i, i+1), "\n\n"))
		return say("%s: a block is deleted", page)
	case k < 26:
		id := s.next("q")
		s.write(page, s.text(page)+"\n"+s.one(
			"::: question {#"+id+" pool=p}\n\nWhich?\n\n- (x) A\n  > Yes.\n- ( ) B\n  > No.\n\n:::\n",
			"::: question {#"+id+"}\n\nFill the [[gap|hole]].\n\n:::\n",
			"::: quiz {#"+id+" pool=p from="+s.one("module", "path", "site")+" pick=2}\n\nNow.\n\n:::\n",
			"::: reflection {#"+id+"}\n\nThink.\n\n:::\n"))
		return say("%s: a check is added", page)
	case k < 50:
		key := s.one("title", "title", "title", "nav_title", "summary", "weight", "weight", "audience", "draft", "status", "slug", "aliases", "toc", "search", "lang", "kind", "duration", "glossary", "needs", "objectives", "level", "id", "checks", "complete", "layout", "edition", "owner", "publish_date")
		value := map[string]string{
			"title": s.next("Title "), "nav_title": s.next("T"), "summary": s.next("About "), "weight": s.one("1", "-1", "30"), "audience": s.one("[mentor]", "[mentee]", "[mentor, mentee]"),
			"draft": s.one("true", "false"), "status": s.one("draft", "published", "retired"), "slug": s.one(s.next("slug-"), "same"), "aliases": "[/old/" + s.next("") + ".html]",
			"toc": "false", "search": "false", "lang": s.one("de", "ar", "en-GB"), "kind": s.one("role", "practice", "page"), "duration": s.one("{read: 5}", "{do: 10m}", "{group: 1h}"),
			"glossary": s.one("[mentee]", "[mentee, sponsor]"), "needs": s.one("{modules: [listening]}", "{modules: [sponsor]}", "{text: First}", "{modules: [gone]}"),
			"objectives": "[{id: " + s.next("o") + ", text: Do it}]", "level": "expert", "id": s.one(s.next("id-"), "sponsor"), "checks": s.one("{confidence: on}", "{answers: hidden}"),
			"complete": s.one("read", "manual"), "layout": s.one("about", "glossary"), "edition": "", "owner": "somebody", "publish_date": s.one("2026-05-31", "2027-01-01"),
		}[key]
		if s.IntN(4) == 0 {
			value = ""
		}
		s.front(page, key, value)
		return say("%s: %s is set to %q", page, key, value)
	case k < 57:
		to := s.name(s.dir())
		s.write(to, s.text(page))
		delete(s.fsys, page)
		return say("%s becomes %s", page, to)
	case k < 60:
		delete(s.fsys, page)
		return say("%s is deleted", page)
	case k < 64:
		to := s.name(s.dir())
		if strings.HasPrefix(to, "content/paths/") {
			s.write(to, "---\ntitle: "+s.next("Path ")+"\nfor: [mentor]\nstages:\n  - {id: s, title: S, items: [{module: sponsor}, {optional: listening}]}\n---\n")
		} else {
			s.write(to, "---\nkind: "+s.one("role", "practice", "page")+"\n---\n# "+s.next("New ")+"\n\n"+s.link()+"\n")
		}
		return say("%s is new", to)
	case k < 72:
		kv := settings[s.IntN(len(settings))]
		s.config(kv[0], kv[1])
		return say("site.yaml: %s is set to %q", kv[0], kv[1])
	case k < 78:
		name := s.one(s.files(func(n string) bool { return strings.HasPrefix(n, "theme/templates/") })...)
		s.write(name, s.text(name)+s.one("<!-- -->", " "+s.next("x"), s.one("", "{{if}}")))
		return say("%s is changed", name)
	case k < 81:
		s.write("theme/messages/en.yaml", s.text("theme/messages/en.yaml")+s.next("message.")+": "+s.one("One", "Two")+"\n")
		return "a message is new"
	case k < 85:
		text := s.text("content/glossary.yaml")
		if s.IntN(2) == 0 {
			text = strings.Replace(text, "Somebody", "Somebody "+s.next(""), 1)
		} else {
			text += "  - {id: " + s.next("term-") + ", term: Term" + s.next("") + ", text: What it means.}\n"
		}
		s.write("content/glossary.yaml", text)
		return "the glossary is changed"
	case k < 90:
		images := s.files(isImage)
		name := s.one(images...)
		switch s.IntN(3) {
		case 0:
			s.write(name, fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d 10"/>`, 10+s.IntN(50)))
		case 1:
			s.write("content/"+s.next("image ")+".svg", `<svg width="3" height="4"/>`)
		default:
			if len(images) > 1 {
				delete(s.fsys, name)
			}
		}
		return say("an image such as %s is changed, new or deleted", name)
	case k < 92:
		s.write("content/part.txt", s.next("Part ")+" with "+s.link()+"\n")
		return "the included part is changed"
	case k < 94:
		s.write(page, s.text(page))
		return say("%s is saved without a change", page)
	case k < 97 && len(good) > 0:
		s.restore(good[s.IntN(len(good))])
		return "an earlier state comes back"
	default:
		s.write(page, s.one("---\ntitle: [x\n---\n", "---\ntitel: x\n---\n", "::: note\n\nNever closed.\n", "---\nid: sponsor\n---\n# Twice\n")+s.text(page))
		return say("%s is broken", page)
	}
}

// broken reports whether the site cannot be built as it is.
func (s *scribe) broken() bool {
	_, ds, err := build.New(build.Options{Project: s.fsys, Themes: s.themes, Today: "2026-06-01", Check: true}).Build(context.Background())
	return err != nil || ds.HasErrors()
}

// restore brings a state back, with new times, as version control does.
func (s *scribe) restore(to fstest.MapFS) {
	clear(s.fsys)
	for name, f := range to {
		s.write(name, string(f.Data))
	}
}
