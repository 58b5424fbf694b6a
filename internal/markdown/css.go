package markdown

import (
	"fmt"
	"strings"
)

// A tint is a colour of code in the light and in the dark sheet.
type tint struct{ class, light, dark, more string }

// tints are the classes of tokenClass. Each colour has a contrast of 4.5:1 or more on the grounds below (WCAG 2.2, 1.4.3), kept by a test.
var tints = []tint{
	{"c", "#5c6370", "#9aa5a8", "font-style:italic"},
	{"k", "#8a2150", "#f29bb8", "font-weight:600"},
	{"s", "#2f6324", "#a5d18b", ""},
	{"m", "#8a4208", "#f0b27a", ""},
	{"f", "#1f4f8f", "#8fc1f5", ""},
	{"b", "#6a3a9a", "#cdaaf2", ""},
	{"n", "#0f5a5e", "#7fd3d0", ""},
	{"d", "#a0231c", "#ff9c92", ""},
	{"i", "#2f6324", "#a5d18b", ""},
	{"g", "#46505a", "#b4c0c4", "font-weight:600"},
}

// grounds are what code stands on in the default theme.
const (
	lightGround = "#F2EFE7"
	darkGround  = "#0C1211"
)

// HighlightCSS returns the style sheet for highlighted code: light colours, and dark ones for readers who prefer them or chose the dark theme
// (data-theme on the root element says which was chosen).
func HighlightCSS() []byte {
	var b strings.Builder
	sheet := func(scope, indent string, colour func(t tint) string) {
		for _, t := range tints {
			fmt.Fprintf(&b, "%s%s.chroma .%s { color: %s }\n", indent, scope, t.class, colour(t))
		}
	}
	light := func(t tint) string { return t.light }
	dark := func(t tint) string { return t.dark }
	for _, t := range tints {
		if t.more != "" {
			name, value, _ := strings.Cut(t.more, ":")
			fmt.Fprintf(&b, ".chroma .%s { %s: %s }\n", t.class, name, value)
		}
	}
	b.WriteString(".chroma .e { font-style: italic }\n.chroma .st { font-weight: 600 }\n")
	b.WriteString("pre .hl { display: block; margin-inline: -0.5em; padding-inline: 0.5em; box-shadow: inset 3px 0 currentcolor }\n")
	sheet("", "", light)
	b.WriteString("@media (prefers-color-scheme: dark) {\n")
	sheet(`:root:not([data-theme="light"]) `, "  ", dark)
	b.WriteString("}\n")
	sheet(`[data-theme="dark"] `, "", dark)
	b.WriteString("@media print {\n")
	sheet(`:root `, "  ", light)
	b.WriteString("}\n")
	return []byte(b.String())
}
