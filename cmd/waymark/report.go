package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"waymark/internal/build"
	"waymark/internal/curriculum"
	"waymark/internal/diag"
	"waymark/internal/plan"
	"waymark/internal/progress"
	"waymark/internal/quiz"
	"waymark/internal/report"
)

func reportCommand(g *globals) *cobra.Command {
	var ask reportFlags
	cmd := &cobra.Command{
		Use:   "report FILE|FOLDER...",
		Short: "Count what a group did on a path, from the progress files that it shared",
		Long: `Writes a page and a table of what a group did on a learning path: where people stop, which questions are hard, what is believed and wrong. It reads progress files that
learners shared, all .json files of a folder and of those in it, and no names and no texts in them. Files with one code, or from one browser, count as one person. Each file that is joined with another or left
out is named, with the reason. Nothing is sent, and what fewer than five people stand behind is not shown.`,
		Example: `  waymark report --path new-mentor shared/
  waymark report --cohort spring-2027 shared/`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("name the progress files that learners shared, or their folder")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if c.Flags().Changed("smallest") && ask.smallest < report.Least {
				return usagef("--smallest is %d at least: a figure of fewer people speaks of each of them", report.Least)
			}
			if strings.EqualFold(filepath.Ext(ask.out), ".csv") {
				return usagef("-o names the page, as in report.html; the table is written beside it, as report.csv")
			}
			return g.groupReport(c, ask, args)
		},
	}
	cmd.Flags().StringVar(&ask.path, "path", "", "id of the learning path (default: the only one)")
	cmd.Flags().StringVar(&ask.cohort, "cohort", "", "id of the cohort whose files they are: its path, and what its page says of reports")
	cmd.Flags().StringVarP(&ask.out, "output", "o", "", "page to write, with the table beside it as .csv; - is the page on standard output (default: named after the id of the cohort, or of the path)")
	cmd.Flags().IntVar(&ask.smallest, "smallest", 0, fmt.Sprintf("people who have to stand behind a figure (default: what the cohort says, or %d)", report.Smallest))
	return cmd
}

// reportFlags are what a report is asked for; "" and 0 are not said.
type reportFlags struct {
	path, cohort string // ids
	out          string
	smallest     int
}

func (g *globals) groupReport(c *cobra.Command, ask reportFlags, args []string) error {
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
	title, name := "", "" // of the cohort
	if ask.cohort != "" {
		m, err := cohortOf(site, ask.cohort)
		if err != nil {
			return err
		}
		p := m.Cohort.Path.ID
		if ask.path != "" && ask.path != p {
			return usagef("the cohort %s follows the path %s, not %s", diag.Quote(m.ID), diag.Quote(p), diag.Quote(ask.path))
		}
		ask.path, title, name = p, m.Title, path.Base(m.ID)
		if r := m.Doc.Meta.Report; r != nil {
			ask.smallest = cmp.Or(ask.smallest, r.SmallestGroup)
		}
	}
	smallest := cmp.Or(ask.smallest, report.Smallest)
	p, err := onePath(site.Curriculum, ask.path)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(cur.Paths, func(d progress.PathData) bool { return d.ID == p.ID })
	if i < 0 {
		return fmt.Errorf("%s says nothing of the path %s", plan.SiteData, diag.Quote(p.ID))
	}
	of := &cur.Paths[i]
	people, joined, left := g.peopleOf(names, cur, of)
	g.otherFiles(others)
	left += len(others)
	r := report.Make(cur, of, checksByID(site), drawnByID(site), people, smallest)
	if r == nil {
		fmt.Fprintf(g.err, "waymark: these are files of %s; a report takes %d at least, for fewer are known by their figures\n", count(len(people), "learner"), smallest)
		return exitError(exitContent)
	}
	r.Cohort, r.Lang, r.Joined, r.Left = title, cmp.Or(p.Module.Doc.Meta.Lang.Value, site.Config.Language), joined, left
	page := cmp.Or(ask.out, cmp.Or(name, of.ID)+"-report.html")
	if err := g.toFile(page, r.HTML); err != nil || page == "-" {
		return err
	}
	if err := g.toFile(strings.TrimSuffix(page, filepath.Ext(page))+".csv", r.CSV); err != nil {
		return err
	}
	g.say("%s, %s joined, %s left out", count(len(people), "learner"), count(joined, "file"), count(left, "file"))
	return nil
}

// otherFiles says of the first files of folders that are no progress files that they are left out, and how many more there are.
func (g *globals) otherFiles(names []string) {
	for i, name := range names {
		if i == 10 {
			fmt.Fprintf(g.err, "… and %s more\n", count(len(names)-i, "file"))
			return
		}
		fmt.Fprintf(g.err, "%s is left out: it has no .json in its name; take progress files out of archives and messages\n", diag.Quote(name))
	}
}

// checksByID are the checks of all modules of a site.
func checksByID(site *build.Site) map[string]*quiz.Check {
	checks := map[string]*quiz.Check{}
	for _, m := range site.Curriculum.Modules {
		for _, check := range m.Doc.Checks {
			checks[check.ID] = check
		}
	}
	return checks
}

// drawnByID are the ids of the questions that each quiz of a site may draw.
func drawnByID(site *build.Site) map[string][]string {
	drawn := map[string][]string{}
	for _, m := range site.Curriculum.Modules {
		for _, check := range m.Doc.Checks {
			if check.Type != quiz.Quiz {
				continue
			}
			for _, q := range site.Curriculum.Pool(m, check) {
				drawn[check.ID] = append(drawn[check.ID], q.ID)
			}
		}
	}
	return drawn
}

// progressFiles are the files named, and those of the folders named, and of folders in them, that have .json in their names, each once: browsers and mail programs append to names.
// others are the files that the folders hold beside them, hidden ones and reports aside.
func progressFiles(args []string) (names, others []string, err error) {
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
				return nil, nil, usagef("%s: no such file or folder", name)
			case err != nil:
				return nil, nil, usagef("%s: %s", name, reason(err))
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
					others = append(others, filepath.Join(name, at))
				}
				return nil
			})
			if err != nil {
				return nil, nil, usagef("%s: %s", name, reason(err))
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

// cohortOf is the page of a cohort.
func cohortOf(site *build.Site, id string) (*curriculum.Module, error) {
	var ids []string
	for _, m := range site.Curriculum.Modules {
		if m.Cohort == nil {
			continue
		}
		if m.ID == id {
			return m, nil
		}
		ids = append(ids, m.ID)
	}
	if len(ids) == 0 {
		return nil, usagef("the site has no cohort")
	}
	return nil, noSuch("cohort", id, ids)
}

// onePath is the path of a site with an id, or the only path where none is said.
func onePath(cur *curriculum.Curriculum, id string) (*curriculum.Path, error) {
	for _, p := range cur.Paths {
		if p.ID == id || id == "" && len(cur.Paths) == 1 {
			return p, nil
		}
	}
	switch {
	case id != "":
		return nil, noSuch("path", id, cur.PathIDs())
	case len(cur.Paths) == 0:
		return nil, usagef("the site has no learning path")
	}
	return nil, usagef("say which path with --path: %s", strings.Join(cur.PathIDs(), ", "))
}

// peopleOf reads progress files into one of each learner on a path. It says which it joins, and which it leaves out and why.
func (g *globals) peopleOf(names []string, cur *progress.Curriculum, path *progress.PathData) (people []*progress.File, joined, left int) {
	var files []*progress.File
	var of []string // their names
	for _, name := range names {
		f, err := progressFile(name, cur.Site)
		if err != nil {
			fmt.Fprintf(g.err, "%s is left out: %v\n", diag.Quote(name), err)
			left++
			continue
		}
		files, of = append(files, f), append(of, name)
	}
	learners, at := report.Join(files)
	first := map[int]int{} // the first file of each learner
	for i, l := range at {
		j, again := first[l]
		switch {
		case !report.On(cur, path, learners[l]):
			fmt.Fprintf(g.err, "%s is left out: its learner has not begun the path %s\n", diag.Quote(of[i]), diag.Quote(path.ID))
			left++
		case !again:
			first[l] = i
			people = append(people, learners[l])
		default:
			hint := ""
			if !bytes.Equal(files[i].Seed, files[j].Seed) {
				hint = ": one code from two browsers, so see that nobody typed the code of another"
			}
			fmt.Fprintf(g.err, "%s is joined with %s, as of one person%s\n", diag.Quote(of[i]), diag.Quote(of[j]), hint)
			joined++
		}
	}
	return people, joined, left
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
