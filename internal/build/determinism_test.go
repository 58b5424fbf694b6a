package build_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"waymark/internal/build"
	"waymark/internal/cache"
	"waymark/internal/publish"
)

// A machine is all that must not show in a site.
type machine struct {
	name   string
	zone   string
	locale string
	procs  int
	jobs   int
	mtimes time.Time
	seed   uint64 // of the order in which the files are made
	folder string
	umask  int
	cached bool
}

// TestDeterminism publishes the golden site as different machines would, and compares the trees byte by byte, with what Waymark writes for itself.
func TestDeterminism(t *testing.T) {
	machines := []machine{
		{name: "one", zone: "UTC", locale: "C", procs: 1, jobs: 1, mtimes: time.Unix(0, 0), seed: 1, folder: "a", umask: 0o022},
		{name: "two", zone: "Pacific/Kiritimati", locale: "tr_TR.UTF-8", procs: 4, jobs: 16, mtimes: time.Now(), seed: 2, folder: "a much/longer folder ü", umask: 0o077},
		{name: "three", zone: "America/Anchorage", locale: "ar_EG.UTF-8", procs: 2, jobs: 3, mtimes: time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC), seed: 3, folder: "b", umask: 0o002, cached: true},
	}
	var first map[string][]byte
	for _, m := range machines {
		tree := m.publish(t)
		if first == nil {
			first = tree
			if len(first) < 50 {
				t.Fatalf("only %d files", len(first))
			}
			continue
		}
		for name, want := range first {
			if data, ok := tree[name]; !ok {
				t.Errorf("machine %s: %s is missing", m.name, name)
			} else if !bytes.Equal(want, data) {
				t.Errorf("machine %s: %s differs", m.name, name)
			}
		}
		for name := range tree {
			if _, ok := first[name]; !ok {
				t.Errorf("machine %s: %s is there on this machine alone", m.name, name)
			}
		}
	}
}

func (m machine) publish(t *testing.T) map[string][]byte {
	t.Helper()
	t.Setenv("TZ", m.zone)
	t.Setenv("LANG", m.locale)
	t.Setenv("LC_ALL", m.locale)
	zone, err := time.LoadLocation(m.zone)
	if err != nil {
		zone = time.FixedZone(m.zone, 14*3600)
	}
	local := time.Local
	time.Local = zone
	defer func() { time.Local = local }()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(m.procs))

	dir := filepath.Join(t.TempDir(), filepath.FromSlash(m.folder))
	m.copySite(t, dir)
	defer setUmask(setUmask(m.umask))

	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	o := build.Options{Project: root.FS(), Themes: layered(root.FS()), Today: "2026-06-01", Jobs: m.jobs}
	builds := 1
	if m.cached {
		builds = 2 // the second one finds everything remembered, and writes to another folder
	}
	out := ""
	for i := range builds {
		if m.cached {
			if o.Cache, err = cache.Open(filepath.Join(dir, ".waymark/cache"), cache.Options{}); err != nil {
				t.Fatal(err)
			}
		}
		site := mustBuild(t, build.New(o))
		if i > 0 && site.Parsed != 1 { // the page that includes another one
			t.Errorf("machine %s: %d pages were parsed again", m.name, site.Parsed)
		}
		var files []publish.File
		for _, f := range site.Files {
			files = append(files, publish.File{Path: f.Path, Key: f.Key, Write: f.Write})
		}
		out = filepath.Join(dir, fmt.Sprintf("public-%d", i))
		if _, err := publish.Dir(context.Background(), out, files, publish.Options{Project: dir, Jobs: m.jobs}); err != nil {
			t.Fatal(err)
		}
		if err := o.Cache.Close(); err != nil {
			t.Fatal(err)
		}
	}
	tree := map[string][]byte{}
	err = filepath.WalkDir(out, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(out, name)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		tree[filepath.ToSlash(rel)] = data
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// copySite copies the golden site to dir: the files in an order of the machine's own, with its times.
func (m machine) copySite(t *testing.T, dir string) {
	t.Helper()
	var names []string
	err := filepath.WalkDir(goldenSite, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	r := rand.New(rand.NewPCG(m.seed, 0))
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for i, name := range names {
		rel, err := filepath.Rel(goldenSite, name)
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, rel)
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, data, 0o666); err != nil {
			t.Fatal(err)
		}
		at := m.mtimes.Add(time.Duration(i) * time.Hour)
		if err := os.Chtimes(to, at, at); err != nil {
			t.Fatal(err)
		}
	}
}
