package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"waymark/internal/build"
	"waymark/internal/diag"
	"waymark/internal/quiz"
)

func explainCommand(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:     "explain [CODE]",
		Short:   "Explain a diagnostic",
		Long:    "Explain what a diagnostic means and how to mend it, or those of a house rule by its number. Without a code, list all.",
		Example: "  waymark explain link/broken",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("name one code")
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return codeNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				for _, i := range diag.Codes() {
					fmt.Fprintf(g.out, "%-32s %s\n", i.Code, i.Severity)
				}
				return nil
			}
			code := strings.Trim(args[0], "[]")
			found := ofRule(code)
			if i, ok := diag.Lookup(code); ok {
				found = []diag.Info{i}
			}
			if len(found) == 0 {
				return noSuch("diagnostic", code, codeNames())
			}
			for n, i := range found {
				if n > 0 {
					fmt.Fprintln(g.out)
				}
				fmt.Fprintf(g.out, "%s (%s)\n\n%s\n", i.Code, i.Severity, wrap(i.Text, 80))
			}
			return nil
		},
	}
}

// ofRule returns the diagnostics of a house rule, whose number stands in their explanations: Q01 to Q12, M01 and M02.
func ofRule(number string) []diag.Info {
	number = strings.ToUpper(number)
	if len(number) != 3 || !strings.ContainsAny(number[:1], "QM") {
		return nil
	}
	return slices.DeleteFunc(diag.Codes(), func(i diag.Info) bool { return !strings.Contains(i.Text, "("+number+")") })
}

func codeNames() []string {
	var names []string
	for _, i := range diag.Codes() {
		names = append(names, i.Code)
	}
	return names
}

func prefixed(p, s string) string {
	if s == "" {
		return ""
	}
	return p + s
}

// wrap breaks text into lines of at most width characters.
func wrap(text string, width int) string {
	var b strings.Builder
	col := 0
	for _, w := range strings.Fields(text) {
		n := len([]rune(w))
		switch {
		case col == 0:
		case col+1+n > width:
			b.WriteByte('\n')
			col = 0
		default:
			b.WriteByte(' ')
			col++
		}
		b.WriteString(w)
		col += n
	}
	return b.String()
}

// explainChecks says of each check which type was taken and why.
func (g *globals) explainChecks(site *build.Site) {
	if site.Curriculum == nil {
		return
	}
	ofSite := site.Project.Config.Checks.Defaults()
	for _, m := range site.Curriculum.Modules {
		ofPage := m.Doc.Meta.Checks.Defaults()
		for _, c := range m.Doc.Checks {
			fmt.Fprintf(g.remarks(), "%s: %s\n", m.Doc.File.Span(c.Range), quiz.Explain(c, ofPage, ofSite))
		}
	}
}
