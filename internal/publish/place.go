package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A place is a destination that may be written to.
type place struct {
	Options
	name   string // as it was named, for people: "public/"
	dir    string // its real path
	parent string // of dir
	base   string // last name of dir

	held    *lock // while this process writes
	glanced bool  // it was looked at ahead
}

// findPlace finds out where dest is and refuses what must not be replaced. It changes nothing.
func findPlace(dest string, o Options) (*place, error) {
	p := &place{Options: o, name: show(filepath.ToSlash(filepath.Clean(dest)))}
	if dest == "" {
		p.name = `""`
		return nil, p.unfit("name a folder", "is no destination")
	}
	abs, err := filepath.Abs(dest)
	if err != nil {
		return nil, p.failed("cannot be found", err)
	}
	p.parent, p.base = filepath.Dir(abs), filepath.Base(abs)
	if fi, err := os.Lstat(abs); err == nil {
		switch {
		case fi.Mode()&fs.ModeSymlink != 0:
			to, _ := os.Readlink(abs)
			return nil, p.unfit("name the folder itself as the destination", "is a link to %s, and a link cannot be replaced by a site", show(to))
		case !fi.IsDir():
			return nil, p.unfit("choose another destination, or move it away", "is a file, and a site needs a folder")
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, p.failed("cannot be read", err)
	}
	if p.parent, err = realPath(p.parent); err != nil {
		return nil, p.failed("cannot be found", err)
	}
	p.dir = filepath.Join(p.parent, p.base)
	if !strings.HasSuffix(p.name, "/") {
		p.name += "/"
	}
	if p.parent == p.dir {
		return nil, p.unfit("choose a folder of its own for the site", "is the root of the file system")
	}
	if err := p.checkProject(); err != nil {
		return nil, err
	}
	return p, nil
}

// realPath resolves the links in path, of which only the beginning need exist.
func realPath(path string) (string, error) {
	real, err := filepath.EvalSymlinks(path)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return real, err
	}
	parent := filepath.Dir(path)
	if parent == path {
		return "", err
	}
	if fi, lerr := os.Lstat(path); lerr == nil && fi.Mode()&fs.ModeSymlink != 0 {
		return "", err // a link to nowhere
	}
	if real, err = realPath(parent); err != nil {
		return "", err
	}
	return filepath.Join(real, filepath.Base(path)), nil
}

// checkProject refuses a destination that would replace what the site is made of.
func (p *place) checkProject() error {
	if p.Project == "" && len(p.Protect) == 0 {
		return nil
	}
	const hint = "choose a folder of its own for the site, such as public"
	project := p.Project
	if project == "" {
		project = "."
	}
	project, err := filepath.Abs(project)
	if err != nil {
		return p.failed("cannot be compared with the project", err)
	}
	if p.Project != "" {
		if same(p.dir, project) {
			return p.unfit(hint, "is the folder of the project itself")
		}
		if holds(p.dir, project) {
			return p.unfit(hint, "holds the project, which the site would replace")
		}
	}
	for _, what := range append([]string{".git", ".waymark"}, p.Protect...) {
		path := what
		if !filepath.IsAbs(path) {
			path = filepath.Join(project, path)
		}
		switch {
		case same(p.dir, path):
			return p.unfit(hint, "is %s, which the site is made of", show(what))
		case holds(p.dir, path):
			return p.unfit(hint, "holds %s, which the site is made of", show(what))
		case holds(path, p.dir):
			return p.unfit(hint, "lies in %s, which the site is made of", show(what))
		}
	}
	return nil
}

// same reports whether a and b are one file, under whatever names.
func same(a, b string) bool {
	fa, erra := os.Stat(a)
	fb, errb := os.Stat(b)
	if erra == nil && errb == nil {
		return os.SameFile(fa, fb)
	}
	if erra == nil && errors.Is(errb, fs.ErrNotExist) || errb == nil && errors.Is(erra, fs.ErrNotExist) {
		return false // one is there and the other is not
	}
	ra, erra := realPath(a)
	rb, errb := realPath(b)
	return erra == nil && errb == nil && ra == rb
}

// holds reports whether path lies in folder. Each folder above path is compared as a file, not by name, so that links, letter case
// and mounts do not hide it.
func holds(folder, path string) bool {
	path, err := realPath(path)
	if err != nil {
		return false
	}
	for {
		up := filepath.Dir(path)
		if up == path {
			return false
		}
		if path = up; same(folder, path) {
			return true
		}
	}
}

// whyInPlace returns why the destination cannot change places with another folder, as far as that can be known beforehand.
func (p *place) whyInPlace(old *site) string {
	if !old.exists {
		return ""
	}
	if p.InPlace {
		return "as asked for"
	}
	if wd, err := os.Getwd(); err == nil && (same(p.dir, wd) || holds(p.dir, wd)) {
		return "this program was started in it"
	}
	return old.fixed
}
