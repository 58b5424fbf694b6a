// Package build is the pipeline as one function: load, parse, resolve, plan, and on demand render.
//
// There is one way to build a site, run from the start every time, by build, serve, check and export alike. It is fast because its two slow steps, parsing
// a page and rendering a page, are pure functions that are remembered by the digest of their inputs. No other package knows that anything is remembered.
package build

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"waymark/internal/cache"
	"waymark/internal/curriculum"
	"waymark/internal/diag"
	"waymark/internal/markdown"
	"waymark/internal/plan"
	"waymark/internal/schema"
	"waymark/internal/search"
	"waymark/internal/source"
	"waymark/internal/theme"
)

// Options say what to build. The zero value of each field is its default.
type Options struct {
	Project  fs.FS                                    // the project's folder
	Themes   func(name string) ([]theme.Layer, error) // the layers of a theme, the one on top first
	Configs  []string                                 // configuration files; none: site.yaml
	Set      map[string]source.Setting                // keys over the configuration: base_url …
	Drafts   bool
	Today    schema.Date  // for publish_date and expiry_date
	Stale    bool         // report pages whose review is due
	Strict   bool         // warnings are errors
	Check    bool         // stop after plan
	Draw     bool         // but draw the pages of a theme with templates of a site's own, to find what goes wrong only then
	For      string       // id of a role: leave out what is for others
	Learners bool         // leave out facilitators' notes
	Jobs     int          // 0: one a core
	Cache    *cache.Cache // nil: none
	Serve    bool         // for the live preview: pages carry a badge for drafts
	Base     string       // the path that the live preview stands under; empty: /
	Progress func(phase string, done, total int)
	Busy     func(pages int)               // called when it is known that the site, of so many pages, is not as it was built before; may be nil
	Kept     func(fs.FileInfo) source.Kept // what the file system keeps of a file; nil: what was read is read again by the next program
	Program  string                        // which program this is: another one may build another site of the same content; empty: whole builds are not remembered

	forget bool // do not look for a record of the whole build
	large  int  // number of pages from which on memory is short; 0: large
}

// A Builder builds a site again and again and remembers what did not change. It is not safe for concurrent use; the Sites it returns are.
type Builder struct {
	o Options
	memory
}

// New returns a Builder.
func New(o Options) *Builder {
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	if o.large == 0 {
		o.large = large
	}
	return &Builder{o: o, memory: newMemory()}
}

// A Site is one built state: every output, each rendered when it is asked for.
type Site struct {
	Config  source.Config
	Theme   *theme.Theme
	Files   []File // every output, ordered by path; empty after a check or with errors
	Project *source.Project
	Stats   plan.Stats
	// Plan and Curriculum are what was planned and resolved, for lists and reports. They are nil when they were remembered; see Whole.
	Plan       *plan.Plan
	Curriculum *curriculum.Curriculum
	// Timings are the lengths of the phases, in the order they ran.
	Timings []Timing
	// Parsed and Remembered count pages that were parsed and pages that were found unchanged.
	Parsed, Remembered int

	whole  func() (*Site, error) // for a build that was remembered
	finds  []searchable          // what the search finds, once it is known
	search func() []File         // in the live preview the index is made when it is first asked for
	page   func(*plan.Page) File
	*revision
}

// Timing is the length of one phase.
type Timing struct {
	Phase string
	Took  time.Duration
}

// A File is one output.
type File struct {
	Path string
	Key  [32]byte   // equal keys, equal bytes
	HTML bool       // it is a page
	Page *plan.Page // what is planned for a page; nil when the plan was remembered
	// Parts are what a page's key is made of, see plan.Page.Parts. They are nil for other files, and when the whole build was remembered.
	Parts *[4][32]byte
	// Write renders the file. It is safe for concurrent use, and remembers nothing that is large.
	Write func(w io.Writer) error
	// Open opens a file that is published as it is, as the project has it now, for who needs a part of it. It is nil for other files.
	Open func() (io.ReadSeekCloser, error)
}

// Lookup returns the output of a path ("roles/sponsor.html").
func (s *Site) Lookup(path string) (*File, bool) {
	files := s.Files
	if s.search != nil && strings.HasPrefix(path, search.Dir) {
		files = s.search()
	}
	i, ok := slices.BinarySearchFunc(files, path, func(f File, p string) int { return strings.Compare(f.Path, p) })
	if !ok {
		return nil, false
	}
	return &files[i], true
}

// Whole returns the site with its plan and curriculum: the site itself, but when these were remembered the one that is built then.
func (s *Site) Whole() (*Site, error) {
	if s.whole == nil {
		return s, nil
	}
	return s.whole()
}

// Keyed returns the site with the parts of its pages' keys: the site itself, but when the whole build was remembered the one that is built then.
func (s *Site) Keyed() (*Site, error) {
	if slices.ContainsFunc(s.Files, func(f File) bool { return f.Parts != nil }) {
		return s, nil
	}
	return s.Whole()
}

// Build builds the site once. The list holds every fault of the authors, ordered by place, with the site's switches and strictness put in; the error is
// that of the machine. With errors in the list, or under Check, the site has no files.
func (b *Builder) Build(ctx context.Context) (*Site, diag.List, error) {
	site := &Site{}
	b.o.Cache.Wait() // for what the build before has made
	began := time.Now()
	clock := began
	phase := func(name string) {
		now := time.Now()
		site.Timings = append(site.Timings, Timing{name, now.Sub(clock)})
		clock = now
	}

	from := source.Options{Configs: b.o.Configs, Set: b.o.Set, Kept: b.o.Kept}
	proj, ds, err := source.Open(b.o.Project, from)
	if err != nil {
		return nil, ds, err
	}
	var listing error
	listed := meanwhile(func() (ds diag.List) {
		ds, listing = b.content.List(proj, from)
		return ds
	})
	look, found, err := b.readTheme(proj)
	if ds = append(ds, listed()...); listing != nil {
		return nil, ds, listing
	}
	b.remember(len(proj.Pages))
	site.Project, site.Config = proj, proj.Config
	if _, ok := proj.Config.RoleByID(b.o.For); !ok && b.o.For != "" {
		ds.Add("role/unknown", diag.Span{}, diag.DidYouMean(b.o.For, proj.Config.RoleIDs()), "there is no role %s to build for", diag.Quote(b.o.For))
	}
	if ds = append(ds, found...); err != nil {
		return nil, ds, err
	}
	ds = append(ds, proj.CheckWords(look.Blocks())...)
	site.Theme = look
	phase("load")

	in := input{look: look, found: slices.Clip(ds)}
	unread := b.o.Cache.Empty() // pages are read when they are parsed
	if in.sums, err = b.read(ctx, proj, began); err != nil {
		return nil, ds, err
	}
	if in.assets, err = b.assets(ctx, proj, began); err != nil {
		return nil, ds, err
	}
	in.frame = b.frame(proj, in)
	phase("read")
	if said, ok := b.recall(ctx, site, in); ok {
		phase("recall")
		return site, said, ctx.Err()
	}
	if b.o.Busy != nil {
		b.o.Busy(len(proj.Pages))
	}
	in.reported = meanwhile(func() diag.List { return slices.Concat(ds, b.look(look), in.assets.report(proj)) })
	// A page that changed since it was digested cannot be told of by what is remembered; the full way reads it as it is now.
	if said, ok, err := b.restore(ctx, site, in); ok || err != nil && !errors.Is(err, ErrChanged) {
		in.reported()
		phase("restore")
		return site, said, err
	}

	// The faults are those of the whole, whatever an edition leaves out: what it keeps may well name what it does not.
	whole, err := b.edition(ctx, site, in, edition{}, phase)
	ds = in.reported()
	if err != nil {
		return nil, ds, err
	}
	ds = curriculum.Causes(proj, slices.Concat(ds, whole.parsed, whole.found))
	b.keepSums(proj, in.sums, began)
	if unread {
		b.storeSums(proj, in.sums, began)
	}
	if e := (edition{b.o.For, b.o.Learners, site.Curriculum}); e.leavesOut() {
		if _, err = b.edition(ctx, site, in, e, phase); err != nil {
			return nil, ds, err
		}
	}

	if b.o.Check && b.draws(look) && !ds.HasErrors() {
		found, err := b.draw(ctx, site)
		if ds = append(ds, found...); err != nil {
			return nil, ds, err
		}
		phase("draw")
	}
	ds = ds.Apply(proj.Config.Switches(), b.o.Strict).Sort()
	if ds.HasErrors() {
		return site, ds, ctx.Err()
	}
	includes := anyIncludes(whole.docs)
	if !b.o.Check {
		b.files(site, in.assets)
		kept := b.store(site, in, whole)
		if b.releases(site, kept) {
			whole = said{} // or it would hold all documents
			b.release(ctx, site, kept)
		}
		b.o.Cache.Later(kept.keep)
		b.addSearch(site)
	}
	b.record(site, in, ds, includes)
	b.settle(site, in, whole)
	phase("prepare")
	return site, ds, ctx.Err()
}

// An edition is what some readers get of the site; the zero value is the whole.
type edition struct {
	forRole  string
	learners bool
	whole    *curriculum.Curriculum
}

func (e edition) leavesOut() bool { return e.forRole != "" || e.learners }

func (b *Builder) leavesOut() bool { return b.o.For != "" || b.o.Learners }

// A said is what there is to say of an edition, and the documents it was made of.
type said struct {
	parsed, found diag.List
	docs          []*markdown.Doc
}

// edition parses, resolves and plans an edition of the project and puts it into the site.
func (b *Builder) edition(ctx context.Context, site *Site, in input, e edition, phase func(string)) (said, error) {
	pages, err := b.parse(ctx, site, in.sums, e)
	if err != nil {
		return said{}, err
	}
	ds := said{docs: make([]*markdown.Doc, len(pages))}
	of := make([]diag.List, len(pages))
	for i, p := range pages {
		ds.docs[i], of[i] = p.Doc, p.Doc.Diags
	}
	ds.parsed = slices.Concat(of...)
	in.reported() // the theme's templates are needed from here on
	phase("parse")

	if !b.leavesOut() {
		if p, r, found, ok := b.last.revise(in.frame, pages); ok {
			site.Plan, site.revision, ds.found = p, r, found
			site.Theme, site.Curriculum, site.Stats = r.from.Theme, r.from.Curriculum, r.from.Stats
			phase("revise")
			return ds, nil
		}
	}

	if !b.o.Check {
		go site.Theme.Prepare(site.Config.Language) // resolving leaves a core to it
	}
	cur, found := curriculum.Resolve(site.Project, pages, curriculum.Options{Drafts: b.o.Drafts, Today: b.o.Today, Stale: b.o.Stale, For: e.forRole, Whole: e.whole, Named: in.look.Names})
	ds.found = append(ds.found, found...)
	site.Curriculum = cur
	phase("resolve")

	copied, found, err := b.copies(ctx, site.Project, cur, in.assets)
	ds.found = append(ds.found, found...)
	if err != nil {
		return ds, err
	}
	phase("images")

	site.Plan, found = plan.Make(cur, site.Theme, plan.Options{
		Today: b.o.Today, Serve: b.o.Serve, Base: b.o.Base, ConfigAt: site.Project.At, Images: in.assets.sizes, Copied: copied, CopyKeys: in.assets.keys, CSS: markdown.HighlightCSS(),
		Check: b.o.Check, Keep: b.keeper(site), Hold: b.hold / 2,
		Keys: func(n int, key func(i int)) { parallel(ctx, b.o.Jobs, n, func(i int) error { key(i); return nil }) },
	})
	ds.found = append(ds.found, found...)
	site.Stats = site.Plan.Stats
	phase("plan")
	return ds, nil
}

// readTheme reads the site's theme; a theme that is not there is the author's fault.
func (b *Builder) readTheme(proj *source.Project) (*theme.Theme, diag.List, error) {
	name := proj.Config.Theme
	var ds diag.List
	layers, err := b.o.Themes(name.Value)
	if err != nil {
		ds.Add("theme/missing", proj.At(name), "name a folder under themes/, or take the line away", "%s", err)
		if layers, err = b.o.Themes(""); err != nil {
			return nil, ds, err
		}
	}
	look, found, err := b.theme.reader.Read(layers...)
	return look, append(ds, found...), err
}

// options are what parsing needs to know of the site.
func (b *Builder) options(proj *source.Project, look *theme.Theme) markdown.Options {
	cfg := &proj.Config
	o := markdown.Options{
		HTML: cfg.Markdown.HTML, Lenient: cfg.FrontMatter == "lenient", Words: cfg.Markdown.Words, Typographer: cfg.Markdown.Typographer,
		Language: cfg.Language, Include: proj.Include, Memo: b.highlights(), Facts: b.o.Check && !b.draws(look), Blocks: look.Blocks(),
		Audiences: cfg.RoleIDs(),
	}
	for _, p := range cfg.Markdown.TrueFalse {
		o.TrueFalse = append(o.TrueFalse, [2]string{p.True, p.False})
	}
	if len(proj.Glossary) > 0 {
		o.Terms = make(map[string]markdown.Term, len(proj.Glossary))
		for _, t := range proj.Glossary {
			o.Terms[t.ID.Value] = markdown.Term{ID: t.ID.Value, Forms: append([]string{t.Term}, t.Also...)}
		}
	}
	return o
}

// parse parses every page for an edition, or finds it remembered.
func (b *Builder) parse(ctx context.Context, site *Site, sums [][32]byte, e edition) ([]curriculum.Page, error) {
	proj := site.Project
	o := b.options(proj, site.Theme)
	o.For, o.Learners = e.forRole, e.learners
	how := b.parsing(proj, o)
	pages := make([]curriculum.Page, len(proj.Pages))
	fresh := make([]bool, len(proj.Pages))
	docs := &b.docs[0]
	if e.leavesOut() {
		docs = &b.docs[1]
	}
	progress := b.progress("reading", len(pages))
	err := parallel(ctx, b.o.Jobs, len(proj.Pages), func(i int) error {
		p := proj.Pages[i]
		doc, isNew, err := b.page(p, how, &sums[i], lookUp(*docs, i, p.Path))
		if err != nil {
			return err
		}
		p.File.Release()
		pages[i] = curriculum.Page{Path: p.Path, Doc: doc}
		fresh[i] = isNew
		progress()
		return nil
	})
	if err != nil {
		return nil, err
	}
	*docs = make([]pageDoc, len(pages))
	for i, p := range pages {
		(*docs)[i] = pageDoc{p.Path, how.digest, sums[i], p.Doc}
		if fresh[i] {
			site.Parsed++
		} else {
			site.Remembered++
		}
	}
	return pages, nil
}

func (b *Builder) progress(phase string, total int) func() {
	if b.o.Progress == nil {
		return func() {}
	}
	var mu sync.Mutex
	done := 0
	return func() {
		mu.Lock()
		defer mu.Unlock()
		done++
		b.o.Progress(phase, done, total)
	}
}

// ThemeName returns the name of the theme that site.yaml asks for, or "", and where it does.
func (b *Builder) ThemeName() (string, diag.Span) {
	proj, _, err := source.Open(b.o.Project, source.Options{Configs: b.o.Configs, Set: b.o.Set})
	if err != nil {
		return "", diag.Span{}
	}
	return proj.Config.Theme.Value, proj.At(proj.Config.Theme)
}

// ParseOptions returns the options with which the builder parses the pages of a site.
func (b *Builder) ParseOptions(site *Site) markdown.Options {
	return b.options(site.Project, site.Theme)
}
