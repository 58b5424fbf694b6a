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

// HighlightCSS returns the style sheet for highlighted code: light colours, and dark ones on screens for readers who prefer them or chose the dark theme
// (data-theme on the root element says which was chosen). Each colour stands once a theme, as a variable.
func HighlightCSS() []byte {
	var b strings.Builder
	sheet := func(scope string, colour func(t tint) string) {
		fmt.Fprintf(&b, "%s.chroma {", scope)
		for _, t := range tints {
			fmt.Fprintf(&b, " --c-%s: %s;", t.class, colour(t))
		}
		b.WriteString(" }\n")
	}
	dark := func(t tint) string { return t.dark }
	sheet("", func(t tint) string { return t.light })
	b.WriteString("@media screen and (prefers-color-scheme: dark) {\n")
	sheet(`:root:not([data-theme="light"]) `, dark)
	b.WriteString("}\n@media screen {\n")
	sheet(`[data-theme="dark"] `, dark)
	b.WriteString("}\n")
	for _, t := range tints {
		fmt.Fprintf(&b, ".chroma .%s { color: var(--c-%[1]s)", t.class)
		if t.more != "" {
			fmt.Fprintf(&b, "; %s", t.more)
		}
		b.WriteString(" }\n")
	}
	b.WriteString(".chroma .e { font-style: italic }\n.chroma .st { font-weight: 600 }\n")
	b.WriteString("pre .hl { display: block; margin-inline: -0.5em; padding-inline: 0.5em; box-shadow: inset 3px 0 currentcolor }\n")
	return []byte(b.String())
}
