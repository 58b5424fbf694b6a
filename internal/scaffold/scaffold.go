// Package scaffold starts things: a site, a page of each kind, a learning path, a question.
//
// What it writes checks clean as it stands, so that the first thing that an author sees is a site and not a list of faults. It is
// made of plain files beside this one, in which ID, TITLE and a few other words in capitals are replaced. It never overwrites.
package scaffold

import (
	"cmp"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed all:starter kinds questions handbook.yaml
var files embed.FS

// A File is a file to be written: a path with slashes, and its bytes.
type File struct {
	Path string
	Data []byte
}

// Kinds are the kinds of page that there is a start for.
func Kinds() []string { return names("kinds") }

// Questions are the kinds of check that there is a start for.
func Questions() []string { return names("questions") }

func names(dir string) (out []string) {
	entries, err := files.ReadDir(dir)
	if err != nil {
		panic(err) // a folder that is compiled in
	}
	for _, e := range entries {
		out = append(out, strings.TrimSuffix(e.Name(), ".md"))
	}
	return out
}

// Site returns a small site with a path and most kinds of pages and checks.
func Site(title string) ([]File, error) {
	return tree(files, "starter", func(name string, data []byte) (string, []byte) {
		text := strings.NewReplacer("TITLE", title)
		if strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".md") && name != "README.md" {
			text = strings.NewReplacer("SITE-ID", scalar(ID(title)), "TITLE", scalar(title))
		}
		if name == "gitignore" {
			name = ".gitignore"
		}
		return name, []byte(text.Replace(string(data)))
	})
}

// Handbook returns the mentor instruction guide as a site to adapt, under a title and an id of its own; content is its content folder. The new site has no edition yet, and
// its copyright line names the guide as its source, as the guide's licence asks.
func Handbook(content fs.FS, title string) ([]File, error) {
	out, err := tree(content, ".", func(name string, data []byte) (string, []byte) {
		if strings.HasSuffix(name, ".go") {
			return "", nil
		}
		if name == "_index.md" {
			data = renamed(data, title)
		}
		return "content/" + name, data
	})
	if err != nil {
		return nil, err
	}
	for from, to := range map[string]string{"handbook.yaml": "site.yaml", "starter/gitignore": ".gitignore"} {
		data, err := files.ReadFile(from)
		if err != nil {
			return nil, err
		}
		if to == "site.yaml" {
			data = renamed(data, title)
		}
		out = append(out, File{to, data})
	}
	slices.SortStableFunc(out, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return out, nil
}

// own are the lines of the guide's site.yaml, and of its home page, that no other site has like it.
var own = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^(title|id|edition|copyright): .*\n`) })

// renamed puts a title into one of these files, and what follows from it.
func renamed(data []byte, title string) []byte {
	return own().ReplaceAllFunc(data, func(line []byte) []byte {
		switch line[0] {
		case 't':
			return []byte("title: " + scalar(title) + "\n")
		case 'i':
			return []byte("id: " + scalar(ID(title)) + "\n")
		case 'c':
			return []byte("copyright: Adapted from The Mentor Instruction Guide # put your name before it; the licence wants the source named\n")
		}
		return nil
	})
}

func tree(fsys fs.FS, dir string, change func(name string, data []byte) (string, []byte)) (out []File, err error) {
	err = fs.WalkDir(fsys, dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		if name, data = change(strings.TrimPrefix(name, dir+"/"), data); name != "" {
			out = append(out, File{name, data})
		}
		return nil
	})
	return out, err
}

// Page returns a page of a kind. name is its path from content/, without an ending: "skills/asking". Without a title the last part of it is used. taken reports whether
// something in the site has an id.
func Page(kind, name, title string, taken func(id string) bool) (File, error) {
	data, err := files.ReadFile("kinds/" + kind + ".md")
	if err != nil {
		return File{}, fmt.Errorf("there is no kind %q", kind)
	}
	return File{"content/" + name + ".md", fill(data, name, title, taken)}, nil
}

// An Item of a path leads to a page: What is module, form or session.
type Item struct{ What, ID string }

// Path returns a learning path of one stage with items. roles may be empty; the rest is as for Page.
func Path(name, title string, roles []string, items []Item, taken func(id string) bool) (File, error) {
	if len(items) == 0 {
		return File{}, errors.New("a path needs a module to lead to")
	}
	var b strings.Builder
	b.WriteString("---\nid: ID\ntitle: TITLE\nsummary: One sentence for cards and search engines.\n")
	if len(roles) > 0 {
		b.WriteString("for: [" + strings.Join(scalars(roles), ", ") + "]\n")
	}
	b.WriteString("status: draft # published when it is ready; drafts are shown in the preview only\nmode: advise # open, advise, strict\nstages:\n")
	b.WriteString("  - id: begin\n    title: Begin\n    text: One sentence on this stage.\n    items:\n")
	for _, it := range items {
		b.WriteString("      - {" + it.What + ": " + scalar(it.ID) + "}\n")
	}
	b.WriteString("    milestone: {id: ID-begun, title: Ready to go on, confirm: learner}\ncomplete:\n  all:\n    - {stages: [begin]}\n---\n\nWhere the path leads, and how long it takes.\n")
	return File{"content/paths/" + name + ".md", fill([]byte(b.String()), name, title, taken)}, nil
}

// Cohort returns the page of a group that follows a path from a day on, as 2027-03-01. The rest is as for Page.
func Cohort(name, title, path, start string, taken func(id string) bool) File {
	text := "---\nid: ID\ntitle: TITLE\nsummary: One sentence for cards and search engines.\n" +
		"status: draft # published when it is ready; drafts are shown in the preview only\n" +
		"path: " + scalar(path) + "\nstart: " + start + "\n" +
		"skip: [saturday, sunday] # and holidays: 2027-05-01, or 2027-03-29..2027-04-02\n" +
		"# timezone: Europe/Madrid\n# contact: mentoring@example.org\n# codes: 24 # learners' codes to give away\n" +
		"# dates: # what the schedule of the path cannot know\n#   - {event: kick-off, time: \"09:30\", place: Room 4}\n" +
		"---\n\nWhat everybody in the group should know.\n"
	return File{"content/cohorts/" + name + ".md", fill([]byte(text), name, title, taken)}
}

// Question returns a check with the given id; objective may be empty.
func Question(kind, id, objective string) ([]byte, error) {
	data, err := files.ReadFile("questions/" + kind + ".md")
	if err != nil {
		return nil, fmt.Errorf("there is no kind of question %q", kind)
	}
	// A pool is drawn within its page, so a short name will do: an opening line is best kept within 80 characters.
	pool := "set-" + strings.TrimLeft(trailing.FindString(id), "-")
	text := strings.NewReplacer("#ID", "#"+id, "POOL", strings.TrimSuffix(pool, "-")).Replace(string(data))
	if objective != "" {
		// Of a quiz, its questions have it.
		own := regexp.MustCompile(`\{#` + regexp.QuoteMeta(id) + `(-\d+)?\b`)
		text = own.ReplaceAllStringFunc(text, func(s string) string {
			if kind == "quiz" && s == "{#"+id {
				return s
			}
			return s + " objective=" + objective
		})
	}
	return []byte(text), nil
}

var trailing = regexp.MustCompile(`-?\d*$`)

// QuestionIDs are the ids of the check that Question returns, and of the questions that come with it.
func QuestionIDs(kind, id string) []string {
	data, err := files.ReadFile("questions/" + kind + ".md")
	if err != nil {
		return []string{id}
	}
	return ids{id, id}.in(data)
}

// ids are what the ids in a text are made of: ID alone is the page's, and the others begin with one that is short enough to stand twice on an opening line, which is best
// kept within 80 characters.
type ids struct{ page, short string }

var placeholder = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\bID\b(-[a-z0-9]+)?`) })

// in returns all ids that a text has once they are put in.
func (x ids) in(data []byte) (all []string) {
	for _, found := range placeholder().FindAllString(string(data), -1) {
		id := x.page
		if found != "ID" {
			id = x.short + strings.TrimPrefix(found, "ID")
		}
		all = append(all, id)
	}
	return all
}

// fill puts a title, made of a page's name where it has none, and ids into a text.
func fill(data []byte, name, title string, taken func(id string) bool) []byte {
	dir, last := path.Split(name)
	if last == "_index" || last == "index" {
		dir, last = path.Split(strings.TrimSuffix(dir, "/")) // the page of its folder
	}
	last = cmp.Or(last, "home")
	if title == "" {
		title = Title(last)
	}
	x := free(data, dir, last, taken)
	return []byte(strings.NewReplacer("id: ID\n", "id: "+scalar(x.page)+"\n", "ID-", x.short+"-", "TITLE", scalar(title)).Replace(string(data)))
}

// free makes ids of the last part of a name: with the folders before it, else with a number behind it, where something in the site has one of those that data would have then.
func free(data []byte, dir, last string, taken func(id string) bool) ids {
	for n := 1; ; n++ {
		number := ""
		if n > 1 {
			number = fmt.Sprintf("-%d", n)
		}
		for _, name := range []string{last, dir + last} {
			x := ids{ID(name) + number, idWithin(name, 20-len(number)) + number}
			if !slices.ContainsFunc(x.in(data), taken) {
				return x
			}
		}
	}
}

// Title makes a title of a file's name: "asking-well" becomes "Asking well".
func Title(name string) string {
	r := []rune(strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || r == ' ' }), " "))
	if len(r) == 0 {
		return name
	}
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// ID makes an id of a title or a name: small letters of any script, digits and hyphens, not more than leave room for another word. It is never empty.
func ID(s string) string { return idWithin(s, 80) }

// QuestionID makes the id of a page's n-th question of the page's: as much of it as the opening line of a check with that objective has room for.
func QuestionID(page, objective string, n int) string {
	return fmt.Sprintf("%s-%d", idWithin(page, max(37-utf8.RuneCountInString(objective), 3)), n)
}

// idWithin makes an id of so many characters, and of whole words where it is more than one.
func idWithin(s string, most int) string {
	id := notID().ReplaceAllString(strings.ToLower(s), "-")
	r := []rune(strings.TrimLeftFunc(id, func(r rune) bool { return r == '-' || unicode.IsMark(r) }))
	if len(r) > most {
		cut := string(r[:most+1])
		r = r[:most]
		if i := strings.LastIndexByte(cut, '-'); i > 0 {
			r = []rune(cut[:i]) // at the end of a word
		}
	}
	return cmp.Or(strings.TrimRight(string(r), "-"), "new")
}

var notID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^\p{L}\p{M}\p{N}]+`) })

// plainScalar are texts that YAML takes as they are. Everything else is quoted.
var plainScalar = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\p{L}][\p{L}\p{N} ,.'()–-]*$`) })

// scalar writes a text as a YAML value. A JSON string is one.
func scalar(s string) string {
	if plainScalar().MatchString(s) && !slices.Contains([]string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}, strings.ToLower(s)) && s == strings.TrimSpace(s) {
		return s
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return `""`
	}
	return strings.TrimSpace(b.String())
}

func scalars(list []string) (out []string) {
	for _, s := range list {
		out = append(out, scalar(s))
	}
	return out
}

// ErrThere is the error of a file that is there already. Its text names the file.
var ErrThere = errors.New("is there already, and nothing was written")

// Write writes files below root. When one of them is there already, nothing is written.
func Write(root *os.Root, list []File) error {
	for _, f := range list {
		if _, err := root.Lstat(f.Path); err == nil {
			return fmt.Errorf("%s %w", f.Path, ErrThere)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	for _, f := range list {
		if dir := path.Dir(f.Path); dir != "." {
			if err := root.MkdirAll(dir, 0o755); err != nil {
				return err
			}
		}
		// O_EXCL: a file that appeared since is not overwritten either.
		w, err := root.OpenFile(f.Path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return err
		}
		_, err = w.Write(f.Data)
		if cerr := w.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			return err
		}
	}
	return nil
}
