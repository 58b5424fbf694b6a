package reliability

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// The same content gives the same bytes and the same words whatever the locale, the time zone, the number of workers, the folder, the mask of new files, the memory it may
// use and what it remembers are. Dates are compared with the day that SOURCE_DATE_EPOCH names.
func TestTheSameEverywhere(t *testing.T) {
	files := handbook(0, 30)
	for name, text := range map[string]string{
		"content/ümläut/_index.md":   "---\ntitle: Ümläute\n---\n\nÄ and Z, ı and I, ß and ẞ.\n",
		"content/ümläut/straße.md":   "---\ntitle: Straße\n---\n\n[Nowhere](nowhere.md)\n",
		"content/ümläut/İstanbul.md": "---\ntitle: İstanbul\ntags: [i, I, ı, İ]\n---\n\nTitle.\n",
		"content/soon.md":            "---\ntitle: Soon\npublish_date: 2026-06-01\n---\n\nNot before June.\n",
		"content/gone.md":            "---\ntitle: Gone\nexpiry_date: 2026-05-31\n---\n\nUp to May.\n",
		"content/10-ten.md":          "---\ntitle: Ten\n---\n\nTen.\n",
		"content/9-nine.md":          "---\ntitle: Nine\n---\n\nNine.\n",
	} {
		files[name] = text
	}
	files["site.yaml"] += "links: warn\nbase_url: https://example.org/handbook/\n"

	run := func(root string, env []string, prefix []string, args ...string) (tree, string) {
		t.Helper()
		s := site{t, root}
		s.write(files)
		args = append([]string{"build", "--source", "."}, args...)
		cmd := command(t, timeout, args...)
		if len(prefix) > 0 {
			cmd = exec.Command(prefix[0], append(append(prefix[1:], program), args...)...)
			cmd.Env = append(os.Environ(), "NO_COLOR=1")
		}
		cmd.Dir = root
		cmd.Env = append(cmd.Env, "SOURCE_DATE_EPOCH=1780272000") // the first minute of June 2026, UTC
		cmd.Env = append(cmd.Env, env...)
		o := finish(t, cmd, timeout)
		o.want(t, fine, "content/ümläut/straße.md:5:")
		said, _, _ := strings.Cut(o.said, "Built ") // how long it took is another thing each time
		return mustLook(t, s.path("public")), said
	}
	first, words := run(newSite(t, nil).root, nil, nil)
	if first["soon.html"] == "" || first["gone.html"] != "" {
		t.Error("the pages of a day are not those of the day")
	}
	for _, c := range []struct {
		name   string
		folder string
		env    []string
		prefix []string
		args   []string
	}{
		{name: "Turkish", env: []string{"LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8"}},
		{name: "no locale", env: []string{"LANG=", "LC_ALL=C"}},
		{name: "the far east", env: []string{"TZ=Pacific/Kiritimati"}},
		{name: "the far west", env: []string{"TZ=Pacific/Pago_Pago"}},
		{name: "one worker", args: []string{"--jobs", "1"}},
		{name: "sixteen workers", args: []string{"--jobs", "16"}},
		{name: "one core, little memory", env: []string{"GOMAXPROCS=1", "GOMEMLIMIT=32MiB", "GOGC=10"}},
		{name: "another folder", folder: "a b/Ünï&%20#'\"c"},
		{name: "without memory", args: []string{"--cache", "off"}},
		{name: "twice, with the memory of the first", args: []string{"--cache", "verify"}},
		{name: "a narrow mask", prefix: []string{"sh", "-c", `umask 077; exec "$@"`, "sh"}},
		{name: "a wide mask", prefix: []string{"sh", "-c", `umask 0; exec "$@"`, "sh"}},
	} {
		if runtime.GOOS == "windows" && (c.prefix != nil || c.folder != "") {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			root := filepath.Join(newSite(t, nil).root, c.folder)
			must(t, os.MkdirAll(root, 0o755))
			for range 1 + map[bool]int{true: 1}[strings.HasPrefix(c.name, "twice")] {
				got, said := run(root, c.env, c.prefix, c.args...)
				same(t, "the site", first, got)
				if said != words {
					t.Errorf("it says\n%s\nand not\n%s", said, words)
				}
			}
		})
	}
	// The files' own times are no part of it, nor is the order in which the disk lists them.
	s := newSite(t, nil)
	must(t, os.MkdirAll(s.path("content"), 0o755))
	for i, name := range []string{"zz", "m", "a"} {
		must(t, os.WriteFile(s.path("content/"+name+".txt"), bytes.Repeat([]byte("x"), i), 0o644))
		must(t, os.Remove(s.path("content/"+name+".txt")))
	}
	got, _ := run(s.root, nil, nil)
	same(t, "the site", first, got)
}
