package reliability

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// What goes wrong with the machine is said with the name of the folder or file, ends with exit code 3, and leaves the old site as it was.
func refused(t *testing.T, s site, dest string, before tree, words ...string) {
	t.Helper()
	o := waymark(t, "build", "--source", s.root, "--destination", dest)
	o.want(t, machine, words...)
	same(t, "the old site", before, mustLook(t, dest))
}

// A page that vanishes between the listing of the folder and the reading of it, folders that come and go, files that are half written: whatever happens in content/ while
// it is read, a build ends with a site or with a sentence that names what was missing, the site that was there stays until there is a whole new one, and when it is
// quiet again the next build is as a clean one.
func TestFilesThatVanishWhileTheyAreRead(t *testing.T) {
	files := handbook(0, 30)
	s := newSite(t, files)
	s.build()
	stop, done := make(chan bool), make(chan bool)
	go func() {
		defer close(done)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			page := fmt.Sprintf("content/part-%d/page-%03d.md", i%5, i%30)
			switch i % 4 {
			case 0:
				_ = os.Remove(s.path(page))
			case 1:
				_ = os.RemoveAll(s.path(filepath.Dir(page)))
			case 2:
				_ = os.Rename(s.path(page), s.path(page+".bak"))
			case 3:
				_ = os.Remove(s.path("content/picture.svg"))
			}
			time.Sleep(time.Duration(i%7) * time.Millisecond)
			for name, text := range files { // everything is back, not all at once and not in one step
				if i%3 == 0 || name == page {
					_ = os.MkdirAll(filepath.Dir(s.path(name)), 0o755)
					_ = os.WriteFile(s.path(name), []byte(text), 0o644)
				}
			}
		}
	}()
	count := map[string]int{}
	// What is published as it is may vanish when it is copied, or be half written; then the output is named before it.
	missing := regexp.MustCompile(`(?m)^waymark: (?:\S+: )?content/\S+: (no such file or directory|no such file|The system cannot find .*|it changed while the site was built; build again)$`)
	for range rounds(15, 300) {
		before := mustLook(t, s.path("public"))
		o := waymark(t, "build", "--source", s.root)
		switch o.code {
		case fine:
			count["built"]++
			continue
		case content: // a link that leads nowhere for a moment
			count["reported"]++
		case machine:
			count["missing"]++
			if !missing.MatchString(o.said) {
				t.Errorf("it does not name what was missing: %s", o.said)
			}
		default:
			t.Errorf("the exit code is %d:\n%s", o.code, o.said)
		}
		same(t, "the old site", before, mustLook(t, s.path("public")))
	}
	close(stop)
	<-done
	t.Logf("%v", count)
	s.become(files)
	s.build()
	same(t, "the site when it is quiet again", clean(t, files), mustLook(t, s.path("public")))
}

// A page that is replaced while builds run is published whole in one of its versions, and what was remembered of it is right afterwards. A page that is written in place
// may be read half, as by any program; it is right when it is quiet again.
func TestAFileThatChangesWhileItIsRead(t *testing.T) {
	files := handbook(0, 3)
	page := func(stamp int) string {
		return fmt.Sprintf("---\ntitle: The page that changes\n---\n\nStamp %d.\n\n%s\n\n::: question {#q-changing}\n\nWhich?\n\n- (x) Stamp %d\n  > Yes.\n- ( ) Another one\n  > No.\n\n:::\n\nStamp %d.\n",
			stamp, strings.Repeat("Some words to fill the page. ", 2000), stamp, stamp)
	}
	files["content/changing.md"] = page(0)
	s := newSite(t, files)
	s.build()
	stamps := regexp.MustCompile(`Stamp (\d+)`)
	whole := func(where string) {
		t.Helper()
		data, err := os.ReadFile(s.path("public/changing.html"))
		must(t, err)
		found := map[string]bool{}
		for _, m := range stamps.FindAllSubmatch(data, -1) {
			found[string(m[1])] = true
		}
		if len(found) != 1 {
			t.Errorf("%s: the page has the stamps %v", where, found)
		}
	}
	for _, how := range []string{"replaced", "written in place"} {
		stop, done := make(chan bool), make(chan int)
		go func() {
			n := 0
			for ; ; n++ {
				select {
				case <-stop:
					done <- n
					return
				default:
				}
				if how == "replaced" {
					_ = os.WriteFile(s.path("content/.next"), []byte(page(n)), 0o644)
					_ = os.Rename(s.path("content/.next"), s.path("content/changing.md"))
				} else {
					_ = os.WriteFile(s.path("content/changing.md"), []byte(page(n)), 0o644)
				}
				if n%20 != 0 {
					continue
				}
				// The picture goes back and forth between two versions: a build that remembers the one and publishes the other would be wrong for ever.
				_ = os.WriteFile(s.path("content/.next.svg"), []byte(handbook(n%2, 0)["content/picture.svg"]), 0o644)
				_ = os.Rename(s.path("content/.next.svg"), s.path("content/picture.svg"))
			}
		}()
		for range rounds(10, 200) {
			o := waymark(t, "build", "--source", s.root)
			switch {
			case o.code == fine:
			case o.code == content && how != "replaced": // half a page may have an unclosed block
			case o.code == machine && strings.Contains(o.said, "content/picture.svg: it changed while the site was built; build again"):
			default:
				t.Errorf("the exit code is %d: %s", o.code, o.said)
			}
			if how == "replaced" {
				whole(how)
			}
		}
		close(stop)
		n := <-done
		t.Logf("%s %d times", how, n)
		for version := range 2 { // quiet again, with either picture
			files["content/changing.md"], files["content/picture.svg"] = page(n), handbook(version, 0)["content/picture.svg"]
			s.write(files)
			s.build()
			same(t, "quiet again", clean(t, files), mustLook(t, s.path("public")))
		}
	}
}
