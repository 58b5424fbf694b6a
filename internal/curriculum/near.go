package curriculum

import (
	"path"
	"strings"

	"waymark/internal/diag"
)

// A nameIndex finds files by their folder and by their own name, so that a site with thousands of broken links, as one that was just imported, is looked through once.
type nameIndex struct {
	in    map[string][]string // folder → own names of its files
	named map[string]string   // own name in lower case → the first file that has it
}

func indexNames(files []string) *nameIndex {
	x := &nameIndex{map[string][]string{}, map[string]string{}}
	for _, f := range files {
		dir, base := dirOf(f), path.Base(f)
		x.in[dir] = append(x.in[dir], base)
		if low := strings.ToLower(base); x.named[low] == "" {
			x.named[low] = f
		}
	}
	return x
}

// A neighbourhood is where nearFile looks.
type neighbourhood struct {
	files, assets *nameIndex // nil: not needed so far
	compared      int
}

// mostCompared is how many names are compared with those of broken links, a second or two: links behind that get no suggestion of a nearly equal name.
const mostCompared = 25_000_000

// nearFile suggests for the link dest, which means full, a file of nearly that name in the same folder, else one of the same name elsewhere: the whole address, as it is to be
// written in place of dest. Files are assets and, with pages, pages.
func (r *resolver) nearFile(dest, full string, pages bool) string {
	switch local, host, mail := strings.Cut(dest, "@"); {
	case strings.HasPrefix(dest, "www."):
		return "for a page on the web write " + diag.Quote("https://"+dest)
	case mail && local != "" && strings.Contains(host, ".") && !strings.Contains(dest, "/"):
		return "for an address of mail write " + diag.Quote("mailto:"+dest)
	}
	names := r.names(pages)
	file, rest := dest, ""
	if i := strings.IndexAny(dest, "?#"); i >= 0 {
		file, rest = dest[:i], dest[i:]
	}
	base, here := path.Base(full), names.in[dirOf(full)]
	if r.near.compared += len(here); r.near.compared <= mostCompared {
		if n := diag.Nearest(base, here); n != "" {
			return "did you mean " + diag.Quote(file[:strings.LastIndexByte(strings.TrimSuffix(file, "/"), '/')+1]+escapeDest.Replace(n)+rest) + "?"
		}
	}
	if n := names.named[strings.ToLower(base)]; n != "" {
		return "there is one at " + diag.Quote("/"+escapeDest.Replace(n)+rest)
	}
	return ""
}

func (r *resolver) names(pages bool) *nameIndex {
	x := &r.near.assets
	if pages {
		x = &r.near.files
	}
	if *x == nil {
		var files []string
		if pages {
			for _, m := range r.Modules {
				files = append(files, m.Source)
			}
		}
		for _, a := range r.Assets {
			files = append(files, a.Path)
		}
		*x = indexNames(files)
	}
	return *x
}

// escapeDest writes the name of a file as Markdown takes it for the address of a link.
var escapeDest = strings.NewReplacer("%", "%25", " ", "%20", "(", "%28", ")", "%29", "#", "%23", "?", "%3F")
