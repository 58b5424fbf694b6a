package publish

import (
	"fmt"
	"strings"

	"waymark/internal/filename"
)

// ownPrefix begins the names of what publish keeps in the destination for itself.
const ownPrefix = filename.OwnPrefix

// checkPath says whether a file of that path may be written; see filename.
func checkPath(path string) error {
	if why := filename.Fault(path); why != "" {
		return fmt.Errorf("%s cannot be the name of a file of the site: %s", show(path), why)
	}
	return nil
}

// checkFiles checks each path and that no two of them are one on some system: as files, as folders, or as a file and a folder.
// The errors of many files are not listed: the plan has said the same to authors, by the same filename.Fault and filename.Fold, with the places, and this is the last line,
// for what is no author's doing.
func checkFiles(files []File) error {
	isFile := make(map[string]string, len(files)) // fold to path
	for _, f := range files {
		if err := checkPath(f.Path); err != nil {
			return err
		}
		key := filename.Fold(f.Path)
		if other, ok := isFile[key]; ok {
			if other == f.Path {
				return fmt.Errorf("%s is made twice", show(f.Path))
			}
			return fmt.Errorf("%s and %s are one file on systems that ignore case or accents written differently", show(min(other, f.Path)), show(max(other, f.Path)))
		}
		isFile[key] = f.Path
	}
	isDir := map[string]string{}
	known := "" // files mostly come folder by folder
	for _, f := range files {
		dir := parentOf(f.Path)
		if dir == known {
			continue
		}
		known = dir
		for ; dir != ""; dir = parentOf(dir) {
			key := filename.Fold(dir)
			if other, ok := isFile[key]; ok {
				return fmt.Errorf("%s would be a file and, for %s, a folder", show(other), show(f.Path))
			}
			other, ok := isDir[key]
			if ok && other != dir {
				return fmt.Errorf("the folders %s and %s are one on systems that ignore case or accents written differently", show(min(other, dir)), show(max(other, dir)))
			}
			if ok {
				break
			}
			isDir[key] = dir
		}
	}
	return nil
}

// parentOf returns the folder that path lies in, "" for the site itself.
func parentOf(path string) string {
	i := strings.LastIndexByte(path, '/')
	return path[:max(i, 0)]
}

// nameOf returns the last name of path.
func nameOf(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }
