package main

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"waymark/internal/publish"
)

func cleanCommand(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "clean",
		Short: "Remove the built site and what was remembered",
		Long:  "Remove the files that Waymark wrote to the destination, and its cache. Files of others stay.",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			project, err := filepath.Abs(g.source)
			if err != nil {
				return err
			}
			dest := g.dest()
			changes, err := publish.Clean(cmd.Context(), dest, publish.Options{Project: project, State: filepath.Join(project, workDir, "publish"), Logf: g.logf})
			if err != nil {
				return err
			}
			if err := os.RemoveAll(filepath.Join(project, workDir, "cache")); err != nil {
				return err
			}
			g.say("Removed %s from %s and the cache", count(changes.Removed, "file"), shown(dest))
			return nil
		},
	}
}
