package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"waymark/internal/build"
	"waymark/internal/curriculum"
	"waymark/internal/quiz"
)

func listCommand(g *globals) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "list WHAT",
		Short: "List paths, objectives, drafts, orphans or stale pages",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usagef("list knows paths, objectives, drafts, orphans and stale, not %q", args[0])
			}
			return usagef("say what to list: paths, objectives, drafts, orphans or stale")
		},
	}
	add := func(name, short string, drafts bool, rows func(*curriculum.Curriculum) ([]string, [][]string)) {
		cmd.AddCommand(&cobra.Command{Use: name, Short: short, Args: noArgs, RunE: func(c *cobra.Command, _ []string) error {
			g.strict = false // a warning makes no list wrong
			b, done, err := g.builder(build.Options{Check: true, Drafts: drafts})
			if err != nil {
				return err
			}
			defer done()
			site, ds, err := b.Build(c.Context())
			if err != nil {
				return g.failed(ds, err)
			}
			if _, ok := site.Config.RoleByID(g.forRole); !ok && g.forRole != "" {
				return noSuch("role", g.forRole, site.Config.RoleIDs())
			}
			if err := g.table(rows(site.Curriculum)); err != nil {
				return err
			}
			return g.erroneous(ds, "The list may not be right")
		}})
	}
	add("paths", "learning paths with their modules and minutes", false, func(c *curriculum.Curriculum) ([]string, [][]string) {
		var rows [][]string
		for _, p := range c.Paths {
			var roles []string
			for _, r := range p.Roles {
				roles = append(roles, r.ID.Value)
			}
			rows = append(rows, []string{p.ID, p.Title, strings.Join(roles, " "), fmt.Sprint(len(p.Stages)), fmt.Sprint(len(p.Modules)), fmt.Sprintf("%d–%d", p.Minutes.From, p.Minutes.To)})
		}
		return []string{"id", "title", "for", "stages", "modules", "minutes"}, rows
	})
	add("drafts", "pages that are drafts", true, func(c *curriculum.Curriculum) ([]string, [][]string) {
		var rows [][]string
		for _, m := range c.Modules {
			if m.Draft {
				rows = append(rows, []string{m.Doc.File.Path, m.Title})
			}
		}
		return []string{"file", "title"}, rows
	})
	add("orphans", "modules that are on no path", false, func(c *curriculum.Curriculum) ([]string, [][]string) {
		var rows [][]string
		for _, m := range c.Orphans() {
			rows = append(rows, []string{m.Doc.File.Path, m.Kind, m.Title})
		}
		return []string{"file", "kind", "title"}, rows
	})
	add("objectives", "objectives with the questions that check them and the paths they are on", false, func(c *curriculum.Curriculum) ([]string, [][]string) {
		asked := map[string]map[quiz.Type]int{} // by the objective's id, how many checks of each type
		for _, m := range c.Modules {
			for _, check := range m.Doc.Checks {
				for _, id := range check.Objectives {
					if asked[id] == nil {
						asked[id] = map[quiz.Type]int{}
					}
					asked[id][check.Type]++
				}
			}
		}
		var rows [][]string
		for _, m := range c.Modules {
			var paths []string
			for _, p := range m.Places {
				paths = append(paths, p.Path.ID)
			}
			for _, o := range m.Doc.Meta.Objectives {
				var checks []string
				for _, t := range quiz.Types {
					if n := asked[o.ID.Value][t]; n > 0 {
						checks = append(checks, fmt.Sprintf("%d %s", n, t))
					}
				}
				rows = append(rows, []string{o.ID.Value, cmp.Or(o.Verb, "–"), m.ID, cmp.Or(strings.Join(checks, ", "), "no question"), cmp.Or(strings.Join(paths, " "), "no path"), o.Text})
			}
		}
		return []string{"id", "verb", "page", "questions", "paths", "text"}, rows
	})
	add("stale", "pages whose review is due", false, func(c *curriculum.Curriculum) ([]string, [][]string) {
		var rows [][]string
		day := today()
		for _, m := range c.Modules {
			if by := m.Doc.Meta.ReviewBy; by != "" && by < day {
				rows = append(rows, []string{string(by), m.Doc.File.Path, m.Doc.Meta.Owner})
			}
		}
		return []string{"due", "file", "owner"}, rows
	})
	return cmd
}

// table prints rows in columns, or as a JSON list of objects.
func (g *globals) table(head []string, rows [][]string) error {
	if g.format == "json" {
		list := []map[string]string{}
		for _, r := range rows {
			m := map[string]string{}
			for i, c := range r {
				m[head[i]] = c
			}
			list = append(list, m)
		}
		enc := json.NewEncoder(g.out)
		enc.SetIndent("", "  ")
		return enc.Encode(list)
	}
	w := tabwriter.NewWriter(g.out, 0, 4, 2, ' ', 0)
	for _, r := range rows {
		fmt.Fprintln(w, strings.Join(r, "\t"))
	}
	return w.Flush()
}
