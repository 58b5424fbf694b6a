package plan

import (
	"strings"
	"testing"

	"waymark/internal/markdown"
	"waymark/internal/schema"
)

func TestAuthors(t *testing.T) {
	for by, want := range map[string]string{
		"":                                     "",
		"Kathy E. Kram":                        "Kathy E. Kram",
		"A. Adams, B. Brown and C. Cole":       "A. Adams and B. Brown and C. Cole",
		"Kram, K. E., & Isabella, L. A.":       "Kram, K. E. and Isabella, L. A.",
		"Kram, Kathy E. and Lynn Isabella":     "Kram, Kathy E. and Lynn Isabella",
		"Theeboom, Beersma and van Vianen":     "Theeboom and Beersma and van Vianen",
		"Eby and others":                       "Eby and others",
		"Department of Health and Social Care": "{Department of Health and Social Care}",
		"National Academies of Sciences, Engineering, and Medicine":         "{National Academies of Sciences, Engineering, and Medicine}",
		"Ministry of Education and Department of Health":                    "{Ministry of Education} and {Department of Health}",
		"University of Leeds and J. Smith":                                  "{University of Leeds} and J. Smith",
		"Amy Smith & Society for Research & Development":                    `Amy Smith and {Society for Research \& Development}`,
		"Smith, John; Doe, Jane; Council of Europe":                         "Smith, John and Doe, Jane and {Council of Europe}",
		"Ludwig van Beethoven; María José García-López":                     "Ludwig van Beethoven and María José García-López",
		"National Academies of Sciences, Engineering, and Medicine; J. Roe": "{National Academies of Sciences, Engineering, and Medicine} and J. Roe",
		"James D. Kirkpatrick and Wendy Kayser Kirkpatrick":                 "James D. Kirkpatrick and Wendy Kayser Kirkpatrick",
		"Henry Kimsey-House, Karen Kimsey-House and Laura W. (4th edition)": "Henry Kimsey-House and Karen Kimsey-House and Laura W. (4th edition)",
	} {
		var got []string
		for _, a := range authors(by) {
			got = append(got, a.bibtex())
		}
		if strings.Join(got, " and ") != want {
			t.Errorf("%s: %s, want %s", by, strings.Join(got, " and "), want)
		}
	}
}

func TestReferencesSayWhatTheListSays(t *testing.T) {
	items := []markdown.ReadingItem{
		{ID: schema.Text{Value: "a"}, Title: `50\% ~ C^2 {X}`, By: "Kram, K. E.", Type: "article", In: "J & K", Publisher: "P", Year: "1985", DOI: "10.1000/a_b", URL: schema.Text{Value: "https://e.org/a_b?x=1&y=%20#f"}},
		{ID: schema.Text{Value: "b"}, Title: "B", Type: "book", In: "All", Publisher: "P", Year: "2020-05"},
		{ID: schema.Text{Value: "c"}, Title: "C", Type: "talk", In: "Conference", Publisher: "P", Year: "about 1990"},
		{ID: schema.Text{Value: "d"}, Title: "D", Type: "video"},
		{ID: schema.Text{Value: "e"}, Title: "E"},
		{ID: schema.Text{Value: "f"}, Title: "F", Type: "book", In: "Press"},
	}
	bib, list := string(bibtex(items)), string(csl(items))
	for _, want := range []string{
		`title = {50\textbackslash{}\% \textasciitilde{} C\textasciicircum{}2 \{X\}}`, "author = {Kram, K. E.}", `journal = {J \& K}`, "publisher = {P}", "doi = {10.1000/a_b}", "url = {https://e.org/a_b?x=1&y=%20#f}",
		"@incollection{b,", "booktitle = {All}", "year = {2020},\n  month = {5}", "howpublished = {Conference}", "year = {about 1990}",
		"@book{f,\n  title = {F},\n  publisher = {Press}",
	} {
		if !strings.Contains(bib, want) {
			t.Errorf("no %s in\n%s", want, bib)
		}
	}
	compact := strings.Join(strings.Fields(list), "")
	for _, want := range []string{
		`"author":[{"family":"Kram","given":"K.E."}]`, `"type":"chapter"`, `"date-parts":[[2020,5]]`, `"type":"speech"`, `"literal":"about1990"`, `"type":"motion_picture"`, `"type":"document"`,
	} {
		if !strings.Contains(compact, want) {
			t.Errorf("no %s in\n%s", want, list)
		}
	}
	if n := strings.Count(bib, "publisher = {P}"); n != 3 {
		t.Errorf("%d publishers in\n%s", n, bib)
	}
}
