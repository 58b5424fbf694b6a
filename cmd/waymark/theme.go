package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
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
		&cobra.Command{Use: "which TEMPLATE", Short: "Say which file a template comes from", RunE: func(c *cobra.Command, args []string) error { return g.themeWhich(c, args) }},
		&cobra.Command{Use: "eject FILE", Short: "Copy a file of the default theme into the site's theme, to change it", RunE: func(_ *cobra.Command, args []string) error { return g.themeEject(args) }},
		&cobra.Command{Use: "doctor", Short: "Find copies whose original has changed since", Args: noArgs, RunE: func(*cobra.Command, []string) error { return g.themeDoctor() }},
	)
	return cmd
}

// look builds as far as the theme is known.
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
	return site, nil
}

func (g *globals) themeList(c *cobra.Command) error {
	site, err := g.look(c)
	if err != nil {
		return err
	}
	var rows [][]string
	for _, name := range site.Theme.Templates() {
		rows = append(rows, []string{name, site.Theme.Origin(name)})
	}
	return g.table([]string{"template", "from"}, rows)
}

func (g *globals) themeWhich(c *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usagef("name one template, as in module.html or blocks/question.html")
	}
	site, err := g.look(c)
	if err != nil {
		return err
	}
	name := strings.TrimPrefix(args[0], "templates/")
	from := site.Theme.Origin(name)
	if from == "" {
		return usagef("there is no template %s%s", diag.Quote(name), prefixed("; ", diag.DidYouMean(name, site.Theme.Templates())))
	}
	fmt.Fprintln(g.out, path.Join(from, "templates", name))
	return nil
}

// themeDir is the folder of the site's own theme.
func (g *globals) themeDir() (string, error) {
	_, dir, err := g.project()
	if err != nil {
		return "", err
	}
	b, done, err := g.builder(build.Options{Check: true})
	if err != nil {
		return "", err
	}
	defer done()
	name := "default"
	if n := b.ThemeName(); n != "" {
		name = n
	}
	return filepath.Join(dir, "themes", name), nil
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
	dir, err := g.themeDir()
	if err != nil {
		return err
	}
	to := filepath.Join(dir, filepath.FromSlash(name))
	if _, err := os.Stat(to); err == nil {
		return usagef("%s is there already; nothing was changed", to)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(to, data, 0o644); err != nil {
		return err
	}
	log := readEjected(dir)
	log[name] = digestOf(data)
	out, err := json.MarshalIndent(log, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, ejectedName), append(out, '\n'), 0o644); err != nil {
		return err
	}
	g.say("Copied to %s. Change it there; `waymark theme doctor` says when the original changes.", to)
	return nil
}

func readEjected(dir string) map[string]string {
	log := map[string]string{}
	if data, err := os.ReadFile(filepath.Join(dir, ejectedName)); err == nil {
		if json.Unmarshal(data, &log) != nil {
			log = map[string]string{}
		}
	}
	return log
}

func digestOf(data []byte) string { return fmt.Sprintf("%x", sha256.Sum256(data))[:16] }

func (g *globals) themeDoctor() error {
	dir, err := g.themeDir()
	if err != nil {
		return err
	}
	log := readEjected(dir)
	var said []string
	say := func(name, what string) { said = append(said, name+": "+what) }
	stale, same := 0, 0
	err = filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		original, err := fs.ReadFile(themes.Default(), rel)
		if err != nil {
			return nil // a file of the site's own
		}
		if rel == "theme.yaml" && log[rel] == "" {
			return nil // each theme has one, which is laid over key by key
		}
		mine, err := os.ReadFile(name)
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
	if err != nil {
		return err
	}
	switch {
	case same == len(said) && whole(dir):
		g.say("%s is the default theme itself.", dir)
	case len(said) == 0:
		g.say("No file of the theme lies over one of the default theme.")
	default:
		fmt.Fprintln(g.out, strings.Join(said, "\n"))
	}
	if stale > 0 {
		return exitError(exitContent)
	}
	return nil
}

// whole reports whether a folder has all templates of the default theme.
func whole(dir string) bool {
	missing := fs.WalkDir(themes.Default(), "templates", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			_, err = os.Stat(filepath.Join(dir, filepath.FromSlash(name)))
		}
		return err
	})
	return missing == nil
}
