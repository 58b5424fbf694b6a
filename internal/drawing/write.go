package drawing

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"regexp"
	"sync"
)

// written is a name as it stands in the file.
func written(n xml.Name) string {
	if n.Space != "" {
		return n.Space + ":" + n.Local
	}
	return n.Local
}

// startTag writes an opening tag anew.
func startTag(name xml.Name, attrs []xml.Attr, empty bool) []byte {
	b := append([]byte("<"), written(name)...)
	for _, a := range attrs {
		b = append(append(append(b, ' '), written(a.Name)...), '=', '"')
		b = append(append(b, escaped(a.Value)...), '"')
	}
	if empty {
		b = append(b, '/')
	}
	return append(b, '>')
}

func escaped(s string) []byte {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes all
	return b.Bytes()
}

// Entities. A document type can declare names that stand for other text, even for more names (and so for gigabytes) or for files. They go, with the document type. Short plain
// texts, such as the namespaces that some drawing programs declare in this way, are put where their names stood; other names stand for nothing.

var (
	reference = regexp.MustCompile(`&([^#;]*);`)
	// Its counts take as long to work out as all else here; few drawings declare names.
	declaration = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`<!ENTITY[ \t\r\n]+([A-Za-z_][\w.-]*)[ \t\r\n]+(?:"([^"<&%]{0,200})"|'([^'<&%]{0,200})')[ \t\r\n]*>`)
	})
)

// maxNames bounds how many names a drawing may refer to, and how often they are replaced by their texts.
const maxNames = 1000

// entities returns the text of each name that the file refers to.
func entities(data []byte) (map[string]string, *Fault) {
	names, n := map[string]string{}, 0
	for rest := data; ; {
		i := bytes.IndexByte(rest, '&')
		if i < 0 {
			break
		}
		rest = rest[i:]
		end := bytes.IndexByte(rest[:min(len(rest), 100)], ';')
		if end > 1 {
			if name := string(rest[1:end]); name[0] != '#' && !predefined[name] {
				names[name] = ""
				n++
			}
		}
		rest = rest[1:]
	}
	if n > maxNames {
		return nil, &Fault{0, fmt.Sprintf("it refers to declared names more than %d times", maxNames)}
	}
	if n > 0 {
		for _, d := range declaration().FindAllSubmatch(data, maxNames) {
			if text, wanted := names[string(d[1])]; wanted && text == "" {
				names[string(d[1])] = string(d[2]) + string(d[3])
			}
		}
	}
	return names, nil
}

var predefined = map[string]bool{"amp": true, "lt": true, "gt": true, "quot": true, "apos": true}

// plainReferences reports whether all names in a piece are those that every XML file has.
func plainReferences(raw []byte) bool {
	if bytes.IndexByte(raw, '&') < 0 {
		return true
	}
	for rest := raw; ; {
		m := reference.FindSubmatchIndex(rest)
		if m == nil {
			return true
		}
		if !predefined[string(rest[m[2]:m[3]])] {
			return false
		}
		rest = rest[m[1]:]
	}
}
