package publish

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// ownPrefix begins the names of what publish keeps in the destination for itself.
const ownPrefix = ".waymark-"

const (
	maxName = 255  // bytes of one name, on all systems of today
	maxPath = 1024 // bytes of a path, on macOS
)

// checkPath is the one grammar of what may be written: relative paths of names that every system can hold, each of which is
// a name of its own on every system. So a site that was built on one machine can be unpacked on any other.
func checkPath(path string) error {
	if why := faultOfPath(path); why != "" {
		return fmt.Errorf("%s cannot be the name of a file of the site: %s", show(path), why)
	}
	return nil
}

func faultOfPath(path string) string {
	switch {
	case path == "":
		return "it is empty"
	case len(path) > maxPath:
		return fmt.Sprintf("it has more than %d bytes", maxPath)
	case !utf8.ValidString(path):
		return "it is not UTF-8"
	case path[0] == '/':
		return "it begins at the root"
	}
	for name := range strings.SplitSeq(path, "/") {
		if why := faultOfName(name); why != "" {
			return why
		}
	}
	return ""
}

func faultOfName(name string) string {
	switch {
	case name == "":
		return "it has an empty name between slashes"
	case name == "." || name == "..":
		return fmt.Sprintf("%q leads elsewhere", name)
	case len(name) > maxName:
		return fmt.Sprintf("a name has more than %d bytes", maxName)
	case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
		return fmt.Sprintf("%q ends in a dot or space, which Windows drops", name)
	case name[0] == '.' && strings.HasPrefix(strings.ToLower(name), ownPrefix):
		return fmt.Sprintf("names that begin with %q are kept for the program", ownPrefix)
	case name[0] == '.' && strings.EqualFold(name, ".git"):
		return "it would write into a repository"
	}
	for _, r := range name {
		switch {
		case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '-' <= r && r <= '9': // most of them
		case unicode.IsControl(r) || strings.ContainsRune(`\:*?"<>|`, r):
			return fmt.Sprintf("it has the character %q, which not every system allows", r)
		}
	}
	base, _, _ := strings.Cut(name, ".")
	if base = strings.TrimRight(base, " "); len(base) <= len("CONOUT$") && isDevice(strings.ToUpper(base)) {
		return fmt.Sprintf("%q is the name of a device on Windows", base)
	}
	return ""
}

func isDevice(name string) bool {
	switch name {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	if port, ok := strings.CutPrefix(name, "COM"); ok || strings.HasPrefix(name, "LPT") {
		if !ok {
			port = name[len("LPT"):]
		}
		return slices.Contains([]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³"}, port)
	}
	return false
}

// fold returns what path is to systems that ignore case and Unicode normal form: paths with equal folds are one file there. (Unicode, section 3.13, D145.)
func fold(path string) string {
	for i := range len(path) {
		if path[i] >= utf8.RuneSelf {
			return norm.NFD.String(cases.Fold().String(norm.NFD.String(path)))
		}
	}
	return strings.ToLower(path)
}

// checkFiles checks each path and that no two of them are one on some system: as files, as folders, or as a file and a folder.
// The errors of many files are not listed: the plan has checked the same before, for authors, and this is the last line.
func checkFiles(files []File) error {
	isFile := make(map[string]string, len(files)) // fold to path
	for _, f := range files {
		if err := checkPath(f.Path); err != nil {
			return err
		}
		key := fold(f.Path)
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
			key := fold(dir)
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
