package plan

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"waymark/internal/curriculum"
)

// curriculumJSON is the catalogue for other tools: what an intranet lists.
func (m *maker) curriculumJSON() []byte {
	type objective struct {
		ID   string `json:"id"`
		Text string `json:"text"`
		Verb string `json:"verb,omitempty"`
	}
	type module struct {
		ID         string      `json:"id"`
		Kind       string      `json:"kind"`
		Title      string      `json:"title"`
		Summary    string      `json:"summary,omitempty"`
		URL        string      `json:"url"`
		Source     string      `json:"source"`
		Audience   []string    `json:"audience,omitempty"`
		Level      string      `json:"level,omitempty"`
		Minutes    *[2]int     `json:"minutes,omitempty"`
		Objectives []objective `json:"objectives,omitempty"`
		Needs      []string    `json:"needs,omitempty"`
		Paths      []string    `json:"paths,omitempty"`
		Questions  int         `json:"questions,omitempty"`
		Tags       []string    `json:"tags,omitempty"`
		Lang       string      `json:"lang"`
		// Of a cohort: the id of its path, its first day, and the address of the file with its dates.
		Path     string `json:"path,omitempty"`
		Start    string `json:"start,omitempty"`
		Calendar string `json:"calendar,omitempty"`
	}
	type catalogue struct { // but for its modules and paths
		Format   string `json:"format"`
		Version  int    `json:"version"`
		Title    string `json:"title"`
		BaseURL  string `json:"base_url,omitempty"`
		Language string `json:"language"`
	}
	modules := func(mod *curriculum.Module) any {
		x := module{ID: mod.ID, Kind: mod.Kind, Title: mod.Title, Summary: mod.Doc.Meta.Summary.Value, URL: escape(m.out[mod]), Source: mod.Source, Level: mod.Doc.Meta.Level, Minutes: span(minutes(mod)), Questions: questions(mod), Tags: mod.Doc.Meta.Tags, Lang: lang(mod, m.cfg)}
		for _, r := range mod.Audience {
			x.Audience = append(x.Audience, r.ID.Value)
		}
		for _, o := range mod.Doc.Meta.Objectives {
			x.Objectives = append(x.Objectives, objective{o.ID.Value, o.Text, o.Verb})
		}
		x.Needs = needed(mod)
		for _, p := range mod.Places {
			x.Paths = append(x.Paths, p.Path.ID)
		}
		if c := mod.Cohort; c != nil {
			x.Path, x.Start = c.Path.ID, string(c.Start)
			if len(m.schedule(c.Path, c, homePath)) > 0 {
				x.Calendar = escape(m.calendarOut(mod, nil))
			}
		}
		return x
	}
	b := bufferFor(len(m.Modules) * 768)
	openJSON(b, catalogue{"waymark-curriculum", 1, m.cfg.Title, m.cfg.BaseURL.Value, m.cfg.Language})
	jsonLines(b, "modules", m.Modules, modules)
	jsonLines(b, "paths", m.Paths, func(p *curriculum.Path) any { return m.pathJSON(p) })
	b.WriteString("}\n")
	return b.Bytes()
}

// bufferFor returns a buffer for about n bytes. What a module usually takes is known, and a buffer of megabytes that grows while it is written takes three times its room.
func bufferFor(n int) *bytes.Buffer { return bytes.NewBuffer(make([]byte, 0, n+512)) }

// openJSON writes an object to which jsonLines adds, without its end.
func openJSON(b *bytes.Buffer, v any) {
	writeJSON(b, v)
	b.Truncate(b.Len() - len("}\n"))
}

// jsonLines writes a field that is a list, each element in a line of its own, so that two versions can be compared. One is made after the other: of a large site there are megabytes.
func jsonLines[T any](b *bytes.Buffer, name string, list []T, entry func(T) any) {
	fmt.Fprintf(b, ",\n%q: [", name)
	for i, x := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		writeJSON(b, entry(x))
		b.Truncate(b.Len() - len("\n"))
	}
	b.WriteString("\n]")
}

func (m *maker) sitemap() []byte {
	var b bytes.Buffer
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
	if m.home == nil {
		fmt.Fprintf(&b, " <url><loc>%s</loc></url>\n", template.HTMLEscapeString(m.cfg.BaseURL.Value))
	}
	for _, mod := range m.Modules {
		if mod.Retired {
			continue
		}
		fmt.Fprintf(&b, " <url><loc>%s</loc>", template.HTMLEscapeString(m.cfg.BaseURL.Value+escape(strings.TrimSuffix(m.out[mod], "index.html"))))
		if day := mod.Doc.Meta.Reviewed; day != "" {
			fmt.Fprintf(&b, "<lastmod>%s</lastmod>", day)
		}
		b.WriteString("</url>\n")
	}
	b.WriteString("</urlset>\n")
	return b.Bytes()
}

func (m *maker) robots() []byte {
	s := "User-agent: *\nAllow: /\n"
	if m.cfg.BaseURL.Value != "" {
		s += "Sitemap: " + m.cfg.BaseURL.Value + "sitemap.xml\n"
	}
	return []byte(s)
}
