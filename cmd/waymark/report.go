package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"waymark/internal/build"
	"waymark/internal/diag"
	"waymark/internal/plan"
	"waymark/internal/progress"
	"waymark/internal/quiz"
	"waymark/internal/report"
)

func reportCommand(g *globals) *cobra.Command {
	pathID, out, smallest := "", "", report.Smallest
	cmd := &cobra.Command{
		Use:   "report FILE|FOLDER...",
		Short: "Count what a group did on a path, from the progress files that it shared",
		Long: `Writes a page and a table of what a group did on a learning path: where people stop, which questions are hard, what is believed and wrong. It reads progress files that
learners shared, all .json files of a folder and of those in it, and no names and no texts in them. Nothing is sent, and what fewer than five people stand behind is not shown.`,
		Example: `  waymark report --path new-mentor shared/`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("name the progress files that learners shared, or their folder")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if smallest < report.Least {
				return usagef("--smallest is %d at least: a figure of fewer people speaks of each of them", report.Least)
			}
			if strings.EqualFold(filepath.Ext(out), ".csv") {
				return usagef("-o names the page, as in report.html; the table is written beside it, as report.csv")
			}
			return g.groupReport(c, pathID, out, smallest, args)
		},
	}
	cmd.Flags().StringVar(&pathID, "path", "", "id of the learning path (default: the only one)")
	cmd.Flags().StringVarP(&out, "output", "o", "", "page to write, with the table beside it as .csv; - is the page on standard output (default: named after the path's id)")
	cmd.Flags().IntVar(&smallest, "smallest", report.Smallest, "people who have to stand behind a figure")
	return cmd
}

func (g *globals) groupReport(c *cobra.Command, pathID, out string, smallest int, args []string) error {
	g.strict = false // a warning makes no figure wrong
	names, others, err := progressFiles(args)
	if err != nil {
		return err
	}
	b, done, err := g.builder(build.Options{})
	if err != nil {
		return err
	}
	defer done()
	site, ds, err := b.Build(c.Context())
	if err != nil {
		return g.failed(ds, err)
	}
	if err := g.erroneous(ds, "Not reported"); err != nil {
		return err
	}
	cur, err := learnersCurriculum(site)
	if err != nil {
		return err
	}
	path, err := onePath(cur, pathID)
	if err != nil {
		return err
	}
	files, left := g.learnersOf(names, cur.Site)
	if others > 0 {
		fmt.Fprintf(g.err, "Not looked at: %s without .json in the name; take progress files out of archives and messages\n", count(others, "file"))
	}
	if len(files) < smallest {
		fmt.Fprintf(g.err, "waymark: these are files of %s; a report takes %d at least, for fewer are known by their figures\n", count(len(files), "learner"), smallest)
		return exitError(exitContent)
	}
	checks := map[string]*quiz.Check{}
	for _, m := range site.Curriculum.Modules {
		for _, check := range m.Doc.Checks {
			checks[check.ID] = check
		}
	}
	r := report.Make(cur, path, checks, files, smallest)
	r.Lang = site.Config.Language
	page := or(out, path.ID+"-report.html")
	if err := g.toFile(page, r.HTML); err != nil || page == "-" {
		return err
	}
	if err := g.toFile(strings.TrimSuffix(page, filepath.Ext(page))+".csv", r.CSV); err != nil {
		return err
	}
	g.say("%s, %s left out", count(len(files), "learner"), count(left, "file"))
	return nil
}

// progressFiles are the files named, and those of the folders named, and of folders in them, that have .json in their names, each once: browsers and mail programs append to names.
// others is how many files the folders hold beside them, hidden ones and reports aside.
func progressFiles(args []string) (names []string, others int, err error) {
	for _, arg := range args {
		found := []string{arg}
		if _, err := os.Stat(arg); err != nil {
			if list, _ := filepath.Glob(arg); len(list) > 0 { // shells of Windows leave shared/*.json as it is
				found = list
			}
		}
		for _, name := range found {
			fi, err := os.Stat(name)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return nil, 0, usagef("%s: no such file or folder", name)
			case err != nil:
				return nil, 0, usagef("%s: %s", name, reason(err))
			case !fi.IsDir():
				names = append(names, filepath.Clean(name))
				continue
			}
			err = fs.WalkDir(os.DirFS(name), ".", func(at string, e fs.DirEntry, err error) error {
				hidden := at != "." && strings.HasPrefix(e.Name(), ".")
				switch lower := strings.ToLower(e.Name()); {
				case err != nil:
					return err
				case hidden && e.IsDir():
					return fs.SkipDir
				case hidden, e.IsDir():
				case strings.Contains(lower, ".json"):
					names = append(names, filepath.Join(name, at))
				case !slices.Contains([]string{".html", ".csv"}, filepath.Ext(lower)):
					others++
				}
				return nil
			})
			if err != nil {
				return nil, 0, usagef("%s: %s", name, reason(err))
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names), others, nil
}

// learnersCurriculum is what pages know of the site, to say how far a learner is.
func learnersCurriculum(site *build.Site) (*progress.Curriculum, error) {
	f, ok := site.Lookup(plan.SiteData)
	if !ok {
		return nil, usagef("the site keeps no progress: site.yaml says `progress: {off: true}`")
	}
	var script bytes.Buffer
	if err := f.Write(&script); err != nil {
		return nil, err
	}
	return progress.ReadCurriculum(script.Bytes())
}

// onePath is the path with an id, or the only path.
func onePath(cur *progress.Curriculum, id string) (*progress.PathData, error) {
	var ids []string
	for i := range cur.Paths {
		if p := &cur.Paths[i]; p.ID == id || id == "" && len(cur.Paths) == 1 {
			return p, nil
		}
		ids = append(ids, cur.Paths[i].ID)
	}
	switch {
	case id != "":
		return nil, noSuch("path", id, ids)
	case len(ids) == 0:
		return nil, usagef("the site has no learning path")
	}
	return nil, usagef("say which path with --path: %s", strings.Join(ids, ", "))
}

// learnersOf reads progress files, one of each learner, and says which it leaves out and why.
func (g *globals) learnersOf(names []string, site string) (files []*progress.File, left int) {
	var of []string // their names
	for _, name := range names {
		f, err := progressFile(name, site)
		if err != nil {
			fmt.Fprintf(g.err, "%s is left out: %v\n", diag.Quote(name), err)
			left++
			continue
		}
		files, of = append(files, f), append(of, name)
	}
	files, twice := report.Each(files)
	for _, i := range twice {
		fmt.Fprintf(g.err, "%s is left out: another file of the same learner is counted\n", diag.Quote(of[i]))
	}
	return files, left + len(twice)
}

func progressFile(name, site string) (*progress.File, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, errors.New(reason(err))
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, progress.MaxBytes+1))
	if err != nil {
		return nil, errors.New(reason(err))
	}
	f, err := progress.Read(data)
	if err == nil && f.Site != site {
		err = fmt.Errorf("it is of the site %s, not of %s", diag.Quote(f.Site), diag.Quote(site))
	}
	return f, err
}
