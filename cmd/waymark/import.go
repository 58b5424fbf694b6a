package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"
	"waymark/internal/diag"
	"waymark/internal/quiz"
)

func importCommand(g *globals) *cobra.Command {
	out := ""
	cmd := &cobra.Command{
		Use:   "import FORM FILE",
		Short: "Turn questions of other tools into Markdown: gift, mkdocs-quiz, quizdown",
		Long: `Read questions in Moodle's GIFT format, in the lists of mkdocs-quiz or in those of quizdown, and print them as
Markdown with ids, to be put into a module. What could not be taken over is said, line by line.`,
		Example: "  waymark import gift questions.gift -o content/skills/questions.md",
		RunE: func(*cobra.Command, []string) error {
			return usagef("say what to import: gift, mkdocs-quiz or quizdown")
		},
	}
	cmd.PersistentFlags().StringVarP(&out, "output", "o", "-", "file to write; - is standard output")
	add := func(name, short string, parse func([]byte) ([]*quiz.Check, []string)) {
		cmd.AddCommand(&cobra.Command{Use: name + " FILE", Short: short, RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("name one file")
			}
			fi, err := os.Stat(args[0])
			if errors.Is(err, fs.ErrNotExist) || err == nil && fi.IsDir() {
				return usagef("there is no file %s", diag.Quote(args[0]))
			}
			data, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			if out != "-" {
				if _, err := os.Stat(out); err == nil {
					return usagef("%s is there already; nothing was changed", out)
				}
			}
			checks, left := parse(data)
			if len(checks) == 0 {
				g.report(left)
				if len(left) == 0 {
					g.say("nothing in %s is a question in this form", args[0])
				}
				g.say("No check could be taken over; nothing was written")
				return exitError(exitContent)
			}
			err = g.toFile(out, func(w io.Writer) error {
				for i, c := range checks {
					if i > 0 {
						fmt.Fprintln(w)
					}
					if _, err := io.WriteString(w, quiz.Format(c)); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
			g.report(left)
			g.say("%s read", count(len(checks), "check"))
			return nil
		}})
	}
	add("gift", "questions in Moodle's GIFT format", quiz.ParseGIFT)
	add("mkdocs-quiz", "the <quiz> elements of mkdocs-quiz", quiz.ParseMkdocsQuiz)
	add("quizdown", "the lists of quizdown", quiz.ParseQuizdown)
	return cmd
}
