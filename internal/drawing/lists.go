package drawing

import (
	"encoding/xml"
	"regexp"
	"strings"
)

const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xlinkSpace = "http://www.w3.org/1999/xlink"
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
)

// inert are the namespaces in which drawing programs and licences keep notes of their own. A browser draws nothing of them and runs nothing.
var inert = []string{
	"http://www.inkscape.org/namespaces/", "http://sodipodi.sourceforge.net/DTD/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://creativecommons.org/ns#",
	"http://web.resource.org/cc/", "http://purl.org/dc/", "http://ns.adobe.com/", "http://www.bohemiancoding.com/sketch/", "http://www.serif.com/", "http://www.figma.com/",
	"https://boxy-svg.com", "http://krita.org/", "http://schemas.microsoft.com/visio/", "http://xml.openoffice.org/svg/export", "http://www.vectornator.io",
}

func inertSpace(space string) bool {
	for _, s := range inert {
		if strings.HasPrefix(space, s) {
			return true
		}
	}
	return false
}

// elements are those of SVG 1.1 and 2 that draw or describe. Not in the list: script, foreignObject, handler, iframe, audio, video, canvas, cursor, discard.
var elements = set(`svg g defs symbol use switch a view style title desc metadata path rect circle ellipse line polyline polygon image
text tspan textPath tref linearGradient radialGradient meshgradient meshrow meshpatch stop pattern hatch hatchpath solidcolor clipPath mask marker
filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood
feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
font font-face font-face-src font-face-name glyph missing-glyph hkern vkern color-profile
animate animateColor animateMotion animateTransform set mpath`)

// attributes are those of SVG 1.1 and 2 that hold numbers, words and colours; those with addresses are judged by judge. No event handler is among them.
var attributes = set(`id class style lang tabindex role version baseProfile zoomAndPan contentScriptType contentStyleType type media title target rel hreflang
x y x1 y1 x2 y2 z width height cx cy r rx ry fx fy fr d dx dy points pathLength rotate viewBox preserveAspectRatio transform refX refY
markerWidth markerHeight markerUnits orient offset gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform
clipPathUnits maskUnits maskContentUnits maskType filterUnits filterRes primitiveUnits in in2 result mode operator k1 k2 k3 k4 values tableValues slope
intercept amplitude exponent order kernelMatrix divisor bias targetX targetY edgeMode kernelUnitLength preserveAlpha surfaceScale diffuseConstant
specularConstant specularExponent limitingConeAngle pointsAtX pointsAtY pointsAtZ azimuth elevation scale xChannelSelector yChannelSelector stdDeviation
radius baseFrequency numOctaves seed stitchTiles textLength lengthAdjust startOffset method spacing side systemLanguage requiredFeatures requiredExtensions
requiredFonts requiredFormats viewTarget enable-background
alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters color-profile color-rendering cursor
direction display dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity font font-family font-feature-settings font-size
font-size-adjust font-stretch font-style font-variant font-weight font-variation-settings glyph-orientation-horizontal glyph-orientation-vertical hanging
image-rendering inline-size isolation kerning letter-spacing lighting-color line-height marker marker-start marker-mid marker-end mask mask-type
mix-blend-mode opacity overflow paint-order pointer-events shape-inside shape-margin shape-padding shape-rendering shape-subtract solid-color
solid-opacity stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity
stroke-width text-align text-align-all text-align-last text-anchor text-decoration text-decoration-color text-decoration-fill text-decoration-line
text-decoration-stroke text-decoration-style text-indent text-orientation text-overflow text-rendering text-transform transform-box transform-origin
unicode-bidi vector-effect visibility white-space white-space-collapse word-spacing writing-mode
attributeName attributeType begin dur end min max restart repeatCount repeatDur fill calcMode keyTimes keySplines keyPoints from to by additive accumulate path origin
ascent descent cap-height x-height units-per-em unicode unicode-range glyph-name horiz-adv-x horiz-origin-x vert-adv-y vert-origin-x vert-origin-y panose-1 stemv stemh bbox
underline-position underline-thickness strikethrough-position strikethrough-thickness overline-position overline-thickness g1 g2 u1 u2 k arabic-form`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// declares reports whether an attribute declares a namespace, and for which prefix.
func declares(n xml.Name) (prefix string, ok bool) {
	switch {
	case n.Space == "xmlns":
		return n.Local, true
	case n.Space == "" && n.Local == "xmlns":
		return "", true
	}
	return "", false
}

// judge says what is wrong with an attribute, or "". drawn is false for an element of another namespace, which is only kept as a note.
func (c *cleaner) judge(tok xml.StartElement, a xml.Attr, drawn bool) string {
	named := "the attribute " + written(a.Name) + " of <" + written(tok.Name) + ">"
	if prefix, ok := declares(a.Name); ok {
		if s := a.Value; s == svgSpace || prefix == "xlink" && s == xlinkSpace || prefix == "xml" && s == xmlSpace || inertSpace(s) || prefix != "" && s != xlinkSpace && !spoken[s] {
			return ""
		}
		return named
	}
	name := a.Name.Local
	if a.Name.Space != "" {
		space, known := c.namespace(a.Name.Space)
		switch {
		case known && space == xlinkSpace && name == "href":
		case known && space == xlinkSpace && (name == "title" || name == "show" || name == "actuate" || name == "role" || name == "arcrole" || name == "type"):
			return ""
		case known && space == xmlSpace && (name == "space" || name == "lang" || name == "id"):
			return ""
		case known && inertSpace(space):
			return ""
		default:
			return named
		}
	}
	switch {
	case name == "href":
		if !address(tok.Name.Local, a.Value) {
			return "the address in " + written(a.Name) + " of <" + written(tok.Name) + ">"
		}
		return ""
	case !drawn && strings.HasPrefix(strings.ToLower(name), "on"):
		return named
	case !drawn:
		return ""
	case strings.HasPrefix(name, "aria-"), strings.HasPrefix(name, "data-"):
		return ""
	case !attributes[name]:
		return named
	case name == "attributeName" && (!attributes[a.Value] || a.Value == "style" || a.Value == "attributeName" || a.Value == "class" || a.Value == "id"):
		return "an animation of " + a.Value
	}
	if strings.ContainsAny(a.Value, `(\`) || name == "style" {
		if _, what := cleanCSS(a.Value); what != "" {
			return what + " in " + named
		}
	}
	return ""
}

// spoken are the namespaces of languages that browsers run or draw.
var spoken = map[string]bool{"http://www.w3.org/1999/xhtml": true, "http://www.w3.org/1998/Math/MathML": true, "http://www.w3.org/1999/XSL/Transform": true, "http://www.w3.org/2001/xml-events": true}

var picture = regexp.MustCompile(`^data:image/(?:png|jpeg|jpg|gif|webp);base64,[A-Za-z0-9+/=]*$`)

// address reports whether an element may have an address: a link leads where links of pages lead, everything else stays in the drawing.
func address(element, value string) bool {
	bare := strings.Map(func(r rune) rune {
		if r <= ' ' || r >= 0x7f && r <= 0xa0 {
			return -1
		}
		return r
	}, value)
	if strings.HasPrefix(bare, "#") || bare == "" {
		return true
	}
	switch element {
	case "a":
		scheme, _, found := strings.Cut(bare, ":")
		if !found || strings.ContainsAny(scheme, "/?#") {
			return !strings.HasPrefix(bare, "//") && !strings.HasPrefix(bare, `\`)
		}
		return strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "mailto")
	case "image", "feImage":
		return picture.MatchString(bare)
	}
	return false
}
