package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"waymark/internal/build"
	"waymark/internal/cache"
	"waymark/internal/diag"
	"waymark/internal/publish"
	"waymark/internal/source"
	"waymark/internal/theme"
)

func buildCommand(g *globals) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Build the site",
		Long: `Build the site and write it to public/ (or to --destination), as a whole or not at all: with an
error in the content the site that was there stays as it was. Only files that Waymark wrote are ever removed.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.build(cmd.Context()) },
	}
	cmd.Flags().BoolVar(&g.dryRun, "dry-run", false, "say how many files would be written and removed (--verbose: which), and write nothing")
	cmd.Flags().BoolVar(&g.inPlace, "in-place", false, "write file by file into the folder that is there, for a container or server that holds on to it")
	cmd.Flags().BoolVar(&g.timings, "timings", false, "say how long each phase took")
	cmd.Flags().BoolVar(&g.explain, "explain", false, "say for each page that was rendered which part of its key moved")
	return cmd
}

func noArgs(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("there is nothing to do with %s", diag.Quote(args[0]))
	}
	return nil
}

func (g *globals) build(ctx context.Context) error {
	began := time.Now()
	dest := g.dest()
	if g.dryRun {
		g.cacheMode = string(cache.Off) // which nothing is written to
	}
	ahead, err := g.lookAhead(ctx, dest)
	if err != nil {
		return err
	}
	b, done, err := g.builder(build.Options{Program: programID()})
	if err != nil {
		return err
	}
	defer done()
	m, err := g.make(ctx, b, ahead)
	if errors.Is(err, build.ErrChanged) {
		b.Forget() // a site that is built of what is there now does not change under our hands
		m, err = g.make(ctx, b, ahead)
	}
	site, ds := m.site, m.ds
	if site == nil {
		return g.failed(ds, err)
	}
	if f, ok := errors.AsType[*theme.Fault](err); ok {
		ds, err = append(slices.Clip(ds), f.Diagnostic("")).Sort(), nil
	}
	if perr := g.diagnostics(g.faults(), ds); perr != nil {
		return perr
	}
	if err != nil {
		return err
	}
	if ds.HasErrors() {
		g.say("Not built: %s · the site in %s is as it was", counts(ds), shown(dest))
		return exitError(exitContent)
	}
	if m.keyed != nil {
		g.explainChanges(m.keyed, m.changes)
		if !g.dryRun && m.changed() {
			g.writeKeys(m.keyed)
		}
	}
	if g.timings {
		g.sayTimings(site)
	}
	verb := "Built"
	if g.dryRun {
		verb = "Would build"
		for _, p := range m.changes.WrittenPaths {
			g.logf("would write %s", p)
		}
		for _, p := range m.changes.RemovedPaths {
			g.logf("would remove %s", p)
		}
		g.say("%s would be written, %d removed", count(m.changes.Written, "file"), m.changes.Removed)
	}
	pages := 0
	for _, f := range site.Files {
		if f.HTML {
			pages++
		}
	}
	s := site.Stats
	g.say("%s %s, %s, %s in %s · %s → %s", verb, count(pages, "page"), count(s.Paths, "path"), count(s.Checks, "check"), took(time.Since(began)), summary(ds, s), shown(dest))
	return nil
}

// A made is a site that was built and published.
type made struct {
	site    *build.Site // nil: the machine failed before there was one
	keyed   *build.Site // the site with the parts of its keys; nil when nobody wants to know
	ds      diag.List   // with errors, nothing is published
	changes publish.Changes
}

func (m *made) changed() bool { return m.changes.Written+m.changes.Removed > 0 }

// make builds the site and publishes it. An error that is build.ErrChanged says that what was remembered is of other content than is there now.
func (g *globals) make(ctx context.Context, b *build.Builder, dest *publish.Ahead) (m made, err error) {
	site, ds, err := b.Build(ctx)
	m.ds = ds
	if err != nil {
		return m, err
	}
	m.site = site
	if ds.HasErrors() {
		return m, nil
	}
	wrote := time.Now()
	if m.changes, err = g.publish(ctx, site, dest); err != nil {
		return m, err
	}
	site.Timings = append(site.Timings, build.Timing{Phase: "write", Took: time.Since(wrote)})
	if g.explain || !g.dryRun && m.changed() {
		m.keyed, err = site.Keyed()
	}
	return m, err
}

// failed prints what was found before the machine failed.
func (g *globals) failed(ds diag.List, err error) error {
	if len(ds) > 0 {
		if perr := g.diagnostics(g.faults(), ds.Sort()); perr != nil {
			return perr
		}
	}
	return err
}

// erroneous prints the errors of a list, without its warnings, and what they mean for what was asked for; nil when there are none.
func (g *globals) erroneous(ds diag.List, so string) error {
	if !ds.HasErrors() {
		return nil
	}
	ds = slices.DeleteFunc(ds, func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
	if err := g.diagnostics(g.err, ds); err != nil {
		return err
	}
	g.say("%s: %s", so, count(len(ds), "error"))
	return exitError(exitContent)
}

// dest is the destination, from the project's folder unless it is a whole path.
func (g *globals) dest() string {
	if filepath.IsAbs(g.destination) {
		return filepath.Clean(g.destination)
	}
	return filepath.Join(g.source, g.destination)
}

// shown writes a folder as people do: with a slash at its end.
func shown(dir string) string {
	return strings.TrimSuffix(filepath.ToSlash(dir), "/") + "/"
}

// lookAhead looks at the destination while there is no site yet.
func (g *globals) lookAhead(ctx context.Context, dest string) (*publish.Ahead, error) {
	project, err := filepath.Abs(g.source)
	if err != nil {
		return nil, err
	}
	return publish.Look(ctx, dest, publish.Options{
		Project: project,
		Protect: []string{source.ContentDir, source.ConfigName, "themes", ".git"},
		State:   filepath.Join(project, workDir, "publish"),
		Jobs:    g.jobs, DryRun: g.dryRun, InPlace: g.inPlace,
		Logf:     g.logf,
		Progress: func(n, m int) { g.status.progress("writing", n, m) },
	}), nil
}

func (g *globals) publish(ctx context.Context, site *build.Site, dest *publish.Ahead) (publish.Changes, error) {
	files := make([]publish.File, len(site.Files))
	for i, f := range site.Files {
		files[i] = publish.File{Path: f.Path, Key: f.Key, Write: f.Write, Class: publish.Asset}
		if f.HTML {
			files[i].Class = publish.Page
		}
	}
	return dest.Dir(ctx, files)
}

// logf prints what --verbose asks for.
func (g *globals) logf(format string, args ...any) {
	if g.verbose {
		g.say(format, args...)
	}
}

func (g *globals) sayTimings(site *build.Site) {
	for _, t := range site.Timings {
		g.say("  %-8s %7.1f ms", t.Phase, float64(t.Took.Microseconds())/1000)
	}
	g.say("  %d pages parsed, %d remembered", site.Parsed, site.Remembered)
}

// explainChanges says which part of a page's key moved since the build before.
func (g *globals) explainChanges(site *build.Site, c publish.Changes) {
	if !g.explain {
		return
	}
	before := g.readKeys()
	for _, p := range c.WrittenPaths {
		f, ok := site.Lookup(p)
		if !ok || f.Parts == nil {
			fmt.Fprintf(g.remarks(), "%s: its bytes are new\n", p)
			continue
		}
		fmt.Fprintf(g.remarks(), "%s: %s\n", p, strings.Join(before.moved(f), ", "))
	}
}
