package theme

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"waymark/internal/diag"
	"waymark/internal/schema"
)

// strangeWords reports messages of a site's own layers that nothing asks for: keys that the English words of the layer at the bottom do not have and no template names.
func (t *Theme) strangeWords(layers []*layerFiles) (ds diag.List) {
	own := layers[:max(len(layers)-1, 0)]
	scripts := slices.ContainsFunc(own, func(l *layerFiles) bool { // they may say what they like
		return slices.ContainsFunc(l.files, func(f *layerFile) bool { return strings.HasSuffix(f.name, ".js") })
	})
	for _, l := range own {
		for _, f := range l.files {
			name, ok := strings.CutPrefix(f.name, "messages/")
			if _, why := languageOf(name); !ok || why != "" {
				continue
			}
			var known map[string]string
			if en := layers[len(own)].file("messages/en.yaml"); en != nil {
				known, _ = en.messages()
			}
			words, _ := f.messages()
			for _, key := range sortedKeys(words) {
				if !t.asksFor(key, known) && !(scripts && strings.HasPrefix(key, "script.")) {
					at, _ := schema.KeyAt(f.data, key)
					ds.Add("theme/message", f.file().Span(at), cmp.Or(diag.DidYouMean(key, sortedKeys(known)), "take it away"), "nothing in the theme says %s", diag.Quote(key))
				}
			}
		}
	}
	return ds
}

// asksFor reports whether a key is one of those known, a plural form of one, or named by a template.
func (t *Theme) asksFor(key string, known map[string]string) bool {
	stem, form := key, ""
	if i := strings.LastIndexByte(key, '.'); i >= 0 {
		stem, form = key[:i], key[i+1:]
	}
	if _, ok := known[key]; ok {
		return true
	}
	if _, plural := known[stem+".other"]; plural && slices.Contains([]string{"zero", "one", "two", "few", "many", "other"}, form) {
		return true
	}
	named := []string{`"` + key + `"`, `"` + stem + `"`, "`" + key + "`", "`" + stem + "`"}
	if begin, _, ok := strings.Cut(key, "."); ok { // put together: {{t (print "dyn." .X)}}, {{t (printf "dyn.%s" .X)}}, {{t (print .X ".dyn")}}
		named = append(named, `"`+begin+`."`, `"`+begin+`.%`, `".`+form+`"`, `%s.`+form+`"`)
	}
	for _, s := range t.sources {
		data, err := s.file.Bytes()
		if err == nil && slices.ContainsFunc(named, func(n string) bool { return bytes.Contains(data, []byte(n)) }) {
			return true
		}
	}
	return false
}
