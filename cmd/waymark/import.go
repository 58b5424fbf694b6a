package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"unicode/utf16"
	"unicode/utf8"

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
			text, ok := asUTF8(data)
			if !ok {
				g.say("%s is not in UTF-8 from line %d on; save it as UTF-8 in an editor, then import it", args[0], 1+bytes.Count(text, []byte{'\n'}))
				return exitError(exitContent)
			}
			checks, left := parse(text)
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

// asUTF8 returns data in UTF-8, without a byte order mark; from UTF-16 where such a mark says so. Of other data it returns what can be read, and false.
func asUTF8(data []byte) (text []byte, ok bool) {
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		order = binary.BigEndian
	case !bytes.HasPrefix(data, []byte("\xff\xfe")):
		for n := 0; n < len(data); {
			r, size := utf8.DecodeRune(data[n:])
			if r == utf8.RuneError && size < 2 {
				return data[:n], false
			}
			n += size
		}
		return bytes.TrimPrefix(data, []byte("\ufeff")), true
	}
	var units []uint16
	for i := 2; i+1 < len(data); i += 2 {
		units = append(units, order.Uint16(data[i:]))
	}
	return []byte(string(utf16.Decode(units))), true
}
