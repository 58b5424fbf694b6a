package theme

import (
	"maps"
	"sync"

	"golang.org/x/text/language"
	"waymark/internal/diag"
	"waymark/internal/schema"
)

// A catalogue is the messages of a language: those of the theme's layers over one another, and what it lacks from the languages above it (de for de-AT). Its files are read
// when a message is asked for, for a site speaks one language of many.
type catalogue struct {
	files []*layerFile // from the bottom up

	once sync.Once
	own  map[string]string
}

// words returns the messages of a language, key to text; nil where the theme has no catalogue of it.
func (t *Theme) words(lang string) map[string]string {
	c := t.messages[lang]
	if c == nil {
		return nil
	}
	c.once.Do(func() {
		c.own = map[string]string{}
		if tag, err := language.Parse(lang); err == nil && tag != language.Und {
			for tag = tag.Parent(); tag != language.Und; tag = tag.Parent() {
				for key, text := range t.words(tag.String()) {
					if _, ok := c.own[key]; !ok {
						c.own[key] = text
					}
				}
			}
		}
		for _, f := range c.files {
			words, _ := f.messages()
			maps.Copy(c.own, words)
		}
	})
	return c.own
}

// says reports whether any language has a message.
func (t *Theme) says(key string) bool {
	if _, ok := t.words("en")[key]; ok {
		return true
	}
	for lang := range t.messages {
		if _, ok := t.words(lang)[key]; ok {
			return true
		}
	}
	return false
}

// messages returns what a file of messages says, and what is wrong with it. It is read once.
func (f *layerFile) messages() (map[string]string, diag.List) {
	f.once.Do(func() { _, f.said = schema.Decode(schema.Source{File: f.file(), Data: f.data}, &f.words, false) })
	return f.words, f.said
}
