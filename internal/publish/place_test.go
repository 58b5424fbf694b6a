package publish

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestDestinationsThatWouldReplaceTheSourceAreRefused(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	project := filepath.Join(root, "work", "handbook")
	for _, name := range []string{"content/a.md", "site.yaml", "themes/mine/theme.yaml", "public/.gitkeep", ".git/HEAD"} {
		write(t, filepath.Join(project, name), "precious")
	}
	if err := errors.Join(
		os.Symlink(filepath.Join(project, "content"), filepath.Join(root, "to-content")),
		os.Symlink(project, filepath.Join(root, "to-project")),
		os.Symlink(filepath.Join(project, "public"), filepath.Join(project, "link")),
		os.Symlink(filepath.Join(root, "nowhere"), filepath.Join(project, "broken")),
	); err != nil {
		t.Skip(err)
	}
	before := tree(t, root)
	o := Options{Project: project, Protect: []string{"content", "site.yaml", "themes", "static"}}
	for dest, words := range map[string]string{
		"":                                      `"": is no destination`,
		"/":                                     "root of the file system",
		project:                                 "folder of the project itself",
		project + "/":                           "folder of the project itself",
		root + "/to-project/.":                  "is a link to",
		filepath.Dir(project):                   "holds the project",
		root:                                    "holds the project",
		project + "/content":                    "is content, which the site is made of",
		project + "/content/deep/er":            "lies in content",
		root + "/to-content/x":                  "lies in content",
		root + "/to-project/content/x":          "lies in content",
		root + "/to-project/themes/mine/public": "lies in themes",
		project + "/themes":                     "is themes",
		project + "/site.yaml":                  "is a file",
		project + "/.git":                       "is .git",
		project + "/.git/public":                "lies in .git",
		project + "/.waymark/x":                 "lies in .waymark", // though there is none yet
		project + "/static":                     "is static",
		project + "/link":                       "is a link to " + project + "/public",
		project + "/broken":                     "is a link to",
		project + "/broken/x":                   "cannot be found",
		project + "/site.yaml/x":                "cannot be read: not a directory",
	} {
		_, err := Dir(t.Context(), dest, pages("index.html: 1"), o)
		refused(t, err, words)
		_, err = Clean(t.Context(), dest, o)
		refused(t, err, words)
	}
	equal(t, before, tree(t, root))

	for _, dest := range []string{project + "/public", project + "/contents", root + "/to-project/dist", root + "/work/handbook-public", root + "/work/new/deep"} {
		publish(t, dest, pages("index.html: 1"), o)
		if siteIn(t, dest)["index.html"] != "1" {
			t.Errorf("%s: nothing there", dest)
		}
	}
}

func TestADestinationIsNamedAsItWasGiven(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "public", "a file")
	_, err := Dir(t.Context(), "./public", nil, Options{})
	refused(t, err, "public: is a file, and a site needs a folder\n  hint: ")
	_, err = Dir(t.Context(), "pub\x1b[31mlic\n/x", []File{{Path: "con"}}, Options{})
	if err == nil {
		t.Fatal("no error")
	}
	write(t, "out\x1b[31m/index.html", "mine")
	_, err = Dir(t.Context(), "out\x1b[31m", pages("index.html: 1"), Options{})
	refused(t, err, `"out\x1b[31m"/: has files of others`)
}
