package source

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"waymark/internal/diag"
	"waymark/internal/markdown"
	"waymark/internal/schema"
)

var colorForm = regexp.MustCompile(`^#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$`)

// check fills in the defaults and reports what no tag can say.
func (p *Project) check(ds *diag.List) {
	c, at := &p.Config, p.At
	def := func(s *string, v string) {
		if *s == "" {
			*s = v
		}
	}
	def(&c.Language, "en")
	def(&c.Links, "error")
	def(&c.FrontMatter, "strict")
	def(&c.URLs, "file")
	if c.Numbers == "" {
		c.Numbers = "drop"
		if c.FrontMatter == "lenient" {
			c.Numbers = "keep"
		}
	}
	def(&c.Markdown.HTML, "sanitize")
	def(&c.Brand.Name, c.Title)
	def(&c.Brand.Fonts, "default")
	if len(c.Images.Widths) == 0 {
		c.Images.Widths = []int{480, 960, 1440}
	}
	for i, w := range c.Images.Widths {
		if w < 16 || w > 4096 || i > 7 || i > 0 && w <= c.Images.Widths[i-1] {
			ds.Add("yaml/value", p.find("widths"), "write up to eight widths from 16 to 4096, as in widths: [480, 960, 1440]", "the widths of images cannot be %d", c.Images.Widths)
			c.Images.Off = true
			break
		}
	}
	if c.Checks.Pass == 0 {
		c.Checks.Pass = 80
	}
	if c.ID.Value == "" {
		c.ID.Value = slug(c.Title)
	} else if !schema.IsSlug(c.ID.Value) {
		ds.Add("yaml/value", at(c.ID), "use lower-case letters, digits and hyphens", "%s cannot be an id", diag.Quote(c.ID.Value))
	}
	for _, one := range []struct{ key, value, allowed string }{
		{"links", c.Links, "error warn"}, {"front_matter", c.FrontMatter, "strict lenient"}, {"urls", c.URLs, "file folder"}, {"numbers", c.Numbers, "drop keep"},
	} {
		// The files' own values were checked by their tags.
		if known := strings.Fields(one.allowed); p.settings[one.key].Value != "" && !contains(known, one.value) {
			ds.Add("yaml/value", p.findKey(one.key), diag.DidYouMean(one.value, known), "%s cannot be %s", diag.Quote(one.key), diag.Quote(one.value))
		}
	}
	c.languageAt = p.findKey("language")
	form := schema.IsLanguage(c.Language)
	if _, err := language.Parse(c.Language); err != nil || !form {
		if form || p.settings["language"].Value != "" { // the form of the files' own was checked by its tag
			ds.Add("yaml/value", c.languageAt, "write a language tag as in en, en-GB, de or ar", "%s is not a language", diag.Quote(c.Language))
		}
		c.Language = "en"
	}
	if l := c.Search.Language; l != "" && schema.IsLanguage(l) {
		if _, err := language.Parse(l); err != nil {
			ds.Add("yaml/value", p.findKey("search"), "write a language tag as in en, en-GB, de or ar", "%s is not a language", diag.Quote(l))
		}
	}
	def(&c.Search.Language, c.Language)
	if e := c.Serve.Editor; e != "" {
		if hint := EditorFault(e); hint != "" {
			ds.Add("yaml/value", p.findKey("serve"), hint, "%s is not an address that opens a file in an editor", diag.Quote(e))
		}
	}
	if b := c.BaseURL; b.Value != "" {
		base, hint := siteAddress(b.Value)
		if base == "" {
			ds.Add("site/base-url", at(b), hint, "%s is not the address of a site", diag.Quote(b.Value))
		}
		c.BaseURL.Value = base
	}
	if e := c.EditURL; e.Value != "" {
		if hint := editFault(e.Value); hint != "" {
			ds.Add("yaml/value", at(e), hint, "%s is not an address for editing a page", diag.Quote(e.Value))
		}
	}
	for _, pair := range c.Markdown.TrueFalse {
		if strings.EqualFold(pair.True, pair.False) && strings.TrimSpace(pair.True) != "" {
			ds.Add("yaml/value", p.find("true_false"), "write two words, as in [{true: Wahr, false: Falsch}]", "%s cannot be both the word for true and the one for false", diag.Quote(pair.True))
		}
	}
	for _, col := range []schema.Text{c.Brand.Accent, c.Brand.Mark} {
		checkColor(col, at, ds)
	}
	seen := map[string]schema.Text{}
	for _, r := range c.Roles {
		checkColor(r.Color, at, ds)
		if r.ID.Value == "" {
			continue
		}
		if !schema.IsSlug(r.ID.Value) {
			ds.Add("yaml/value", at(r.ID), "use lower-case letters, digits and hyphens", "%s cannot be an id", diag.Quote(r.ID.Value))
		}
		if first, twice := seen[r.ID.Value]; twice {
			d := ds.Add("site/role-twice", at(r.ID), "keep one of the two", "there are two roles %s", diag.Quote(r.ID.Value))
			d.Related = append(d.Related, diag.Related{Span: at(first), Message: "the first is here"})
		}
		seen[r.ID.Value] = r.ID
	}
	for code, sev := range c.Lints {
		info, ok := diag.Lookup(code)
		switch {
		case !ok:
			var known []string
			for _, i := range diag.Codes() {
				known = append(known, i.Code)
			}
			ds.Add("site/lint", p.find(code), diag.DidYouMean(code, known), "there is no diagnostic %s", diag.Quote(code))
		case sev != "off" && sev != "warn" && sev != "error":
			ds.Add("site/lint", p.find(code), "use one of: off, warn, error", "%s cannot be %s", diag.Quote(code), diag.Quote(sev))
		case info.Severity == diag.Error && sev != "error":
			ds.Add("site/lint", p.find(code), "mend what it reports", "%s is an error and cannot be switched off", diag.Quote(code))
		}
	}
}

// CheckWords reports what is wrong with the words for containers. blocks are the containers that the theme has.
func (p *Project) CheckWords(blocks []string) (ds diag.List) {
	c := &p.Config
	words := slices.Concat(markdown.Words, blocks, c.RoleIDs())
	for _, w := range slices.Sorted(maps.Keys(c.Markdown.Words)) {
		name := c.Markdown.Words[w]
		at := p.find(w + ": " + name)
		if at.File == nil {
			at = p.find(w)
		}
		switch {
		case contains(markdown.Words, w) && name != w:
			ds.Add("site/word", at, "take it away, or choose another word", "%s is the name of a container itself, so it never stands for %s", diag.Quote(w), diag.Quote(name))
		case w == "" || strings.ContainsAny(w, " \t:{}"):
			ds.Add("site/word", p.find("words"), "write one word", "%s cannot be written behind ::: to begin a container", diag.Quote(w))
		case !contains(words, name):
			ds.Add("site/word", at, diag.DidYouMeanOr(name, words, "write the name of a container, as in "+w+": note"), "%s stands for %s, which is not the name of a container", diag.Quote(w), diag.Quote(name))
		}
	}
	return ds
}

// Switches returns what `lints` says, for diag.List.Apply.
func (c *Config) Switches() map[string]diag.Severity {
	m := map[string]diag.Severity{}
	for code, s := range c.Lints {
		switch s {
		case "off":
			m[code] = diag.Off
		case "warn":
			m[code] = diag.Warning
		case "error":
			m[code] = diag.Error
		}
	}
	return m
}

// RoleByID returns a role.
func (c *Config) RoleByID(id string) (Role, bool) {
	for _, r := range c.Roles {
		if r.ID.Value == id {
			return r, true
		}
	}
	return Role{}, false
}

// RoleIDs returns the ids of the roles, in their order.
func (c *Config) RoleIDs() (ids []string) {
	for _, r := range c.Roles {
		ids = append(ids, r.ID.Value)
	}
	return ids
}

func checkColor(t schema.Text, at func(schema.Text) diag.Span, ds *diag.List) {
	if t.Value != "" && !colorForm.MatchString(t.Value) {
		ds.Add("site/color", at(t), "write it as #0E5A57, in quotes", "%s is not a colour", diag.Quote(t.Value))
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// slug makes an id of a title: letters and digits in lower case, joined by hyphens.
func slug(s string) string {
	var b strings.Builder
	dash := false
	for _, r := range strings.ToLower(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			dash = false
			b.WriteRune(r)
		} else {
			dash = true
		}
	}
	if b.Len() == 0 {
		return "site"
	}
	return b.String()
}
