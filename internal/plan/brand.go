package plan

import (
	"fmt"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"waymark/internal/diag"
	"waymark/internal/schema"
)

// The site's own colours (section 3.4 of the design). A site names one colour for light; hover, tint and the colours of the dark theme are computed, and every pair in
// which a colour carries text or an edge is checked by WCAG 2.2 (1.4.3 and 1.4.11).

// grounds are the papers of the default theme that a colour stands on.
var (
	lightPaper = rgb{0xfa, 0xf8, 0xf3}
	darkPaper  = rgb{0x11, 0x18, 0x17}
	white      = rgb{255, 255, 255}
	black      = rgb{0, 0, 0}
	darkText   = rgb{0x06, 0x21, 0x1f}
)

type rgb [3]float64

func parseColor(s string) (rgb, bool) {
	s = strings.TrimPrefix(s, "#")
	if len(s) == 3 {
		s = string([]byte{s[0], s[0], s[1], s[1], s[2], s[2]})
	}
	n, err := strconv.ParseUint(s, 16, 32)
	if err != nil || len(s) != 6 {
		return rgb{}, false
	}
	return rgb{float64(n >> 16), float64(n >> 8 & 255), float64(n & 255)}, true
}

func (c rgb) String() string {
	return fmt.Sprintf("#%02x%02x%02x", int(math.Round(c[0])), int(math.Round(c[1])), int(math.Round(c[2])))
}

// mix returns c with a share of other.
func (c rgb) mix(other rgb, share float64) rgb {
	var m rgb
	for i := range c {
		m[i] = math.Round(c[i]*(1-share) + other[i]*share)
	}
	return m
}

// luminance is the relative luminance of WCAG 2.
func (c rgb) luminance() float64 {
	var l [3]float64
	for i, v := range c {
		v /= 255
		if v <= 0.04045 {
			l[i] = v / 12.92
		} else {
			l[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2]
}

func contrast(a, b rgb) float64 {
	x, y := a.luminance(), b.luminance()
	if x < y {
		x, y = y, x
	}
	return (x + 0.05) / (y + 0.05)
}

// toward moves c toward end until it has the contrast with every ground, and returns the first step that does.
func (c rgb) toward(end rgb, least float64, grounds ...rgb) rgb {
	for step := range 101 {
		m := c.mix(end, float64(step)/100)
		ok := true
		for _, g := range grounds {
			ok = ok && contrast(m, g) >= least
		}
		if ok {
			return m
		}
	}
	return end
}

// shades are a colour and what is computed of it, in both themes.
type shades struct {
	light, hover, tint, ink, onLight      rgb
	dark, darkHover, darkTint, onDarkText rgb
}

func shadesOf(c rgb) shades {
	s := shades{light: c, onLight: white, onDarkText: darkText}
	s.hover = c.toward(black, 7, lightPaper)
	if s.hover == c {
		s.hover = c.mix(black, 0.3)
	}
	s.tint = white.mix(c, 0.12)
	s.ink = c.toward(black, 7, s.tint)
	s.dark = c.toward(white, 7, darkPaper)
	s.darkHover = s.dark.mix(white, 0.3)
	s.darkTint = rgb{0x18, 0x20, 0x1f}.mix(s.dark, 0.12)
	return s
}

// pictures are the endings of files that browsers show as pictures.
var pictures = []string{".svg", ".png", ".jpg", ".jpeg", ".jfif", ".pjpeg", ".pjp", ".gif", ".webp", ".avif", ".apng", ".ico", ".bmp"}

// brand checks that the logo and the icons of roles are there, and the colours of site.yaml for contrast.
func (m *maker) brand() {
	if logo := m.cfg.Brand.Logo; logo.Value != "" {
		name := strings.TrimPrefix(logo.Value, "/")
		switch {
		case !m.hasAsset(name):
			m.ds.Add("link/image", m.configSpan(logo), "name an image by its path from content/, as in images/logo.svg", "there is no image %s", diag.Quote(logo.Value))
		case !slices.Contains(pictures, strings.ToLower(path.Ext(name))):
			m.ds.Add("link/image", m.configSpan(logo), "save it as SVG or PNG", "browsers show no picture from a file called %s", diag.Quote(path.Base(name)))
		}
	}
	check := func(what string, t schema.Text, text bool) {
		c, ok := parseColor(t.Value)
		if t.Value == "" || !ok {
			return // its form was reported when site.yaml was read
		}
		tint := white.mix(c, 0.12)
		grounds := map[string]rgb{"the page": lightPaper}
		order := []string{"the page"}
		if text {
			grounds["its tint"] = tint
			order = append(order, "its tint")
		}
		for _, name := range order {
			if r := contrast(c, grounds[name]); r < 4.5 {
				near := c.toward(black, 4.5, lightPaper, white)
				for contrast(near, white.mix(near, 0.12)) < 4.5 {
					near = near.mix(black, 0.02)
				}
				m.ds.Add("theme/contrast", m.configSpan(t), "use "+diag.Quote(near.String())+", the nearest that passes", "%s %s on %s has a contrast of %.1f to 1, text needs 4.5", what, diag.Quote(t.Value), name, math.Floor(r*10)/10)
				return
			}
		}
	}
	if len(m.look.Meta.CSS) == 0 && len(m.brandCSS()) > 0 {
		at := m.configSpan(m.cfg.Theme)
		for _, c := range []schema.Text{m.cfg.Brand.Mark, m.cfg.Brand.Accent} {
			if c.Value != "" {
				at = m.configSpan(c)
			}
		}
		m.ds.Add("theme/no-style", at, "name a style sheet in the theme's theme.yaml under `css`", "the theme has no style sheet that every page loads, so the site's colours and fonts are not used")
	}
	check("the accent", m.cfg.Brand.Accent, true)
	for _, r := range m.cfg.Roles {
		if icon := r.Icon.Value; icon != "" && m.look.Icon(icon) == "" {
			m.ds.Add("theme/icon", m.configSpan(r.Icon), diag.DidYouMeanOr(icon, m.look.Icons(), "use one of: "+strings.Join(m.look.Icons(), ", ")), "the theme has no icon %s", diag.Quote(icon))
		}
		check("the colour of the role "+diag.Quote(r.ID.Value)+",", r.Color, true)
	}
}

// themeRoles is how many colours the theme has for roles.
const themeRoles = 4

// roleColor is the number of the colour of the role at i in site.yaml: the theme's, in turns, but one of its own for each further role that has a colour.
func (m *maker) roleColor(i int) int {
	if m.cfg.Roles[i].Color.Value != "" {
		return i + 1
	}
	return i%themeRoles + 1
}

// brandCSS is the site's colours as custom properties in the theme's layer of tokens. Readers who ask for more contrast get the theme's own.
func (m *maker) brandCSS() []byte {
	var light, dark strings.Builder
	own := ""
	if c, ok := parseColor(m.cfg.Brand.Accent.Value); ok {
		s := shadesOf(c)
		fmt.Fprintf(&light, "--brand:%s;--brand-hover:%s;--brand-tint:%s;--brand-ink:%s;--on-brand:%s;", s.light, s.hover, s.tint, s.ink, s.onLight)
		fmt.Fprintf(&dark, "--brand:%s;--brand-hover:%s;--brand-tint:%s;--brand-ink:%s;--on-brand:%s;", s.dark, s.darkHover, s.darkTint, s.darkHover, s.onDarkText)
	}
	if c, ok := parseColor(m.cfg.Brand.Mark.Value); ok {
		fmt.Fprintf(&light, "--mark:%s;--mark-tint:%s;--mark-ink:%s;", c, white.mix(c, 0.15), c.toward(black, 7, white.mix(c, 0.15)))
		s := shadesOf(c)
		fmt.Fprintf(&dark, "--mark:%s;--mark-tint:%s;--mark-ink:%s;", s.dark, s.darkTint, s.darkHover)
	}
	var rules, paper strings.Builder
	for i, r := range m.cfg.Roles {
		if c, ok := parseColor(r.Color.Value); ok {
			s, n := shadesOf(c), m.roleColor(i)
			fmt.Fprintf(&light, "--role-%d:%s;--role-%d-tint:%s;", n, s.light, n, s.tint)
			fmt.Fprintf(&dark, "--role-%d:%s;--role-%d-tint:%s;", n, s.dark, n, s.darkTint)
			if n > themeRoles { // the theme's sheets know nothing of it: with more contrast and on paper it is one of theirs
				k := i%themeRoles + 1
				fmt.Fprintf(&rules, ".role-%d{--role:var(--role-%d,var(--role-%d));--role-tint:var(--role-%d-tint,var(--role-%d-tint))}", n, n, k, n, k)
				fmt.Fprintf(&paper, ".role-%d{--role:var(--role-%d);--role-tint:var(--role-%d-tint)}", n, k, k)
			}
		}
	}
	if rules.Len() > 0 {
		own = fmt.Sprintf("\n@layer base{%s}\n@layer print{@media print{%s}}\n", rules.String(), paper.String())
	}
	if m.cfg.Brand.Fonts == "system" {
		own += "\n@layer tokens{:root{--serif:Georgia,\"Times New Roman\",serif;--sans:system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",Arial,sans-serif}}\n"
	}
	if light.Len() == 0 {
		return []byte(own)
	}
	return []byte(fmt.Sprintf("\n/* the site's own colours */\n@layer tokens{@media (prefers-contrast:no-preference){:root{%[1]s}\n@media (prefers-color-scheme:dark){:root:not([data-theme=light]){%[2]s}}\n:root[data-theme=dark]{%[2]s}}}\n%[3]s", light.String(), dark.String(), own))
}
