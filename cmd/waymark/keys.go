package main

import (
	"encoding/binary"
	"os"
	"path/filepath"

	"waymark/internal/build"
	"waymark/internal/wire"
)

// keyLog is what --explain compares with: for each page of the build before, a short digest of each part of its key.
type keyLog map[string][4]uint32

// parts names the parts of a page's key, in their order in plan.Page.Parts.
var parts = [4]string{"its source changed", "what it shows changed", "the theme changed", "Waymark's renderer changed"}

const keysName = "keys"

func (g *globals) keyFile() string { return filepath.Join(g.source, workDir, keysName) }

// readKeys returns the log of the build before; it is empty when there is none.
func (g *globals) readKeys() keyLog {
	l := keyLog{}
	if data, err := os.ReadFile(g.keyFile()); err == nil {
		if wire.Unmarshal(data, &l) != nil {
			l = keyLog{}
		}
	}
	return l
}

// writeKeys keeps the log of this build. Failing to only makes the next --explain say less.
func (g *globals) writeKeys(site *build.Site) {
	l := keyLog{}
	for _, f := range site.Files {
		if f.Parts != nil {
			l[f.Path] = short(f)
		}
	}
	keepFile(g.keyFile(), wire.Marshal(&l))
}

// keepFile puts a file of Waymark's own into its folder, as a whole or not at all. It is one that is missed by nobody.
func keepFile(name string, data []byte) {
	if os.MkdirAll(filepath.Dir(name), 0o755) != nil {
		return
	}
	_ = replaceFile(name, writeBytes(data))
}

func short(f build.File) [4]uint32 {
	var s [4]uint32
	for i, p := range f.Parts {
		s[i] = binary.LittleEndian.Uint32(p[:])
	}
	return s
}

// moved says which parts of a page's key are others than in the build before.
func (l keyLog) moved(f *build.File) []string {
	before, ok := l[f.Path]
	if !ok {
		return []string{"it is new"}
	}
	var out []string
	for i, now := range short(*f) {
		if now != before[i] {
			out = append(out, parts[i])
		}
	}
	if out == nil {
		out = []string{"the file in the destination was not as it was written"}
	}
	return out
}
