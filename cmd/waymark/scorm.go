package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"

	"waymark/internal/build"
	"waymark/internal/diag"
	"waymark/internal/export"
	"waymark/internal/plan"
	"waymark/internal/progress"
	"waymark/internal/theme"
	"waymark/themes"
)

const (
	scormLong = `Writes a learning path as a package of SCORM 1.2 with one SCO: the whole site, and a page that opens the path in it and reports to the learning platform (LMS).

The platform is told whether the path is complete, the score, the time, the page that was open, and, so that another browser can go on, which pages and questions of the site were done
and how well. It is told no notes, no single answers and no names.`

	scormExample = `  waymark export scorm --path new-mentor
  waymark export scorm --path new-mentor --for mentor -o mentors.zip`
)

// scormLayer lies over the site's theme in packages.
func scormLayer() theme.Layer {
	return theme.Layer{Name: "theme of packages", FS: themes.SCORM(), Fixed: true}
}

func (g *globals) exportSCORM(site *build.Site, pathID, out string) error {
	course, err := courseOf(site, pathID)
	if err != nil {
		return err
	}
	err = g.toFile(cmp.Or(out, course.ID+"-scorm.zip"), func(w io.Writer) error { return export.SCORM(w, course) })
	if errors.Is(err, export.ErrManifest) {
		return usageError{err}
	}
	return err
}

// courseOf is a path of a site as a course.
func courseOf(site *build.Site, id string) (*export.Course, error) {
	cur, err := learnersCurriculum(site)
	if err != nil {
		return nil, err
	}
	p, err := onePath(site.Curriculum, id)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(cur.Paths, func(d progress.PathData) bool { return d.ID == p.ID })
	if i < 0 {
		return nil, fmt.Errorf("%s says nothing of the path %s", plan.SiteData, diag.Quote(p.ID))
	}
	c := &export.Course{Site: site.Config.ID.Value, SiteTitle: site.Config.Title, ID: p.ID, Title: p.Title, Start: cur.Paths[i].URL, Data: plan.SiteData, Files: filesOf(site)}
	file, err := url.PathUnescape(c.Start)
	if err != nil {
		return nil, err
	}
	f, ok := site.Lookup(file)
	if !ok {
		return nil, fmt.Errorf("the site has no page %s", diag.Quote(file))
	}
	page := f.Page.View().Page
	c.Language, c.Dir = page.Lang, page.Dir
	c.Words = func(key string) string { return site.Theme.Message(site.Theme.Language(c.Language), "scorm."+key) }
	return c, nil
}
