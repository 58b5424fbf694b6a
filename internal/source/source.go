// Package source reads what the authors wrote: site.yaml, and the list of what lies in the content folder.
//
// It is the only package that sees the project's folder, and it sees it as an fs.FS. Pages are listed here and read when they are parsed;
// nothing is followed that is not a plain file or folder.
package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"waymark/internal/diag"
	"waymark/internal/filename"
	"waymark/internal/schema"
)

// Names of a project's files and folders.
const (
	ConfigName   = "site.yaml"
	ContentDir   = "content"
	GlossaryName = "glossary.yaml"
)

// A Project is what the authors wrote. It is immutable.
type Project struct {
	FS           fs.FS
	Config       Config
	ConfigFile   *diag.File // the first configuration file
	Pages        []Page     // in the order of their paths
	Assets       []Asset    // in the order of their paths
	Glossary     []Term
	GlossaryFile *diag.File

	configs  []*diag.File
	settings map[string]Setting
}

// A Page is a Markdown file of the content.
type Page struct {
	Path string // from content/: "roles/sponsor.md"
	File *diag.File
	Stat
}

// A Stat is what a file system says of a file. It is only to see that nothing changed: a file of which it says the same is taken for the same.
type Stat struct {
	Size int64
	Mod  int64 // modification time, nanoseconds
	Kept Kept
}

// Kept is what a file system keeps of a file besides its size and modification time, which programs may set as they like. The zero Kept is not known.
type Kept struct {
	ID      uint64 // no other file of the file system has it
	Changed int64  // when the file's bytes, name or times were changed last, nanoseconds
}

// Known reports whether a change of the file shows.
func (k Kept) Known() bool { return k.Changed > 0 }

// An Asset is a file that is published as it is.
type Asset struct {
	Path string // from content/
	Stat
}

// Texts are the files that were read in full when the project was loaded: the configuration and the glossary.
func (p *Project) Texts() []*diag.File {
	if p.GlossaryFile == nil {
		return p.configs
	}
	return append(slices.Clip(p.configs), p.GlossaryFile)
}

// Open returns the bytes of an asset. The error says what is wrong without the file's name, which the caller puts before it.
func (p *Project) Open(a Asset) ([]byte, error) {
	data, err := fs.ReadFile(p.FS, path.Join(ContentDir, a.Path))
	if err != nil {
		return nil, cause(err)
	}
	return data, nil
}

// Include returns the bytes of a page or an asset, for `::: include`. Its name counts from the project's root, as that of every file that
// diagnostics print. What is not listed is not there: a change of it would go unseen, and it might be a link to somewhere else.
func (p *Project) Include(name string) ([]byte, error) {
	rel, ok := strings.CutPrefix(name, ContentDir+"/")
	if !ok {
		return nil, fs.ErrInvalid
	}
	_, page := slices.BinarySearchFunc(p.Pages, rel, func(x Page, rel string) int { return strings.Compare(x.Path, rel) })
	_, asset := slices.BinarySearchFunc(p.Assets, rel, func(x Asset, rel string) int { return strings.Compare(x.Path, rel) })
	if !page && !asset {
		return nil, fs.ErrNotExist
	}
	return fs.ReadFile(p.FS, name)
}

// Options are what Load needs besides the folder.
type Options struct {
	Configs []string           // configuration files, later ones over earlier ones; none: site.yaml
	Set     map[string]Setting // single keys over those of the files, see Settable: base_url, title …
	// Kept returns what the file system keeps of a file that it has told of; nil: nothing is known of any.
	Kept func(fs.FileInfo) Kept
}

// A Setting is the value of a key that comes from the command line or the environment.
type Setting struct {
	Value string
	From  string // what its author knows it by: WAYMARK_TITLE, --base-url
}

// span is the place of a setting: a name without lines.
func (s Setting) span() diag.Span { return diag.Setting(s.From).Span(diag.Range{}) }

// maxFile is the size of the largest Markdown file that is read. maxFiles bounds a folder that was given by mistake.
const (
	maxFile  = 8 << 20
	maxFiles = 500_000
)

// Load reads the configuration and lists the content. The error is that of the machine: a missing folder is one, a fault
// in a file is a diagnostic.
func Load(fsys fs.FS, o Options) (*Project, diag.List, error) { return new(Reader).Load(fsys, o) }

// A Reader loads the same project again and again and remembers what is in folders whose list the file system remembers too: for which fs.ReadDir returns the very same slice.
// The zero Reader is ready to use. It is not safe for concurrent use; the Projects it returns are.
type Reader struct {
	folders map[string]*folder
	pages   int // so many the last time
}

// Load is as the function Load: Open, and then List.
func (r *Reader) Load(fsys fs.FS, o Options) (*Project, diag.List, error) {
	p, ds, err := Open(fsys, o)
	if err != nil {
		return nil, ds, err
	}
	more, err := r.List(p, o)
	if ds = append(ds, more...); err != nil {
		return nil, ds, err
	}
	return p, ds, nil
}

// Open reads the configuration of a project.
func Open(fsys fs.FS, o Options) (*Project, diag.List, error) {
	p := &Project{FS: fsys}
	ds, err := p.config(o)
	if err != nil {
		return nil, ds, err
	}
	return p, ds, nil
}

// List lists the content of a project that was opened, and reads its glossary.
func (r *Reader) List(p *Project, o Options) (diag.List, error) {
	ds, err := r.walk(p, o.Kept)
	if err != nil {
		return ds, err
	}
	more, err := p.glossary()
	return append(ds, more...), err
}

func (p *Project) config(o Options) (diag.List, error) {
	names := o.Configs
	if len(names) == 0 {
		names = []string{ConfigName}
	}
	var ds diag.List
	for i, name := range names {
		data, err := fs.ReadFile(p.FS, name)
		if errors.Is(err, fs.ErrNotExist) {
			return ds, p.noConfig(name)
		}
		if err != nil {
			return ds, fmt.Errorf("%s: %w", name, cause(err))
		}
		f := diag.NewFile(name, data)
		if i == 0 {
			p.ConfigFile = f
		}
		p.configs = append(p.configs, f)
		// A later file lies over the earlier ones: it decodes into the same struct and need not repeat the title.
		_, found := schema.Decode(schema.Source{File: f, Data: data}, &p.Config, false)
		ds = append(ds, found...)
	}
	p.set(o.Set)
	p.check(&ds)
	return ds, nil
}

// noConfig is the error for a project without a configuration of that name: it says which file is most likely meant to be site.yaml, if there is one.
func (p *Project) noConfig(name string) error {
	if name == ConfigName {
		if other, todo := p.meantConfig(); other != "" {
			return fmt.Errorf("%s: no such file, but there is %s; %s %s", name, other, todo, name)
		}
	}
	return fmt.Errorf("%s: no such file; a site needs one with at least a title (see `waymark new site`)", name)
}

// configNames are what authors call a site's configuration, the likeliest first. Letters may be upper case.
var configNames = []string{"site.yaml", "site.yml", "site.yaml.txt", "site.yml.txt", "waymark.yaml", "waymark.yml", "config.yaml", "config.yml", "_config.yml"}

// meantConfig returns the file that reads as the project's site.yaml under another name or in content/, and what to do with it; "" where there is none.
func (p *Project) meantConfig() (name, todo string) {
	if name := p.configIn("."); name != "" {
		return name, "rename it to"
	}
	if name := p.configIn(ContentDir); name != "" {
		return name, "move it out of " + ContentDir + "/, as"
	}
	return "", ""
}

func (p *Project) configIn(dir string) string {
	entries, err := fs.ReadDir(p.FS, dir)
	if err != nil {
		return "" // it is not there, or is reported when it is listed
	}
	for _, known := range configNames {
		for _, e := range entries {
			if name := path.Join(dir, e.Name()); e.Type().IsRegular() && strings.EqualFold(e.Name(), known) && p.titled(name) {
				return name
			}
		}
	}
	return ""
}

// titled reports whether a file has a title at its margin, the one key that a site.yaml needs.
func (p *Project) titled(name string) bool {
	data, err := fs.ReadFile(p.FS, name)
	if err != nil {
		return false
	}
	_, ok := schema.KeyAt(bytes.TrimPrefix(data, []byte("\ufeff")), "title")
	return ok
}

// At returns the place of a text of the configuration; it is nowhere for a default.
func (p *Project) At(t schema.Text) diag.Span {
	if t.At == (diag.Range{}) {
		for _, key := range []string{"base_url", "edit_url", "theme"} { // that are texts, and can be set
			if s, ok := p.settings[key]; ok && s.Value == t.Value {
				return s.span()
			}
		}
		return diag.Span{}
	}
	for _, f := range slices.Backward(p.configs) {
		if data, err := f.Bytes(); err == nil && t.At.End <= len(data) && strings.Contains(string(data[t.At.Start:t.At.End]), t.Value) {
			return f.Span(t.At)
		}
	}
	// The text is written otherwise than it reads (with escapes), so it is looked for by its place alone.
	for _, f := range slices.Backward(p.configs) {
		if data, err := f.Bytes(); err == nil && t.At.End <= len(data) {
			return f.Span(t.At)
		}
	}
	return diag.Span{File: p.ConfigFile}
}

// find returns the first place of a word in the configuration, in the file on top of those that have it.
func (p *Project) find(word string) diag.Span {
	for _, f := range slices.Backward(p.configs) {
		if data, err := f.Bytes(); err == nil {
			if i := strings.Index(string(data), word); i >= 0 {
				return f.Span(diag.Range{Start: i, End: i + len(word)})
			}
		}
	}
	return diag.Span{}
}

// findKey returns the place of a key at the margin: its line, or what else has set it.
func (p *Project) findKey(key string) diag.Span {
	if s, ok := p.settings[key]; ok {
		return s.span()
	}
	for _, f := range slices.Backward(p.configs) {
		data, err := f.Bytes()
		if at, ok := schema.KeyAt(data, key); err == nil && ok {
			line, _, _ := bytes.Cut(data[at.Start:], []byte("\n"))
			return f.Span(diag.Range{Start: at.Start, End: at.Start + len(bytes.TrimRight(line, " \t\r"))})
		}
	}
	return diag.Span{}
}

func (p *Project) set(settings map[string]Setting) {
	p.settings = settings
	for key, s := range settings {
		v := s.Value
		switch key {
		case "title":
			p.Config.Title = v
		case "description":
			p.Config.Description = v
		case "language":
			p.Config.Language = v
		case "base_url":
			p.Config.BaseURL = schema.Text{Value: v}
		case "theme":
			p.Config.Theme = schema.Text{Value: v}
		case "links":
			p.Config.Links = v
		case "front_matter":
			p.Config.FrontMatter = v
		case "urls":
			p.Config.URLs = v
		case "numbers":
			p.Config.Numbers = v
		case "edit_url":
			p.Config.EditURL = schema.Text{Value: v}
		case "edition":
			p.Config.Edition = v
		}
	}
}

// Settable lists the keys that Options.Set takes.
var Settable = []string{"title", "description", "language", "base_url", "theme", "links", "front_matter", "urls", "numbers", "edit_url", "edition"}

func (p *Project) glossary() (diag.List, error) {
	name := path.Join(ContentDir, GlossaryName)
	data, err := fs.ReadFile(p.FS, name)
	if errors.Is(err, fs.ErrNotExist) {
		var ds diag.List
		if _, err := fs.Stat(p.FS, GlossaryName); err == nil {
			misnamed(&ds, p.FS, GlossaryName, "move it into content/")
		}
		return ds, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, cause(err))
	}
	p.GlossaryFile = diag.NewFile(name, data)
	var g Glossary
	_, ds := schema.Decode(schema.Source{File: p.GlossaryFile, Data: data}, &g, false)
	seen := map[string]Term{}
	for _, t := range g.Terms {
		if t.ID.Value == "" {
			continue
		}
		at := p.GlossaryFile.Span(t.ID.At)
		if !schema.IsSlug(t.ID.Value) {
			ds.Add("yaml/value", at, "use lower-case letters, digits and hyphens", "%s cannot be an id", diag.Quote(t.ID.Value))
			continue
		}
		if first, twice := seen[t.ID.Value]; twice {
			d := ds.Add("site/term-twice", at, "keep one of the two", "the glossary has %s twice", diag.Quote(t.ID.Value))
			d.Related = append(d.Related, diag.Related{Span: p.GlossaryFile.Span(first.ID.At), Message: "the first is here"})
			continue
		}
		seen[t.ID.Value] = t
		p.Glossary = append(p.Glossary, t)
	}
	return ds, nil
}

// Copy writes the bytes of an asset to w without holding them all. The error says what is wrong without the file's name, or is that of w.
func (p *Project) Copy(w io.Writer, a Asset) error {
	f, err := p.FS.Open(path.Join(ContentDir, a.Path))
	if err != nil {
		return cause(err)
	}
	defer f.Close()
	if _, err := io.Copy(w, f); err != nil {
		return cause(err)
	}
	return nil
}

// Seek opens an asset for reading parts of it. The error says what is wrong without the file's name.
func (p *Project) Seek(a Asset) (io.ReadSeekCloser, error) {
	f, err := p.FS.Open(path.Join(ContentDir, a.Path))
	if err != nil {
		return nil, cause(err)
	}
	r, ok := f.(io.ReadSeekCloser)
	if !ok {
		f.Close()
		return nil, errors.ErrUnsupported
	}
	return r, nil
}

// IsMarkdown reports whether a file of that name is a page.
func IsMarkdown(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".md" || ext == ".markdown"
}

// ignored says which names are no content: hidden files, what editors leave behind, what systems add, what
// tools install, and the file that puts a handbook into the program.
func ignored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#") ||
		strings.HasSuffix(name, ".swp") || strings.HasPrefix(name, "___jb_") || name == "4913" || name == "node_modules" || name == "content.go" || name == "Thumbs.db" || name == "desktop.ini"
}

// Ignored reports whether a file or folder of that name is passed over; the watcher asks too.
func Ignored(name string) bool { return ignored(name) }

func irregular(m fs.FileMode) string {
	switch {
	case m.IsRegular():
		return ""
	case m&fs.ModeSymlink != 0:
		return "a link"
	case m&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case m&fs.ModeSocket != 0:
		return "a socket"
	case m&fs.ModeDevice != 0:
		return "a device"
	}
	return "not a plain file"
}

// BadName says why the content's file of that path cannot be published, or "". What Waymark makes beside a page, and the folder that the site lies in, need room too.
func BadName(rel string) string {
	if len(rel) > 400 {
		return "it is longer than 400 bytes"
	}
	return filename.Fault(rel)
}

// FileOrFolder says which of the two must be renamed where BadName found a fault in rel.
func FileOrFolder(rel string) string {
	if dir := path.Dir(rel); dir != "." && filename.Fault(dir) != "" {
		return "folder"
	}
	return "file"
}

// cause takes the name out of a path error: the caller says it in the author's terms.
func cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
