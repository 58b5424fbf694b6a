package plan

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// Pictures that a page shows come in several widths, so that a browser loads the one that fits its screen.

// copiesDir is the folder of smaller copies. They are named by the digest of the picture, so that one name is one picture for ever and none is that of an author's file.
const copiesDir = assetsDir + "images/"

// Copied is a smaller copy of a picture of the content.
type Copied struct {
	Width int
	Ext   string
	Key   [32]byte // digest of its bytes
	Of    [32]byte // digest of the picture
}

// smaller plans the copies of pictures, and keeps their outputs by the picture's path.
func (m *maker) smaller() {
	m.copied = map[string][]sized{}
	planned := map[string]bool{} // two files may hold one picture
	for _, a := range m.Assets {
		for _, c := range m.o.Copied[a.Path] {
			out := fmt.Sprintf("%s%x-%d%s", copiesDir, c.Of[:8], c.Width, c.Ext)
			if !planned[out] {
				if !m.free(out) {
					continue // a file of the content stands in the way
				}
				m.take(out, claim{what: "a smaller copy of the image " + a.Path, path: out})
				m.plan.Copies = append(m.plan.Copies, Copy{Path: out, Key: c.Key, Source: a.Path, Smaller: &c})
				planned[out] = true
			}
			m.copied[a.Path] = append(m.copied[a.Path], sized{out, c.Width})
		}
	}
}

type sized struct {
	out   string
	width int
}

// image returns the attributes of a picture in the page at out. asked is the width that the author gave it, 0 for none.
func (m *maker) image(out, name, href string, asked int, lazy bool) ImageAttrs {
	size := m.o.Images[name]
	a := ImageAttrs{Src: href, Width: size.Width, Height: size.Height, Lazy: lazy}
	copies := m.copied[name]
	if len(copies) == 0 {
		return a
	}
	var set []string
	for _, c := range copies {
		set = append(set, relative(out, c.out, "")+" "+strconv.Itoa(c.width)+"w")
	}
	a.Srcset = strings.Join(append(set, href+" "+strconv.Itoa(size.Width)+"w"), ", ")
	a.Sizes = cmp.Or(m.look.Meta.Sizes, "100vw")
	if asked > 0 {
		a.Sizes = fmt.Sprintf("(max-width: %[1]dpx) 100vw, %[1]dpx", asked)
	}
	if lazy { // browsers that can go by the room that the picture has
		a.Sizes = "auto, " + a.Sizes
	}
	return a
}
