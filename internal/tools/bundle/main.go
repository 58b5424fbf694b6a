// Command bundle builds what pages load from themes/default/src: classic scripts and one stylesheet, into themes/default/assets.
//
// Run it in internal/tools:
//
//	go run ./bundle            builds what differs
//	go run ./bundle -check     says what differs and changes nothing
//
// The scripts are classic (an IIFE each), since module scripts, import() and fetch do not run from file://. They are minified, for what a page loads at
// first has a budget (internal/build/weight_test.go); what is to be read is src. The first line of each carries the digest of the sources; a test of package
// themes computes it again, so a stale bundle is found without esbuild.
package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// targets are the entries in src and the files that are built from them, from assets/.
var targets = []struct{ entry, out string }{
	{"theme.ts", "theme.js"},               // before the first paint
	{"main.ts", "waymark.js"},              // pages of the handbook
	{"progress/kept.main.ts", "kept.js"},   // when something is kept
	{"question/main.ts", "checks.js"},      // when a check is about to be used
	{"question/order.main.ts", "order.js"}, // pages with something to put in order
	{"form/main.ts", "form.js"},            // pages with something to fill in
	{"path/main.ts", "path.js"},            // home, paths, certificates
	{"cohort/main.ts", "cohort.js"},        // the page of a group
	{"progress/main.ts", "progress.js"},    // the learner's own page
	{"progress/data.main.ts", "data.js"},   // when the learner keeps, shares or reads in a file
	{"search/main.ts", "search.js"},        // when the search opens
	{"diagram/main.ts", "diagram.js"},      // pages with a diagram, behind Mermaid
	{"diagram/diagram.css", "diagram.css"},
	{"offline/main.ts", "offline.js"},                            // on sites with offline: true
	{"tabs/main.ts", "tabs.js"},                                  // pages with tabs
	{"path/rail.main.ts", "rail.js"},                             // module pages with a path beside the text, when something is kept
	{"way/main.ts", "way.js"},                                    // module pages, when the reader follows another path than the page shows
	{"main.css", "waymark.css"},                                  // every page
	{"more.css", "more.css"},                                     // lists, paths, the learner's own page
	{"paper.css", "paper.css"},                                   // forms, reading lists, editions
	{"question/states.css", "checks.css"},                        // with checks.js
	{"search/search.css", "search.css"},                          // with search.js
	{"scorm/main.ts", "../../../internal/export/scorm/scorm.js"}, // in no site, but in packages for learning platforms
}

func main() {
	theme := flag.String("theme", filepath.Join("..", "..", "themes", "default"), "the theme's `folder`")
	check := flag.Bool("check", false, "change nothing; fail when a built file differs")
	flag.Parse()
	if err := run(*theme, *check); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

// run builds all targets whose entry exists. A theme without one of the entries does without that file.
func run(theme string, check bool) error {
	src := filepath.Join(theme, "src")
	digest, err := Digest(os.DirFS(src))
	if err != nil {
		return err
	}
	stale := 0
	for _, t := range targets {
		if _, err := os.Stat(filepath.Join(src, filepath.FromSlash(t.entry))); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		data, err := Build(src, t.entry, digest)
		if err != nil {
			return err
		}
		out := filepath.Join(theme, "assets", t.out)
		old, err := os.ReadFile(out)
		if err == nil && bytes.Equal(old, data) {
			continue
		}
		stale++
		fmt.Printf("%s %d bytes\n", t.out, len(data))
		if check {
			continue
		}
		if err := os.WriteFile(out, data, 0o644); err != nil {
			return err
		}
	}
	if check && stale > 0 {
		return fmt.Errorf("%d built files are older than src: run `go run ./bundle` in internal/tools", stale)
	}
	return nil
}

// Build bundles one entry of src.
func Build(src, entry, digest string) ([]byte, error) {
	abs, err := filepath.Abs(src)
	if err != nil {
		return nil, err
	}
	opts := api.BuildOptions{
		EntryPoints:   []string{filepath.Join(abs, filepath.FromSlash(entry))},
		AbsWorkingDir: abs,
		Bundle:        true,
		Write:         false,
		Outdir:        filepath.Join(abs, "out"),
		Format:        api.FormatIIFE,
		Target:        api.ES2020,
		Charset:       api.CharsetUTF8,
		LegalComments: api.LegalCommentsNone,
		External:      []string{"*.woff2", "*.svg"},
		LogLevel:      api.LogLevelSilent,
		// Lines are broken now and then, so that a change can be seen in a diff.
		MinifyWhitespace: true, MinifySyntax: true, MinifyIdentifiers: true, LineLimit: 1000,
		// Fields become plain assignments: shorter and easier to read than the helpers that define them, and the same for these classes.
		TsconfigRaw: `{"compilerOptions": {"useDefineForClassFields": false, "strict": true}}`,
	}
	if path.Ext(entry) == ".css" {
		opts.Format = api.FormatDefault
		// Nesting and new colour syntax are written out by hand where they matter.
		opts.Target = api.DefaultTarget
	}
	res := api.Build(opts)
	if len(res.Errors) > 0 {
		return nil, errors.New(strings.TrimSpace(strings.Join(api.FormatMessages(res.Errors, api.FormatMessagesOptions{}), "\n")))
	}
	if len(res.OutputFiles) != 1 {
		return nil, fmt.Errorf("%s: esbuild made %d files, not one", entry, len(res.OutputFiles))
	}
	head := fmt.Sprintf("/* Waymark, src/%s. src: %s */\n", entry, digest)
	return append([]byte(head), res.OutputFiles[0].Contents...), nil
}

// Digest returns the digest of the sources in src: of each *.ts and *.css file, in the order of their names, the name, a zero byte,
// the size, a zero byte and the bytes. Tests of the scripts (*.test.ts) do not count.
func Digest(src fs.FS) (string, error) {
	h := sha256.New()
	err := fs.WalkDir(src, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if ext := path.Ext(name); ext != ".ts" && ext != ".css" || strings.HasSuffix(name, ".test.ts") {
			return nil
		}
		data, err := fs.ReadFile(src, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(h, "%s\x00%d\x00", name, len(data))
		h.Write(data)
		return nil
	})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("sha256-%x", h.Sum(nil)[:8]), nil
}
