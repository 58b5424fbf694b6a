package drawing_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"waymark/internal/drawing"
)

const open = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">`

// Each row is what stands in an <svg> of an author, and what is published of it. A row without `what` passes through byte for byte.
var rows = []struct{ name, in, want, what string }{
	{"shapes and text", `<g fill="url(#a)" transform="translate(1 2)"><rect width='1'  height="2"/><text>5 &lt; 6 &#169;</text></g><!-- a note -->`, "", ""},
	{"a gradient used by its id", `<defs><linearGradient id="a" xlink:href="#b"/></defs><use href="#c"/>`, "", ""},
	{"a picture inside", `<image href="data:image/png;base64,iVBORw0KGgo=" width="1"/>`, "", ""},
	{"a link", `<a href="https://example.org/x?a=b&amp;c=d"><path d="M0 0"/></a><a href="../roles/mentor.html"/><a href="mailto:a@b.example"/>`, "", ""},
	{"a plain style sheet", `<style><![CDATA[.a > .b{fill:#fff;filter:url(#f)} @media print{.a{fill:none}}]]></style>`, "", ""},
	{"a font inside", `<style>@font-face{font-family:"A";src:url(data:font/woff2;base64,AAAA)}</style>`, "", ""},
	{"an animation", `<circle r="1"><animate attributeName="r" from="1" to="2" dur="1s"/></circle>`, "", ""},
	{"notes of a drawing program", `<metadata xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:RDF rdf:about=""/></metadata><g xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" inkscape:label="Layer"/>`, "", ""},

	{"a script", `<script>alert(1)</script><path d="M0"/>`, `<path d="M0"/>`, "<script>"},
	{"a script under another prefix", `<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>`, ``, "<s:script>"},
	{"a script in another namespace", `<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>`, ``, "<x:script>"},
	{"a namespace that is redefined", `<g xmlns="http://www.w3.org/1999/xhtml"><img src="x"/></g>`, ``, "<g>"},
	{"an event handler", `<rect  onclick="alert(1)" width="2"/>`, `<rect width="2"/>`, "the attribute onclick of <rect>"},
	{"two handlers, said once", `<g onload="a"/><g onload="b"/>`, `<g/><g/>`, "the attribute onload of <g>"},
	{"foreign content", `<switch><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">a<svg xmlns="http://www.w3.org/2000/svg"/></p></foreignObject><text>a</text></switch>`, `<switch><text>a</text></switch>`, "<foreignObject>"},
	{"an address that runs", `<a xlink:href="java&#10;script:alert(1)"><rect/></a>`, `<a><rect/></a>`, "the address in xlink:href of <a>"},
	{"a picture from elsewhere", `<image href="https://example.org/spy.png" width="1"/>`, `<image width="1"/>`, "the address in href of <image>"},
	{"a drawing inside a drawing", `<image href="data:image/svg+xml;base64,AAAA"/>`, `<image/>`, "the address in href of <image>"},
	{"another file used", `<use xlink:href="other.svg#a"/>`, `<use/>`, "the address in xlink:href of <use>"},
	{"a colour from elsewhere", `<rect fill="url( 'https://example.org/x.svg#a' )" width="1"/>`, `<rect width="1"/>`, "an address (url) in the attribute fill of <rect>"},
	{"an escape in a style", `<rect style="fill:\75rl(https://example.org/x)"/>`, `<rect/>`, "a style with escapes in the attribute style of <rect>"},
	{"an animated address", `<a><set attributeName="href" to="#b"/></a>`, `<a><set to="#b"/></a>`, "an animation of href"},
	{"an animated handler", `<animate attributeName="onload" values="a"/>`, `<animate values="a"/>`, "an animation of onload"},
	{"an import", `<style>@import "https://example.org/a.css"; .a{fill:red}</style>`, `<style> .a{fill:red}</style>`, "@import in a style sheet"},
	{"an address in a style sheet", `<style>.a{fill:red;background:URL(//example.org/a)}</style>`, `<style>.a{fill:red;background:none}</style>`, "an address (url) in a style sheet"},
	{"an image set", `<style>.a{background:image-set("//example.org/a" 1x)}</style>`, `<style>.a{background:none}</style>`, "an address (image-set) in a style sheet"},
	{"a style sheet in two parts", `<style>@im<![CDATA[port "//example.org/a";]]></style>`, `<style>@im</style>`, "the second part of a style sheet"},
	{"a processing instruction", `<?xml-stylesheet href="https://example.org/a.css"?><g/>`, `<g/>`, "the instruction <?xml-stylesheet?>"},
	{"an unknown attribute", `<g formaction="x"/>`, `<g/>`, "the attribute formaction of <g>"},
	{"a comment that ends at once", `<!--><g id="a"/>-->`, ``, "a comment that begins with >"},
	{"the base of addresses", `<g xml:base="https://example.org/"/>`, `<g/>`, "the attribute xml:base of <g>"},
}

func TestOnlyWhatDrawsIsPublished(t *testing.T) {
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			in := open + r.in + "</svg>\n"
			out, taken, fault := drawing.Clean([]byte(in))
			if fault != nil {
				t.Fatal(fault)
			}
			if r.what == "" {
				if len(taken) > 0 || string(out) != in {
					t.Fatalf("it is not published as it is: %v\n%s", taken, out)
				}
				return
			}
			if want := open + r.want + "</svg>\n"; string(out) != want {
				t.Errorf("published\n%s\nwant\n%s", out, want)
			}
			if len(taken) != 1 || taken[0].What != r.what || taken[0].At < len(open) || taken[0].End > len(in) {
				t.Errorf("it says %+v, want %q", taken, r.what)
			}
			harmless(t, in, out)
		})
	}
}

func TestDeclarationsGo(t *testing.T) {
	for _, r := range []struct{ in, want string }{
		{`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg/>`, ""},
		{"\ufeff" + `<?xml version='1.0' standalone="no"?><svg/>`, ""},
		{`<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]><svg xmlns="&ns;"><g/></svg>`, `<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>`},
		{`<!DOCTYPE svg [<!ENTITY x "<script>alert(1)</script>">]><svg><text>a&x;b</text></svg>`, `<svg><text>ab</text></svg>`},
		{`<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg><text>&x;</text></svg>`, `<svg><text></text></svg>`},
		{`<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg width="&b;"/>`, `<svg width=""/>`},
		{`<!DOCTYPE html><svg/>`, `<svg/>`},
	} {
		out, taken, fault := drawing.Clean([]byte(r.in))
		switch {
		case fault != nil:
			t.Errorf("%s: %v", r.in, fault)
		case r.want == "" && (len(taken) > 0 || string(out) != r.in), r.want != "" && string(out) != r.want:
			t.Errorf("%s\nis published as\n%s\nand it says %v", r.in, out, taken)
		}
	}
}

func TestWhatCannotBeReadIsRefused(t *testing.T) {
	for in, why := range map[string]string{
		"":                    "it has no <svg> element",
		"no drawing":          "it has no <svg> element",
		"<svg>":               "<svg> is not closed",
		"<svg><g></svg>":      "</svg> closes what is not open",
		"<svg/><svg/>":        "<svg> stands behind the end of the drawing",
		"<html><svg/></html>": "its first element is <html>, not <svg>",
		`<svg a="1" a="2"/>`:  "<svg> has the attribute a twice",
		"<svg a=1/>":          "unquoted or missing attribute value in element",
		"<svg>\xff</svg>":     "it is not UTF-8",
		`<?xml version="1.0" encoding="UTF-16"?><svg/>`: "encoding \"UTF-16\" declared but Decoder.CharsetReader is nil",
		strings.Repeat("<svg>", 1000):                   "elements are nested more than 200 deep",
		"<svg><script>" + strings.Repeat("<g>", 1000):   "elements are nested more than 200 deep",
		"<svg>" + strings.Repeat("&a;", 2000):           "it refers to declared names more than 1000 times",
		strings.Repeat(" ", drawing.MaxSize+1):          "it has 4.0 MiB; at most 4 are looked through",
	} {
		if out, _, fault := drawing.Clean([]byte(in)); fault == nil || fault.Why != why || out != nil {
			t.Errorf("%.60q gives %.60q, %v; want %q", in, out, fault, why)
		}
	}
}

// The public lists of payloads, wherever a drawing has room for one.
func TestNoPayloadIsPublished(t *testing.T) {
	for _, list := range []string{"../markdown/testdata/attacks/dompurify.json", "../markdown/testdata/attacks/payloads.json", "../tools/reliability/testdata/attacks/h5sc.json"} {
		data, err := os.ReadFile(list)
		if err != nil {
			t.Fatal(err)
		}
		var l struct{ Payloads []struct{ Payload string } }
		if err := json.Unmarshal(data, &l); err != nil || len(l.Payloads) < 50 {
			t.Fatal(list, len(l.Payloads), err)
		}
		published := 0
		for _, p := range l.Payloads {
			var safe bytes.Buffer
			_ = xml.EscapeText(&safe, []byte(p.Payload))
			for _, in := range []string{
				p.Payload, open + p.Payload + "</svg>", open + "<g " + p.Payload + "/></svg>", open + `<a href="` + safe.String() + `"><text style="` + safe.String() + `">a</text></a></svg>`,
				open + "<style>" + safe.String() + "</style></svg>", open + "<style><![CDATA[" + p.Payload + "]]></style></svg>", open + `<set attributeName="` + safe.String() + `" to="` + safe.String() + `"/></svg>`,
			} {
				if out, _, fault := drawing.Clean([]byte(in)); fault == nil {
					harmless(t, in, out)
					published++
				}
			}
		}
		t.Logf("%s: %d drawings were published cleaned", list, published)
	}
}

// harmless judges a published drawing with other eyes: a plain reader of XML and a reader of HTML, each looking for what must not be there, not for what may be.
func harmless(t *testing.T, in string, out []byte) {
	t.Helper()
	bad := func(why string) { t.Errorf("%s\n%.300s\nis published as\n%.300s", why, in, out) }
	if again, taken, fault := drawing.Clean(out); fault != nil || len(taken) > 0 || !bytes.Equal(again, out) {
		bad("it is not clean when looked at again")
	}
	attr := func(space, key, value string) {
		squeezed := strings.ToLower(strings.Join(strings.FieldsFunc(value, func(r rune) bool { return r <= ' ' }), ""))
		key = strings.ToLower(key)
		if strings.HasPrefix(key, "on") && space != "xmlns" || key == "attributename" && (strings.HasPrefix(squeezed, "on") || strings.HasSuffix(squeezed, "href")) {
			bad("the attribute " + key)
		}
		if (strings.HasSuffix(key, "href") || key == "src" || key == "style") && (strings.HasPrefix(squeezed, "javascript:") || strings.HasPrefix(squeezed, "vbscript:") || strings.Contains(squeezed, "data:text")) {
			bad("the address " + value)
		}
	}
	element := func(name string) {
		switch strings.ToLower(name) {
		case "script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "link", "meta", "img", "body", "base", "form":
			bad("the element " + name)
		}
	}
	dec := xml.NewDecoder(bytes.NewReader(out))
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			bad(err.Error())
			break
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			element(tok.Name.Local)
			for _, a := range tok.Attr {
				attr(a.Name.Space, a.Name.Local, a.Value)
			}
		case xml.Directive:
			if bytes.Contains(tok, []byte("ENTITY")) {
				bad("a declaration")
			}
		}
	}
	z := html.NewTokenizer(bytes.NewReader(out))
	for z.Next() != html.ErrorToken {
		tok := z.Token()
		if tok.Type == html.StartTagToken || tok.Type == html.SelfClosingTagToken {
			for _, a := range tok.Attr {
				attr(a.Namespace, a.Key, a.Val)
			}
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, r := range rows {
		f.Add([]byte(open + r.in + "</svg>"))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		out, taken, fault := drawing.Clean(in)
		if fault != nil {
			return
		}
		if len(taken) == 0 && !bytes.Equal(in, out) {
			t.Fatal("changed without a word")
		}
		harmless(t, string(in), out)
	})
}

func BenchmarkClean(b *testing.B) {
	data := []byte(open + strings.Repeat(`<g fill="none" stroke="#000"><path d="M10 20L30 40C50 60 70 80 90 100Z" stroke-width="2"/><text x="1" y="2">Words</text></g>`+"\n", 400) + "</svg>")
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		drawing.Clean(data)
	}
}
