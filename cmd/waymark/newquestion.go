package main

import (
	"context"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"waymark/internal/diag"
	"waymark/internal/quiz"
	"waymark/internal/scaffold"
	"waymark/internal/source"
)

func newQuestion(g *globals) *cobra.Command {
	var id string
	cmd := &cobra.Command{
		Use:   "question KIND [PAGE]",
		Short: "Start a question at the end of a page",
		Long: `Start a question. With a page (its path from content/) it is written at its end; without one it is
printed, to be put where it belongs. Kinds: ` + strings.Join(scaffold.Questions(), ", ") + ".",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 || len(args) > 2 {
				return usagef("name the kind of question: %s", strings.Join(scaffold.Questions(), ", "))
			}
			kind := args[0]
			if !slices.Contains(scaffold.Questions(), kind) {
				return noSuch("kind of question", kind, scaffold.Questions())
			}
			if id != "" && !quiz.IsID(id) {
				return usagef("%s cannot be the id of a question; write letters, digits and single hyphens, as in first-meeting", diag.Quote(id))
			}
			if len(args) == 2 {
				return g.addQuestion(cmd.Context(), kind, id, args[1])
			}
			if id == "" {
				id = kind + "-question"
			}
			text, err := scaffold.Question(kind, id, "")
			if err != nil {
				return err
			}
			_, err = g.out.Write(text)
			return err
		},
	}
	cmd.Flags().StringVar(&id, "id", "", "id of the question; learners' answers are kept under it (default: made of the page and a number)")
	return cmd
}

// addQuestion writes a question to the end of a page.
func (g *globals) addQuestion(ctx context.Context, kind, id, page string) error {
	name, err := pageName(page)
	if err != nil {
		return err
	}
	cur, err := g.curriculum(ctx)
	if err != nil {
		return err
	}
	m := cur.ModuleAt(name + ".md")
	if m == nil {
		var known []string
		for _, m := range cur.Modules {
			known = append(known, strings.TrimSuffix(m.Source, ".md"))
		}
		hint := diag.DidYouMean(name, known)
		if hint == "" {
			hint = "start one with `waymark new module`"
		}
		return usagef("there is no page %s; %s", diag.Quote("content/"+name+".md"), hint)
	}
	objective := ""
	if len(m.Doc.Meta.Objectives) > 0 {
		objective = m.Doc.Meta.Objectives[0].ID.Value
	}
	isCheck := func(id string) bool { return cur.Check(id) != nil }
	if id == "" {
		for n := 1; id == "" || slices.ContainsFunc(scaffold.QuestionIDs(kind, id), isCheck); n++ {
			id = scaffold.QuestionID(m.ID, objective, n)
		}
	} else if ids := scaffold.QuestionIDs(kind, id); slices.ContainsFunc(ids, isCheck) {
		return usagef("there is a check with the id %s already", diag.Quote(ids[slices.IndexFunc(ids, isCheck)]))
	}
	text, err := scaffold.Question(kind, id, objective)
	if err != nil {
		return err
	}
	file := path.Join(source.ContentDir, name+".md")
	if err := appendTo(g.source, file, text); err != nil {
		return err
	}
	g.say("Wrote %s to the end of %s", id, file)
	g.say("Go on with the words of the question; `waymark serve` shows it.")
	return nil
}

// appendTo adds text to a file, with a blank line before it.
func appendTo(dir, name string, text []byte) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	data, err := root.ReadFile(name)
	if err != nil {
		return err
	}
	gap := "\n"
	if len(data) > 0 && data[len(data)-1] != '\n' {
		gap = "\n\n"
	}
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(append([]byte(gap), text...))
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}
