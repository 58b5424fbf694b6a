package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"waymark/content"
	"waymark/internal/build"
	"waymark/internal/curriculum"
	"waymark/internal/diag"
	"waymark/internal/scaffold"
	"waymark/internal/source"
)

func newCommand(g *globals) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "new",
		Short: "Start a site, a page, a path, a cohort or a question",
		Long: `Start something new from a few lines that are right already. What is there is never overwritten.

Pages are made under content/: the name is a path from there, without an ending.`,
		Example: `  waymark new site handbook                          a small site with a path and most kinds of pages
  waymark new site handbook --from handbook          the mentor instruction guide, to adapt
  waymark new module skills/asking --kind practice   content/skills/asking.md
  waymark new path first-steps asking listening      a path through two modules
  waymark new cohort spring-2027 first-steps         dates of that path for a group
  waymark new question single skills/asking          a question at the end of a page`,
		RunE: func(_ *cobra.Command, args []string) error {
			what := "say what to start"
			if len(args) > 0 {
				what = "there is no start for " + diag.Quote(args[0])
			}
			return usagef("%s: site, module, path, cohort, question, or a kind of page (%s)", what, strings.Join(scaffold.Kinds(), ", "))
		},
	}
	cmd.AddCommand(newSite(g), newModule(g, ""), newPath(g), newCohort(g), newQuestion(g))
	for _, kind := range scaffold.Kinds() {
		cmd.AddCommand(newModule(g, kind))
	}
	return cmd
}

func newSite(g *globals) *cobra.Command {
	var from, title string
	cmd := &cobra.Command{
		Use:   "site FOLDER",
		Short: "Start a site in a folder",
		Args:  oneArg("name the folder: waymark new site handbook"),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := args[0]
			if at, err := os.Stat(dir); dir == "" || err == nil && !at.IsDir() {
				return usagef("%s is no folder; name one: waymark new site handbook", diag.Quote(dir))
			}
			if cmd.Flags().Changed("source") && g.source != os.Getenv("WAYMARK_SOURCE") { // which is meant for other commands
				return usagef("--source is for a site that is there; name the folder alone: waymark new site %s", quoteShell(dir))
			}
			if title = strings.TrimSpace(title); title == "" {
				title = siteTitle(dir)
			}
			var list []scaffold.File
			var err error
			switch from {
			case "starter":
				list, err = scaffold.Site(title)
			case "handbook":
				list, err = scaffold.Handbook(content.Files, title)
				list = append(list, scaffold.File{Path: diagnosticsName, Data: []byte(diagnosticsPage())})
			default:
				return usagef("--from is starter or handbook, not %s", diag.Quote(from))
			}
			if err != nil {
				return err
			}
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return fmt.Errorf("%s: %s", dir, reason(err))
			}
			if err := writeNew(dir, list); err != nil {
				return err
			}
			g.say("Wrote %s to %s", count(len(list), "file"), shown(dir))
			g.say("Go on with:")
			if clean := filepath.Clean(dir); clean != "." {
				g.say("  cd %s", quoteShell(clean))
			}
			g.say("  waymark serve --open     show the site while you write\n  waymark build            write it to public/")
			return nil
		},
	}
	cmd.Flags().StringVar(&from, "from", "starter", "what to start from: starter, or handbook for the mentor instruction guide")
	cmd.Flags().StringVar(&title, "title", "", "title of the site (default: made of the folder's name)")
	return cmd
}

// siteTitle makes a title of a folder's name.
func siteTitle(dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "Handbook"
	}
	return scaffold.Title(scaffold.ID(filepath.Base(abs)))
}

// newModule starts a page. Without a kind of its own it has a flag for it.
func newModule(g *globals, kind string) *cobra.Command {
	chosen, title := kind, ""
	use := kind
	short := "Start a page of kind " + kind
	if kind == "" {
		use, short, chosen = "module", "Start a page", "practice"
	}
	cmd := &cobra.Command{
		Use:   use + " NAME",
		Short: short,
		Args:  oneArg("name the page: waymark new " + use + " skills/asking"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if chosen == "path" {
				return usagef("a path is started with `waymark new path`")
			}
			if !slices.Contains(scaffold.Kinds(), chosen) {
				return noSuch("kind", chosen, scaffold.Kinds())
			}
			name, err := pageName(args[0])
			if err != nil {
				return err
			}
			cur, err := g.curriculum(cmd.Context())
			if err != nil {
				return err
			}
			f, err := scaffold.Page(chosen, name, strings.TrimSpace(title), taken(cur))
			if err != nil {
				return err
			}
			return g.started(cmd.Context(), f)
		},
	}
	if kind == "" {
		cmd.Flags().StringVarP(&chosen, "kind", "k", chosen, "kind of the page: "+strings.Join(scaffold.Kinds(), ", "))
	}
	cmd.Flags().StringVar(&title, "title", "", "title of the page (default: made of its name)")
	return cmd
}

func newPath(g *globals) *cobra.Command {
	var title string
	var roles []string
	cmd := &cobra.Command{
		Use:   "path NAME [MODULE …]",
		Short: "Start a learning path through modules",
		Long: `Start a learning path. The modules are ids of pages, forms and sessions among them, in the order of the path;
without any, the first modules of the site are taken.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("name the path: waymark new path first-steps")
			}
			name, err := pageName(strings.TrimPrefix(strings.TrimPrefix(args[0], "content/"), "paths/"))
			if err != nil {
				return err
			}
			cur, err := g.curriculum(cmd.Context())
			if err != nil {
				return err
			}
			items, err := pathItems(cur, args[1:])
			if err != nil {
				return err
			}
			known := cur.Config.RoleIDs()
			for _, id := range roles {
				if !slices.Contains(known, id) {
					return usagef("there is no role %s; %s", diag.Quote(id), diag.DidYouMeanOr(id, known, cmp.Or(prefixed("use one of: ", strings.Join(known, ", ")), "site.yaml names none")))
				}
			}
			if len(roles) == 0 && len(known) > 0 {
				roles = known[:1]
			}
			f, err := scaffold.Path(name, strings.TrimSpace(title), roles, items, taken(cur))
			if err != nil {
				return err
			}
			return g.started(cmd.Context(), f)
		},
	}
	cmd.Flags().StringVar(&title, "title", "", "title of the path (default: made of its name)")
	cmd.Flags().StringSliceVar(&roles, "roles", nil, "ids of the roles that the path is for (default: the site's first)")
	return cmd
}

func newCohort(g *globals) *cobra.Command {
	var title, start string
	cmd := &cobra.Command{
		Use:   "cohort NAME [PATH]",
		Short: "Start the page of a group that follows a path",
		Long: `Start the page of a group that follows a learning path from a day on: the path's schedule with dates, and files for calendars.
The path is an id; a site with one path needs none.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 || len(args) > 2 {
				return usagef("name the cohort and its path: waymark new cohort spring-2027 first-steps")
			}
			name, err := pageName(strings.TrimPrefix(strings.TrimPrefix(args[0], "content/"), "cohorts/"))
			if err != nil {
				return err
			}
			if start == "" {
				start = firstMonday(time.Now()).Format(time.DateOnly)
			} else if _, err := time.Parse(time.DateOnly, start); err != nil {
				return usagef("--start is a day as in 2027-03-01, not %s", diag.Quote(start))
			}
			cur, err := g.curriculum(cmd.Context())
			if err != nil {
				return err
			}
			id := ""
			switch {
			case len(args) == 2:
				id = args[1]
			case len(cur.Paths) == 0:
				return usagef("there is no path yet that a group could follow; start one with `waymark new path`")
			case len(cur.Paths) > 1:
				return usagef("say which path the group follows: %s", strings.Join(cur.PathIDs(), ", "))
			}
			p, err := onePath(cur, id)
			if err != nil {
				return err
			}
			return g.started(cmd.Context(), scaffold.Cohort(name, strings.TrimSpace(title), p.ID, start, taken(cur)))
		},
	}
	cmd.Flags().StringVar(&title, "title", "", "title of the cohort (default: made of its name)")
	cmd.Flags().StringVar(&start, "start", "", "day on which it starts, as in 2027-03-01 (default: a Monday in a few weeks)")
	return cmd
}

// firstMonday is the first one that is four weeks or more after a day.
func firstMonday(day time.Time) time.Time {
	for day = day.AddDate(0, 0, 28); day.Weekday() != time.Monday; {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

// pathItems are those of the pages that were named, or of the first modules that a path can lead to.
func pathItems(cur *curriculum.Curriculum, named []string) ([]scaffold.Item, error) {
	var known []string
	var first []scaffold.Item
	kinds := map[string]string{}
	for _, m := range cur.Modules {
		item := scaffold.Item{What: "module", ID: m.ID}
		switch m.Kind {
		case "path", "section", "cohort":
			continue
		case "form", "session":
			item.What = m.Kind
		case "role", "practice", "challenge", "reading":
			if !m.Retired && len(first) < 3 {
				first = append(first, item)
			}
		}
		known = append(known, m.ID)
		kinds[m.ID] = item.What
	}
	var items []scaffold.Item
	for _, id := range named {
		if kinds[id] == "" {
			return nil, noSuch("module", id, known)
		}
		items = append(items, scaffold.Item{What: kinds[id], ID: id})
	}
	if len(named) > 0 {
		return items, nil
	}
	if len(first) == 0 {
		return nil, usagef("there is no module yet that a path could lead to; start one with `waymark new module`")
	}
	return first, nil
}

// taken reports whether a page, an objective or a check has an id.
func taken(cur *curriculum.Curriculum) func(id string) bool {
	return func(id string) bool {
		return cur.ModuleByID(id) != nil || cur.Objective(id) != nil || cur.Check(id) != nil
	}
}

// curriculum builds as far as the pages are known, drafts among them; faults in them are no hindrance.
func (g *globals) curriculum(ctx context.Context) (*curriculum.Curriculum, error) {
	g.forRole, g.learners = "", false // what is new is told from what there is for all readers
	if _, err := os.Stat(filepath.Join(g.source, source.ContentDir)); errors.Is(err, fs.ErrNotExist) {
		return nil, usagef("%s is no project: it has no folder content/; start one with `waymark new site`", shown(g.source))
	}
	site, _, err := g.resolved(ctx, nil)
	if err != nil {
		return nil, err
	}
	return site.Curriculum, nil
}

// resolved builds as far as all that there is to say of a project is known; nil is the one at hand.
func (g *globals) resolved(ctx context.Context, project fs.FS) (*build.Site, diag.List, error) {
	b, done, err := g.builder(build.Options{Project: project, Check: true, Drafts: true})
	if err != nil {
		return nil, nil, err
	}
	defer done()
	site, ds, err := b.Build(ctx)
	if err != nil {
		return nil, nil, g.failed(ds, err)
	}
	return site, ds, nil
}

// started writes a new page into the project, unless it and one that is there cannot both be published.
func (g *globals) started(ctx context.Context, f scaffold.File) error {
	root, _, err := g.project()
	if err != nil {
		return err
	}
	defer root.Close()
	if _, err := root.Lstat(f.Path); errors.Is(err, fs.ErrNotExist) {
		_, ds, err := g.resolved(ctx, planned{root.FS(), f})
		if err != nil {
			return err
		}
		for _, d := range ds {
			if clashes(d, f.Path) {
				return usagef("%s was not written: %s; give it another name", f.Path, d.Message)
			}
		}
	}
	if err := writeNew(g.source, []scaffold.File{f}); err != nil {
		return err
	}
	g.say("Wrote %s, a draft", f.Path)
	g.say("Go on by filling it in while `waymark serve` runs; it is built when its status is published.")
	return nil
}

// clashes reports whether a diagnostic says that the file cannot be published, or not beside another.
func clashes(d diag.Diagnostic, file string) bool {
	at := func(s diag.Span) bool { return s.File != nil && s.File.Path == file }
	return slices.Contains([]string{"site/file-name", "page/same-address", "page/two-indexes"}, d.Code) &&
		(at(d.Span) || slices.ContainsFunc(d.Related, func(r diag.Related) bool { return at(r.Span) }))
}

// writeNew writes files below a folder, through a root, so that nothing lands outside of it.
func writeNew(dir string, list []scaffold.File) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("%s: %s", dir, reason(err))
	}
	defer root.Close()
	err = scaffold.Write(root, list)
	if errors.Is(err, scaffold.ErrThere) {
		return usageError{fmt.Errorf("%s%w", strings.TrimPrefix(shown(dir), "./"), err)}
	}
	return err
}

// pageName brings the name of a page into the form "skills/asking".
func pageName(arg string) (string, error) {
	name := strings.TrimPrefix(path.Clean(filepath.ToSlash(arg)), source.ContentDir+"/")
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".md"), ".markdown")
	why := cmp.Or(source.BadName(name), source.BadName(name+".md"))
	if slices.ContainsFunc(strings.Split(name, "/"), source.Ignored) {
		why = "files of that name are passed over"
	}
	if !fs.ValidPath(name) || name == "." || why != "" {
		return "", usagef("%s cannot be the name of a page%s; write it as skills/asking", diag.Quote(arg), strings.TrimSuffix(": "+why, ": "))
	}
	return name, nil
}

func oneArg(hint string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usagef("%s", hint)
		}
		return nil
	}
}

// quoteShell writes a folder so that a shell takes it as one word.
func quoteShell(s string) string {
	if strings.ContainsAny(s, " '\"$&|;()<>*?`\\") {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	return s
}
