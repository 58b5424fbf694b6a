package theme

import (
	"bytes"
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"waymark/internal/diag"
)

// strangeWords reports messages of a site's own layers that nothing asks for: keys that no English catalogue has and no template of the theme names.
func (t *Theme) strangeWords(layers []*layerFiles) (ds diag.List) {
	known := slices.Collect(maps.Keys(t.messages["en"]))
	own := layers[:max(len(layers)-1, 0)]
	scripts := slices.ContainsFunc(own, func(l *layerFiles) bool { // they may say what they like
		return slices.ContainsFunc(l.files, func(f *layerFile) bool { return strings.HasSuffix(f.name, ".js") })
	})
	for _, l := range own {
		for _, f := range l.files {
			if !strings.HasPrefix(f.name, "messages/") || f.name == "messages/en.yaml" {
				continue
			}
			file := diag.NewFile(path.Join(l.name, f.name), f.data)
			words, _ := f.messages(file)
			for _, key := range sortedKeys(words) {
				if !t.asksFor(key) && !(scripts && strings.HasPrefix(key, "script.")) {
					at := file.Span(keyIn(f.data, key))
					ds.Add("theme/message", at, cmp.Or(diag.DidYouMean(key, known), "take it away"), "nothing in the theme says %s", diag.Quote(key))
				}
			}
		}
	}
	return ds
}

func (t *Theme) asksFor(key string) bool {
	en := t.messages["en"]
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
	for _, s := range t.sources {
		if data, err := s.file.Bytes(); err == nil && (bytes.Contains(data, []byte(`"`+key+`"`)) || bytes.Contains(data, []byte(`"`+stem+`"`)) || bytes.Contains(data, []byte("`"+key+"`")) || bytes.Contains(data, []byte("`"+stem+"`")) || dynamic(data, key)) {
			return true
		}
	}
	return false
}

// keyIn returns where a key of a flat YAML mapping stands.
func keyIn(data []byte, key string) diag.Range {
	start := 0
	for line := range bytes.Lines(data) {
		rest := bytes.TrimLeft(line, " \"'")
		if bytes.HasPrefix(rest, []byte(key)) && bytes.HasPrefix(bytes.TrimLeft(rest[len(key):], " \"'"), []byte(":")) {
			at := start + len(line) - len(rest)
			return diag.Range{Start: at, End: at + len(key)}
		}
		start += len(line)
	}
	return diag.Range{}
}

// dynamic reports whether a template puts a key together that begins as key does: {{t (print "dyn." .X)}}, {{t (printf "dyn.%s" .X)}}.
func dynamic(data []byte, key string) bool {
	i := strings.IndexByte(key, '.')
	return i >= 0 && (bytes.Contains(data, []byte(`"`+key[:i+1]+`"`)) || bytes.Contains(data, []byte(`"`+key[:i+1]+"%")))
}
