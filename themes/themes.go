// Package themes holds the themes that come with Waymark, as they are loaded when a site has none of its own.
//
// What is embedded is what pages need: templates, messages and built assets. The sources of the assets (src/) stay out of the binary.
package themes

import (
	"embed"
	"io/fs"
	"sync"
)

//go:embed default/theme.yaml default/templates default/messages default/assets
var files embed.FS

// Default returns the default theme's folder: the same value each time.
var Default = sync.OnceValue(func() fs.FS {
	sub, err := fs.Sub(files, "default")
	if err != nil {
		panic("themes: " + err.Error()) // the folder is embedded
	}
	return sub
})
