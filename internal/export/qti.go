package export

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"html"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template"

	"waymark/internal/quiz"
)

// A Test is a page with its checks: what the exports of questions are made of.
type Test struct {
	ID, Title, Language string
	Tags                []string
	Checks              []quiz.Item
	Defaults            []quiz.Defaults           // the page's before the site's
	Picture             func(address string) File // a picture of the site by its address on the page; without Write there is none
}

// picture returns a picture of the site by its address on the page, under a name that is one everywhere; false where there is none.
func (t *Test) picture(address string) (f File, ok bool) {
	if t.Picture != nil {
		f = t.Picture(address)
	}
	ext := path.Ext(f.Path)
	f.Path = ncName("p-", strings.TrimSuffix(f.Path, ext)) + strings.ToLower(ext)
	return f, f.Write != nil
}

//go:embed qti.tmpl
var qtiTemplates string

// QTI writes tests as a content package of QTI 2.1: a file for each check, one for each test, and the pictures. What a package holds is known by the ids of checks and
// tests, and equal tests give equal bytes. QTI returns how many checks there are in it, and a line for each that QTI cannot hold as a whole, or at all, with the reason.
func QTI(w io.Writer, site string, tests []Test) (n int, report []string, err error) {
	pack := &qtiPackage{Name: ncName("m-", site), files: []File{{}}, kept: map[string]bool{}}
	if pack.xml, err = template.New("").Parse(qtiTemplates); err != nil {
		return 0, nil, err
	}
	aimed, hinted := 0, 0
	for i := range tests {
		t := &tests[i]
		test := &qtiTest{Name: ncName("t-", t.ID), Title: xmlText(t.Title)}
		for _, it := range t.Checks {
			c := it.Check
			q := &qtiItem{Name: ncName("q-", c.ID), Lang: xmlText(t.Language), C: c, K: c.Key(t.Defaults...), pack: pack, test: t}
			pack.texts.Picture = q.keep
			if err := pack.texts.Open(it.File); err != nil {
				return 0, nil, err
			}
			if q.fill() {
				n++
				test.Items = append(test.Items, q)
				pack.write("items/"+q.Name+".xml", "item", q)
				if len(c.Objectives)+len(c.Tags) > 0 {
					aimed++
				}
				if q.Hints {
					hinted++
				}
			}
			if said := append(q.said, pack.texts.Lost()...); len(said) > 0 {
				report = append(report, c.Word+" "+c.ID+": "+strings.Join(said, "; "))
			}
		}
		if test.Items != nil {
			pack.Tests = append(pack.Tests, test)
			pack.write("tests/"+test.Name+".xml", "test", test)
		}
	}
	if hinted > 0 {
		report = append(report, "hints are shown after a wrong answer: those of "+strconv.Itoa(hinted))
	}
	if aimed > 0 {
		report = append(report, "objectives and tags are left out: those of "+strconv.Itoa(aimed))
	}
	pack.write("imsmanifest.xml", "manifest", pack)
	last := len(pack.files) - 1
	pack.files[0] = pack.files[last]
	return n, report, errors.Join(pack.err, Zip(w, "", pack.files[:last]))
}

// ncName makes an identifier of an id, which is a file name everywhere, too: with other signs than small letters of English, digits, - and _ it has a digest of the id.
func ncName(prefix, id string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r == '/' || r == ' ':
			return '-'
		}
		return -1
	}, id)
	if plain != id {
		sum := sha256.Sum256([]byte(id))
		plain += "." + hex.EncodeToString(sum[:4])
	}
	return prefix + plain
}

// What the templates of qti.tmpl show. Strings in it are XML.
type (
	qtiPackage struct {
		Name  string
		Tests []*qtiTest

		xml   *template.Template
		texts quiz.Texts
		files []File          // the first is the manifest
		kept  map[string]bool // pictures that are among them
		err   error
	}
	qtiTest struct {
		Name, Title string
		Items       []*qtiItem
	}
	qtiItem struct {
		Name, Title, Lang string
		C                 *quiz.Check
		K                 quiz.Key
		Parts             []string       // the prompt, in the parts between its gaps
		N                 int            // options, values, rows or gaps
		Accepts           []*quiz.Accept // the narrowest range before wider ones, and anything else at last
		Correct, Unit     string         // of a typed answer
		Mixed             []int          // steps or partners in an order that tells nothing, for readers that do not shuffle
		Pinned            int            // the option that is not shuffled; -1 is none
		Each, Case        bool           // partly right is worth a part; capitals matter
		Points            string         // "" where there are none to win
		Nearly            string         // less is not all of them
		Share             string         // what one of N is worth
		Counted           bool           // decisions are counted one by one
		Template          string         // of response processing, which does all there is to do
		Feedback          string         // how many values the outcome FEEDBACK has: single, multiple; "" is none
		Hints, Solution   bool           // are told after the answer
		Pictures          []File

		pack *qtiPackage
		test *Test
		said []string // what is lost
	}
)

func (p *qtiPackage) write(name, form string, of any) {
	var b strings.Builder
	if err := p.xml.ExecuteTemplate(&b, form, of); err != nil {
		p.err = err
	}
	p.files = append(p.files, File{name, func(w io.Writer) error {
		_, err := io.WriteString(w, b.String())
		return err
	}})
}

// keep puts a picture into the package and returns its address in an item, or "" where there is none.
func (q *qtiItem) keep(address string) string {
	f, ok := q.test.picture(address)
	if !ok {
		return ""
	}
	f.Path = "media/" + f.Path
	known := false
	for _, p := range q.Pictures {
		known = known || p.Path == f.Path
	}
	if !known {
		q.Pictures = append(q.Pictures, f)
	}
	if !q.pack.kept[f.Path] {
		q.pack.kept[f.Path] = true
		q.pack.files = append(q.pack.files, f)
	}
	return "../" + f.Path
}

// HTML is a text as QTI has it.
func (q *qtiItem) HTML(r quiz.Rich) string { return q.xhtml(q.pack.texts.HTML(r)) }

// XML is a plain text as QTI has it.
func (q *qtiItem) XML(s string) string { return xmlText(s) }

// At is the identifier of what stands at a place: c1, c2 and so on.
func (q *qtiItem) At(prefix string, i int) string { return prefix + strconv.Itoa(i+1) }

// Gap is the identifier of the answer in a gap.
func (q *qtiItem) Gap(i int) string {
	if q.N == 1 {
		return "RESPONSE"
	}
	return q.At("RESPONSE", i)
}

// Bound writes a number; see bound.
func (q *qtiItem) Bound(f float64) string { return bound(f) }

// bound writes a number without what binary fractions leave behind the twelfth digit: 0.7 + 0.1 is 0.8.
func bound(f float64) string {
	if short, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 12, 64), 64); err == nil {
		f = short
	}
	return number(f)
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// xhtml takes from HTML what QTI 2.1 does not have.
func (q *qtiItem) xhtml(s string) string {
	const what = "what is struck through is written as it is"
	if strings.Contains(s, "<del>") && !slices.Contains(q.said, what) {
		q.said = append(q.said, what)
	}
	return strings.Map(xmlRune, qtiForeign.Replace(qtiAttributes().ReplaceAllString(s, "")))
}

var (
	qtiForeign = strings.NewReplacer("<del>", "", "</del>", "", `<input checked="" disabled="" type="checkbox" />`, "☑", `<input disabled="" type="checkbox" />`, "☐")
	// In a text a quotation mark is written &quot;.
	qtiAttributes = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(` (?:align|style|class|start|title)="[^"]*"`) })
)

// xmlText escapes a text for an element or an attribute.
func xmlText(s string) string { return html.EscapeString(strings.Map(xmlRune, s)) }

// xmlRune drops the signs that XML cannot hold.
func xmlRune(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' || r == '\uFFFE' || r == '\uFFFF' {
		return -1
	}
	return r
}

// gapMark stands in a prompt where a gap is. No text has it.
const gapMark = "\ufdd0"

// fill makes the item of its check, and reports whether there is one.
func (q *qtiItem) fill() bool {
	c, k := q.C, &q.K
	if why, ok := q.prompt(); !ok {
		q.said = slices.Insert(q.said, 0, "not expressible in QTI, skipped"+why)
		return false
	}
	q.Title, q.Pinned, q.Each, q.Case = xmlText(title(c)), -1, k.Score == "each" && c.Type != quiz.Single, k.Text != nil && k.Text.Case
	q.N = len(c.Options) + len(c.Accepts) + len(c.Gaps) + len(k.Pairs)
	q.Counted = c.Gaps != nil || c.Type == quiz.Order && q.Each
	if k.PinLast {
		q.Pinned = q.N - 1
	}
	q.typed()
	q.mix()
	q.told()
	q.scored()
	if left := c.Unsaid("pin", "shuffle", "unit", "case", "tries", "points"); left != nil {
		q.said = append(q.said, "left out: "+strings.Join(left, ", "))
	}
	return true
}

// prompt makes the parts of what is asked; see asked.
func (q *qtiItem) prompt() (why string, ok bool) {
	q.Parts, why, ok = asked(&q.pack.texts, q.C, q.xhtml)
	return why, ok
}

// asked returns the prompt of a check in the parts between its gaps, each as shown has it of its HTML. Where another form can hold no such check it is false; why ends a sentence that says so.
func asked(texts *quiz.Texts, c *quiz.Check, shown func(html string) string) (parts []string, why string, ok bool) {
	switch c.Type {
	case quiz.Quiz:
		return nil, "; the questions that it draws are exported by themselves", false
	case quiz.Rating, quiz.Scenario:
		return nil, "", false
	}
	prompt := shown(texts.PromptHTML(c, gapMark))
	parts = strings.Split(prompt, gapMark)
	switch {
	case len(parts) != len(c.Gaps)+1:
		return nil, ": its gaps are not found", false
	case prompt == "" && !c.Prompt.Empty():
		return nil, ": without its picture it asks nothing", false
	}
	return parts, "", true
}

// mix puts steps and partners into another order.
func (q *qtiItem) mix() {
	c := q.C
	var texts []string
	switch c.Type {
	case quiz.Order:
		for _, o := range c.Options {
			texts = append(texts, o.Text.Plain)
		}
	case quiz.Match:
		for _, i := range c.Partners() {
			texts = append(texts, c.Pairs[i].Right.Plain)
		}
	}
	for _, t := range mixed(texts) {
		i := slices.Index(texts, t)
		q.Mixed, texts[i] = append(q.Mixed, i), gapMark // the next of equals is another one
	}
}

// told says what is told after an answer.
func (q *qtiItem) told() {
	c := q.C
	for _, o := range c.Options {
		if !o.Feedback.Empty() || c.Type == quiz.Multiple && !o.Missed.Empty() {
			q.Feedback = "single"
		}
	}
	for _, a := range q.Accepts {
		if !a.Feedback.Empty() {
			q.Feedback = "single"
		}
	}
	if q.Feedback != "" && c.Type == quiz.Multiple {
		q.Feedback = "multiple"
	}
	q.Hints, q.Solution = c.Hints != nil, !c.Explanation.Empty()
	if c.Type != quiz.Reflection {
		return
	}
	q.Solution = q.Solution || c.Options != nil
	if q.Hints {
		q.Hints = false
		q.said = append(q.said, "hints are left out: "+strconv.Itoa(len(c.Hints)))
	}
}

// scored says what an answer is worth, and whether a template of the standard marks it.
func (q *qtiItem) scored() {
	c, k := q.C, &q.K
	if k.Points <= 0 {
		return
	}
	q.Points, q.Nearly, q.Share = number(k.Points), number(k.Points*0.9999), number(k.Points/float64(q.N))
	switch plain := q.Feedback == "" && !q.Hints && !q.Solution; {
	case plain && c.Type == quiz.Short:
		q.Template = "map_response"
	case plain && k.Points == 1 && !q.Each && c.Gaps == nil && q.Accepts == nil:
		q.Template = "match_correct"
	}
}

// title is the beginning of what is asked: it is all that a list of questions shows.
func title(c *quiz.Check) string {
	plain, most := []rune(c.Prompt.Plain), 80
	if len(plain) <= most {
		return cmp.Or(string(plain), c.ID)
	}
	cut := string(plain[:most])
	return cut[:max(strings.LastIndexByte(cut, ' '), len(cut)/2)] + " …"
}

// typed makes what a number or a short text needs.
func (q *qtiItem) typed() {
	for i := range q.C.Accepts {
		a := &q.C.Accepts[i]
		if a.Right && q.Correct == "" {
			q.Correct = xmlText(a.Value)
			if q.C.Type == quiz.Number {
				q.Correct = bound(a.Min + (a.Max-a.Min)/2)
			}
		}
	}
	q.Accepts = narrowFirst(q.C)
	if q.Unit = xmlText(quiz.FirstUnit(q.C.Unit)); q.Unit != "" {
		q.said = append(q.said, "the unit stands behind the field, and only the number is typed")
	}
}

// narrowFirst returns what is accepted, the narrowest range before wider ones, and anything else at last: readers take the first that fits.
func narrowFirst(c *quiz.Check) (list []*quiz.Accept) {
	for i := range c.Accepts {
		a := &c.Accepts[i]
		list = append(list, a)
		for at := i; at > 0; at-- {
			if b := list[at-1]; !b.Any && (a.Any || b.Max-b.Min <= a.Max-a.Min) {
				break
			}
			list[at-1], list[at] = a, list[at-1]
		}
	}
	return list
}
