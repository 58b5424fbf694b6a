package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// waymarkDialect is Waymark's: modules with an objective each, containers for questions.
var waymarkDialect = dialect{
	index: "_index.md",
	matter: func(c *curriculum, m module) string {
		return fmt.Sprintf("---\nid: %s\ntitle: %q\nsummary: %q\nkind: page\nweight: %d\naudience: [mentor]\nduration: {read: 5m, do: 5m}\nobjectives:\n  - {id: %s, verb: apply, text: %q}\ntags: [%s, %s]\n---\n\n",
			m.id(), m.title, m.lead, m.number%perUnit+1, m.objective(), strings.TrimSuffix(m.title, "."), things[m.number%len(things)], things[m.number*7%len(things)])
	},
	folder: func(title string, weight int) string {
		return fmt.Sprintf("---\ntitle: %s\nsummary: What belongs to it.\nweight: %d\n---\n\nThe modules of this folder, in order.\n", title, weight)
	},
	question: func(id, objective, stem string, options []string, right int) string {
		var b strings.Builder
		fmt.Fprintf(&b, "::: question {#%s objective=%s}\n\n%s\n\n", id, objective, stem)
		for i, o := range options {
			mark := " "
			if i == right {
				mark = "x"
			}
			fmt.Fprintf(&b, "- (%s) %s\n", mark, o)
		}
		b.WriteString("\n:::\n\n")
		return b.String()
	},
}

// hugoDialect is Hugo's. Hugo has no questions: they are a list, with the same words in it.
var hugoDialect = dialect{
	index: "_index.md",
	matter: func(c *curriculum, m module) string {
		return fmt.Sprintf("---\ntitle: %q\ndescription: %q\nweight: %d\nid: %s\nminutes: 10\nobjectives:\n  - %q\ntags: [%s, %s]\n---\n\n",
			m.title, m.lead, m.number%perUnit+1, m.id(), m.title, things[m.number%len(things)], things[m.number*7%len(things)])
	},
	folder: func(title string, weight int) string {
		return fmt.Sprintf("---\ntitle: %s\ndescription: What belongs to it.\nweight: %d\n---\n\nThe modules of this folder, in order.\n", title, weight)
	},
	question: func(_, _, stem string, options []string, _ int) string {
		var b strings.Builder
		fmt.Fprintf(&b, "%s\n\n", stem)
		for _, o := range options {
			fmt.Fprintf(&b, "- %s\n", o)
		}
		b.WriteString("\n")
		return b.String()
	},
}

// writeWaymark makes a project for Waymark: the modules, site.yaml, and with paths a learning path a unit.
func writeWaymark(dir string, c *curriculum, paths bool) error {
	content := filepath.Join(dir, "content")
	if err := c.write(content, waymarkDialect); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "site.yaml"), []byte("title: The measured handbook\nroles:\n  - {id: mentor, title: Mentor, plural: Mentors}\n"), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(content, "_index.md"), []byte("---\ntitle: The measured handbook\nsummary: A curriculum that was made to be measured.\n---\n\nChoose a path.\n"), 0o644); err != nil || !paths {
		return err
	}
	if err := os.MkdirAll(filepath.Join(content, "paths"), 0o755); err != nil {
		return err
	}
	for unit := range c.units() {
		var b strings.Builder
		fmt.Fprintf(&b, "---\nid: unit-%04d\ntitle: Unit %d\nsummary: The modules of unit %d in order.\nweight: %d\nfor: [mentor]\nstages:\n  - id: all\n    title: All of it\n    items:\n", unit+1, unit+1, unit+1, unit+1)
		for i := unit * perUnit; i < min(c.n, (unit+1)*perUnit); i++ {
			fmt.Fprintf(&b, "      - {module: %s}\n", c.module(i).id())
		}
		b.WriteString("---\n\nOne module after the other.\n")
		if err := os.WriteFile(filepath.Join(content, "paths", fmt.Sprintf("unit-%04d.md", unit+1)), []byte(b.String()), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// writeHugo makes a project for Hugo: the modules with the theme and the configuration of the folder hugo/.
func writeHugo(dir string, c *curriculum) error {
	if err := c.write(filepath.Join(dir, "content"), hugoDialect); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "content", "_index.md"), []byte("---\ntitle: The measured handbook\n---\n\nChoose a part.\n"), 0o644); err != nil {
		return err
	}
	return os.CopyFS(dir, hugoTheme())
}
