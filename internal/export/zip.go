// Package export writes a built site, or parts of it, in other forms: a zip that opens by double-click, a learning path as a package of SCORM, a PDF, and its questions as a deck of cards, a package of QTI or a table.
package export

import (
	"archive/zip"
	"fmt"
	"io"
	"path"
	"time"
)

// A File is one output of the site.
type File struct {
	Path  string
	Write func(w io.Writer) error
}

// epoch is the time of every file in a zip, so that equal sites give equal bytes. It is the first that the format can say.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Zip writes the files, in their order, into a zip under one folder, so that unpacking makes no mess, or under none where it has no name. Equal files give equal bytes.
func Zip(w io.Writer, folder string, files []File) error {
	z := zip.NewWriter(w)
	for _, f := range files {
		h := &zip.FileHeader{Name: path.Join(folder, f.Path), Method: zip.Deflate, Modified: epoch}
		h.SetMode(0o644)
		out, err := z.CreateHeader(h)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Path, err)
		}
		if err := f.Write(out); err != nil {
			return fmt.Errorf("%s: %w", f.Path, err)
		}
	}
	return z.Close()
}
