package main

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"waymark/internal/build"
	"waymark/internal/diag"
	"waymark/themes"
)

// ejectedName is the file in a site's theme that says from what each file was copied, for `theme doctor`.
const ejectedName = "ejected.json"

func themeCommand(g *globals) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "theme",
		Short: "Show, copy and check the files of the theme",
		RunE:  func(*cobra.Command, []string) error { return usagef("say what to do: list, which, eject or doctor") },
	}
	cmd.AddCommand(
		&cobra.Command{Use: "list", Short: "List the theme's templates and where each comes from", Args: noArgs, RunE: func(c *cobra.Command, _ []string) error { return g.themeList(c) }},
		&cobra.Command{Use: "which FILE", Short: "Say which layer a file of the theme comes from", RunE: func(c *cobra.Command, args []string) error { return g.themeWhich(c, args) }},
		&cobra.Command{Use: "eject FILE", Short: "Copy a file of the default theme into the site's theme, to change it", RunE: func(_ *cobra.Command, args []string) error { return g.themeEject(args) }},
		&cobra.Command{Use: "doctor", Short: "Find copies whose original has changed since", Args: noArgs, RunE: func(c *cobra.Command, _ []string) error { return g.themeDoctor(c) }},
	)
	return cmd
}

// look checks the site, says what is wrong with its theme, and returns the site with the theme as far as it can be read. The error is that of the faults.
func (g *globals) look(c *cobra.Command) (*build.Site, error) {
	b, done, err := g.builder(build.Options{Check: true})
	if err != nil {
		return nil, err
	}
	defer done()
	site, ds, err := b.Build(c.Context())
	if err != nil {
		return nil, g.failed(ds, err)
	}
	ds = slices.DeleteFunc(ds, func(d diag.Diagnostic) bool {
		return d.Severity != diag.Error || !strings.HasPrefix(d.Code, "theme/") && !strings.HasPrefix(d.Span.Path(), "themes/")
	})
	if len(ds) == 0 {
		return site, nil
	}
	if err := g.diagnostics(g.err, ds); err != nil {
		return nil, err
	}
	return site, exitError(exitContent)
}

func (g *globals) themeList(c *cobra.Command) error {
	site, faults := g.look(c)
	if site == nil {
		return faults
	}
	var rows [][]string
	for _, name := range site.Theme.Templates() {
		rows = append(rows, []string{name, site.Theme.Origin(name)})
	}
	return cmp.Or(g.table([]string{"template", "from"}, rows), faults)
}

func (g *globals) themeWhich(c *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usagef("name one file, as in module.html, blocks/question.html or assets/waymark.css")
	}
	site, faults := g.look(c)
	if site == nil {
		return faults
	}
	files := site.Theme.Files()
	name := path.Clean(args[0])
	from := files[name]
	if from == nil {
		name = path.Join("templates", name)
		from = files[name]
	}
	if from == nil {
		known := slices.Concat(site.Theme.Templates(), slices.Sorted(maps.Keys(files)))
		return usagef("the theme has no file %s%s", diag.Quote(args[0]), prefixed("; ", diag.DidYouMean(args[0], known)))
	}
	if name != "theme.yaml" && !strings.HasPrefix(name, "messages/") { // which are laid over one another
		from = from[:1]
	}
	for _, layer := range from {
		fmt.Fprintln(g.out, path.Join(layer, name))
	}
	return faults
}

// ownTheme opens the project and returns the folder of the site's own theme in it, which need not be there.
func (g *globals) ownTheme() (*os.Root, string, error) {
	b, done, err := g.builder(build.Options{Check: true})
	if err != nil {
		return nil, "", err
	}
	defer done()
	name, at := b.ThemeName()
	dir, err := themeFolder(name)
	if err != nil {
		var ds diag.List
		ds.Add("theme/missing", at, "name a folder under themes/, or take the line away", "%s", err)
		return nil, "", cmp.Or(g.diagnostics(g.err, ds), error(exitError(exitContent)))
	}
	root, _, err := g.project()
	return root, dir, err
}

func (g *globals) themeEject(args []string) error {
	if len(args) != 1 {
		return usagef("name one file, as in templates/module.html")
	}
	name := path.Clean(strings.TrimPrefix(args[0], "/"))
	data, err := fs.ReadFile(themes.Default(), name)
	if err != nil {
		if data, err = fs.ReadFile(themes.Default(), path.Join("templates", name)); err != nil {
			return usagef("the default theme has no file %s; `waymark theme list` lists the templates", diag.Quote(args[0]))
		}
		name = path.Join("templates", name)
	}
	root, dir, err := g.ownTheme() // nothing outside the project can be written through it
	if err != nil {
		return err
	}
	defer root.Close()
	to := path.Join(dir, name)
	shown := filepath.Join(g.source, filepath.FromSlash(to))
	if _, err := root.Lstat(to); err == nil {
		return usagef("%s is there already; nothing was changed", shown)
	}
	if err := root.MkdirAll(path.Dir(to), 0o755); err != nil {
		return fmt.Errorf("%s cannot be written: %w", shown, err)
	}
	if err := root.WriteFile(to, data, 0o644); err != nil {
		return fmt.Errorf("%s cannot be written: %w", shown, err)
	}
	log := readEjected(root, dir)
	log[name] = digestOf(data)
	out, err := json.MarshalIndent(log, "", "  ")
	if err != nil {
		return err
	}
	if err := root.WriteFile(path.Join(dir, ejectedName), append(out, '\n'), 0o644); err != nil {
		return err
	}
	g.say("Copied to %s. Change it there; `waymark theme doctor` says when the original changes.", shown)
	return nil
}

func readEjected(root *os.Root, dir string) map[string]string {
	log := map[string]string{}
	if data, err := root.ReadFile(path.Join(dir, ejectedName)); err == nil {
		if json.Unmarshal(data, &log) != nil {
			log = map[string]string{}
		}
	}
	return log
}

func digestOf(data []byte) string { return fmt.Sprintf("%x", sha256.Sum256(data))[:16] }

func (g *globals) themeDoctor(c *cobra.Command) error {
	site, faults := g.look(c)
	if site == nil {
		return faults
	}
	root, dir, err := g.ownTheme()
	if err != nil {
		return cmp.Or(faults, err) // which says the same
	}
	defer root.Close()
	log := readEjected(root, dir)
	var said []string
	say := func(name, what string) { said = append(said, name+": "+what) }
	stale, same := 0, 0
	err = fs.WalkDir(root.FS(), dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			return err
		}
		rel := strings.TrimPrefix(name, dir+"/")
		original, err := fs.ReadFile(themes.Default(), rel)
		if err != nil {
			return nil // a file of the site's own
		}
		if rel == "theme.yaml" && log[rel] == "" {
			return nil // each theme has one, which is laid over key by key
		}
		mine, err := root.ReadFile(name)
		if err != nil {
			return err
		}
		switch was := log[rel]; {
		case bytes.Equal(mine, original):
			same++
			say(rel, "is the same as the original and can be deleted")
		case was == "":
			say(rel, "lies over the original; from which version is not known")
		case was != digestOf(original):
			stale++
			say(rel, "the original has changed since it was copied; compare the two")
		default:
			say(rel, "fits")
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case same == len(said) && whole(root, dir):
		g.say("%s is the default theme itself.", dir)
	case len(said) > 0:
		fmt.Fprintln(g.out, strings.Join(said, "\n"))
	case faults == nil:
		g.say("No file of the theme lies over one of the default theme.")
	}
	if stale > 0 {
		return exitError(exitContent)
	}
	return faults
}

// whole reports whether a folder has all templates of the default theme.
func whole(root *os.Root, dir string) bool {
	missing := fs.WalkDir(themes.Default(), "templates", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			_, err = root.Stat(path.Join(dir, name))
		}
		return err
	})
	return missing == nil
}
