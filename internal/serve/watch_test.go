package serve

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"waymark/internal/build"
	"waymark/internal/diag"
)

// watching watches by polling, or by events alone: the snapshots that would help out come too late.
func watching(poll time.Duration) func(*Options) {
	return func(o *Options) { o.Watch.Poll, o.Watch.net = poll, time.Hour }
}

// Every way in which an editor saves leads to the new text, on one and the same running preview, by events and by polling.
func TestEverySaveIsSeen(t *testing.T) {
	saves := []struct {
		name string
		save func(d *folder, name, text string) error
	}{
		{"truncate and write", func(d *folder, name, text string) error { return os.WriteFile(name, []byte(text), 0o644) }},
		{"write in two parts", func(d *folder, name, text string) error {
			f, err := os.Create(name)
			if err != nil {
				return err
			}
			f.WriteString(text[:3])
			time.Sleep(30 * time.Millisecond)
			f.WriteString(text[3:])
			return f.Close()
		}},
		{"append", func(d *folder, name, text string) error {
			f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			f.WriteString("\n" + text)
			return f.Close()
		}},
		{"temporary file and rename", func(d *folder, name, text string) error {
			tmp := filepath.Join(filepath.Dir(name), ".tmp-1234")
			if err := os.WriteFile(tmp, []byte(text), 0o600); err != nil {
				return err
			}
			return os.Rename(tmp, name)
		}},
		{"temporary file elsewhere and rename", func(d *folder, name, text string) error {
			tmp := d.path("elsewhere.tmp")
			if err := os.WriteFile(tmp, []byte(text), 0o600); err != nil {
				return err
			}
			return os.Rename(tmp, name)
		}},
		{"vim with a backup", func(d *folder, name, text string) error {
			probe := filepath.Join(filepath.Dir(name), "4913")
			os.WriteFile(probe, nil, 0o644)
			os.Remove(probe)
			if err := os.Rename(name, name+"~"); err != nil {
				return err
			}
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				return err
			}
			os.Chmod(name, 0o644)
			return os.Remove(name + "~")
		}},
		{"JetBrains safe write", func(d *folder, name, text string) error {
			if err := os.WriteFile(name+"___jb_tmp___", []byte(text), 0o644); err != nil {
				return err
			}
			if err := os.Rename(name, name+"___jb_old___"); err != nil {
				return err
			}
			if err := os.Rename(name+"___jb_tmp___", name); err != nil {
				return err
			}
			return os.Remove(name + "___jb_old___")
		}},
		{"delete and create", func(d *folder, name, text string) error {
			os.Remove(name)
			time.Sleep(40 * time.Millisecond)
			return os.WriteFile(name, []byte(text), 0o644)
		}},
		{"sed -i", func(d *folder, name, text string) error {
			return exec.Command("sed", "-i", "s/.*/"+text+"/", name).Run()
		}},
		{"a copy over it", func(d *folder, name, text string) error {
			src := d.path("copy.src")
			if err := os.WriteFile(src, []byte(text), 0o644); err != nil {
				return err
			}
			return exec.Command("cp", "-p", src, name).Run()
		}},
	}
	for _, how := range []struct {
		name string
		poll time.Duration
	}{{"events", 0}, {"poll", 20 * time.Millisecond}} {
		t.Run(how.name, func(t *testing.T) {
			p := start(t, newFolder(t, map[string]string{"content/roles/mentor.md": "old"}), watching(how.poll)).first()
			for i, s := range saves {
				text := fmt.Sprintf("text %d", i)
				must(t, s.save(p.folder, p.path("content/roles/mentor.md"), text))
				p.shows("roles/mentor.html", text)
			}
		})
	}
}

// Folders that come, go and change their names are watched, with all below.
func TestFoldersComeAndGo(t *testing.T) {
	for _, poll := range []time.Duration{0, 20 * time.Millisecond} {
		t.Run(fmt.Sprint("poll=", poll), func(t *testing.T) {
			p := start(t, newFolder(t, map[string]string{"content/a/one.md": "one"}), watching(poll)).first()
			mv := func(from, to string) { must(t, os.Rename(p.path(from), p.path(to))) }

			p.write("content/x/y/z/deep.md", "deep") // the folders and the file at once
			p.shows("x/y/z/deep.html", "deep")
			p.write("content/x/y/z/deep.md", "deeper")
			p.shows("x/y/z/deep.html", "deeper")

			mv("content/x", "content/w")
			p.shows("w/y/z/deep.html", "deeper")
			p.misses("x/y/z/deep.html")
			p.write("content/w/y/z/deep.md", "deepest") // in a folder that was carried along
			p.shows("w/y/z/deep.html", "deepest")

			mv("content/w", "content/x") // back under its first name
			p.shows("x/y/z/deep.html", "deepest")
			p.write("content/x/y/new.md", "new")
			p.shows("x/y/new.html", "new")

			must(t, os.RemoveAll(p.path("content/x")))
			p.misses("x/y/new.html")
			p.write("content/x/again.md", "again")
			p.shows("x/again.html", "again")

			must(t, os.MkdirAll(p.path("staging/sub"), 0o755))
			p.write("staging/sub/moved.md", "moved in") // a tree made outside and moved in
			mv("staging", "content/moved")
			p.shows("moved/sub/moved.html", "moved in")
			p.write("content/moved/sub/moved.md", "and edited")
			p.shows("moved/sub/moved.html", "and edited")

			mv("content", "content-away") // all of it, as when a branch is changed
			p.until(func() error {
				if len(p.server.state.Load().faults) == 0 {
					return fmt.Errorf("no word of the missing folder")
				}
				return nil
			})
			p.shows("a/one.html", "one") // the last good site stays
			mv("content-away", "content")
			p.write("content/a/one.md", "one again")
			p.shows("a/one.html", "one again")
		})
	}
}

// What is not built from makes no build: the output, hidden folders, what editors leave, attributes alone.
func TestNothingElseIsSeen(t *testing.T) {
	p := start(t, newFolder(t, map[string]string{"public/index.html": "x", ".git/HEAD": "x", ".waymark/cache/a": "x", "content/.git/x": "y"}), nil).first()
	p.write("public/index.html", "changed")
	p.write("public/new/page.html", "new")
	p.write(".git/HEAD", "changed")
	p.write(".waymark/cache/b", "entry")
	p.write("content/.git/x", "changed")
	p.write("content/.index.md.swp", "swap")
	p.write("content/index.md~", "backup")
	p.write("notes.txt", "beside site.yaml")
	must(t, os.Chmod(p.path("content/index.md"), 0o644))
	p.calm(700 * time.Millisecond)
}

// The configuration, templates and other files count as pages do.
func TestConfigurationThemesAndFilesAreWatched(t *testing.T) {
	p := start(t, newFolder(t, map[string]string{"content/a.css": "a{}"}), watching(0)).first()
	p.write("themes/page.html", "<html><body>NEW BODY</body></html>")
	p.shows("index.html", "NEW")
	p.write("content/a.css", "b{}")
	p.shows("a.css", "b{}")
	p.write("site.yaml", "title: Other\n")
	p.until(func() error {
		if got := p.server.state.Load().site.Config.Title; got != "title: Other\n" {
			return fmt.Errorf("the site's title is %q", got)
		}
		return nil
	})
}

// A save that changes nothing is built and then kept from the tabs; two quick saves make one build.
func TestSavesWithoutChangeAndQuickSaves(t *testing.T) {
	p := start(t, newFolder(t, nil), nil).first()
	p.write("content/index.md", "home")
	if r := p.next(); !r.Same {
		t.Errorf("the same text again is a change: %+v", r)
	}
	for try := 0; ; try++ {
		time.Sleep(lively + 50*time.Millisecond)
		began := time.Now()
		p.write("content/index.md", fmt.Sprint("first ", try))
		p.write("content/index.md", fmt.Sprint("second ", try))
		if time.Since(began) > settleOne/3 && try < 20 {
			p.shows("index.html", fmt.Sprint("second ", try))
			for len(p.rebuilt) > 0 {
				p.next()
			}
			continue // the machine was busy: these were not quick
		}
		if r := p.next(); r.Same || r.Changed != 1 {
			t.Errorf("two quick saves: %+v, want one changed output", r)
		}
		p.shows("index.html", fmt.Sprint("second ", try))
		p.calm(300 * time.Millisecond)
		return
	}
}

// 2,000 files change at once, as when a branch is checked out: the site is right afterwards, and few builds ran.
func TestBurst(t *testing.T) {
	const files = 2000
	d := newFolder(t, nil)
	for i := range files {
		d.write(fmt.Sprintf("content/s%02d/p%04d.md", i%40, i), "old")
	}
	p := start(t, d, watching(0)).first()
	began := time.Now()
	for i := range files {
		name := p.path(fmt.Sprintf("content/s%02d/p%04d.md", i%40, i))
		must(t, os.Remove(name)) // as git does
		must(t, os.WriteFile(name, []byte("new "+strconv.Itoa(i)), 0o644))
	}
	took := time.Since(began)
	for i := range files {
		p.shows(fmt.Sprintf("s%02d/p%04d.html", i%40, i), "new "+strconv.Itoa(i))
	}
	builds := len(p.rebuilt)
	if limit := 3 + int(took/ceiling)*2; builds > limit {
		t.Errorf("%d builds for a burst of %v, want at most %d", builds, took, limit)
	}
}

// Events that the system lost are no loss: the watcher is renewed and everything is looked at.
func TestOverflow(t *testing.T) {
	limit := 16384
	if b, err := os.ReadFile("/proc/sys/fs/inotify/max_queued_events"); err == nil {
		limit, _ = strconv.Atoi(strings.TrimSpace(string(b)))
	}
	if limit > 50000 {
		t.Skip("the system's queue is too long to fill")
	}
	d := newFolder(t, map[string]string{"content/a.md": "a", "content/b.md": "b"})
	hold := make(chan bool)
	p := start(t, d, func(o *Options) {
		watching(0)(o)
		whole := o.Build
		o.Build = func(ctx context.Context) (*build.Site, diag.List, error) {
			defer func() {
				if ctx.Err() == nil {
					select {
					case <-hold:
					case <-ctx.Done():
					}
				}
			}()
			return whole(ctx)
		}
	})
	hold <- true
	p.next()
	p.write("content/a.md", "begins a build that takes long")
	time.Sleep(200 * time.Millisecond)
	for i := range limit { // neighbours must differ, or the system joins them
		must(t, os.Chtimes(p.path("content/a.md"), time.Now(), time.Unix(int64(i), 0)))
		must(t, os.Chtimes(p.path("content/b.md"), time.Now(), time.Unix(int64(i), 0)))
	}
	p.write("content/lost/lost.md", "nobody was told of this")
	close(hold)
	p.shows("lost/lost.html", "nobody was told of this")
	p.write("content/lost/lost.md", "but of this")
	p.shows("lost/lost.html", "but of this")
}

// A change without an event is found by the snapshots: here the file is written through a second name outside of the folder.
func TestSnapshotsFindWhatEventsDoNotTell(t *testing.T) {
	d := newFolder(t, map[string]string{"content/a.md": "a", "outside/x": ""})
	must(t, os.Link(d.path("content/a.md"), d.path("outside/a")))
	p := start(t, d, func(o *Options) { o.Watch.net = 50 * time.Millisecond }).first()
	must(t, os.WriteFile(d.path("outside/a"), []byte("through another name"), 0o644))
	p.shows("a.html", "through another name")
}

// A theme may be a link to a folder that other sites share: it is watched as one that lies there, and so is one that it is led to later.
func TestALinkedThemeIsWatched(t *testing.T) {
	for _, poll := range []time.Duration{0, 20 * time.Millisecond} {
		t.Run(fmt.Sprint("poll=", poll), func(t *testing.T) {
			d := newFolder(t, map[string]string{"shared/parts/foot.html": "foot", "other/parts/foot.html": "other", "content/a.md": "a"})
			must(t, os.Symlink("../shared", d.path("themes/acme")))
			must(t, os.Symlink("../other", d.path("content/other"))) // which is refused where it is built
			p := start(t, d, func(o *Options) {
				watching(poll)(o)
				o.Watch.Linked = "themes"
			}).first()
			settled := func() {
				t.Helper()
				p.next()
				for time.Sleep(2 * lively); len(p.rebuilt) > 0; {
					p.next()
				}
			}
			p.write("shared/parts/foot.html", "another foot")
			settled()
			must(t, os.Remove(p.path("themes/acme")))
			must(t, os.Symlink("../other", p.path("themes/acme")))
			settled()
			p.write("themes/acme/parts/new.html", "new")
			settled()
			p.write("shared/parts/foot.html", "nobody's foot")
			if poll == 0 {
				p.calm(2 * lively)
			}
		})
	}
}

// Where there are no events, a file that may be written again without a sign is looked at once more when it cannot.
func TestAYoungFileIsLookedAtAgain(t *testing.T) {
	d := newFolder(t, nil)
	old, now := time.Now().Add(-time.Hour), time.Now()
	for _, name := range []string{"site.yaml", "themes/page.html", "content/index.md"} {
		must(t, os.Chtimes(d.path(name), old, old))
	}
	w := newWatcher(Watch{Root: d.root, Files: []string{"site.yaml"}, Trees: []string{"content", "themes"}, Poll: time.Hour}, nil)
	if w.changed() {
		t.Error("nothing has changed")
	}
	at := now.Add(-young + 300*time.Millisecond)
	must(t, os.Chtimes(d.path("content/index.md"), at, at))
	if !w.changed() || w.changed() {
		t.Error("a file has changed, once")
	}
	time.Sleep(time.Until(at.Add(young)) + 20*time.Millisecond)
	if !w.changed() || w.changed() {
		t.Error("a file that was young is looked at again, once")
	}
}

func TestSettle(t *testing.T) {
	ms := func(n int) time.Time { return time.Unix(1000, int64(n)*int64(time.Millisecond)) }
	long := time.Unix(0, 0)
	for _, c := range []struct {
		name  string
		built time.Time
		at    []int
		many  bool
		due   time.Time
	}{
		{"one save after a calm", long, []int{0}, false, ms(0).Add(settleOne)},
		{"the events of one save", long, []int{0, 1, 3}, false, ms(3).Add(settleOne)},
		{"soon after a build", ms(-100), []int{0}, false, ms(0).Add(settleMany)},
		{"many files", long, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, true, ms(9).Add(settleMany)},
		{"without end", ms(-100), []int{0, 50, 100, 150, 200, 250, 300, 350, 400, 450, 499}, true, ms(0).Add(ceiling)},
	} {
		var b burst
		if b.pending() {
			t.Error("the zero burst is not a calm")
		}
		for i, at := range c.at {
			name := "a"
			if c.many {
				name += strconv.Itoa(i)
			}
			b.note(ms(at), c.built, name)
		}
		if got := b.due(); !got.Equal(c.due) {
			t.Errorf("%s: due after %v, want %v", c.name, got.Sub(ms(0)), c.due.Sub(ms(0)))
		}
	}
}
