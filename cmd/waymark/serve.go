package main

import (
	"context"
	"io/fs"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"
	"waymark/internal/build"
	"waymark/internal/diag"
	"waymark/internal/schema"
	"waymark/internal/serve"
	"waymark/internal/source"
)

// defaultPort is the preview's, unless site.yaml or --port says otherwise.
const defaultPort = 1414

// preview are the flags of serve.
type preview struct {
	host, basePath, editor   string
	port                     int
	poll                     time.Duration
	open, navigate, noReload bool
}

func serveCommand(g *globals) *cobra.Command {
	var p preview
	cmd := &cobra.Command{
		Use:     "serve",
		Aliases: []string{"server", "dev", "preview"},
		Short:   "Show the site while you write",
		Long: `Show the site in a browser and keep it up to date while you write: a saved page changes in place, with
scroll, open details and typed answers kept. Drafts are shown, with a badge. Errors lie over the last
good page until they are mended. Nothing is written to the destination.

In the browser Alt+A shows and hides the bar that says which file a page is made of.`,
		Example: `  waymark serve --open
  waymark serve --port 8080 --base-path /handbook/     try a site that stands below a path
  waymark serve --poll                                 for network drives, which do not tell about changes
  waymark serve --poll=5s                              the same, looking less often; the time follows =`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 && cmd.Flags().Changed("poll") {
				if _, err := time.ParseDuration(args[0]); err == nil {
					return usagef("write --poll=%s, with = before the time", args[0])
				}
			}
			return noArgs(cmd, args)
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return g.serve(cmd, p) },
	}
	f := cmd.Flags()
	f.IntVarP(&p.port, "port", "p", defaultPort, "port; without it, the next free one when this is busy")
	f.StringVar(&p.host, "host", "127.0.0.1", "name or address to listen at; 0.0.0.0 lets others on the network read the site")
	f.BoolVarP(&p.open, "open", "o", false, "open the site in a browser")
	f.BoolVar(&p.navigate, "navigate", false, "go to the page that was saved")
	f.StringVar(&p.basePath, "base-path", "", "serve below a path, as some hosts do")
	f.DurationVar(&p.poll, "poll", 0, "look for changes this often instead of waiting for the system to tell")
	f.Lookup("poll").NoOptDefVal = "1s"
	f.BoolVar(&p.noReload, "no-reload", false, "leave pages as they are until they are loaded again")
	f.StringVar(&p.editor, "editor", "", "address that opens a file, with {path}, {line} and {column} (default: site.yaml's, else Visual Studio Code's)")
	return cmd
}

func (g *globals) serve(cmd *cobra.Command, p preview) error {
	switch {
	case p.port < 0 || p.port > 65535:
		return usagef("--port is a number up to 65535, not %d", p.port)
	case p.poll < 0 || p.poll > 0 && p.poll < 10*time.Millisecond:
		return usagef("--poll is a time such as 1s, not %s", p.poll)
	}
	base, err := serve.BasePath(p.basePath)
	if err != nil {
		return usageError{err}
	}
	root, dir, err := g.project()
	if err != nil {
		return err
	}
	fsys := root.FS()
	// Drafts are what an author works on: they are shown unless somebody says no.
	drafts := g.drafts || !cmd.Flags().Changed("drafts")
	var s *serve.Server
	r := &reporter{g: g}
	tree := serve.NewTree(fsys)
	b, done, err := g.builder(build.Options{Project: tree, Serve: true, Base: base, Drafts: drafts, Progress: func(phase string, n, of int) {
		if !r.built.Load() { // later builds are over before anybody could read it
			g.status.progress(phase, n, of)
			s.Progress(phase, n, of)
		}
	}})
	if err != nil {
		return err
	}
	defer done()
	files := g.configs
	if len(files) == 0 {
		files = []string{source.ConfigName}
	}
	given := cmd.Flags().Changed("port")
	if !given {
		p.port = g.portOf(fsys, files, p.port)
	}
	s, err = serve.New(serve.Options{
		Build: b.Build,
		Tree:  tree,
		Watch: serve.Watch{Root: dir, Files: files, Trees: []string{source.ContentDir, "themes"}, Linked: "themes", Ignore: source.Ignored, Kept: kept, Poll: p.poll},
		Host:  p.host, Port: p.port, NextPort: !given, BasePath: base,
		Drafts: drafts, Navigate: p.navigate, NoReload: p.noReload, Editor: p.editor,
		Log: func(s string) { g.say("waymark: %s", s) },
		Ready: func(addr string) {
			g.say("Serving %s · stop with Ctrl-C", addr)
			if p.open {
				g.openBrowser(addr)
			}
		},
		Rebuilt: r.report,
	})
	if err != nil {
		return usageError{err}
	}
	return s.Run(cmd.Context())
}

// portOf returns the port of site.yaml, or the other where it names none. Faults in the file are for the build to report.
func (g *globals) portOf(fsys fs.FS, files []string, other int) int {
	var c source.Config
	for _, name := range files {
		if data, err := fs.ReadFile(fsys, name); err == nil {
			data = []byte(strings.TrimPrefix(string(data), "\ufeff"))
			schema.Decode(schema.Source{File: diag.NewFile(name, data), Data: data}, &c, true)
		}
	}
	if c.Serve.Port > 0 && c.Serve.Port <= 65535 {
		return c.Serve.Port
	}
	return other
}

// A reporter says on the terminal what became of each build. What was said before is not said again with every save.
type reporter struct {
	g     *globals
	built atomic.Bool // the first build is done
	last  diag.List
	bad   bool
}

func (r *reporter) report(b *serve.Rebuild) {
	g := r.g
	r.built.Store(true)
	g.status.clear()
	if !slices.EqualFunc(r.last, b.Diagnostics, alike) {
		if err := g.diagnostics(g.faults(), b.Diagnostics); err != nil {
			g.say("waymark: %s", err)
		}
	}
	r.last = b.Diagnostics
	was := r.bad
	r.bad = b.Err != nil || b.Diagnostics.HasErrors()
	switch {
	case b.Err != nil:
		g.say("waymark: %s", b.Err)
	case r.bad && b.Site == nil:
		g.say("Not built: %s", counts(b.Diagnostics))
	case r.bad:
		g.say("Not built: %s · the last good site is shown", counts(b.Diagnostics))
	case b.First:
		s := b.Site.Plan.Stats
		g.say("Built %s, %s, %s in %s · %s", count(s.Modules, "page"), count(s.Paths, "path"), count(s.Checks, "check"), took(b.Took), counts(b.Diagnostics))
	case !b.Same || was:
		g.say("Changed %s in %s · %s", count(b.Changed, "file"), took(b.Took), counts(b.Diagnostics))
	}
}

// alike reports whether two diagnostics of two builds say the same.
func alike(a, b diag.Diagnostic) bool {
	return a.Code == b.Code && a.Severity == b.Severity && a.Message == b.Message && a.Span.Range == b.Span.Range && a.Span.Path() == b.Span.Path()
}

// openBrowser asks the system to show an address.
func (g *globals) openBrowser(addr string) {
	name, args := "xdg-open", []string{addr}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", addr}
	}
	c := exec.CommandContext(context.Background(), name, args...)
	if err := c.Start(); err != nil {
		g.say("waymark: no browser could be opened (%s); go to %s", reason(err), addr)
		return
	}
	go c.Wait() // so that no dead process is left behind
}
