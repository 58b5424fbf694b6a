package theme

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"waymark/internal/diag"
	"waymark/internal/schema"
)

// strangeWords reports messages of a site's own layers that nothing asks for: keys that no English catalogue has and no template of the theme names.
func (t *Theme) strangeWords(layers []*layerFiles) (ds diag.List) {
	own := layers[:max(len(layers)-1, 0)]
	scripts := slices.ContainsFunc(own, func(l *layerFiles) bool { // they may say what they like
		return slices.ContainsFunc(l.files, func(f *layerFile) bool { return strings.HasSuffix(f.name, ".js") })
	})
	for _, l := range own {
		for _, f := range l.files {
			if !strings.HasPrefix(f.name, "messages/") || f.name == "messages/en.yaml" {
				continue
			}
			words, _ := f.messages()
			for _, key := range sortedKeys(words) {
				if !t.asksFor(key) && !(scripts && strings.HasPrefix(key, "script.")) {
					at, _ := schema.KeyAt(f.data, key)
					ds.Add("theme/message", f.file().Span(at), cmp.Or(diag.DidYouMean(key, sortedKeys(t.words("en"))), "take it away"), "nothing in the theme says %s", diag.Quote(key))
				}
			}
		}
	}
	return ds
}

func (t *Theme) asksFor(key string) bool {
	en := t.words("en")
	stem, form := key, ""
	if i := strings.LastIndexByte(key, '.'); i >= 0 {
		stem, form = key[:i], key[i+1:]
	}
	if _, ok := en[key]; ok {
		return true
	}
	if _, plural := en[stem+".other"]; plural && slices.Contains([]string{"zero", "one", "two", "few", "many", "other"}, form) {
		return true
	}
	named := []string{`"` + key + `"`, `"` + stem + `"`, "`" + key + "`", "`" + stem + "`"}
	if begin, _, ok := strings.Cut(key, "."); ok { // put together: {{t (print "dyn." .X)}}, {{t (printf "dyn.%s" .X)}}
		named = append(named, `"`+begin+`."`, `"`+begin+`.%`)
	}
	for _, s := range t.sources {
		data, err := s.file.Bytes()
		if err == nil && slices.ContainsFunc(named, func(n string) bool { return bytes.Contains(data, []byte(n)) }) {
			return true
		}
	}
	return false
}
