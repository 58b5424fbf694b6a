package plan

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"waymark/internal/markdown"
	"waymark/internal/schema"
)

type textValue = schema.Text

// bibtex writes a reading list for reference managers.
func bibtex(items []markdown.ReadingItem) []byte {
	var b bytes.Buffer
	for _, it := range items {
		kind := map[string]string{"book": "book", "article": "article", "report": "techreport"}[it.Type]
		if kind == "" {
			kind = "misc"
		}
		fmt.Fprintf(&b, "@%s{%s,\n  title = {%s},\n", kind, it.ID.Value, braces(it.Title))
		line := func(key, value string) {
			if value != "" {
				fmt.Fprintf(&b, "  %s = {%s},\n", key, braces(value))
			}
		}
		line("author", strings.Join(authors(it.By), " and "))
		line("year", it.Year)
		if it.Type == "article" {
			line("journal", it.In)
		} else {
			line("publisher", firstOf(it.Publisher, it.In))
		}
		line("doi", it.DOI)
		line("url", it.URL.Value)
		b.WriteString("}\n\n")
	}
	return b.Bytes()
}

func braces(s string) string {
	return strings.NewReplacer("{", `\{`, "}", `\}`, "&", `\&`, "%", `\%`, "#", `\#`, "$", `\$`, "_", `\_`, "\n", " ").Replace(s)
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// authors takes a line such as "A. Adams, B. Brown and C. Cole" apart.
func authors(by string) []string {
	var list []string
	for _, part := range strings.Split(strings.NewReplacer(" and ", ",", " & ", ",").Replace(by), ",") {
		if p := strings.TrimSpace(part); p != "" {
			list = append(list, p)
		}
	}
	return list
}

// csl writes a reading list as CSL-JSON.
func csl(items []markdown.ReadingItem) []byte {
	type name struct {
		Literal string `json:"literal"`
	}
	type date struct {
		Parts [][]int `json:"date-parts"`
	}
	type entry struct {
		ID        string `json:"id"`
		Type      string `json:"type"`
		Title     string `json:"title"`
		Author    []name `json:"author,omitempty"`
		Issued    *date  `json:"issued,omitempty"`
		Container string `json:"container-title,omitempty"`
		Publisher string `json:"publisher,omitempty"`
		DOI       string `json:"DOI,omitempty"`
		URL       string `json:"URL,omitempty"`
	}
	list := []entry{}
	for _, it := range items {
		e := entry{ID: it.ID.Value, Title: it.Title, Container: it.In, Publisher: it.Publisher, DOI: it.DOI, URL: it.URL.Value}
		switch it.Type {
		case "article":
			e.Type = "article-journal"
		case "report":
			e.Type = "report"
		case "website", "network", "course":
			e.Type = "webpage"
		default:
			e.Type = "book"
		}
		for _, a := range authors(it.By) {
			e.Author = append(e.Author, name{a})
		}
		if y, err := strconv.Atoi(it.Year); err == nil {
			e.Issued = &date{[][]int{{y}}}
		}
		list = append(list, e)
	}
	out, err := json.MarshalIndent(list, "", " ")
	if err != nil {
		panic("plan: " + err.Error()) // plain values always marshal
	}
	return append(out, '\n')
}
