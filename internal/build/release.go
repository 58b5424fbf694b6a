package build

import "context"

// large is the number of pages from which on memory is what a site is short of.
const large = 2500

// releases reports whether a site is large, built once, and whole in the cache.
func (b *Builder) releases(site *Site, r *restored) bool {
	return r != nil && len(site.Project.Pages) >= b.o.large && r.whole()
}

// release lets go of the documents, the curriculum and the plan of a site. What each page shows is in the cache, so pages are made from there, as in a restored plan; what
// is in use while they are rendered is small, and little needs to be collected.
func (b *Builder) release(ctx context.Context, site *Site, r *restored) {
	data := map[string]bool{}
	for _, d := range site.Plan.Data {
		data[d.Path] = true
	}
	page := r.renderer(site)
	parts := make([][4][32]byte, len(site.Files))
	for i := range site.Files {
		f := &site.Files[i]
		switch {
		case f.Page != nil:
			parts[i] = *f.Parts
			f.Page, f.Parts, f.Write = nil, &parts[i], page(f.Path, f.Key, parts[i][1])
		case data[f.Path]:
			f.Write = r.datum(site, f.Path, f.Key)
		}
	}
	site.finds = r.finds()
	b.lacks(ctx, site)
	b.docs, b.last = [2][]pageDoc{}, nil
	site.Plan, site.Curriculum, site.page, site.revision = nil, nil, nil, nil
}

// whole reports whether the cache has all of the plan.
func (r *restored) whole() bool {
	has := r.b.o.Cache.Has
	for i, key := range r.keys {
		if !r.anew[i] && (!has(derive(key, "facts")) || !has(derive(key, "content")) || !has(derive(key, "prose"))) {
			return false
		}
	}
	for _, f := range r.Files {
		if f.HTML && !has(keptKey(f.View)) {
			return false
		}
	}
	return true
}
