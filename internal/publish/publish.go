// Package publish writes a site to a folder: as a whole or not at all.
//
// Dir gets every file of the site with the key of what makes it, and looks at what the destination has. A file that is there under the same key stays. If
// anything differs, the new site is put together in a folder beside the old one, the stage, with new files written, unchanged files
// linked (they keep their time) and what others put into the destination carried over. Then the two folders change places in one step.
// Whoever reads the destination, and whenever the program is killed, finds one whole site: the old one or the new one. If nothing
// differs, nothing is touched.
//
// Some folders cannot change places: mount points, folders in a folder that cannot be written, the folder the program was started in. There the new
// files are staged inside the destination and then moved into their places, assets before pages before removals, so that each
// file is whole at all times, though not all of them at once. Options.Logf is told so.
//
// What is whose is told by the manifest (see manifest.go), a file in the destination that lists what was written. Only what it
// lists is ever replaced or deleted, and where something else stands in the way of a file the destination is refused.
//
// The promise is about programs that are killed, not about power that fails: nothing is forced to the disk, for that would cost
// more than the build. A file that a crash of the machine has cut off no longer fits the manifest, and the next build writes it again.
package publish

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"runtime"
)

// A File is one file of the site.
type File struct {
	Path  string   // slash-separated, relative; see checkPath
	Key   [32]byte // of everything that makes the file's bytes
	Class Class    // which files come first where the whole site cannot come at once

	// Write writes the content. It is called once, and only if the destination does not have the file under its key. Several
	// calls of different files run at once; w is buffered, and hands an error of its own back to be returned.
	Write func(w io.Writer) error
}

// A Class is a kind of file. A page uses assets, so that these must be there first.
type Class int8

const (
	Page Class = iota
	Asset
)

// Options say where and how to write. The zero value is ready to use.
type Options struct {
	// Project is the folder that holds the source of the site. The destination may lie in it, but must not be it or hold it.
	Project string

	// Protect lists files and folders that the destination must not be, hold or lie in: content, themes, site.yaml. Relative
	// ones lie in Project. The project's .git and .waymark are protected without being listed.
	Protect []string

	// State is a folder of the program's own, such as .waymark/publish in the project, where the times of files are remembered, so that
	// unchanged files need not be read to know that they are unchanged. It must not lie in the destination: times differ from machine
	// to machine, and two builds must publish the same bytes. Empty, or a folder that cannot be written, only costs time.
	State string

	Jobs   int  // how many files are written at once; GOMAXPROCS if it is 0
	DryRun bool // find out what would change, and change nothing

	// InPlace writes file by file although the whole folder could be replaced. Somebody may hold on to the folder itself: a
	// container that has it mounted, a server that was started in it. These would go on looking at the old one, which is gone.
	InPlace bool

	Logf     func(format string, args ...any) // remarks for who asked to hear more; may be nil
	Progress func(done, total int)            // after each file that was written, never twice at once; may be nil
}

// Changes say what Dir or Clean did, or would have done.
type Changes struct {
	Written int // files that are new or have new bytes
	Kept    int // files that stayed as they were, also those made again with the same bytes
	Removed int // files of the old site that the new one does not have
	Foreign int // files that others put there, all of which are still there

	WrittenPaths []string // in order
	RemovedPaths []string // in order
	Swapped      bool     // the whole site came at once; false if nothing changed, too
}

// Dir makes dest hold exactly the given files, besides what others put there. dest need not exist.
//
// It returns an *Error for what people can do something about, the error of a file's Write with its path, or the cause of ctx's end.
// After an error the destination is as it was, unless the error says otherwise, which it does only where the site
// had to be written file by file.
func Dir(ctx context.Context, dest string, files []File, o Options) (Changes, error) {
	return dir(ctx, dest, files, o, nil)
}

func dir(ctx context.Context, dest string, files []File, o Options, seen *glance) (Changes, error) {
	p, err := findPlace(dest, o)
	if err != nil {
		return Changes{}, err
	}
	if err := checkFiles(files); err != nil {
		return Changes{}, err
	}
	c, err := p.publish(ctx, files, seen)
	if e := new(Error); p.glanced && errors.As(err, &e) && errors.Is(err, fs.ErrNotExist) { // what was seen is gone by now
		return p.publish(ctx, files, nil)
	}
	return c, err
}

func (p *place) publish(ctx context.Context, files []File, seen *glance) (Changes, error) {
	defer p.unlock()
	if err := p.recover(); err != nil {
		return Changes{}, err
	}
	if p.held != nil { // it had something to put right
		seen = nil
	}
	w, err := p.compare(ctx, files, seen)
	if err != nil || p.DryRun {
		return w.changes(), err
	}
	if !w.isDone() {
		if w.old.exists {
			if err := p.checkWritable(); err != nil {
				return Changes{}, err
			}
		}
		if err := p.lock(); err != nil {
			return Changes{}, err
		}
		if p.changedSince(w.old) { // by a build that ended just now
			if w, err = p.compare(ctx, files, nil); err != nil {
				return Changes{}, err
			}
		}
	}
	if w.isDone() {
		p.remember(w)
		return w.changes(), nil
	}
	why := p.whyInPlace(w.old)
	if why == "" {
		why, err = p.writeWhole(ctx, w)
	}
	if err == nil && why != "" {
		p.logf("%s: written file by file: %s", p.name, why)
		err = p.writeInPlace(ctx, w)
	}
	if err != nil {
		return Changes{}, err
	}
	// The old site goes last: whoever was on the way to one of its files has had time to open it.
	p.remember(w)
	if w.replaced != "" {
		p.sweep(w.replaced, w.old)
	}
	return w.changes(), nil
}

func (p *place) logf(format string, args ...any) {
	if p.Logf != nil {
		p.Logf(format, args...)
	}
}

func (p *place) jobs() int {
	if p.Jobs > 0 {
		return p.Jobs
	}
	return runtime.GOMAXPROCS(0)
}
