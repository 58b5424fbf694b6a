package plan

import (
	"cmp"
	"net/url"
	"path"
	"strings"

	"waymark/internal/curriculum"
	"waymark/internal/filename"
)

// Addresses. Nothing else in Waymark makes one: outputs mirror their sources (roles/10-sponsor.md → roles/sponsor.html, roles/_index.md →
// roles/index.html), links name files and are relative to the page, so that the site works at the root of a host, under any sub-path, from a zip and from file://.

// Fixed outputs.
const (
	homePath     = "index.html"
	notFoundPath = "404.html"
	indexPath    = "a-z.html"
	progressPath = "progress.html"
	glossaryPath = "glossary.html"
	pathsPath    = "paths/index.html"
	assetsDir    = "assets/"
	dataDir      = "data/"
	pathData     = dataDir + "path." // and the id of a path, which may be the name of a device on Windows
	printDir     = "print/"
)

// addresses knows the outputs of one site.
type addresses struct {
	folder bool // urls: folder
	keep   bool // numbers: keep
}

// module returns the output of a page's source.
func (a addresses) module(m *curriculum.Module) string {
	dir, base := path.Split(m.Source)
	dir = a.dir(dir)
	if m.Index {
		return dir + "index.html"
	}
	stem := a.name(strings.TrimSuffix(base, path.Ext(base)))
	if s := m.Doc.Meta.Slug.Value; s != "" {
		stem = s
	}
	if a.folder {
		return dir + stem + "/index.html"
	}
	return dir + stem + ".html"
}

// section returns the output of a folder's list.
func (a addresses) section(s *curriculum.Section) string {
	if s.Dir == "" {
		return homePath
	}
	return a.dir(s.Dir+"/") + "index.html"
}

// asset returns the output of a file of the content.
func (a addresses) asset(name string) string {
	dir, base := path.Split(name)
	return a.dir(dir) + base
}

// dir takes the numbers from the folders of a path that ends with a slash or is empty.
func (a addresses) dir(dir string) string {
	if a.keep || dir == "" {
		return dir
	}
	parts := strings.Split(strings.TrimSuffix(dir, "/"), "/")
	for i, p := range parts {
		parts[i] = a.name(p)
	}
	return strings.Join(parts, "/") + "/"
}

func (a addresses) name(stem string) string {
	if a.keep {
		return stem
	}
	_, rest := curriculum.Prefix(stem)
	return rest
}

// alias returns the output of an old address, and why it cannot be one: without an output where it is no address in the site.
func (a addresses) alias(old string) (out, why string) {
	if u, err := url.PathUnescape(old); err == nil {
		old = u // as browsers show it or as they send it
	}
	p := strings.TrimPrefix(old, "/")
	if p == "" || strings.HasSuffix(p, "/") {
		p += "index.html"
	} else if ext := strings.ToLower(path.Ext(p)); ext != ".html" && ext != ".htm" {
		p += "/index.html"
	}
	if path.Clean(p) != p || strings.HasPrefix(p, "../") || strings.HasPrefix(p, "/") || strings.Contains(p, "#") || strings.Contains(p, "?") {
		return "", "an address is a path from the site's root, as in /roles/sponsor.html"
	}
	return p, filename.Fault(p)
}

// anywhere returns what relative takes for a page that hosts show under any address: its own address on the host, as in /handbook/404.html, by which all others begin
// at the root of the host. A preview has a base of its own. Where no base_url says what the base is, it is the output itself: the page is right beside the home page only, but
// so it is under any path and from a folder.
func (m *maker) anywhere(out string) string {
	addr := m.cfg.BaseURL.Value
	if m.o.Serve {
		addr = cmp.Or(m.o.Base, "/")
	}
	base, err := url.Parse(addr)
	if err != nil || addr == "" {
		return out
	}
	if dir := strings.Trim(base.EscapedPath(), "/"); dir != "" {
		out = dir + "/" + out
	}
	return "/" + out
}

// relative returns the address of the output to, with its fragment, as written in the page from; or from the root of the host, when from is an address there.
func relative(from, to, fragment string) string {
	frag := ""
	if fragment != "" {
		frag = "#" + (&url.URL{Fragment: fragment}).EscapedFragment()
	}
	if from == to && frag != "" {
		return frag
	}
	up := root(from)
	if strings.HasPrefix(from, "/") {
		return up + escape(to) + frag
	}
	// The folders that both share are left out.
	f, t := from, to
	for {
		i, j := strings.IndexByte(f, '/'), strings.IndexByte(t, '/')
		if i < 0 || j < 0 || f[:i] != t[:j] {
			break
		}
		f, t, up = f[i+1:], t[j+1:], up[3:]
	}
	return up + escape(t) + frag
}

// root returns the way from a page to the site's root: "", "../", …; from an address on the host, which is one of the site's root, its folder.
func root(from string) string {
	if strings.HasPrefix(from, "/") {
		return from[:strings.LastIndexByte(from, '/')+1]
	}
	return strings.Repeat("../", strings.Count(from, "/"))
}

// escape writes a path so that it can stand in an address. A first segment with a colon would be taken for a scheme; names with colons are refused
// when the content is read.
func escape(p string) string {
	clean := true
	for i := range len(p) {
		c := p[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '/' || c == '-' || c == '.' || c == '_' || c == '~') {
			clean = false
			break
		}
	}
	if clean {
		return p
	}
	return (&url.URL{Path: p}).EscapedPath()
}
