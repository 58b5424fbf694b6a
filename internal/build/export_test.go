package build

// Large returns o with another number of pages from which on a site is large.
func (o Options) Large(pages int) Options {
	o.large = pages
	return o
}
