package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"time"
)

// A folder is one that is open, to make many links in it.
type folder struct {
	root *os.Root
	f    *os.File
}

// openBoth opens the same folder of the old site and of the new one.
func openBoth(old, new *os.Root, dir string) (from, to *folder, err error) {
	if from, err = openFolder(old, dir); err != nil {
		return nil, nil, err
	}
	if to, err = openFolder(new, dir); err != nil {
		from.close()
		return nil, nil, err
	}
	return from, to, nil
}

func openFolder(root *os.Root, dir string) (*folder, error) {
	r, err := openIn(root, dir)
	if err != nil {
		return nil, err
	}
	f, err := r.Open(".")
	if err != nil {
		r.Close()
		return nil, err
	}
	return &folder{r, f}, nil
}

func (d *folder) close() {
	d.f.Close()
	d.root.Close()
}

// give makes the file name of d a file of to as well, by a link or, where that is refused, by a copy of the same time.
func (d *folder) give(to *folder, name string, modified time.Time) error {
	err := link(d, to, name)
	if err == nil || errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist) {
		return err
	}
	fi, lerr := d.root.Lstat(name)
	if lerr != nil || !fi.Mode().IsRegular() {
		return errors.Join(lerr, err)
	}
	in, err := d.root.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := to.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fi.Mode().Perm())
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if cerr := out.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = to.root.Chtimes(name, time.Time{}, modified)
	}
	return err
}
