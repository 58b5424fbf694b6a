package plan

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// The words of scripts are the same on all pages of a language, so they stand in files of their own, which a browser keeps: classic scripts, for a page opened
// from a folder can load nothing else. What a page may say when it is opened is in one file; what is said when the reader does something is in another, which
// the theme's scripts load then.

const wordsDir = dataDir + "words/"

func firstWords(lang string) string { return wordsDir + lang + ".js" }
func laterWords(lang string) string { return wordsDir + lang + ".more.js" }

// words plans both files for each language that pages are in.
func (m *maker) words() {
	if len(m.look.Meta.JS)+len(m.look.Meta.Scripts) == 0 {
		return
	}
	langs := map[string]bool{m.look.Language(m.cfg.Language): true}
	for _, mod := range m.Modules {
		langs[m.look.Language(lang(mod, m.cfg))] = true
	}
	for _, l := range slices.Sorted(maps.Keys(langs)) {
		m.datum(firstWords(l), func() []byte { first, _ := m.wordsOf(l); return wordsJS(first) })
		m.datum(laterWords(l), func() []byte { _, later := m.wordsOf(l); return wordsJS(later) })
	}
}

// wordsOf parts the scripts' messages by the theme's list. Icons that scripts put in come with the later ones, under "icon.NAME".
func (m *maker) wordsOf(lang string) (first, later map[string]string) {
	first, later = map[string]string{}, map[string]string{}
	for key, text := range m.look.Script(lang) {
		at := later
		for _, group := range m.look.Meta.Words {
			if key == group || strings.HasPrefix(key, group+".") {
				at = first
			}
		}
		at[key] = text
	}
	for _, name := range m.look.Meta.Icons {
		later["icon."+name] = string(m.look.Icon(name))
	}
	return first, later
}

// wordsJS adds words to those that are there already.
func wordsJS(words map[string]string) []byte {
	data, err := json.Marshal(words)
	if err != nil {
		panic("plan: " + err.Error()) // plain values always marshal
	}
	return fmt.Appendf(nil, "self.waymarkWords=Object.assign(self.waymarkWords||{},%s);\n", data)
}
