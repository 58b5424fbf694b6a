package curriculum

import (
	"slices"
	"strings"

	"waymark/internal/diag"
	"waymark/internal/source"
)

// Causes returns what was found of a project without the echoes of files, and of front matter, that could not be read: nobody knows which roles, terms, ids and objectives stand
// in them. It may change ds. Where a configuration could not be read nothing is certain of the pages but which of them cannot be read either.
func Causes(proj *source.Project, ds diag.List) diag.List {
	configs := map[string]bool{}
	for _, f := range proj.Texts() {
		configs[f.Path] = f != proj.GlossaryFile
	}
	site, faulty, glossary := false, false, false
	pages := map[string]bool{} // by the path of the file
	var first *diag.Diagnostic // of the keys of pages that pages do not have
	keys := 0
	for i := range ds {
		name := ds[i].Span.Path()
		if ds[i].Code == "yaml/unknown-key" && strings.HasPrefix(name, source.ContentDir+"/") {
			if keys++; first == nil {
				first = &ds[i]
			}
		}
		config := configs[name]
		faulty = faulty || config && strings.HasPrefix(ds[i].Code, "yaml/")
		switch {
		case !unread(&ds[i]):
		case config:
			site = true
		case proj.GlossaryFile != nil && name == proj.GlossaryFile.Path:
			glossary = true
		case strings.HasPrefix(name, source.ContentDir+"/"):
			pages[name] = true
		}
	}
	if first != nil && keys >= manyKeys {
		first.Hint = strings.TrimPrefix(first.Hint+"; for a handbook from elsewhere, `front_matter: lenient` in site.yaml passes over such keys", "; ")
	}
	noRoles := faulty && len(proj.Config.Roles) == 0
	return slices.DeleteFunc(ds, func(d diag.Diagnostic) bool {
		name := d.Span.Path()
		switch {
		case unread(&d) || configs[name]:
			return false
		case site || noRoles && (d.Code == "role/unknown" || d.Code == "container/unknown"):
			return true
		case glossary && (d.Code == "page/unknown-term" || d.Code == "link/anchor"), len(pages) > 0 && slices.Contains(byFrontMatter, d.Code):
			return true
		}
		return pages[name] && (slices.Contains(byOwnFrontMatter, d.Code) || d.Severity == diag.Warning && strings.HasPrefix(d.Code, "question/"))
	})
}

// manyKeys are so many unknown keys that the pages were written for another tool.
const manyKeys = 10

// unread reports whether d says that nothing of a file, or of the front matter of a page, could be read.
func unread(d *diag.Diagnostic) bool {
	switch d.Code {
	case "yaml/syntax", "yaml/too-large", "front-matter/unclosed", "front-matter/indented", "page/too-large":
		return true
	}
	return d.Code == "page/encoding" && d.Span.Range == diag.Range{}
}

// byFrontMatter are the faults that may be none when one knows what stands in the front matter of all pages; byOwnFrontMatter those of a page itself, with the lints of its
// questions.
var (
	byFrontMatter = []string{
		"page/unknown-module", "page/translation", "glossary/unknown-module", "needs/unknown-module", "needs/unknown-objective", "path/unknown-module", "path/unknown-path", "path/unknown-outcome",
		"path/item-kind", "path/event", "cohort/event", "cohort/far", "cohort/no-dates", "path/order", "path/need-missing", "rule/unknown-module", "rule/impossible", "question/unknown-objective", "quiz/pool-empty",
	}
	byOwnFrontMatter = []string{"path/empty", "page/unknown-source", "page/same-address"}
)
