// Package content holds the mentor instruction guide, for `waymark new site --from handbook`.
//
// The folder is that guide's content and nothing else; this is its only file that is no part of the site.
package content

import "embed"

// Files are the guide's files, as they lie in this folder, but for the list of diagnostics, authoring/diagnostics.md, which the program makes of its own table.
//
//go:embed all:[^a]* about.md authoring/[^d]*
var Files embed.FS
