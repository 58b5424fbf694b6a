package build

import (
	"crypto/sha256"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"waymark/internal/diag"
	"waymark/internal/plan"
	"waymark/internal/render"
	"waymark/internal/source"
)

// files lists every output, but for those of the search, with the function that writes it.
func (b *Builder) files(site *Site, assets assetFacts) {
	if site.revision != nil {
		site.revised()
		return
	}
	b.outputs(site, assets)
	site.sort()
}

// addSearch adds the files of the search.
func (b *Builder) addSearch(site *Site) {
	n := len(site.Files)
	b.searchFiles(site)
	if len(site.Files) != n {
		site.sort()
	}
}

func (s *Site) sort() {
	slices.SortFunc(s.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
}

func (b *Builder) outputs(site *Site, assets assetFacts) {
	rs := site.rendering()
	p := site.Plan
	site.page = func(page *plan.Page) File {
		return File{Path: page.Path, Key: page.Key, HTML: true, Page: page, Parts: &page.Parts, Write: func(w io.Writer) error { return render.Page(w, page, site.Theme, rs) }}
	}
	for i := range p.Pages {
		site.Files = append(site.Files, site.page(&p.Pages[i]))
	}
	for _, c := range p.Copies {
		f := File{Path: c.Path, Key: c.Key, Write: func(w io.Writer) error {
			data := c.Data
			var err error
			switch {
			case c.Smaller != nil:
				if data, err = b.copied(site.Project, *c.Smaller, c.Source); err != nil {
					return err
				}
			case c.Source != "" && assets.drawings[c.Source] == nil:
				h := sha256.New()
				if err := site.Project.Copy(io.MultiWriter(w, h), source.Asset{Path: c.Source}); err != nil {
					return fmt.Errorf("%s: %w", path.Join(source.ContentDir, c.Source), err)
				}
				// A file that has changed since it was digested would stand under the wrong key for as long as it is what it was then. In the live preview
				// the next build is on its way.
				if !b.o.Serve && [32]byte(h.Sum(nil)) != c.Key {
					return changed(c.Source)
				}
				return nil
			case c.Source != "":
				if data, err = site.Project.Open(source.Asset{Path: c.Source}); err != nil {
					return fmt.Errorf("%s: %w", path.Join(source.ContentDir, c.Source), err)
				}
				if data, err = assets.published(c.Source, data); err != nil && !b.o.Serve {
					return changed(c.Source)
				}
				if !b.o.Serve && diag.Digest(data) != c.Key {
					return changed(c.Source)
				}
			}
			_, err = w.Write(data)
			return err
		}}
		if c.Smaller == nil && c.Source != "" && assets.drawings[c.Source] == nil {
			f.Open = func() (io.ReadSeekCloser, error) { return site.Project.Seek(source.Asset{Path: c.Source}) }
		}
		site.Files = append(site.Files, f)
	}
	for _, d := range p.Data {
		site.Files = append(site.Files, File{Path: d.Path, Key: d.Key, Write: func(w io.Writer) error {
			data, err := d.Make()
			if err != nil {
				return err
			}
			_, err = w.Write(data)
			return err
		}})
	}
}

// rendering is what rendering needs to know of the site.
func (s *Site) rendering() *render.Site {
	rs := &render.Site{ID: s.Config.ID.Value, Checks: s.Config.Checks.CheckDefaults, Roles: map[string]string{}}
	for _, r := range s.Config.Roles {
		rs.Roles[r.ID.Value] = r.Title
	}
	return rs
}

func changed(name string) error {
	return fmt.Errorf("%s: it changed while the site was built; build again", path.Join(source.ContentDir, name))
}
