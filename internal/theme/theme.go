// Package theme loads a theme: templates, icons, messages and assets, from layers of file systems.
//
// A theme is a folder with theme.yaml, templates/, messages/ and assets/. Layers lie over one another and the first that has a file wins, so that a
// site overrides one template and still gets tomorrow's others. Templates are html/template; what they get is a *plan.View (internal/plan/view.go is the contract).
package theme

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/text/language"
	"waymark/internal/diag"
	"waymark/internal/schema"
)

// Meta is theme.yaml.
type Meta struct {
	Name    string              `key:"name,required" doc:"name of the theme"`
	Version string              `key:"version" doc:"version, for waymark theme doctor"`
	License string              `key:"license" doc:"licence of the theme"`
	Fonts   []string            `key:"preload" doc:"fonts to preload, from assets/"`
	CSS     []string            `key:"css" doc:"style sheets of a page, from assets/"`
	Styles  map[string][]string `key:"styles" doc:"style sheets of single kinds of pages, besides css: home, path, progress …"`
	JS      []string            `key:"js" doc:"deferred scripts of a page, from assets/"`
	Scripts map[string][]string `key:"scripts" doc:"deferred scripts of single kinds of pages, instead of js: home, path, progress …"`
	Words   []string            `key:"words" doc:"the scripts' messages that a page may say when it is opened, or groups of them; the others are loaded when something is done"`
	Icons   []string            `key:"script_icons" doc:"icons that scripts put in"`
	Head    string              `key:"head" doc:"the script that runs before the first paint, from assets/"`
	Icon    string              `key:"icon" doc:"the site's icon, from assets/"`
	Sizes   string              `key:"sizes" doc:"how wide an image in a text is shown, as the sizes attribute of HTML says it (default: 100vw)"`
	Extra   map[string][]string `key:"extra" doc:"scripts and style sheets for what only some pages use, and files that go with them, by what it is: mermaid"`
}

// A Layer is one folder of a theme. Name is how a diagnostic calls it: "themes/acme".
type Layer struct {
	Name  string
	FS    fs.FS
	Fixed bool // FS is comparable and never changes: it is read once
}

// A Theme is immutable but for the templates it prepares on demand; it is safe for concurrent use.
type Theme struct {
	Meta   Meta
	Assets []Asset
	// Digest covers theme.yaml, templates, icons and messages: what a page's bytes depend on besides its view.
	Digest [32]byte

	sources  map[string]source // template path → text
	icons    map[string]template.HTML
	messages map[string]*catalogue // by their language; see words
	base     *template.Template
	bottom   string              // name of the layer at the bottom
	files    map[string][]string // file, from the theme's folder → layers that have it, the one on top first
	faulty   bool                // Parse has found faults

	spoken sync.Map // language of pages → language of the messages
	mu     sync.Mutex
	langs  map[string]*set // by the language of the messages
	parts  parts

	drawing atomic.Int64 // parts that are being drawn; see mostDrawing
}

type source struct {
	layer  string
	file   *diag.File
	digest [32]byte
	bottom bool // it is the file of the layer at the bottom, or a copy of it
}

// Load reads the layers and parses all templates.
func Load(layers ...Layer) (*Theme, diag.List, error) {
	t, ds, err := Read(layers...)
	if err != nil {
		return nil, ds, err
	}
	return t, append(ds, t.Parse()...), nil
}

// Read reads the layers, the one on top first. The last one must be whole; the others may hold any part. Before the theme draws anything it needs Parse.
func Read(layers ...Layer) (*Theme, diag.List, error) {
	return new(Reader).Read(layers...)
}

// A Reader reads a theme again and again and gives the same one while its files are the same. The zero Reader is ready to use.
type Reader struct {
	sum   [32]byte
	theme *Theme
	said  diag.List
}

// Read is the function Read.
func (r *Reader) Read(layers ...Layer) (*Theme, diag.List, error) {
	all := make([]*layerFiles, len(layers))
	h := sha256.New()
	for i, l := range layers {
		var err error
		if all[i], err = filesOf(l); err != nil {
			return nil, nil, err
		}
		h.Write(all[i].sum[:])
	}
	if sum := [32]byte(h.Sum(nil)); r.theme == nil || r.sum != sum {
		r.theme, r.said = assemble(all)
		r.sum = sum
	}
	return r.theme, slices.Clone(r.said), nil
}

func assemble(layers []*layerFiles) (*Theme, diag.List) {
	t := &Theme{sources: map[string]source{}, icons: map[string]template.HTML{}, messages: map[string]*catalogue{}, langs: map[string]*set{}, files: map[string][]string{}}
	if n := len(layers); n > 0 {
		t.bottom = layers[n-1].name
	}
	var ds diag.List
	hash := sha256.New()
	// From the bottom up: what comes later wins.
	for _, l := range slices.Backward(layers) {
		for _, f := range l.files {
			t.put(f, &ds)
			t.files[f.name] = append([]string{l.name}, t.files[f.name]...)
		}
	}
	ds = append(ds, t.putAssets(layers)...)
	ds = append(ds, t.strangeWords(layers)...)
	for _, name := range sortedKeys(t.sources) {
		data, _ := t.sources[name].file.Bytes()
		fmt.Fprintf(hash, "%s\x00%d\x00%s", name, len(data), data)
	}
	for _, name := range sortedKeys(t.icons) {
		fmt.Fprintf(hash, "%s\x00%s\x00", name, t.icons[name])
	}
	for _, lang := range sortedKeys(t.messages) {
		fmt.Fprintf(hash, "%s\x00", lang)
		for _, f := range t.messages[lang].files {
			hash.Write(f.digest[:])
		}
	}
	for _, a := range t.Assets {
		fmt.Fprintf(hash, "%s\x00", a.Path)
	}
	fmt.Fprintf(hash, "%q", t.Meta) // fmt orders maps; quotes tell two names from one with a blank
	hash.Sum(t.Digest[:0])
	return t, ds
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// layerFiles are the files of a layer that belong to a theme.
type layerFiles struct {
	name  string
	fixed bool
	files []*layerFile
	sum   [32]byte // of the layer's name and of the names and bytes of its files
}

// file returns a file of the layer by its path, or nil.
func (l *layerFiles) file(name string) *layerFile {
	if i := slices.IndexFunc(l.files, func(f *layerFile) bool { return f.name == name }); i >= 0 {
		return l.files[i]
	}
	return nil
}

type layerFile struct {
	layer  *layerFiles
	name   string
	data   []byte
	later  func() ([]byte, error) // returns data, where there is none; else nil
	digest [32]byte

	once  sync.Once
	words map[string]string
	said  diag.List
}

func (f *layerFile) file() *diag.File { return diag.NewFile(path.Join(f.layer.name, f.name), f.data) }

// Preload reads a fixed layer, in the time that other work leaves, so that it is there when a theme is read, which says what is wrong.
func Preload(l Layer) { _, _ = filesOf(l) }

var fixed sync.Map // fs.FS → func() (*layerFiles, error)

func filesOf(l Layer) (*layerFiles, error) {
	if !l.Fixed {
		return readLayer(l)
	}
	read, _ := fixed.LoadOrStore(l.FS, sync.OnceValues(func() (*layerFiles, error) { return readLayer(l) })) // who comes second waits
	return read.(func() (*layerFiles, error))()
}

func readLayer(l Layer) (*layerFiles, error) {
	out := &layerFiles{name: l.Name, fixed: l.Fixed}
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00", l.Name)
	err := fs.WalkDir(l.FS, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			if name == "." && errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("%s: no such theme", l.Name)
			}
			return fmt.Errorf("%s: %w", path.Join(l.Name, name), err)
		}
		top, _, _ := strings.Cut(name, "/")
		if e.IsDir() {
			if name == "src" || strings.HasPrefix(e.Name(), ".") && name != "." {
				return fs.SkipDir
			}
			return nil
		}
		if !e.Type().IsRegular() {
			return nil
		}
		switch {
		case name == "theme.yaml", top == "templates" && strings.HasSuffix(name, ".html"), top == "messages" && slices.Contains(wordsEndings, path.Ext(name)):
		case top == "assets" && !strings.HasPrefix(e.Name(), "."):
		default:
			return nil
		}
		f := &layerFile{layer: out, name: name}
		if l.Fixed && path.Ext(name) == ".gz" { // a packed asset: large, and few sites use it
			f.later, f.digest, err = digestOf(l.FS, name)
		} else if f.data, err = fs.ReadFile(l.FS, name); err == nil {
			f.digest = diag.Digest(f.data)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path.Join(l.Name, name), err)
		}
		fmt.Fprintf(h, "%s\x00", name)
		h.Write(f.digest[:])
		out.files = append(out.files, f)
		return nil
	})
	h.Sum(out.sum[:0])
	return out, err
}

// digestOf returns the digest of a file without holding it, and what reads it.
func digestOf(fsys fs.FS, name string) (read func() ([]byte, error), sum [32]byte, err error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, sum, err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return func() ([]byte, error) { return fs.ReadFile(fsys, name) }, [32]byte(h.Sum(nil)), err
}

// put lays a file of a layer over those of the layers below.
func (t *Theme) put(f *layerFile, ds *diag.List) {
	top, rest, _ := strings.Cut(f.name, "/")
	file, layer := f.file(), f.layer.name
	switch {
	case f.name == "theme.yaml":
		below := t.Meta
		_, found := schema.Decode(schema.Source{File: file, Data: f.data}, &t.Meta, false)
		*ds = append(*ds, found...)
		t.Meta.Styles, t.Meta.Scripts, t.Meta.Extra = over(t.Meta.Styles, below.Styles), over(t.Meta.Scripts, below.Scripts), over(t.Meta.Extra, below.Extra)
	case top == "assets":
	case top == "messages":
		lang, why := languageOf(rest)
		if why != "" {
			ds.Add("theme/message", file.Span(diag.Range{}), "name it by a language, as in messages/fr.yaml", "nothing is read from %s: %s", diag.Quote(rest), why)
			return
		}
		if !f.layer.fixed {
			_, found := f.messages()
			*ds = append(*ds, found...)
		}
		if t.messages[lang] == nil {
			t.messages[lang] = new(catalogue)
		}
		t.messages[lang].files = append(t.messages[lang].files, f)
	case strings.HasPrefix(rest, "icons/"):
		t.icons[strings.TrimSuffix(strings.TrimPrefix(rest, "icons/"), ".html")] = template.HTML(strings.TrimSpace(string(f.data)))
	default:
		below, over := t.sources[rest]
		t.sources[rest] = source{layer, file, f.digest, !over && layer == t.bottom || below.bottom && below.digest == f.digest}
	}
}

// over lays the entries of a map over those of another; a map without any empties it.
func over(top, below map[string][]string) map[string][]string {
	all := maps.Clone(below)
	if all == nil || len(top) == 0 {
		return top
	}
	maps.Copy(all, top)
	return all
}

// Parse reads all templates, so that every fault of syntax is found, also in those that no page uses.
func (t *Theme) Parse() (ds diag.List) {
	t.base = template.New("").Funcs(t.funcs("en"))
	for _, name := range sortedKeys(t.sources) {
		s := t.sources[name]
		data, _ := s.file.Bytes()
		if _, err := t.base.New(name).Parse(string(data)); err != nil {
			line, msg := templateError(err)
			ds.Add("theme/template", s.file.Span(diag.At(lineOffset(data, line))), "mend the template, or take it away to get the default theme's", "the template does not parse: %s", msg)
		}
	}
	if len(ds) == 0 { // else what is missing may only be unread
		for _, name := range sortedKeys(t.sources) {
			ds = append(ds, t.references(name)...)
		}
	}
	if len(ds) == 0 {
		ds = append(t.unsound(), t.endless()...)
	}
	t.faulty = len(ds) > 0
	return ds
}

var templateForm = regexp.MustCompile(`^(?:html/)?template: ?([^:]*):(\d+)(?::\d+)?: (.*)$`)

func templateError(err error) (line int, msg string) {
	first, _, _ := strings.Cut(err.Error(), "\n")
	if p := templateForm.FindStringSubmatch(first); p != nil {
		line, _ = strconv.Atoi(p[2])
		return line, p[3]
	}
	return 1, first
}

func lineOffset(data []byte, line int) int {
	off := 0
	for ; line > 1; line-- {
		i := strings.IndexByte(string(data[off:]), '\n')
		if i < 0 {
			break
		}
		off += i + 1
	}
	return off
}

// Has reports whether the theme has a template.
func (t *Theme) Has(name string) bool { return t.base.Lookup(name) != nil }

// Files are all files of the theme, by their paths from its folder, each with the names of the layers that have it, the one on top first.
func (t *Theme) Files() map[string][]string { return t.files }

// Usual reports whether a file of the theme is that of the layer at the bottom alone.
func (t *Theme) Usual(name string) bool { return slices.Equal(t.files[name], []string{t.bottom}) }

// Origin returns the layer that a template comes from.
func (t *Theme) Origin(name string) string { return t.sources[name].layer }

// Templates lists all templates.
func (t *Theme) Templates() []string { return sortedKeys(t.sources) }

// Names reports whether a template has the path of a file in its text, or a style sheet or script of the site's own its name.
func (t *Theme) Names(file string) bool {
	for _, a := range t.Assets {
		if ext := path.Ext(a.Path); (ext == ".css" || ext == ".js") && !t.Usual("assets/"+a.Path) {
			if data, err := a.Bytes(); err == nil && bytes.Contains(data, []byte(path.Base(file))) {
				return true
			}
		}
	}
	for _, s := range t.sources {
		if data, err := s.file.Bytes(); err == nil && bytes.Contains(data, []byte(file)) {
			return true
		}
	}
	return false
}

// Blocks are the names of the templates of blocks that the layer at the bottom does not have: containers of the site's own.
func (t *Theme) Blocks() (names []string) {
	for _, name := range t.Templates() {
		block, ok := strings.CutPrefix(strings.TrimSuffix(name, ".html"), "blocks/")
		if layers := t.files["templates/"+name]; ok && layers[len(layers)-1] != t.bottom {
			names = append(names, block)
		}
	}
	return names
}

// Icon returns an icon, or nothing when the theme has none of that name.
func (t *Theme) Icon(name string) template.HTML { return t.icons[name] }

// Icons lists the names of all icons.
func (t *Theme) Icons() []string { return sortedKeys(t.icons) }

// Execute writes a template for a page in language lang. What is wrong in a template is a *Fault.
func (t *Theme) Execute(w io.Writer, name, lang string, data any) error {
	tmpl, err := t.forLanguage(lang)
	if err != nil {
		return err
	}
	if r := tmpl.runs[name]; r != nil {
		if done, err := r.write(w, data); done {
			if endless, ok := errors.AsType[*endlessError](err); ok {
				return t.explain(endless)
			}
			return err
		}
	}
	if err := tmpl.ExecuteTemplate(w, name, data); err != nil {
		return t.explain(err)
	}
	return nil
}

// Prepare makes ready what draws pages in a language. It may run beside other work, and whoever draws a page meanwhile waits for it; what fails is said when a page is drawn.
func (t *Theme) Prepare(lang string) { _, _ = t.forLanguage(lang) }

func (t *Theme) forLanguage(lang string) (*set, error) {
	lang = t.Language(lang)
	t.mu.Lock()
	defer t.mu.Unlock()
	if c, ok := t.langs[lang]; ok {
		return c, nil
	}
	c, err := t.clone(lang)
	all := &set{c, map[string]*run{}}
	if err == nil && !t.fold(all, lang) {
		all.Template, err = t.clone(lang) // what is wrong is said when a page uses it
	}
	if err != nil {
		return nil, fmt.Errorf("theme: %w", err)
	}
	t.langs[lang] = all
	return all, nil
}

func (t *Theme) clone(lang string) (*template.Template, error) {
	c, err := t.base.Clone()
	if err != nil {
		return nil, err
	}
	return c.Funcs(t.funcs(lang)), nil
}

// Language returns the language of the messages used for pages in lang: lang itself, its base language, or English.
func (t *Theme) Language(lang string) string {
	if known, ok := t.spoken.Load(lang); ok {
		return known.(string)
	}
	known := t.language(lang)
	t.spoken.Store(lang, known)
	return known
}

func (t *Theme) language(lang string) string {
	tag, err := language.Parse(lang)
	if err != nil {
		return "en"
	}
	for ; tag != language.Und; tag = tag.Parent() {
		if _, ok := t.messages[tag.String()]; ok {
			return tag.String()
		}
	}
	if base, _ := language.Make(lang).Base(); t.messages[base.String()] != nil {
		return base.String()
	}
	return "en"
}

// Speaks reports whether the theme has words in lang, and does not only lend it English ones.
func (t *Theme) Speaks(lang string) bool {
	tag, err := language.Parse(lang)
	if err != nil {
		return false
	}
	wanted, _ := tag.Base()
	used, _ := language.Make(t.Language(lang)).Base()
	return wanted == used
}
