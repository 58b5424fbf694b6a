package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// toFile writes a file as replaceFile does, and makes the folder that it lies in; "-" is standard output. What is no plain file, as a device or a pipe, is written into.
func (g *globals) toFile(name string, write func(io.Writer) error) error {
	if name == "-" {
		return write(g.out)
	}
	switch fi, err := os.Stat(name); {
	case err != nil:
	case fi.IsDir():
		return usagef("%s is a folder; name a file in it", name)
	case !fi.Mode().IsRegular():
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return unwritten(name, err)
		}
		return errors.Join(write(f), f.Close())
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return unwritten(name, err)
	}
	if err := replaceFile(name, write); err != nil {
		return err
	}
	g.say("Wrote %s", name)
	return nil
}

// replaceFile writes a file as a whole or not at all: first beside it, under a name that is no page's. A link leads to what is written. A file that is there keeps its permissions.
func replaceFile(name string, write func(io.Writer) error) error {
	file := resolved(name)
	beside := filepath.Join(filepath.Dir(file), fmt.Sprintf(".waymark-%016x", rand.Uint64()))
	f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return unwritten(name, err)
	}
	defer os.Remove(beside) // it is not there any more when all went well
	if fi, err := os.Stat(file); err == nil {
		_ = f.Chmod(fi.Mode().Perm()) // a drive without permissions refuses it
	}
	err = errors.Join(write(f), f.Close())
	var pe *fs.PathError
	switch {
	case errors.As(err, &pe) && pe.Path == beside:
		return unwritten(name, pe)
	case err != nil:
		return err
	}
	if err := os.Rename(beside, file); err != nil {
		return unwritten(name, err)
	}
	return nil
}

// writeBytes is what replaceFile writes with when all is known.
func writeBytes(data []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
}

// unwritten says that a file cannot be written, and why; the error may be of the file beside it, of which nobody need know.
func unwritten(name string, err error) error {
	var le *os.LinkError
	if errors.As(err, &le) {
		err = le.Err
	}
	return fmt.Errorf("%s cannot be written: %s", name, reason(err))
}
