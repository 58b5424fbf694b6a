package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/util"
)

// A Filler fills the holes of a Body. Its functions are asked once for each hole, in order; one that is nil fills nothing. What they return
// is plain: Write escapes it.
type Filler struct {
	Prefix string                                 // stands before ids, and before the fragments of links within the page
	Href   func(link int) (url string, ok bool)   // address of Doc.Links[link]; false leaves its words without a link
	Rel    func(link int) []Attr                  // further attributes of the link, such as rel="external"
	Image  func(image int) []Attr                 // attributes of Doc.Images[image]: src, width, height, loading
	Block  func(w *bytes.Buffer, block int) error // draws Content.Blocks[block]
	Gap    func(w *bytes.Buffer, gap int) error   // draws the field of a gap
}

// An Attr is an attribute of an HTML element.
type Attr struct{ Name, Value string }

// Write writes b with its holes filled. The error is the first that Block or Gap return. Addresses are made valid URLs by percent-encoding what must
// not stand in one; what is encoded already stays as it is.
func Write(w *bytes.Buffer, b Body, f Filler) error {
	at := 0
	for _, h := range b.Holes {
		w.Write(b.HTML[at:h.At])
		at = h.At
		switch h.Kind {
		case HolePrefix:
			w.WriteString(f.Prefix)
		case HoleHref:
			if f.Href != nil {
				if url, ok := f.Href(h.N); ok {
					writeAttrs(w, []Attr{{"href", url}})
				}
			}
		case HoleRel:
			if f.Rel != nil {
				writeAttrs(w, f.Rel(h.N))
			}
		case HoleImage:
			if f.Image != nil {
				writeAttrs(w, f.Image(h.N))
			}
		case HoleBlock:
			if f.Block != nil {
				if err := f.Block(w, h.N); err != nil {
					return err
				}
			}
		case HoleGap:
			if f.Gap != nil {
				if err := f.Gap(w, h.N); err != nil {
					return err
				}
			}
		}
	}
	w.Write(b.HTML[at:])
	return nil
}

func writeURL(w *bytes.Buffer, url string) {
	w.Write(appendText(w.AvailableBuffer(), util.URLEscape([]byte(url), false)))
}

func writeAttrs(w *bytes.Buffer, attrs []Attr) {
	for _, a := range attrs {
		w.WriteByte(' ')
		w.WriteString(a.Name)
		w.WriteString(`="`)
		if a.Name == "src" || a.Name == "href" {
			writeURL(w, a.Value)
		} else {
			w.Write(appendText(w.AvailableBuffer(), a.Value))
		}
		w.WriteByte('"')
	}
}
