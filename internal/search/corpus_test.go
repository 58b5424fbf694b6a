package search

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// A handbook is a generated site: pages of about 700 words, in folders of 20, with words as unevenly spread as in a language. Equal seeds
// give equal pages; a page does not depend on how many there are.
type handbook struct {
	seed  uint64
	vocab []string
}

func newHandbook(seed uint64) *handbook {
	h := &handbook{seed: seed}
	r := rand.New(rand.NewPCG(seed, 1))
	seen := map[string]bool{}
	onsets := strings.Fields("b c d f g h l m n p r s t v w br ch cl cr dr fl gr pl pr sh sp st tr")
	vowels := strings.Fields("a e i o u ea ou ai")
	codas := strings.Fields("n r l m s t d ck nd rt st - - -")
	tails := strings.Fields("- - - - ing er ment ship tion able ness y")
	for len(h.vocab) < 6000 {
		var b strings.Builder
		for range 1 + (r.IntN(5)+1)/3 {
			b.WriteString(pick(r, onsets) + pick(r, vowels) + strings.Trim(pick(r, codas), "-"))
		}
		w := b.String() + strings.Trim(pick(r, tails), "-")
		if len(w) > 3 && !seen[w] && !isStop([]byte(w)) {
			seen[w] = true
			h.vocab = append(h.vocab, w)
		}
	}
	return h
}

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

var (
	testKinds = []Name{{"role", "Role"}, {"practice", "Practice"}, {"challenge", "Challenge"}, {"reading", "Reading list"}, {"form", "Form"}}
	testRoles = []Name{{"mentor", "Mentor"}, {"mentee", "Mentee"}, {"coach", "Coach"}, {"sponsor", "Executive sponsor"}, {"coordinator", "Coordinator"}}
	testGlue  = strings.Fields("the a of to and in for with that is are when you your they can will before after from on")
)

// page returns page i.
func (h *handbook) page(i int) Doc {
	r := rand.New(rand.NewPCG(h.seed, uint64(i)+2))
	z := rand.NewZipf(r, 1.15, 6, uint64(len(h.vocab)-1))
	word := func() string { return h.vocab[z.Uint64()] }
	sentence := func() string {
		var b strings.Builder
		for n := range 7 + r.IntN(9) {
			if n > 0 {
				b.WriteByte(' ')
			}
			if r.IntN(5) < 2 {
				b.WriteString(pick(r, testGlue))
			} else {
				b.WriteString(word())
			}
		}
		return capital(b.String()) + "."
	}
	text := func(words int) string {
		var b strings.Builder
		for n := 0; n < words; {
			s := sentence()
			n += strings.Count(s, " ") + 1
			b.WriteString(s + " ")
		}
		return strings.TrimSpace(b.String())
	}
	// Titles take their words from all over the vocabulary: that is what titles are for.
	any := func() string { return h.vocab[r.IntN(len(h.vocab))] }
	title := fmt.Sprintf("%s the %s %s", capital(any()), word(), any())
	d := Doc{
		URL:      fmt.Sprintf("part-%02d/%05d-%s.html", i/20+1, i, Slug(title)),
		Title:    title,
		Kind:     testKinds[r.IntN(len(testKinds))].ID,
		Lang:     "en",
		Sections: []Section{{Text: text(60)}},
	}
	for _, role := range testRoles {
		if r.IntN(3) == 0 {
			d.Roles = append(d.Roles, role.ID)
		}
	}
	for range 5 {
		heading := capital(word()) + " " + pick(r, testGlue) + " " + any() + " " + word()
		d.Sections = append(d.Sections, Section{ID: Slug(heading), Title: heading, Text: text(90 + r.IntN(80)), Prompts: sentence()})
	}
	return d
}

func (h *handbook) pages(n int) []Doc {
	docs := make([]Doc, n)
	for i := range docs {
		docs[i] = h.page(i)
	}
	return docs
}

// sourceSize is about how long the page's Markdown is: its words, front matter, and a question with four options and feedback for each prompt.
func sourceSize(d *Doc) int {
	n := 500 + len(d.Title)
	for _, s := range d.Sections {
		n += len(s.Title) + len(s.Text) + 6*len(s.Prompts) + 10
	}
	return n
}

func addresses(docs []Doc) []string {
	urls := make([]string, len(docs))
	for i := range docs {
		urls[i] = docs[i].URL
	}
	return urls
}

var testOptions = Options{Roles: testRoles, Kinds: testKinds, Lang: "en"}

func entries(docs []Doc, parts []Partial) iter.Seq2[Meta, Partial] {
	return func(yield func(Meta, Partial) bool) {
		for i := range docs {
			if !yield(docs[i].Meta(), parts[i]) {
				return
			}
		}
	}
}

// Index returns all files but those of text.
func (l Layout) Index(pages iter.Seq2[Meta, Partial], o Options) ([]File, error) {
	j, err := l.Join(pages, o)
	if err != nil {
		return nil, err
	}
	return append(j.Terms(), j.Titles()...), nil
}

// buildAll returns the whole index.
func buildAll(t testing.TB, docs []Doc, o Options) []File {
	t.Helper()
	l := NewLayout(addresses(docs))
	parts := make([]Partial, len(docs))
	for i := range docs {
		parts[i] = Page(docs[i])
	}
	files, err := l.Index(entries(docs, parts), o)
	if err != nil {
		t.Fatal(err)
	}
	for b := range l.Texts() {
		from, to := l.Pages(b)
		files = append(files, l.Text(b, docs[from:to]))
	}
	return files
}

// A query that the recall test asks, and the address of the page that must come first.
type query struct {
	Words string `json:"words"`
	Want  string `json:"want"`
	Kind  string `json:"kind,omitempty"`
}

// queries makes 50 queries that have one right answer: each tells something of one page that no other page has. What a reader types is not always
// what the author wrote, so most are changed: inflected, cut off while typing, with a slip.
func queries(docs []Doc, seed uint64) []query {
	r := rand.New(rand.NewPCG(seed, 0))
	on := map[string][]int{} // pages of each term
	inTitle := map[string][]int{}
	note := func(m map[string][]int, page int, text string) {
		for _, t := range Terms("en", text) {
			if p := m[t]; len(p) == 0 || p[len(p)-1] != page {
				m[t] = append(p, page)
			}
		}
	}
	headings := map[string]int{}
	for i := range docs {
		note(inTitle, i, docs[i].Title)
		for _, s := range docs[i].Sections {
			note(on, i, s.Title+" "+s.Text+" "+s.Prompts)
			headings[headingKey(s.Title)]++
		}
	}
	// alone reports whether one page only has all the words in its title.
	alone := func(words ...string) bool {
		var all []int
		for i, w := range words {
			p := inTitle[Terms("en", w)[0]]
			if i == 0 {
				all = slices.Clone(p)
			} else {
				all = slices.DeleteFunc(all, func(i int) bool { return !slices.Contains(p, i) })
			}
		}
		return len(all) == 1
	}
	var out []query
	add := func(d *Doc, words string) { out = append(out, query{Words: words, Want: d.URL}) }
	for turn := 0; len(out) < 50; turn++ {
		d := &docs[r.IntN(len(docs))]
		w := strings.Fields(strings.ToLower(d.Title)) // verb the noun noun
		first, second, third := w[0], w[2], w[3]
		switch turn % 10 {
		case 0: // the title
			if alone(first, second, third) {
				add(d, d.Title)
			}
		case 1: // two words of it
			if alone(first, third) {
				add(d, third+" "+first)
			}
		case 2: // inflected
			if alone(first, third) && !strings.HasSuffix(first, "y") && !strings.HasSuffix(third, "y") && !strings.HasSuffix(first, "s") && !strings.HasSuffix(third, "s") {
				add(d, first+"s "+third+"s")
			}
		case 3: // the last word is being typed
			if alone(first, third) && len(third) > 6 {
				add(d, first+" the "+third[:len(third)-2])
			}
		case 4: // a slip in a long word
			if alone(first, third) && len(first) > 6 && len(third) > 3 {
				b := []byte(first)
				b[4], b[5] = b[5], b[4]
				if b[4] != b[5] && on[string(stem(slices.Clone(b)))] == nil {
					add(d, string(b)+" "+third)
				}
			}
		case 5: // a letter forgotten
			if alone(first, third) && len(third) > 7 {
				slip := third[:5] + third[6:]
				if on[string(stem([]byte(slip)))] == nil && inTitle[string(stem([]byte(slip)))] == nil {
					add(d, first+" "+slip)
				}
			}
		case 6: // a heading
			s := d.Sections[1+r.IntN(len(d.Sections)-1)]
			if headings[headingKey(s.Title)] == 1 {
				add(d, s.Title)
			}
		case 7: // a word that no other page has
			for _, s := range d.Sections {
				for _, t := range strings.Fields(strings.ToLower(strings.Trim(s.Text, "."))) {
					t = strings.Trim(t, ".")
					if terms := Terms("en", t); len(terms) == 1 && len(on[terms[0]]) == 1 && inTitle[terms[0]] == nil && len(out)%10 == 7 {
						add(d, t)
					}
				}
			}
		case 8: // two rare words of one section of the running text
			s := d.Sections[len(d.Sections)-1]
			a, b := rarest(s.Text, on, inTitle)
			if a != "" {
				add(d, a+" "+b)
			}
		case 9: // a title word, of the pages of one kind
			if p := inTitle[Terms("en", first)[0]]; len(p) > 1 && len(p) < 30 {
				same := 0
				for _, i := range p {
					if docs[i].Kind == d.Kind {
						same++
					}
				}
				if same == 1 {
					out = append(out, query{Words: first, Want: d.URL, Kind: d.Kind})
				}
			}
		}
	}
	return out[:50]
}

func headingKey(s string) string {
	terms := Terms("en", s)
	slices.Sort(terms)
	return strings.Join(terms, " ")
}

// rarest returns two words of a text that stand together on no other page and in no title.
func rarest(text string, on, inTitle map[string][]int) (string, string) {
	words := strings.Fields(strings.ReplaceAll(strings.ToLower(text), ".", ""))
	for i, a := range words {
		ta := Terms("en", a)[0]
		if isStop([]byte(a)) || len(on[ta]) > 40 || inTitle[ta] != nil {
			continue
		}
		for _, b := range words[i+1:] {
			tb := Terms("en", b)[0]
			if isStop([]byte(b)) || ta == tb || len(on[tb]) > 400 || inTitle[tb] != nil {
				continue
			}
			both := 0
			for _, p := range on[ta] {
				if slices.Contains(on[tb], p) {
					both++
				}
			}
			if both == 1 {
				return a, b
			}
		}
	}
	return "", ""
}
