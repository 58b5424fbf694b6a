package source

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"

	"waymark/internal/diag"
)

// A folder is what was found in one folder of the content, without the folders in it.
type folder struct {
	entries []fs.DirEntry // as the file system gave them
	folders []string      // names from the project's root, ordered
	pages   []Page
	assets  []Asset
	said    diag.List
	files   int // with those that are published in no form
}

// is reports whether the file system gave the very same list again, not one that is equal: then it has not looked again either.
func (f *folder) is(entries []fs.DirEntry) bool {
	return f != nil && len(f.entries) == len(entries) && len(entries) > 0 && &f.entries[0] == &entries[0]
}

// walk lists the content of p.
func (r *Reader) walk(p *Project, kept func(fs.FileInfo) Kept) (diag.List, error) {
	if kept == nil {
		kept = func(fs.FileInfo) Kept { return Kept{} }
	}
	w := walker{fsys: p.FS, kept: kept, old: r.folders, found: make(map[string]*folder, len(r.folders)), pages: make([]Page, 0, r.pages)}
	err := w.folder(ContentDir)
	r.folders, r.pages = w.found, len(w.pages)
	p.Pages, p.Assets = w.pages, w.assets
	// Folders are ordered by name, with what is in them; the order of whole paths is another one: "a-b.md" stands before "a/b.md".
	byPath(p.Pages, func(p Page) string { return p.Path })
	byPath(p.Assets, func(a Asset) string { return a.Path })
	return w.said, err
}

func byPath[E any](list []E, path func(E) string) {
	less := func(i, j int) bool { return path(list[i]) < path(list[j]) }
	if !sort.SliceIsSorted(list, less) {
		sort.Slice(list, less) // not slices.SortFunc, of which each type of struct takes 12 KB of the program
	}
}

var errTooMany = fmt.Errorf("content/: more than %d files; is this the right folder?", maxFiles)

type walker struct {
	fsys       fs.FS
	kept       func(fs.FileInfo) Kept
	old, found map[string]*folder
	pages      []Page
	assets     []Asset
	said       diag.List
	files      int
}

// folder lists a folder and all in it.
func (w *walker) folder(name string) error {
	entries, err := fs.ReadDir(w.fsys, name)
	if errors.Is(err, fs.ErrNotExist) && name == ContentDir {
		return errors.New("content/: no such folder; the pages of a site lie there")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, cause(err))
	}
	f := w.old[name]
	if !f.is(entries) {
		f = &folder{entries: entries}
		if err := f.read(w.fsys, name, w.kept); err != nil {
			return err
		}
	}
	w.found[name] = f
	w.pages, w.assets, w.said = append(w.pages, f.pages...), append(w.assets, f.assets...), append(w.said, f.said...)
	if w.files += f.files; w.files > maxFiles {
		return errTooMany
	}
	for _, sub := range f.folders {
		if err := w.folder(sub); err != nil {
			return err
		}
	}
	return nil
}

// read looks at what is in the folder, by its name from the project's root.
func (f *folder) read(fsys fs.FS, dir string, kept func(fs.FileInfo) Kept) error {
	for _, e := range f.entries {
		if ignored(e.Name()) {
			continue
		}
		name := dir + "/" + e.Name()
		if e.IsDir() {
			f.folders = append(f.folders, name)
			continue
		}
		rel := name[len(ContentDir)+1:]
		say := func(code, hint, format string, args ...any) {
			f.said.Add(code, diag.NewFile(name, nil).Span(diag.Range{}), hint, format, args...)
		}
		if why := irregular(e.Type()); why != "" {
			say("site/irregular-file", "put the file itself there, or take it away", "%s is %s; only plain files and folders are read", diag.Quote(name), why)
			continue
		}
		if why := BadName(rel); why != "" {
			say("site/file-name", "rename the "+FileOrFolder(rel), "the name %s cannot be published: %s", diag.Quote(rel), why)
			continue
		}
		if f.files++; f.files > maxFiles {
			return errTooMany
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // gone while we looked
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, cause(err))
		}
		if hint := meant(rel); hint != "" {
			misnamed(&f.said, fsys, name, hint)
		}
		stat := Stat{info.Size(), info.ModTime().UnixNano(), kept(info)}
		switch {
		case IsMarkdown(rel) && stat.Size > maxFile:
			say("site/too-large", "split the page", "%s has %.1f MiB; a page has at most %d", diag.Quote(name), float64(stat.Size)/(1<<20), maxFile>>20)
		case IsMarkdown(rel):
			f.pages = append(f.pages, Page{rel, diag.LazyFile(name, reader(fsys, name)), stat})
		case rel != GlossaryName:
			f.assets = append(f.assets, Asset{rel, stat})
		}
	}
	return nil
}

// misnamed reports a file that nothing reads as what it is meant to be.
func misnamed(ds *diag.List, fsys fs.FS, name, hint string) {
	ds.Add("site/misnamed-file", diag.LazyFile(name, reader(fsys, name)).Span(diag.Range{}), hint, "nothing reads this file as what it seems to be")
}

// meant says what to do with a file of the content that nothing reads as what its author most likely means it to be; "" for all others.
func meant(rel string) string {
	dir, base := path.Split(rel)
	ext := path.Ext(base)
	stem := base[:len(base)-len(ext)]
	switch kind, _, _ := strings.Cut(dir, "/"); strings.ToLower(ext) {
	case ".yaml", ".yml":
		switch {
		case strings.EqualFold(stem, "glossary") && rel != GlossaryName:
			return "the terms of the whole site stand in content/" + GlossaryName
		case kind == "paths" || kind == "cohorts":
			return "rename it to " + stem + ".md, with a line of --- before its keys and one behind them"
		}
	case ".txt":
		if IsMarkdown(stem) {
			return "rename it to " + stem
		}
	}
	return ""
}

func reader(fsys fs.FS, name string) func() ([]byte, error) {
	return func() ([]byte, error) {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, cause(err))
		}
		return data, nil
	}
}
