package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"waymark/internal/build"
	"waymark/internal/diag"
	"waymark/internal/markdown"
	"waymark/internal/source"
)

func fmtCommand(g *globals) *cobra.Command {
	ids, look := false, false
	cmd := &cobra.Command{
		Use:   "fmt [FILE …]",
		Short: "Put in the blank lines that containers need, and missing ids",
		Long: `Put a blank line before and after each line that opens or closes a container, so that other formatters leave it
alone, and change nothing else. With --ids write an id for each check that has none; ids that are there never change.`,
		RunE: func(cmd *cobra.Command, args []string) error { return g.reformat(cmd, args, ids, look) },
	}
	cmd.Flags().BoolVar(&ids, "ids", false, "write missing ids of checks")
	cmd.Flags().BoolVar(&look, "check", false, "change nothing; say which files would change, with exit code 1 if any would")
	return cmd
}

func (g *globals) reformat(cmd *cobra.Command, args []string, ids, look bool) error {
	g.forRole, g.learners = "", false // the ids that are taken are those of all readers
	b, done, err := g.builder(build.Options{Check: true, Drafts: true})
	if err != nil {
		return err
	}
	defer done()
	site, ds, err := b.Build(cmd.Context())
	if err != nil {
		return g.failed(ds, err)
	}
	_, dir, err := g.project()
	if err != nil {
		return err
	}
	wanted, err := inProject(dir, args)
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for _, m := range site.Curriculum.Modules {
		for _, c := range m.Doc.Checks {
			if !c.Auto {
				taken[c.ID] = true
			}
		}
	}
	var newID func(string) string
	if ids {
		newID = markdown.UniqueID(taken)
	}
	// A file, or all of a folder.
	names := func(w string, p source.Page) bool {
		return w == "." || w == p.File.Path || strings.HasPrefix(p.File.Path, w+"/")
	}
	for i, w := range wanted {
		if !slices.ContainsFunc(site.Project.Pages, func(p source.Page) bool { return names(w, p) }) {
			return usagef("%s is no page of the content, and no folder with pages", diag.Quote(args[i]))
		}
	}
	changed := 0
	for _, p := range site.Project.Pages {
		if len(wanted) > 0 && !slices.ContainsFunc(wanted, func(w string) bool { return names(w, p) }) {
			continue
		}
		before, err := p.File.Bytes()
		if err != nil {
			return err
		}
		after, err := markdown.Format(diag.NewFile(p.File.Path, before), b.ParseOptions(site), newID)
		if err != nil {
			return err
		}
		if bytes.Equal(before, after) {
			continue
		}
		changed++
		if !look {
			if err := replaceFile(filepath.Join(g.source, filepath.FromSlash(p.File.Path)), writeBytes(after)); err != nil {
				return err
			}
		}
		g.say("%s", p.File.Path)
	}
	switch {
	case look && changed > 0:
		g.say("%s would change", count(changed, "file"))
		return exitError(exitContent)
	case look:
		g.say("Nothing would change")
	default:
		g.say("Changed %s", count(changed, "file"))
	}
	return nil
}

// inProject turns names of files, as typed, into paths from the project's folder; they are names from here or, where there is no such file, from there. Either may have been
// reached through a link.
func inProject(dir string, args []string) ([]string, error) {
	var out []string
	for _, a := range args {
		full, err := filepath.Abs(a)
		if err != nil {
			return nil, err
		}
		if _, err := os.Lstat(full); err != nil && filepath.IsLocal(a) {
			full = filepath.Join(dir, a)
		}
		rel, err := filepath.Rel(resolved(dir), resolved(full))
		if err != nil || !filepath.IsLocal(rel) {
			rel, err = filepath.Rel(dir, full) // of no file
		}
		if err != nil || !filepath.IsLocal(rel) {
			return nil, usagef("%s does not lie in the project's folder", diag.Quote(a))
		}
		out = append(out, filepath.ToSlash(rel))
	}
	return out, nil
}

// resolved returns the path of a file without links on the way; that of no file stays what it is.
func resolved(name string) string {
	if p, err := filepath.EvalSymlinks(name); err == nil {
		return p
	}
	return name
}
