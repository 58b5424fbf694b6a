// Package themes holds the themes that come with Waymark, as they are loaded when a site has none of its own.
//
// What is embedded is what pages need: templates, messages and built assets. scorm/ is no theme of its own, but lies over that of a site in packages for learning platforms. The sources of the assets (src/) stay out of the binary.
package themes

import (
	"embed"
	"io/fs"
	"sync"
)

//go:embed default/theme.yaml default/templates default/messages default/assets scorm
var files embed.FS

// Default returns the default theme's folder: the same value each time.
var Default = sync.OnceValue(func() fs.FS { return folder("default") })

// SCORM returns what lies over a site's theme in a package for a learning platform, where pages cannot say that nothing is sent: the same value each time.
var SCORM = sync.OnceValue(func() fs.FS { return folder("scorm") })

func folder(name string) fs.FS {
	sub, err := fs.Sub(files, name)
	if err != nil {
		panic("themes: " + err.Error()) // the folder is embedded
	}
	return sub
}
