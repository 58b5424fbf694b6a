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
		Long:  "Remove the files that Waymark wrote to the destination, and what it remembers of the project. Files of others stay.",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			root, project, err := g.project()
			if err != nil {
				return err
			}
			root.Close()
			dest := g.dest()
			changes, err := publish.Clean(cmd.Context(), dest, publish.Options{Project: project, State: filepath.Join(project, workDir, "publish"), Logf: g.logf})
			if err != nil {
				return err
			}
			for _, name := range []string{"cache", "publish", keysName, answersName} {
				if err := os.RemoveAll(filepath.Join(project, workDir, name)); err != nil {
					return err
				}
			}
			_ = os.Remove(filepath.Join(project, workDir)) // where there is nothing else in it, as schemas
			g.say("Removed %s from %s and the cache", count(changes.Removed, "file"), shown(dest))
			return nil
		},
	}
}
