package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"waymark/internal/build"
	"waymark/internal/changes"
	"waymark/internal/diag"
)

func diffCommand(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "diff [COMMIT|FOLDER]",
		Short: "Say in plain words what changed since a commit, for somebody who reviews it",
		Long: `Compares the project with how it was in a commit of its Git repository, by default the last one, or with another folder that holds it. It names what is new, gone or moved, and what changed
in settings, objectives, completion rules and paths; of each check it says which answers are right or wrong now, and whether learners who answered it lose what they did. Of running text
it says only that it changed: Git shows that better.`,
		Example: `  waymark diff
  waymark diff main
  waymark diff ../guide-2026`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("name one commit or folder")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.diff(cmd.Context(), append(args, "HEAD")[0])
		},
	}
}

func (g *globals) diff(ctx context.Context, what string) error {
	old := what
	if fi, err := os.Stat(what); err != nil || !fi.IsDir() {
		dir, err := os.MkdirTemp("", "waymark-diff-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		if err := checkOut(ctx, g.source, what, dir); err != nil {
			return err
		}
		old = dir
	}
	was, _, err := g.versionIn(ctx, old)
	if err != nil {
		return usagef("%s is no project that this one can be compared with: %s", diag.Quote(what), err)
	}
	is, ds, err := g.versionIn(ctx, g.source)
	if err != nil {
		return g.failed(ds, err)
	}
	files, err := changes.Between(was, is)
	if err != nil {
		return err
	}
	for i, f := range files {
		if i > 0 {
			fmt.Fprintln(g.out)
		}
		fmt.Fprintln(g.out, f.Path)
		for _, l := range f.Lines {
			fmt.Fprintf(g.out, "  %s\n", l)
		}
	}
	g.say("%s with changes since %s", count(len(files), "file"), diag.Quote(what))
	if ds.HasErrors() {
		g.say("The content has faults, so something may be missing here; see `waymark check`.")
	}
	return nil
}

// versionIn resolves the project in a folder, with its drafts, and returns what is wrong in it.
func (g *globals) versionIn(ctx context.Context, dir string) (v changes.Version, ds diag.List, err error) {
	project, mode := g.source, g.cacheMode
	defer func() { g.source, g.cacheMode = project, mode }()
	g.source, g.cacheMode = dir, "off"
	b, done, err := g.builder(build.Options{Check: true, Drafts: true})
	if err != nil {
		return v, nil, err
	}
	defer done()
	site, ds, err := b.Build(ctx)
	if err != nil {
		return v, ds, err
	}
	return changes.Version{Config: site.Config, Glossary: site.Project.Glossary, Curriculum: site.Curriculum}, ds, nil
}

// checkOut puts the project in a folder, as it was in a commit, into another. The repository is only read: Git keeps its list of files beside that.
func checkOut(ctx context.Context, project, commit, to string) error {
	git := func(dir string, args ...string) (string, error) {
		cmd := exec.CommandContext(ctx, "git", append([]string{"-C", dir}, args...)...)
		cmd.Env = append(os.Environ(), "GIT_INDEX_FILE="+filepath.Join(to, ".index"))
		out, err := cmd.Output()
		var failed *exec.ExitError
		switch {
		case errors.Is(err, exec.ErrNotFound):
			return "", usagef("there is no folder %s, and no git to look for such a commit", diag.Quote(commit))
		case errors.As(err, &failed):
			said, _, _ := strings.Cut(strings.TrimSpace(string(failed.Stderr)), "\n")
			return "", usagef("there is no folder and no commit %s: git says %s", diag.Quote(commit), diag.Quote(said))
		}
		return strings.TrimRight(string(out), "\r\n"), err
	}
	top, err := git(project, "rev-parse", "--show-toplevel")
	if err != nil {
		return err
	}
	below, err := git(project, "rev-parse", "--show-prefix")
	if err != nil {
		return err
	}
	tree, err := git(top, "rev-parse", "--verify", "--end-of-options", commit+":"+below)
	if err != nil {
		return err
	}
	if _, err = git(top, "read-tree", tree); err != nil {
		return err
	}
	_, err = git(top, "checkout-index", "--all", "--prefix="+filepath.ToSlash(to)+"/")
	return err
}
