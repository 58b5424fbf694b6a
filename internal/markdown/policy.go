package markdown

import (
	"regexp"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
)

// policy lets through structure, text, tables, details, images and links: no style, no SVG, no MathML, no forms, no frames.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(
		"div", "span", "p", "br", "hr", "wbr", "h2", "h3", "h4", "h5", "h6", "section", "article", "aside",
		"blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "details", "summary",
		"b", "strong", "i", "em", "u", "s", "del", "ins", "mark", "small", "q", "cite", "dfn", "abbr", "time",
		"code", "kbd", "samp", "var", "sub", "sup", "bdi", "bdo", "ruby", "rt", "rp", "a", "img",
		"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup", "col",
	)
	p.AllowNoAttrs().OnElements("a", "span", "img")
	number := regexp.MustCompile(`^[0-9]{1,5}$`)
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^[a-zA-Z0-9 _-]{1,200}$`)).Globally()
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^[\pL\pM\pN_.:-]{1,200}$`)).Globally()
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[a-zA-Z0-9-]{1,40}$`)).Globally()
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`^(?i:ltr|rtl|auto)$`)).Globally()
	p.AllowAttrs("title").Globally()
	p.AllowAttrs("open").OnElements("details")
	p.AllowAttrs("colspan", "rowspan").Matching(number).OnElements("td", "th")
	p.AllowAttrs("scope").Matching(regexp.MustCompile(`^(?i:row|col|rowgroup|colgroup)$`)).OnElements("th")
	p.AllowAttrs("span").Matching(number).OnElements("col", "colgroup")
	p.AllowAttrs("start", "value").Matching(number).OnElements("ol", "li")
	p.AllowAttrs("reversed").OnElements("ol")
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^[1aAiI]$`)).OnElements("ol")
	p.AllowAttrs("datetime").Matching(regexp.MustCompile(`^[0-9TZ:+. -]{1,40}$`)).OnElements("time", "del", "ins")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src", "alt").OnElements("img")
	p.AllowAttrs("width", "height").Matching(number).OnElements("img")
	p.AllowURLSchemes(schemes...)
	p.AllowRelativeURLs(true)
	p.RequireNoFollowOnLinks(false)
	return p
})

var (
	voidElements  = set("area base br col embed hr img input link meta param source track wbr")
	optionalEnds  = set("p li dt dd td th tr thead tbody tfoot colgroup caption rt rp")
	hiddenContent = set("script style iframe noscript noembed noframes textarea title xmp object embed template svg math")
	// htmlElements are the names that are meant as HTML, let through or not. Others, as in "<your name>", are text.
	htmlElements = set(`a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button
canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div dl dt element em embed fieldset figcaption
figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins isindex kbd keygen label legend li link
listing main map mark marquee math menu menuitem meta meter multicol nav nextid nobr noembed noframes noscript object ol optgroup option output p param
picture plaintext portal pre progress q rb rp rt rtc ruby s samp script search section select shadow slot small source spacer span strike strong style sub
summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp`)
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// sanitizeTag returns the attributes that the policy leaves of a tag, and whether it leaves the tag.
func sanitizeTag(t html.Token) ([]html.Attribute, bool) {
	t.Type = html.StartTagToken
	out := policy().Sanitize(t.String())
	z := html.NewTokenizer(strings.NewReader(out))
	if z.Next() != html.StartTagToken && z.Token().Type != html.SelfClosingTagToken {
		return nil, false
	}
	clean := z.Token()
	if clean.Data != t.Data {
		return nil, false
	}
	return clean.Attr, true
}

func attrOf(attrs []html.Attribute, key string) (string, bool) {
	for _, a := range attrs {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}
