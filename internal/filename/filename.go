// Package filename says what a file of a site may be called, and which names are one file somewhere.
//
// It is asked twice: for authors, before anything is made (source, plan), and in the last line before a file is written (publish). Both ask the same, so that
// nothing that was planned is refused.
package filename

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// OwnPrefix begins the names of what publish keeps in the destination for itself.
const OwnPrefix = ".waymark-"

// The lengths that all systems of today can hold, in bytes.
const (
	MaxName = 255  // of one name
	MaxPath = 1024 // of a path, on macOS
)

// Fault says why path cannot be written everywhere, or "". This is the one grammar: relative paths of names that every system can hold, each of which is a name of its own
// on every system. So a site that was built on one machine can be unpacked on any other.
func Fault(path string) string {
	switch {
	case path == "":
		return "it is empty"
	case len(path) > MaxPath:
		return fmt.Sprintf("it has more than %d bytes", MaxPath)
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
	case len(name) > MaxName:
		return fmt.Sprintf("a name has more than %d bytes", MaxName)
	case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
		return fmt.Sprintf("%q ends in a dot or space, which Windows drops", name)
	case name[0] == '.' && strings.HasPrefix(strings.ToLower(name), OwnPrefix):
		return fmt.Sprintf("names that begin with %q are kept for the program", OwnPrefix)
	case name[0] == '.' && strings.EqualFold(name, ".git"):
		return "it would write into a repository"
	}
	for _, r := range name {
		switch {
		case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '-' <= r && r <= '9': // most of them
		case unicode.IsControl(r) || strings.ContainsRune(`\:*?"<>|`, r):
			return fmt.Sprintf("it has the character %q, which not every system allows", r)
		case unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029':
			return fmt.Sprintf("it has the character %q, which nobody can see", r)
		case r == unicode.ReplacementChar:
			return fmt.Sprintf("it has the character %q, which stands for one that could not be read", r)
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

// Fold returns what path is to systems that ignore case and Unicode normal form: paths with equal folds are one file there. (Unicode, section 3.13, D145.)
// It has as many slashes as path.
func Fold(path string) string {
	for i := range len(path) {
		if path[i] >= utf8.RuneSelf {
			return norm.NFD.String(cases.Fold().String(norm.NFD.String(path)))
		}
	}
	return strings.ToLower(path)
}
