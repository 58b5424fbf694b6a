package build

// searchDir holds the search index.
const searchDir = "data/search/"

// searchFiles adds the search index to the site's files.
func (b *Builder) searchFiles(site *Site) {}
