package build

import (
	"bytes"
	"encoding/xml"
	"math"
	"strconv"
	"strings"

	"waymark/internal/plan"
)

// svgSize reads the size of an SVG from its root element: width and height, else the viewBox.
func svgSize(data []byte) plan.Size {
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.Strict = false
	for {
		tok, err := dec.Token()
		if err != nil {
			return plan.Size{}
		}
		root, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		if root.Name.Local != "svg" {
			return plan.Size{}
		}
		var w, h float64
		var box []string
		for _, a := range root.Attr {
			switch a.Name.Local {
			case "width":
				w = pixels(a.Value)
			case "height":
				h = pixels(a.Value)
			case "viewBox":
				box = strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' })
			}
		}
		if (w == 0 || h == 0) && len(box) == 4 {
			w, h = pixels(box[2]), pixels(box[3])
		}
		return plan.Size{Width: int(math.Round(w)), Height: int(math.Round(h))}
	}
}

// units are the lengths of CSS in pixels.
var units = []struct {
	name   string
	pixels float64
}{{"px", 1}, {"mm", 96 / 25.4}, {"cm", 96 / 2.54}, {"in", 96}, {"pt", 96.0 / 72}, {"pc", 16}}

// pixels returns a length in pixels, 0 for one that depends on where the drawing stands.
func pixels(s string) float64 {
	s, factor := strings.TrimSpace(s), 1.0
	for _, u := range units {
		if number, ok := strings.CutSuffix(strings.ToLower(s), u.name); ok {
			s, factor = number, u.pixels
			break
		}
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if f *= factor; err != nil || !(f >= 0 && f <= 100_000) {
		return 0
	}
	return f
}
