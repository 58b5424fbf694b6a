package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"waymark/internal/build"
	"waymark/internal/cache"
	"waymark/internal/diag"
	"waymark/internal/pace"
	"waymark/internal/plan"
	"waymark/internal/schema"
	"waymark/internal/source"
	"waymark/internal/theme"
	"waymark/themes"
)

// workDir is the folder, in a project, of what Waymark keeps for itself.
const workDir = ".waymark"

// globals are the flags that all commands share, and the streams.
type globals struct {
	source, destination, baseURL, format, cacheMode, forRole, color   string
	configs                                                           []string
	drafts, strict, quiet, verbose, timings, dryRun, explain, inPlace bool
	learners                                                          bool
	unsound                                                           bool // what is remembered was verified and is not what is made
	jobs                                                              int
	set                                                               map[string]source.Setting
	over                                                              []theme.Layer // lie over the site's theme
	out, err                                                          io.Writer
	status                                                            status
}

func (g *globals) flags(f *pflag.FlagSet) {
	f.StringVarP(&g.source, "source", "s", ".", "folder of the project")
	f.StringVarP(&g.destination, "destination", "d", "public", "folder for the site, from the project's folder")
	f.StringArrayVarP(&g.configs, "config", "c", nil, "configuration file, from the project's folder; again for one that lies over it (default site.yaml)")
	f.StringVarP(&g.baseURL, "base-url", "b", "", "address of the published site, over site.yaml's")
	f.BoolVarP(&g.drafts, "drafts", "D", false, "build drafts too")
	f.BoolVar(&g.strict, "strict", false, "treat warnings as errors")
	f.IntVar(&g.jobs, "jobs", 0, "pages worked on at once (default: one a core)")
	f.StringVar(&g.format, "format", "text", "how diagnostics are printed: text, json, sarif, github")
	f.BoolVarP(&g.quiet, "quiet", "q", false, "print diagnostics and errors only")
	f.BoolVarP(&g.verbose, "verbose", "v", false, "say more")
	f.StringVar(&g.color, "color", "auto", "colours: auto, always, never")
	f.StringVar(&g.cacheMode, "cache", "on", "what was remembered: on, off, verify")
	f.StringVar(&g.forRole, "for", "", "id of a role: leave out pages, paths and blocks for others")
	f.BoolVar(&g.learners, "learners", false, "leave out the notes for facilitators")
}

// environment fills flags that were not given from WAYMARK_* variables, and takes keys of site.yaml from them.
func (g *globals) environment(cmd *cobra.Command) error {
	var bad error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		name := "WAYMARK_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		v := os.Getenv(name) // an empty one says nothing
		if v == "" || f.Changed || bad != nil || f.Name == "help" {
			return
		}
		if err := cmd.Flags().Set(f.Name, v); err != nil { // as if it were given: it lies over site.yaml
			bad = usagef("%s cannot be %s", name, diag.Quote(v))
		}
	})
	if bad != nil {
		return bad
	}
	g.set = map[string]source.Setting{}
	for _, key := range source.Settable {
		name := "WAYMARK_" + strings.ToUpper(key)
		if v := os.Getenv(name); v != "" {
			g.set[key] = source.Setting{Value: v, From: name}
		}
	}
	if g.baseURL != "" && g.baseURL != g.set["base_url"].Value {
		g.set["base_url"] = source.Setting{Value: g.baseURL, From: "--base-url"}
	}
	switch g.format {
	case "text", "json", "sarif", "github":
	default:
		return usagef("--format is text, json, sarif or github, not %s", diag.Quote(g.format))
	}
	switch g.color {
	case "auto", "always", "never":
	default:
		return usagef("--color is auto, always or never, not %s", diag.Quote(g.color))
	}
	if _, ok := sourceDate(); !ok {
		return usagef("SOURCE_DATE_EPOCH is a number of seconds, not %s", diag.Quote(os.Getenv("SOURCE_DATE_EPOCH")))
	}
	if g.jobs < 0 {
		return usagef("--jobs is a number of pages, not %d", g.jobs)
	}
	g.status.start(g)
	return nil
}

// project returns the project's folder and its path. It is opened as a root: nothing outside can be read through it.
func (g *globals) project() (*os.Root, string, error) {
	dir, err := filepath.Abs(g.source)
	if err != nil {
		return nil, "", err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		err = fmt.Errorf("%s: %s", g.source, reason(err))
		if fi, serr := os.Stat(dir); errors.Is(serr, fs.ErrNotExist) || serr == nil && !fi.IsDir() {
			err = usageError{err}
		}
		return nil, "", err
	}
	return root, dir, nil
}

func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		if errors.Is(err, fs.ErrNotExist) {
			return "no such folder"
		}
		return pe.Err.Error()
	}
	return err.Error()
}

// builder returns a builder for the project, and what to close when done.
func (g *globals) builder(o build.Options) (*build.Builder, func(), error) {
	go theme.Preload(defaultLayer())
	root, dir, err := g.project()
	if err != nil {
		return nil, nil, err
	}
	fsys := root.FS()
	if !o.Serve { // which takes a long time, in which folders come and go
		fsys = newFolder(root)
	}
	for i, c := range g.configs {
		// A configuration file is named from the project's folder and must lie in it.
		g.configs[i] = path.Clean(filepath.ToSlash(c))
		if !fs.ValidPath(g.configs[i]) {
			return nil, nil, usagef("--config names a file in the project's folder, not %s", diag.Quote(c))
		}
		if fi, err := fs.Stat(fsys, g.configs[i]); errors.Is(err, fs.ErrNotExist) || err == nil && fi.IsDir() {
			return nil, nil, usagef("there is no file %s in the project's folder", diag.Quote(c))
		}
	}
	if o.Project == nil {
		o.Project = fsys
	}
	o.Configs, o.Set, o.Strict, o.Jobs = g.configs, g.set, g.strict, g.jobs
	o.Drafts = o.Drafts || g.drafts
	o.For, o.Learners = g.forRole, g.learners
	o.Today, o.Kept = today(), kept
	if !o.Serve && os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" { // who has set one of these decides
		pace.Loiter()
		o.Busy = pace.For
	}
	o.Themes = func(name string) ([]theme.Layer, error) {
		own, err := layers(fsys, name)
		return append(slices.Clip(g.over), own...), err
	}
	if o.Progress == nil {
		o.Progress = g.status.progress
	}
	closeAll := func() {}
	if g.cacheMode != "off" {
		c, err := cache.Open(filepath.Join(dir, workDir, "cache"), cache.Options{Mode: cache.Mode(g.cacheMode), Program: programID()})
		if err != nil {
			return nil, nil, usageError{err}
		}
		o.Cache = c
		closeAll = func() { g.close(c) }
	}
	return build.New(o), closeAll, nil
}

// close closes the cache. Who asked for what is remembered to be verified is told what is wrong with it; else it only costs time.
func (g *globals) close(c *cache.Cache) {
	switch err := c.Close(); {
	case err == nil:
	case c.Verifies():
		fmt.Fprintf(g.err, "waymark: %s\n", err)
		g.unsound = true
	case g.verbose:
		fmt.Fprintf(g.err, "waymark: the cache was not kept: %s\n", err)
	}
}

func defaultLayer() theme.Layer {
	return theme.Layer{Name: "default theme", FS: themes.Default(), Fixed: true}
}

// themeFolder is the folder of the theme that site.yaml names, from the project's: one right under themes/. Without a name it is that of changes to the default theme.
func themeFolder(name string) (string, error) {
	dir := cmp.Or(name, "default")
	if strings.ContainsAny(dir, `/\:`) || strings.HasPrefix(dir, ".") {
		return "", fmt.Errorf("a theme is the name of a folder under themes/, not %s", diag.Quote(dir))
	}
	return path.Join("themes", dir), nil
}

// layers are the folders of a theme: the site's own over the default one.
func layers(fsys fs.FS, name string) ([]theme.Layer, error) {
	base := defaultLayer()
	dir, err := themeFolder(name)
	if err != nil {
		return nil, err
	}
	if fi, err := fs.Stat(fsys, dir); err == nil && fi.IsDir() {
		own, err := fs.Sub(fsys, dir)
		if err != nil {
			return nil, err
		}
		return []theme.Layer{{Name: dir, FS: own}, base}, nil
	}
	if name != "" && name != "default" {
		return nil, fmt.Errorf("there is no theme %s", diag.Quote(name))
	}
	return []theme.Layer{base}, nil
}

// today is the day that publish_date and expiry_date are compared with: that of SOURCE_DATE_EPOCH where it is set, for builds that can be repeated.
func today() schema.Date {
	now, _ := sourceDate()
	return schema.Date(now.Format(time.DateOnly))
}

// sourceDate is the moment that SOURCE_DATE_EPOCH says, or now where it says none (https://reproducible-builds.org/specs/source-date-epoch). It is false when it cannot be read.
func sourceDate() (time.Time, bool) {
	s := os.Getenv("SOURCE_DATE_EPOCH")
	if s == "" {
		return time.Now(), true
	}
	sec, err := strconv.ParseInt(s, 10, 64)
	return time.Unix(sec, 0).UTC(), err == nil
}

// faults is where diagnostics go that are not what was asked for: beside it as text, and to standard output for programs, which then holds nothing else.
func (g *globals) faults() io.Writer {
	if g.format == "text" {
		return g.err
	}
	return g.out
}

// remarks is where text goes that was asked for besides: to standard output unless that is for programs.
func (g *globals) remarks() io.Writer {
	if g.format == "text" {
		return g.out
	}
	return g.err
}

// here is the project's folder as seen from the folder the program was started in, where a pipeline looks for files.
func (g *globals) here() string {
	dir := filepath.Clean(g.source)
	if filepath.IsAbs(dir) {
		wd, err := os.Getwd()
		if err != nil {
			return ""
		}
		if rel, err := filepath.Rel(resolved(wd), resolved(dir)); err == nil {
			dir = rel
		}
	}
	return filepath.ToSlash(dir)
}

// diagnostics prints the list in the format asked for.
func (g *globals) diagnostics(w io.Writer, l diag.List) error {
	g.status.clear()
	switch g.format {
	case "json":
		return diag.JSON(w, l)
	case "sarif":
		return diag.SARIF(w, l, version(), g.here())
	case "github":
		return diag.GitHub(w, l, g.here())
	}
	if g.verbose {
		return diag.Text(w, l, g.status.color)
	}
	l, folds := l.Fold(mostOfACode)
	if err := diag.Text(w, l, g.status.color); err != nil {
		return err
	}
	for _, f := range folds {
		fmt.Fprintf(w, "… and %d more warnings of this kind [%s]; --verbose shows all\n", f.Left, f.Code)
	}
	return nil
}

// mostOfACode is how many warnings of one code are shown in full: those that come by the hundred have one cause.
const mostOfACode = 20

// say prints a line of talk.
func (g *globals) say(format string, args ...any) {
	if !g.quiet {
		g.status.clear()
		fmt.Fprintf(g.err, format+"\n", args...)
	}
}

// counts says how many errors and warnings there were.
func counts(l diag.List) string {
	e, w := l.Count()
	return fmt.Sprintf("%s, %s", count(e, "error"), count(w, "warning"))
}

// summary says besides how many drafts are left out: whoever looks for a page that is one finds it here.
func summary(l diag.List, s plan.Stats) string {
	if s.Drafts == 0 {
		return counts(l)
	}
	return counts(l) + " · " + count(s.Drafts, "draft") + " left out"
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "z") {
		noun += "ze"
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// took says a length of time as people read it.
func took(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < 2*time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
}
