// Package content holds the mentor instruction guide, for `waymark new site --from handbook`.
//
// The folder is that guide's content and nothing else; this is its only file that is no part of the site.
package content

import "embed"

// Files are the guide's files, as they lie in this folder.
//
//go:embed all:*
var Files embed.FS
