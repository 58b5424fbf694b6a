package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A curriculum is N modules of a handbook, made from a seed: the same seed gives the same bytes. Twenty-five modules are a unit, which is a folder and a learning
// path; sixteen units are a part. So no list on a page grows with N.
type curriculum struct {
	n      int
	seed   uint64
	code   bool // blocks of code in the pages
	checks bool // questions in the pages, three a module
	words  lexicon
}

const (
	perUnit = 25
	perPart = 16 * perUnit
)

// A dialect is how a generator wants its front matter and its folders' own pages.
type dialect struct {
	index  string // name of a folder's own page
	matter func(c *curriculum, m module) string
	folder func(title string, weight int) string
	// question writes a question with its options, each followed by its feedback; right is the index of the one that is.
	question func(id, objective, stem string, options []string, right int) string
}

// A module is one page.
type module struct {
	number      int
	dir, slug   string
	title, lead string
}

func (m module) path() string      { return m.dir + "/" + m.slug + ".md" }
func (m module) id() string        { return fmt.Sprintf("m-%05d", m.number) }
func (m module) objective() string { return fmt.Sprintf("o-%05d", m.number) }

func (c *curriculum) units() int { return (c.n + perUnit - 1) / perUnit }

func unitDir(unit int) string {
	return fmt.Sprintf("part-%02d/unit-%04d", unit*perUnit/perPart+1, unit+1)
}

// module returns the name and place of a module, without writing its text: others link to it.
func (c *curriculum) module(number int) module {
	r := rand.New(rand.NewPCG(c.seed, 2+uint64(number)*4))
	what, how, thing := pick(r, deeds), pick(r, qualities), pick(r, things)
	return module{
		number: number, dir: unitDir(number / perUnit), slug: fmt.Sprintf("%s-%s-%05d", what, thing, number), // a number at the front is not part of an address
		title: fmt.Sprintf("%s the %s %s %s", capital(what), how, thing, places[r.IntN(len(places))]),
		lead:  fmt.Sprintf("How to %s a %s %s and what to %s next.", what, how, thing, pick(r, deeds)),
	}
}

// write writes the curriculum into a folder. It holds one page in memory at a time: the program's own size is part of what is measured of its children.
func (c *curriculum) write(content string, d dialect) error {
	c.words = newLexicon(c.seed)
	made := map[string]bool{}
	put := func(name, text string) error {
		name = filepath.Join(content, filepath.FromSlash(name))
		if dir := filepath.Dir(name); !made[dir] {
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return err
			}
			made[dir] = true
		}
		return os.WriteFile(name, []byte(text), 0o644)
	}
	for part := range (c.n + perPart - 1) / perPart {
		if err := put(fmt.Sprintf("part-%02d/%s", part+1, d.index), d.folder(fmt.Sprintf("Part %d", part+1), part+1)); err != nil {
			return err
		}
	}
	for unit := range c.units() {
		if err := put(unitDir(unit)+"/"+d.index, d.folder(fmt.Sprintf("Unit %d", unit+1), unit+1)); err != nil {
			return err
		}
	}
	for i := range c.n {
		m := c.module(i)
		if err := put(m.path(), d.matter(c, m)+c.body(m, d)); err != nil {
			return err
		}
	}
	return nil
}

// A pen writes one page.
type pen struct {
	*curriculum
	*rand.Rand
	*rand.Zipf
	strings.Builder
	m module
}

// body returns the text of a module: the same in every dialect but for the form of questions.
func (c *curriculum) body(m module, d dialect) string {
	r := rand.New(rand.NewPCG(c.seed, 3+uint64(m.number)*4))
	p := &pen{curriculum: c, Rand: r, Zipf: rand.NewZipf(r, 1.3, 8, uint64(len(c.words)-1)), m: m}
	p.paragraph(4)
	fmt.Fprintf(p, "Read %s before, and %s when you have time.\n\n", p.link(), p.link())
	p.heading(2)
	p.paragraph(3)
	for range 4 {
		fmt.Fprintf(p, "- %s\n", p.sentence())
	}
	fmt.Fprintf(p, "\nSomebody has said this before.[^1]\n\n")
	p.heading(2)
	p.paragraph(4)
	p.heading(3)
	p.example()
	p.paragraph(2)
	p.heading(2)
	fmt.Fprintf(p, "| %s | %s | %s |\n|---|:-:|--:|\n", capital(pick(r, things)), capital(pick(r, things)), "How often")
	for range 5 {
		fmt.Fprintf(p, "| %s %s | *%s* | %d |\n", pick(r, qualities), p.noun(), pick(r, deeds), r.IntN(100))
	}
	fmt.Fprintf(p, "\n> %s\n> %s\n\n", p.sentence(), p.sentence())
	p.paragraph(4)
	p.heading(2)
	for i := range 4 {
		fmt.Fprintf(p, "%d. **%s** %s\n", i+1, capital(pick(r, deeds))+".", p.sentence())
	}
	fmt.Fprintf(p, "\n")
	if r.IntN(2) == 0 {
		p.example()
	}
	fmt.Fprintf(p, "The next step is in %s.\n\n", p.link())
	p.heading(2)
	p.paragraph(3)
	for i := range 3 {
		fmt.Fprintf(p, "- [%s] %s the %s %s\n", []string{"x", " ", " "}[i], capital(pick(r, deeds)), pick(r, qualities), p.noun())
	}
	fmt.Fprintf(p, "\n")
	if c.checks {
		for i := range 3 {
			p.question(i, d)
		}
	}
	fmt.Fprintf(p, "[^1]: %s\n", p.sentence())
	return p.Builder.String()
}

func (p *pen) noun() string { return p.words[p.Zipf.Uint64()] }

func (p *pen) clause() string {
	s := "the " + p.noun()
	if p.IntN(2) == 0 {
		s = "a " + pick(p.Rand, qualities) + " " + p.noun()
	}
	s += " helps you to " + pick(p.Rand, deeds) + " the " + p.noun()
	if p.IntN(3) == 0 {
		s += " " + places[p.IntN(len(places))]
	}
	return s
}

// sentence returns about a dozen words, with some inline Markdown now and then.
func (p *pen) sentence() string {
	s := capital(p.clause())
	switch p.IntN(9) {
	case 0, 1, 2:
		s += " " + pick(p.Rand, joints) + " " + p.clause()
	case 3:
		s += ", and *" + pick(p.Rand, qualities) + "* is not **" + pick(p.Rand, qualities) + "**"
	case 4:
		s += ": write `" + p.noun() + "` in your notes"
	}
	return s + "."
}

func (p *pen) paragraph(sentences int) {
	for range sentences {
		p.WriteString(p.sentence() + " ")
	}
	p.WriteString("\n\n")
}

func (p *pen) heading(level int) {
	fmt.Fprintf(p, "%s %s the %s %s\n\n", strings.Repeat("#", level), capital(pick(p.Rand, deeds)), pick(p.Rand, qualities), p.noun())
}

// link leads to another module, as a rule to one nearby.
func (p *pen) link() string {
	to := p.m.number + p.IntN(2*perUnit) - perUnit
	if p.IntN(5) == 0 {
		to = p.IntN(p.n)
	}
	if to < 0 || to >= p.n || to == p.m.number {
		to = (p.m.number + 1) % p.n
	}
	other := p.module(to)
	rel, err := filepath.Rel(p.m.dir, other.path())
	if err != nil {
		rel = other.slug + ".md"
	}
	return fmt.Sprintf("[%s](%s)", other.title, filepath.ToSlash(rel))
}

// example writes a block of code in one of three languages.
func (p *pen) example() {
	if !p.code {
		return
	}
	a, b, c := pick(p.Rand, things), pick(p.Rand, things), pick(p.Rand, deeds)
	switch p.IntN(3) {
	case 0:
		fmt.Fprintf(p, "```json\n{\n  \"%s\": \"%s\",\n  \"minutes\": %d,\n  \"people\": [\"%s\", \"%s\"],\n  \"done\": %v,\n  \"notes\": {\n    \"before\": null,\n    \"after\": \"%s the %s\"\n  }\n}\n```\n\n",
			a, b, p.IntN(90), pick(p.Rand, things), pick(p.Rand, things), p.IntN(2) == 0, c, a)
	case 1:
		fmt.Fprintf(p, "```sh\n#!/bin/sh\n# %s every %s once a week\nset -eu\nfor %s in notes/*.md; do\n  if grep -q '%s' \"$%s\"; then\n    echo \"$%s: $(wc -w < \"$%s\") words\" >> report-%d.txt\n  fi\ndone\nsort -u report-%d.txt | head -n %d\n```\n\n",
			capital(c), a, a, b, a, a, a, p.IntN(50), p.IntN(50), 1+p.IntN(20))
	default:
		fmt.Fprintf(p, "```javascript\n// %ss are counted by the %s they belong to.\nexport function count%s(list, limit = %d) {\n  const found = new Map();\n  for (const { %s, %s } of list) {\n    if (!%s || found.size > limit) continue;\n    found.set(%s, (found.get(%s) ?? 0) + 1);\n  }\n  return [...found].sort(([, a], [, b]) => b - a).map(([name]) => `${name}: %s`);\n}\n```\n\n",
			capital(a), b, capital(a), 5+p.IntN(100), "name", "place", "place", "place", "place", c)
	}
}

// question writes one question of three options, each with its feedback. The right one is the second longest, in a place that changes: it must not be given away.
func (p *pen) question(i int, d dialect) {
	stem := fmt.Sprintf("Your mentee brings %s %s to the meeting and asks you what to do with it. What do you do first?", pick(p.Rand, []string{"one more", "yet another", "the same"}), p.noun())
	var options []string
	for range 3 {
		options = append(options, fmt.Sprintf("%s the %s %s", capital(pick(p.Rand, deeds)), pick(p.Rand, qualities), p.noun()))
	}
	slices.SortStableFunc(options, func(a, b string) int { return len(a) - len(b) })
	right := p.m.number % 3
	options[1], options[right] = options[right], options[1]
	for k := range options {
		options[k] += "\n  > " + p.sentence()
	}
	p.WriteString(d.question(fmt.Sprintf("q-%05d-%d", p.m.number, i), p.m.objective(), stem, options, right))
}

// appendLine adds a line of text to a module, as an author who saves a page does.
func appendLine(name, text string) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	fmt.Fprintf(w, "\n\n%s\n", text)
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
