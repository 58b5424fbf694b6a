package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"waymark/internal/build"
	"waymark/internal/curriculum"
	"waymark/internal/diag"
	"waymark/internal/export"
	"waymark/internal/quiz"
	"waymark/internal/theme"
)

func exportCommand(g *globals) *cobra.Command {
	out := ""
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the site in another form: zip, scorm, pdf, anki, csv, gift, moodle, qti",
		RunE: func(*cobra.Command, []string) error {
			return usagef("say what to export: zip, scorm, pdf, anki, csv, gift, moodle or qti")
		},
	}
	cmd.PersistentFlags().StringVarP(&out, "output", "o", "", "file to write; - is standard output (default: named after the site's id)")
	add := func(use, short string, f func(ctx context.Context, site *build.Site) error) *cobra.Command {
		c := &cobra.Command{Use: use, Short: short, Args: noArgs, RunE: func(c *cobra.Command, _ []string) error {
			site, done, err := g.whole(c.Context(), out)
			if err != nil {
				return err
			}
			defer done()
			return f(c.Context(), site)
		}}
		cmd.AddCommand(c)
		return c
	}
	add("zip", "Write the site as a zip that opens by double-click", func(_ context.Context, site *build.Site) error {
		name := site.Config.ID.Value
		return g.toFile(cmp.Or(out, name+".zip"), func(w io.Writer) error {
			return export.Zip(w, name, filesOf(site))
		})
	})
	courseID := ""
	scorm := add("scorm", "Write a learning path as a SCORM 1.2 package, for a learning platform", func(_ context.Context, site *build.Site) error {
		return g.exportSCORM(site, courseID, out)
	})
	scorm.Long, scorm.Example = scormLong, scormExample
	scorm.PreRun = func(*cobra.Command, []string) { g.over = []theme.Layer{scormLayer()} }
	scorm.Flags().StringVar(&courseID, "path", "", "id of the learning path (default: the only one)")
	pathID, paper := "", ""
	pdf := add("pdf", "Print a path's workbook, or the whole handbook, to a PDF", func(ctx context.Context, site *build.Site) error {
		return g.exportPDF(ctx, site, pathID, cmp.Or(paper, paperOf(site.Config.Language)), out)
	})
	pdf.Flags().StringVar(&pathID, "path", "", "id of a learning path (default: the whole handbook)")
	pdf.Flags().StringVar(&paper, "paper", "", "A4 or letter (default: letter where the site's language is of a country that uses it, as en-US)")
	add("anki", "Write the questions as a deck for Anki", func(_ context.Context, site *build.Site) error {
		var n int
		var left, lost []string
		err := g.toFile(cmp.Or(out, site.Config.ID.Value+".tsv"), func(w io.Writer) (err error) {
			n, left, lost, err = export.Anki(w, site.Config.ID.Value, tests(site))
			return err
		})
		if err != nil {
			return err
		}
		g.report(append(left, lost...))
		g.say("%s, %s left out", count(n, "card"), count(len(left), "check"))
		return nil
	})
	add("csv", "Write the questions as a table, for people who review them", func(_ context.Context, site *build.Site) error {
		return g.toFile(cmp.Or(out, site.Config.ID.Value+"-questions.csv"), func(w io.Writer) error { return export.CSV(w, tests(site)) })
	})
	add("gift", "Write the questions in GIFT, a text form that Moodle reads", func(_ context.Context, site *build.Site) error {
		var items []quiz.Item
		for _, t := range tests(site) {
			items = append(items, t.Checks...)
		}
		data, left, err := quiz.ExportGIFT(items)
		if err != nil {
			return err
		}
		err = g.toFile(cmp.Or(out, site.Config.ID.Value+".gift"), writeBytes(data))
		if err == nil {
			g.report(left)
		}
		return err
	})
	questions := func(name, short, ending string, write func(io.Writer, *build.Site) (int, []string, error)) {
		add(name, short, func(_ context.Context, site *build.Site) error {
			var n int
			var left []string
			err := g.toFile(cmp.Or(out, site.Config.ID.Value+ending), func(w io.Writer) (err error) {
				n, left, err = write(w, site)
				return err
			})
			if err == nil {
				g.report(left)
				g.say("%s", count(n, "question"))
			}
			return err
		})
	}
	questions("moodle", "Write the questions in Moodle's XML, with pictures, hints and orders", "-moodle.xml", func(w io.Writer, site *build.Site) (int, []string, error) { return export.Moodle(w, tests(site)) })
	questions("qti", "Write the questions as a QTI 2.1 package, for other learning platforms", "-qti.zip", func(w io.Writer, site *build.Site) (int, []string, error) {
		return export.QTI(w, site.Config.ID.Value, tests(site))
	})
	return cmd
}

// filesOf are the outputs of a site.
func filesOf(site *build.Site) (files []export.File) {
	for _, f := range site.Files {
		files = append(files, export.File{Path: f.Path, Write: f.Write})
	}
	return files
}

// tests are the modules of a site, each with its checks, which may be none.
func tests(site *build.Site) []export.Test {
	published := map[string]string{}
	for _, c := range site.Plan.Copies {
		if c.Data == nil && c.Smaller == nil {
			published[c.Source] = c.Path
		}
	}
	var list []export.Test
	for _, m := range site.Curriculum.Modules {
		page := m.Doc.Meta.Checks.Defaults()
		page.Language = cmp.Or(m.Doc.Meta.Lang.Value, site.Config.Language)
		t := export.Test{ID: m.ID, Title: m.Title, Language: page.Language, Tags: m.Doc.Meta.Tags, Defaults: []quiz.Defaults{page, site.Config.Checks.Defaults()}}
		t.Picture = func(address string) (f export.File) {
			for i, l := range m.Doc.Links {
				if l.Image && l.Dest == address && m.Targets[i].Kind == curriculum.ToAsset {
					f.Path = m.Targets[i].Name
				}
			}
			if file, ok := site.Lookup(published[f.Path]); ok {
				f.Write = file.Write
			}
			return f
		}
		for _, c := range m.Doc.Checks {
			t.Checks = append(t.Checks, quiz.Item{Check: c, File: m.Doc.File})
		}
		list = append(list, t)
	}
	return list
}

// whole builds the site without publishing it, for the file out; where that is standard output, nothing else is written there. The function ends the use of the site.
func (g *globals) whole(ctx context.Context, out string) (*build.Site, func(), error) {
	b, done, err := g.builder(build.Options{})
	if err != nil {
		return nil, nil, err
	}
	site, ds, err := b.Build(ctx)
	if err != nil {
		done()
		return nil, nil, g.failed(ds, err)
	}
	faults := g.faults()
	if out == "-" {
		faults = g.err
	}
	if err := g.diagnostics(faults, ds); err != nil {
		done()
		return nil, nil, err
	}
	if ds.HasErrors() {
		done()
		g.say("Not exported: %s", counts(ds))
		return nil, nil, exitError(exitContent)
	}
	return site, done, nil
}

// report says what the form could not hold.
func (g *globals) report(left []string) {
	for _, l := range left {
		g.say("  %s", l)
	}
}

// paperOf is the paper of the country that a language tag names: letter where it is in use (CLDR, supplemental data, paperSize), else A4.
func paperOf(language string) string {
	for part := range strings.SplitSeq(strings.ToUpper(language), "-") {
		switch part {
		case "US", "CA", "MX", "PH", "PR", "CL", "CO", "CR", "GT", "NI", "PA", "SV", "VE", "BZ":
			return "letter"
		}
	}
	return "A4"
}

func (g *globals) exportPDF(ctx context.Context, site *build.Site, pathID, paper, out string) error {
	if !strings.EqualFold(paper, "A4") && !strings.EqualFold(paper, "letter") {
		return usagef("--paper is A4 or letter, not %s", diag.Quote(paper))
	}
	name := cmp.Or(pathID, site.Config.ID.Value)
	if pathID != "" {
		if _, err := onePath(site.Curriculum, pathID); err != nil {
			return err
		}
	}
	page := site.Plan.Books[pathID]
	switch {
	case page == "" && (pathID != "" || site.Config.Print.Workbooks == "off"):
		return usagef("the site has no pages to print; set `print: {workbooks: on}` in site.yaml")
	case page == "":
		return usagef("the site has no handbook on one page; it takes two pages or more that have another kind than page, objectives, questions or a place on a path, and `print: {workbooks: on}` where there are more than 300 pages")
	}
	// The browser reads files, so the site is written to a folder that is thrown away.
	dir, err := os.MkdirTemp("", "waymark-site-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, f := range site.Files {
		to := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		write := f.Write
		if path.Ext(f.Path) == ".css" {
			write = func(w io.Writer) error { // the pages leave the size of the paper to the reader's browser; this one knows of none
				err := f.Write(w)
				_, more := fmt.Fprintf(w, "\n@page { size: %s }\n", paper)
				return errors.Join(err, more)
			}
		}
		if err := writeTo(to, write); err != nil {
			return fmt.Errorf("%s: %w", f.Path, err)
		}
	}
	return g.toFile(cmp.Or(out, name+".pdf"), func(w io.Writer) error {
		err := export.PDF(ctx, filepath.Join(dir, filepath.FromSlash(page)), w)
		if errors.Is(err, export.ErrNoBrowser) {
			return usageError{err}
		}
		return err
	})
}

func writeTo(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}
