package main

import (
	"time"

	"github.com/spf13/cobra"
	"waymark/internal/build"
)

func checkCommand(g *globals) *cobra.Command {
	explain, ask := false, false
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check the content without building",
		Long: `Check everything that authors write: front matter, Markdown, links, checks, paths. It is the build
without its last steps, so it finds whatever a build would find. The exit code is 1 when there are errors.

With --external it also asks the addresses on the web that pages and reading lists lead to. Those that are
dead or have moved for good are warnings; a server that is busy or wants to know who asks is left alone.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			began := time.Now()
			b, done, err := g.builder(build.Options{Check: true, Draw: true, Stale: true, Program: programID()})
			if err != nil {
				return err
			}
			defer done()
			site, ds, err := b.Build(cmd.Context())
			if err != nil {
				return g.failed(ds, err)
			}
			if ask {
				found, err := g.askExternal(cmd.Context(), site)
				if err != nil {
					return err
				}
				ds = append(ds, found.Apply(site.Config.Switches(), g.strict)...).Sort()
			}
			if err := g.diagnostics(g.out, ds); err != nil {
				return err
			}
			if explain {
				if site, err = site.Whole(); err != nil {
					return err
				}
				g.explainChecks(site)
			}
			if g.timings {
				g.sayTimings(site)
			}
			s := site.Stats
			g.say("Checked %s, %s, %s in %s · %s", count(s.Modules, "page"), count(s.Paths, "path"), count(s.Checks, "check"), took(time.Since(began)), summary(ds, s))
			if ds.HasErrors() {
				return exitError(exitContent)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&explain, "explain", false, "say of each check which type it is, and why")
	cmd.Flags().BoolVar(&ask, "external", false, "ask addresses on the web whether they still answer")
	cmd.Flags().BoolVar(&g.timings, "timings", false, "say how long each phase took")
	return cmd
}
