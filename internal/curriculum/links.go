package curriculum

import (
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
	"waymark/internal/diag"
	"waymark/internal/markdown"
	"waymark/internal/source"
)

// links finds the target of every link. Links name source files (`../roles/sponsor.md#first-week`), folders, files to download, the `.html`
// twin of a source, or an address from the root of content/ (`/roles/sponsor.md`).
func (r *resolver) links() {
	anchors := map[*Module]*places{}
	for _, m := range r.Modules {
		m.Targets = make([]Target, len(m.Doc.Links))
		for i, l := range m.Doc.Links {
			m.Targets[i] = r.target(m, l, anchors)
		}
		for _, x := range m.Doc.Remarks {
			full, ok := join(m.Source, x.Value)
			if full = r.spelt(full); ok && (r.assets[full] || r.page(full, false) != nil) {
				r.ds.Add("page/link-blank", m.span(x.At), "put it in angle brackets: (<"+x.Value+">)", "the address %s has a blank in it, so this is text and no link", diag.Quote(x.Value))
			}
		}
	}
}

// leaveAssets takes out the files of pages that are not built: those that only such pages lead to, and those that lie in the folder of the index page of one, where no page is built
// in it or below. What a page that is built, the configuration or the theme uses stays.
func (r *resolver) leaveAssets(pages []Page) {
	whole := r.o.Whole
	if len(r.hidden) == 0 && whole == nil {
		return
	}
	here, begun := r.usedAssets()
	r.hiddenAssets = map[string]bool{}
	if whole != nil {
		r.hiddenAssets = whole.linkedAssets()
		maps.Copy(r.hiddenAssets, whole.hiddenAssets)
	}
	hidden, built := map[string]bool{}, map[string]bool{} // folders
	around := func(file string) {
		for dir := dirOf(file); dir != ""; dir = dirOf(dir) {
			built[dir] = true
		}
	}
	for _, p := range pages {
		if r.hidden[p.Path] == "" {
			around(p.Path)
			continue
		}
		dir := dirOf(p.Path)
		hidden[dir] = hidden[dir] || IsIndex(path.Base(p.Path))
		for _, l := range p.Doc.Links {
			if !l.Term {
				r.hiddenAssets[r.asset(p.Path, l.Dest)] = true
			}
		}
		for _, dest := range p.Doc.Raw {
			r.hiddenAssets[r.asset(p.Path, dest)] = true
		}
	}
	for file := range here { // what may load files beside it
		switch path.Ext(file) {
		case ".html", ".htm", ".css", ".js", ".svg":
			around(file)
		}
	}
	r.Assets = slices.DeleteFunc(slices.Clone(r.Assets), func(a source.Asset) bool {
		leave := r.hiddenAssets[a.Path]
		for dir := dirOf(a.Path); dir != "" && !built[dir] && !leave; dir = dirOf(dir) {
			leave = hidden[dir]
		}
		return leave && !here[a.Path] && !slices.ContainsFunc(begun, func(start string) bool { return begins(start, a.Path) }) && !(r.o.Named != nil && r.o.Named(a.Path))
	})
}

// usedAssets are the files of the content that pages and the configuration lead to; begun are the paths that texts of params may begin.
func (r *resolver) usedAssets() (used map[string]bool, begun []string) {
	used = r.linkedAssets()
	used[strings.TrimPrefix(r.Config.Brand.Logo.Value, "/")] = true
	for _, n := range r.Config.Nav {
		used[strings.TrimPrefix(n.To.Value, "/")] = true
	}
	param := func(from, s string) {
		used[r.asset(from, s)] = true
		if full, ok := join(from, s); ok && full != "" {
			begun = append(begun, full)
		}
	}
	params(r.Config.Params, func(s string) { param("", s) })
	for _, p := range r.Paths {
		used[p.Badge] = true
	}
	for _, m := range r.Modules {
		params(m.Doc.Meta.Params, func(s string) {
			param(m.Source, s)
			param("", s)
		})
		for _, dest := range m.Doc.Raw {
			used[r.asset(m.Source, dest)] = true
		}
	}
	return used, begun
}

// begins reports whether start is the beginning of a file's path, as far as a folder or into its name: a template may make the rest.
func begins(start, file string) bool {
	rest, found := strings.CutPrefix(file, start)
	return found && rest != "" && (rest[0] == '.' || rest[0] == '/' || strings.Contains(start, "/") && !strings.Contains(rest, "/"))
}

// params calls f for every text among free values.
func params(v any, f func(string)) {
	switch v := v.(type) {
	case string:
		f(v)
	case []any:
		for _, x := range v {
			params(x, f)
		}
	case map[string]any:
		for _, x := range v {
			params(x, f)
		}
	}
}

// linkedAssets are the files of the content that pages link to or show.
func (c *Curriculum) linkedAssets() map[string]bool {
	linked := map[string]bool{}
	for _, m := range c.Modules {
		for _, t := range m.Targets {
			if t.Kind == ToAsset {
				linked[t.Name] = true
			}
		}
	}
	return linked
}

// asset returns the file of the content that an address in a page means, or "".
func (r *resolver) asset(from, dest string) string {
	u, err := url.Parse(dest)
	if err != nil || u.Path == "" || external(dest) {
		return ""
	}
	full, ok := join(from, u.Path)
	if full = r.spelt(full); ok && r.assets[full] {
		return full
	}
	return ""
}

func (r *resolver) target(m *Module, l markdown.Link, anchors map[*Module]*places) Target {
	if l.Term {
		return Target{Kind: ToTerm, Name: l.Dest}
	}
	dest := l.Dest
	if external(dest) {
		if i := strings.IndexByte(dest, ':'); i > 0 && dest[0] != '/' { // capitals do not matter in a scheme
			dest = strings.ToLower(dest[:i]) + dest[i:]
		}
		if l.Image && !strings.HasPrefix(dest, "data:") {
			r.ds.Add("image/external", m.span(l.Range), "put a copy of the image beside the page, if its licence allows it", "the image %s comes from another host, and pages load nothing from other hosts", diag.Quote(dest))
		}
		if whole := wholeAddress(dest); whole != dest && !l.Image {
			r.broken(m, l, "link/broken", "write "+diag.Quote(whole), "the link %s is no whole address", diag.Quote(dest))
			return Target{Kind: Broken, Name: dest}
		}
		if to, mail := strings.CutPrefix(dest, "mailto:"); mail && !strings.ContainsAny(to, "@?%") {
			r.broken(m, l, "link/broken", "write an address of mail, as in mailto:ann@example.org", "the link %s leads to nobody", diag.Quote(dest))
			return Target{Kind: Broken, Name: dest}
		}
		return Target{Kind: External, Name: dest}
	}
	u, err := url.Parse(dest)
	if err != nil {
		r.broken(m, l, "link/broken", "mend the address; a % is followed by two digits", "the link %s is not an address", diag.Quote(dest))
		return Target{Kind: Broken, Name: dest}
	}
	frag := u.Fragment
	switch {
	case u.Path == "" && l.Image:
		hint := "write the file of the image between the parentheses, as in ![Two people at a table](pair.jpg)"
		if dest == "" {
			r.broken(m, l, "link/image", hint, "the image has no address")
		} else {
			r.broken(m, l, "link/image", hint, "the address %s names no image", diag.Quote(dest))
		}
		return Target{Kind: Broken, Name: dest}
	case dest == "":
		r.broken(m, l, "link/broken", "write where it leads, or take the brackets away; # is the page itself", "the link has no address")
		return Target{Kind: Broken}
	case u.Path == "":
		return r.fragment(m, m, l, frag, anchors)
	}
	full, ok := join(m.Source, u.Path)
	full = r.spelt(full)
	if !ok {
		r.broken(m, l, "link/outside", "link to a page or file under content/", "the link %s leads out of content/", diag.Quote(dest))
		return Target{Kind: Broken, Name: dest}
	}
	if l.Image {
		if r.assets[full] {
			return Target{Kind: ToAsset, Name: full, Fragment: frag} // a view of a drawing
		}
		r.broken(m, l, "link/image", r.nearFile(dest, full, false), "there is no image %s", diag.Quote(dest))
		return Target{Kind: Broken, Name: dest}
	}
	if to := r.page(full, strings.HasSuffix(u.Path, "/")); to != nil {
		return r.fragment(m, to, l, frag, anchors)
	}
	if r.assets[full] {
		return Target{Kind: ToAsset, Name: full, Fragment: frag}
	}
	if why := r.WhyHidden(full); why == forOthers {
		return Target{Kind: Absent}
	} else if why != "" {
		hint := "publish it, or take the link away until then"
		if strings.HasPrefix(why, "expired") {
			hint = "write a later `expiry_date` there, or take the link away"
		}
		r.broken(m, l, "link/draft", hint, "the link %s leads to a page that %s", diag.Quote(dest), why)
		return Target{Kind: Broken, Name: dest}
	}
	if s := r.sections[full]; s != nil {
		r.broken(m, l, "link/folder", "add "+path.Join(full, "_index.md")+" with a title, or link to a page", "the folder %s has no page of its own, the link %s leads to a plain list", diag.Quote(full+"/"), diag.Quote(dest))
		if full == "" {
			return Target{Kind: ToHome}
		}
		return Target{Kind: ToSection, Section: s}
	}
	r.broken(m, l, "link/broken", r.nearFile(dest, full, true), "the link %s leads nowhere: there is no %s", diag.Quote(dest), diag.Quote(full))
	return Target{Kind: Broken, Name: dest}
}

// page finds a page by what a link may call it.
func (r *resolver) page(full string, folder bool) *Module {
	if m := r.byPath[full]; m != nil {
		return m
	}
	if s := r.sections[full]; s != nil && s.Index != nil {
		return s.Index
	}
	ext := strings.ToLower(path.Ext(full))
	stem := full
	switch {
	case ext == ".html" || ext == ".htm":
		stem = strings.TrimSuffix(full, path.Ext(full))
		if IsIndex(path.Base(full)) {
			if s := r.sections[dirOf(full)]; s != nil && s.Index != nil {
				return s.Index
			}
		}
	case source.IsMarkdown(full):
		return nil
	}
	for _, e := range []string{".md", ".markdown"} {
		if m := r.byPath[r.spelt(stem+e)]; m != nil {
			return m
		}
	}
	return nil
}

// spelt returns a path in the Unicode form in which the file of that name is written: editors and disks differ in it, and nobody sees it.
func (r *resolver) spelt(full string) string {
	full = norm.NFC.String(full)
	if s, ok := r.forms[full]; ok {
		return s
	}
	return full
}

// spell notes the Unicode form of a path and of the folders it lies in, where it is not the usual one.
func (r *resolver) spell(name string) {
	for ; name != "." && !norm.NFC.IsNormalString(name); name = path.Dir(name) {
		r.forms[norm.NFC.String(name)] = name
	}
}

// WhyHidden says why the page is not built that a link means, as in "is a draft", or "".
func (c *Curriculum) WhyHidden(full string) string {
	if why := c.hidden[full]; why != "" {
		return why
	}
	stem := strings.TrimSuffix(strings.TrimSuffix(full, ".html"), ".htm")
	for _, name := range []string{stem + ".md", stem + ".markdown", path.Join(full, "_index.md"), path.Join(full, "index.md"), path.Join(full, "README.md")} {
		if why := c.hidden[name]; why != "" {
			return why
		}
	}
	return ""
}

func dirOf(p string) string {
	if d := path.Dir(p); d != "." {
		return d
	}
	return ""
}

// places are where links to a page may lead.
type places struct {
	ids map[string]string // by themselves, and by their usual Unicode form
	// lost are the headings that would have an id which a block of the page was given, and have one with a number behind it.
	lost map[string]*markdown.Heading
}

func placesOf(d *markdown.Doc) *places {
	p := &places{ids: map[string]string{}, lost: map[string]*markdown.Heading{}}
	add := func(id string) {
		p.ids[id] = id
		if form := norm.NFC.String(id); p.ids[form] == "" {
			p.ids[form] = id
		}
	}
	for _, h := range d.Headings {
		add(h.ID)
	}
	for i := range d.Headings {
		h := &d.Headings[i]
		own := strings.TrimRight(h.ID, "0123456789")
		if own = strings.TrimSuffix(own, "-"); own != "" && own != h.ID && p.ids[own] == "" && p.lost[own] == nil && markdown.HeadingID(h.Text) == own {
			p.lost[own] = h
		}
	}
	for _, a := range d.Anchors {
		add(a)
	}
	for _, c := range d.Checks {
		add(c.ID)
	}
	return p
}

// fragment is the target of a link to a place in a page. anchors keeps those of pages.
func (r *resolver) fragment(m, to *Module, l markdown.Link, frag string, anchors map[*Module]*places) Target {
	t := Target{Kind: ToModule, Module: to, Fragment: frag}
	if frag == "" {
		return t
	}
	known := anchors[to]
	if known == nil {
		known = placesOf(to.Doc)
		anchors[to] = known
	}
	form := norm.NFC.String(frag)
	for _, f := range []string{frag, form, strings.ToLower(form)} { // hosts that show Markdown do not mind capitals either
		if id := known.ids[f]; id != "" {
			if h := known.lost[id]; h != nil {
				d := r.ds.Add("link/two-places", m.span(l.Range), "give the heading an id of its own, as in {#about-"+id+"}, and link to it, or to what has the other one", "the link %s does not lead to the heading %s, but to what was given this id", diag.Quote(l.Dest), diag.Quote(h.Text))
				d.Related = append(d.Related, diag.Related{Span: to.span(h.Range), Message: "the heading"})
			}
			t.Fragment = id
			return t
		}
	}
	if to == m {
		for _, c := range m.Doc.Checks {
			if id := c.SceneID(frag); id != "" && c.Range.Start <= l.Range.Start && l.Range.Start < c.Range.End { // no choice, which was reported
				t.Fragment = id
				return t
			}
		}
	}
	if frag == "top" { // by the rules of HTML the page itself, where nothing else has that name
		t.Fragment = ""
		return t
	}
	if to.Doc.Meta.Layout == "glossary" && r.terms[frag] {
		return t
	}
	if slices.ContainsFunc(to.Doc.Diags, func(d diag.Diagnostic) bool { return unread(&d) }) { // it may be the glossary's page
		return t
	}
	if r.o.Whole != nil { // the place is in what others get; were it nowhere, the whole would have said so
		if to == m {
			return Target{Kind: Absent}
		}
		t.Fragment = ""
		return t
	}
	var ids []string
	for _, h := range to.Doc.Headings {
		ids = append(ids, h.ID)
	}
	hint := diag.DidYouMean(frag, ids)
	if n := diag.Nearest(frag, ids); n != "" {
		file, _, _ := strings.Cut(l.Dest, "#")
		hint = "did you mean " + diag.Quote(file+"#"+n) + "?"
	}
	where := "this page"
	if to != m {
		where = diag.Quote(to.Source)
	}
	r.broken(m, l, "link/anchor", hint, "the link %s leads to a place that is not there: %s has no heading %s", diag.Quote(l.Dest), where, diag.Quote("#"+frag))
	return t
}

// broken reports a link; `links: warn` makes a warning of it.
func (r *resolver) broken(m *Module, l markdown.Link, code, hint, format string, args ...any) {
	d := r.ds.Add(code, m.span(l.Range), hint, format, args...)
	if r.Config.Links == "warn" && d.Severity == diag.Error {
		d.Severity = diag.Warning
	}
}

// join returns the path under content/ that dest names in a page, and false when it leads out.
func join(from, dest string) (string, bool) {
	var full string
	if strings.HasPrefix(dest, "/") {
		full = path.Clean(dest)[1:]
	} else {
		full = path.Join(path.Dir(from), dest)
	}
	if full == "." {
		full = ""
	}
	if full == ".." || strings.HasPrefix(full, "../") {
		return "", false
	}
	return full, true
}
