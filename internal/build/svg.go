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

func pixels(s string) float64 {
	f, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "px"), 64)
	if err != nil || f < 0 || f > 100_000 {
		return 0
	}
	return f
}
