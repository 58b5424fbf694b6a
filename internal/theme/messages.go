package theme

import (
	"maps"
	"path"
	"strings"
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

// wordsEndings are endings of files in messages/ that somebody takes for words. The first is the one that is read.
var wordsEndings = []string{".yaml", ".yml", ".json", ".toml"}

// languageOf returns the language of a file in messages/, as its words are called, or why it has none.
func languageOf(name string) (lang, why string) {
	ending := path.Ext(name)
	tag, err := language.Parse(strings.TrimSuffix(name, ending))
	switch {
	case ending != wordsEndings[0]:
		return "", "files of messages end in " + wordsEndings[0]
	case err != nil:
		return "", "its name is not that of a language"
	}
	return tag.String(), ""
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
