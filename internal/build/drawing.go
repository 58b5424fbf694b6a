package build

import (
	"bytes"
	"encoding/xml"
	"regexp"
	"strings"

	"waymark/internal/diag"
	"waymark/internal/source"
)

// A drawing can hold scripts. In a page it is an image and they sleep, but a reader may open the file by itself, and then they would run with the
// rights of the site. Drawings that hold any are refused, unless the site trusts its authors with raw HTML.

// active are elements that run, load or nest something.
var active = map[string]bool{"script": true, "foreignobject": true, "iframe": true, "embed": true, "object": true, "handler": true, "listener": true}

var suspicious = regexp.MustCompile(`(?i)<[^>]*(?:script|\son\w+\s*=|javascript\s*:|<!ENTITY)|<!ENTITY|<\?xml-stylesheet`)

// maxDrawing is the size of the largest drawing that is looked through.
const maxDrawing = 4 << 20

// activeDrawing returns what in an SVG could run, or "".
func activeDrawing(data []byte) string {
	if len(data) > maxDrawing {
		return "more than can be looked through"
	}
	if suspicious.Match(data) {
		if m := suspicious.Find(data); bytes.Contains(bytes.ToLower(m), []byte("!entity")) || bytes.Contains(m, []byte("<?xml-stylesheet")) {
			return "a declaration that brings in something else"
		}
	}
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.Strict = false
	for {
		tok, err := dec.Token()
		if err != nil {
			// What cannot be read to its end is judged by its text.
			if err.Error() != "EOF" && suspicious.Match(data) {
				return "something that cannot be read safely"
			}
			return ""
		}
		el, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		if active[strings.ToLower(el.Name.Local)] {
			return "the element <" + el.Name.Local + ">"
		}
		for _, a := range el.Attr {
			name, value := strings.ToLower(a.Name.Local), strings.ToLower(strings.Join(strings.Fields(a.Value), ""))
			switch {
			case strings.HasPrefix(name, "on"):
				return "the attribute " + a.Name.Local
			case name == "href" && (strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:") && !strings.HasPrefix(value, "data:image/")):
				return "an address that runs"
			case (name == "attributename") && (strings.HasPrefix(value, "on") || strings.HasSuffix(value, "href")):
				return "an animation of an address"
			case (name == "values" || name == "to" || name == "from") && strings.Contains(value, "javascript:"):
				return "an address that runs"
			}
		}
	}
}

// drawings reports the drawings that are refused.
func (f assetFacts) drawings(proj *source.Project) diag.List {
	var ds diag.List
	if proj.Config.Markdown.HTML == "allow" {
		return nil
	}
	for _, a := range proj.Assets {
		if why := f.active[a.Path]; why != "" {
			ds.Add("image/active", diag.NewFile(source.ContentDir+"/"+a.Path, nil).Span(diag.Range{}), "save the drawing without scripts (plain SVG), or offer it in a zip", "the drawing %s holds %s", diag.Quote(a.Path), why)
		}
	}
	return ds
}
