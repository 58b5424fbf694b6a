package plan

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"waymark/internal/markdown"
	"waymark/internal/schema"
)

type textValue = schema.Text

// bibtex writes a reading list for reference managers.
func bibtex(items []markdown.ReadingItem) []byte {
	var b bytes.Buffer
	for _, it := range items {
		kind, in, by := "misc", "howpublished", "publisher" // the fields for what it stands in and who publishes it
		switch it.Type {
		case "book":
			kind, in = "book", "booktitle"
			if it.In != "" && it.Publisher != "" {
				kind = "incollection"
			} else if it.In != "" {
				in = "publisher" // of a book alone it is often said so
			}
		case "article":
			kind, in = "article", "journal"
		case "report":
			kind, in, by = "techreport", "series", "institution"
			if it.Publisher == "" {
				in = by
			}
		}
		fmt.Fprintf(&b, "@%s{%s,\n  title = {%s},\n", kind, it.ID.Value, texText(it.Title))
		line := func(key, value string) {
			if value != "" {
				fmt.Fprintf(&b, "  %s = {%s},\n", key, value)
			}
		}
		var names []string
		for _, a := range authors(it.By) {
			names = append(names, a.bibtex())
		}
		line("author", strings.Join(names, " and "))
		if parts := dateParts(it.Year); len(parts) > 0 {
			line("year", strconv.Itoa(parts[0]))
			if len(parts) > 1 {
				line("month", strconv.Itoa(parts[1]))
			}
		} else {
			line("year", texText(it.Year))
		}
		line(in, texText(it.In))
		line(by, texText(it.Publisher))
		line("doi", verbatim(it.DOI))
		line("url", verbatim(it.URL.Value))
		b.WriteString("}\n\n")
	}
	return b.Bytes()
}

// texText escapes what means something in TeX.
func texText(s string) string {
	return strings.NewReplacer("{", `\{`, "}", `\}`, "&", `\&`, "%", `\%`, "#", `\#`, "$", `\$`, "_", `\_`,
		`\`, `\textbackslash{}`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`, "\n", " ").Replace(s)
}

// verbatim is for addresses: nothing in them means anything but the braces around them.
func verbatim(s string) string { return strings.NewReplacer("{", "%7B", "}", "%7D").Replace(s) }

// An author is a person, with the family name apart where it is written so, or an organisation.
type author struct {
	name, given  string
	organisation bool
}

func (a author) bibtex() string {
	switch {
	case a.organisation:
		return "{" + texText(a.name) + "}"
	case a.given != "":
		return texText(a.name) + ", " + texText(a.given)
	}
	return texText(a.name)
}

// biblioForms are the patterns that lists are read by, once there is one.
var biblioForms = sync.OnceValue(func() *biblioPatterns {
	return &biblioPatterns{
		between:  regexp.MustCompile(`\s*,?\s+(?:and|&)\s+|\s*,\s*`),
		initials: regexp.MustCompile(`(?:^|[\s.-])\p{Lu}\.$`),
		// words that are in names of organisations and not of people
		organisation: regexp.MustCompile(`(?i)\b(?:of|for|für|department|ministry|universit\w*|institut\w*|association|council|society|agency|federation|academ\w*|committee|commission|foundation)\b`),
		date:         regexp.MustCompile(`^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$`),
	}
})

type biblioPatterns struct{ between, initials, organisation, date *regexp.Regexp }

// authors takes a line such as "A. Adams, B. Brown and C. Cole" or "Adams, A., & Brown, B." apart. The name of an organisation may hold an "and" itself:
// what follows one belongs to it, unless it is another organisation or has initials. Between semicolons stands one author each: "Adams, Ann; Brown, Bob".
func authors(by string) []author {
	var list []author
	if strings.Contains(by, ";") {
		for part := range strings.SplitSeq(by, ";") {
			a := author{name: strings.TrimSpace(part), organisation: biblioForms().organisation.MatchString(part)}
			if family, given, ok := strings.Cut(a.name, ", "); ok && !a.organisation {
				a.name, a.given = family, given
			}
			if a.name != "" {
				list = append(list, a)
			}
		}
		return list
	}
	start, between := 0, ""
	add := func(end int, next string) {
		part := strings.TrimSpace(by[start:end])
		joined := between
		between = next
		if part == "" {
			return
		}
		a := author{name: part, organisation: biblioForms().organisation.MatchString(part)}
		if n := len(list); n > 0 {
			last := &list[n-1]
			initials := biblioForms().initials.MatchString(part)
			switch {
			case initials && last.given == "" && !last.organisation && !biblioForms().initials.MatchString(last.name) && strings.TrimSpace(joined) == ",":
				last.given = part
				return
			case last.organisation && !a.organisation && !strings.Contains(part, ". "):
				last.name += joined + part
				return
			}
		}
		list = append(list, a)
	}
	for _, m := range biblioForms().between.FindAllStringIndex(by, -1) {
		add(m[0], by[m[0]:m[1]])
		start = m[1]
	}
	add(len(by), "")
	return list
}

// dateParts returns year, month and day of 2020-05-17 as far as they are said, or nothing for what is no date.
func dateParts(s string) []int {
	var parts []int
	m := biblioForms().date.FindStringSubmatch(strings.TrimSpace(s))
	for i := 1; i < len(m) && m[i] != ""; i++ {
		n, _ := strconv.Atoi(m[i]) // the form lets only digits through
		parts = append(parts, n)
	}
	return parts
}

// cslTypes are the types of CSL for ours; anything else is a document.
var cslTypes = map[string]string{
	"book": "book", "article": "article-journal", "report": "report", "journal": "periodical", "standard": "standard", "talk": "speech",
	"video": "motion_picture", "website": "webpage", "network": "webpage", "course": "webpage",
}

// csl writes a reading list as CSL-JSON.
func csl(items []markdown.ReadingItem) []byte {
	type name struct {
		Family  string `json:"family,omitempty"`
		Given   string `json:"given,omitempty"`
		Literal string `json:"literal,omitempty"`
	}
	type date struct {
		Parts   [][]int `json:"date-parts,omitempty"`
		Literal string  `json:"literal,omitempty"`
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
		e := entry{ID: it.ID.Value, Type: cslTypes[it.Type], Title: it.Title, Container: it.In, Publisher: it.Publisher, DOI: it.DOI, URL: it.URL.Value}
		switch {
		case e.Type == "":
			e.Type = "document"
		case e.Type == "book" && it.In != "" && it.Publisher != "":
			e.Type = "chapter"
		}
		for _, a := range authors(it.By) {
			if a.given != "" {
				e.Author = append(e.Author, name{Family: a.name, Given: a.given})
			} else {
				e.Author = append(e.Author, name{Literal: a.name})
			}
		}
		if parts := dateParts(it.Year); len(parts) > 0 {
			e.Issued = &date{Parts: [][]int{parts}}
		} else if it.Year != "" {
			e.Issued = &date{Literal: it.Year}
		}
		list = append(list, e)
	}
	out, err := json.MarshalIndent(list, "", " ")
	if err != nil {
		panic("plan: " + err.Error()) // plain values always marshal
	}
	return append(out, '\n')
}
