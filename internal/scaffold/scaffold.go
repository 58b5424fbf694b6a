// Package scaffold starts things: a site, a page of each kind, a learning path, a question.
//
// What it writes checks clean as it stands, so that the first thing that an author sees is a site and not a list of faults. It is
// made of plain files beside this one, in which ID, TITLE and a few other words in capitals are replaced. It never overwrites.
package scaffold

import (
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
		text := strings.NewReplacer("SITE-ID", ID(title), "TITLE", title)
		if strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".md") && name != "README.md" {
			text = strings.NewReplacer("SITE-ID", ID(title), "TITLE", scalar(title))
		}
		if name == "gitignore" {
			name = ".gitignore"
		}
		return name, []byte(text.Replace(string(data)))
	})
}

// Handbook returns the mentor instruction guide as a site to adapt; content is its content folder.
func Handbook(content fs.FS) ([]File, error) {
	out, err := tree(content, ".", func(name string, data []byte) (string, []byte) {
		if strings.HasSuffix(name, ".go") {
			return "", nil
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
		out = append(out, File{to, data})
	}
	slices.SortFunc(out, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return out, nil
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

// Page returns a page of a kind. name is its path from content/, without an ending: "skills/asking". Without a title the last part of it is used.
func Page(kind, name, title string) (File, error) {
	data, err := files.ReadFile("kinds/" + kind + ".md")
	if err != nil {
		return File{}, fmt.Errorf("there is no kind %q", kind)
	}
	return File{"content/" + name + ".md", fill(data, path.Base(name), title)}, nil
}

// Path returns a learning path of one stage through modules, which are ids of pages. roles may be empty.
func Path(name, title string, roles, modules []string) (File, error) {
	if len(modules) == 0 {
		return File{}, errors.New("a path needs a module to lead to")
	}
	var b strings.Builder
	b.WriteString("---\nid: ID\ntitle: TITLE\nsummary: One sentence for cards and search engines.\n")
	if len(roles) > 0 {
		b.WriteString("for: [" + strings.Join(roles, ", ") + "]\n")
	}
	b.WriteString("status: draft # published when it is ready; drafts are shown in the preview only\nmode: advise # open, advise, strict\nstages:\n")
	b.WriteString("  - id: begin\n    title: Begin\n    text: One sentence on this stage.\n    items:\n")
	for _, m := range modules {
		b.WriteString("      - {module: " + m + "}\n")
	}
	b.WriteString("    milestone: {id: ID-begun, title: Ready to go on, confirm: learner}\ncomplete:\n  all:\n    - {stages: [begin]}\n---\n\nWhere the path leads, and how long it takes.\n")
	return File{"content/paths/" + name + ".md", fill([]byte(b.String()), path.Base(name), title)}, nil
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

func fill(data []byte, id, title string) []byte {
	if title == "" {
		title = Title(id)
	}
	text := strings.NewReplacer("ID", ID(id), "TITLE", scalar(title)).Replace(string(data))
	return []byte(text)
}

// Title makes a title of a file's name: "asking-well" becomes "Asking well".
func Title(name string) string {
	r := []rune(strings.ReplaceAll(name, "-", " "))
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

// ID makes an id of a title or a name: small letters of any script, digits and hyphens. It is never empty.
func ID(s string) string {
	id := strings.Trim(notID().ReplaceAllString(strings.ToLower(s), "-"), "-")
	if id == "" {
		return "new"
	}
	return id
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
