package build

// Joins returns how often all pages were joined for the index of the search.
func (b *Builder) Joins() int { return int(b.indexed.joins.Load()) }

// Large returns o with another number of pages from which on a site is large.
func (o Options) Large(pages int) Options {
	o.large = pages
	return o
}
