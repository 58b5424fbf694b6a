// Command waymark builds mentoring handbooks and training curricula from Markdown.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"waymark/internal/diag"
	"waymark/internal/publish"
	"waymark/internal/theme"
)

// Exit codes.
const (
	exitFine    = 0 // nothing to do for the author
	exitContent = 1 // the author has work
	exitUsage   = 2 // the command line is not right
	exitMachine = 3 // the machine failed
)

func main() {
	os.Exit(run(os.Args[1:]))
}

// run is the program without its exit, for tests.
func run(args []string) int {
	defer profile()()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	g := &globals{out: os.Stdout, err: os.Stderr}
	root := rootCommand(g)
	root.SetArgs(args)
	root.SetOut(os.Stdout)
	root.SetErr(os.Stderr)
	err := root.ExecuteContext(ctx)
	g.status.clear()
	if f, ok := errors.AsType[*theme.Fault](err); ok { // only a page shows it
		err = cmp.Or(g.diagnostics(os.Stderr, diag.List{f.Diagnostic("")}), error(exitError(exitContent)))
	}
	var done exitError
	switch {
	case err == nil && g.unsound:
		return exitMachine
	case err == nil:
		return exitFine
	case errors.As(err, &done):
		return int(done)
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		fmt.Fprintln(os.Stderr, "waymark: stopped; nothing was changed")
		return 130
	case isUsage(err):
		fmt.Fprintf(os.Stderr, "waymark: %s\n", err)
		fmt.Fprintln(os.Stderr, "See `waymark help`.")
		return exitUsage
	}
	fmt.Fprintf(os.Stderr, "waymark: %s\n", err)
	return exitMachine
}

// exitError ends the program with a code; what there is to say was said.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// A usageError is a fault of the command line.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// noSuch says that nothing of a kind has a name, and which was meant.
func noSuch(what, name string, known []string) error {
	return usagef("there is no %s %s%s", what, diag.Quote(name), prefixed("; ", diag.DidYouMean(name, known)))
}

func isUsage(err error) bool {
	var u usageError
	if errors.As(err, &u) {
		return true
	}
	var p *publish.Error
	if errors.As(err, &p) && p.Unfit {
		return true
	}
	// Faults that cobra finds itself.
	for _, s := range []string{"unknown command", "unknown flag", "unknown shorthand", "flag needs an argument", "invalid argument", "accepts ", "requires at least", "bad flag"} {
		if strings.HasPrefix(err.Error(), s) {
			return true
		}
	}
	return false
}

func rootCommand(g *globals) *cobra.Command {
	root := &cobra.Command{
		Use:   "waymark",
		Short: "Build mentoring handbooks and training curricula from Markdown",
		Long: `Waymark turns Markdown modules into role-specific learning paths with self-check
quizzes, as a static site that works on any host, from a zip and by double-click.`,
		Example: `  waymark new site handbook      start a site in the folder handbook
  waymark serve                  show it while you write
  waymark build                  write it to public/`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return g.environment(cmd) },
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		Args:              noMore,
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return flagError(cmd, err) })
	root.CompletionOptions.HiddenDefaultCmd = false
	g.flags(root.PersistentFlags())
	root.SetGlobalNormalizationFunc(oldNames)
	root.AddCommand(commands(g)...)
	// The commands that cobra adds by itself take any words for good.
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			c.Args = func(_ *cobra.Command, args []string) error {
				about, more, _ := root.Find(args)
				return noMore(about, more)
			}
		case "completion":
			c.Args, c.RunE = noMore, func(c *cobra.Command, _ []string) error { return c.Help() }
		}
	}
	return root
}

// noMore refuses words behind a command that has commands of its own: they name none of these.
func noMore(cmd *cobra.Command, args []string) error {
	if len(args) == 0 || !cmd.HasSubCommands() {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	hint := ""
	if n := diag.Nearest(args[0], names); n != "" {
		hint = fmt.Sprintf("; did you mean `%s %s`?", cmd.CommandPath(), n)
	}
	return usagef("there is no command %s%s", diag.Quote(args[0]), hint)
}

// commands lists every command; each has a file of its own.
func commands(g *globals) []*cobra.Command {
	return []*cobra.Command{
		newCommand(g),
		buildCommand(g), serveCommand(g), checkCommand(g), diffCommand(g), fmtCommand(g), listCommand(g), explainCommand(g), cleanCommand(g), exportCommand(g), importCommand(g), reportCommand(g), schemaCommand(g), themeCommand(g), versionCommand(g),
	}
}

// flagError suggests the nearest flag.
func flagError(cmd *cobra.Command, err error) error {
	const prefix = "unknown flag: --"
	if name, ok := strings.CutPrefix(err.Error(), prefix); ok {
		var known []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
		if n := diag.Nearest(name, known); n != "" {
			return usagef("unknown flag --%s; did you mean --%s?", name, n)
		}
	}
	if what, _, ok := strings.Cut(err.Error(), ": strconv."); ok { // which says what a function could not do
		return usagef("%s: it takes a number", what)
	}
	return usageError{err}
}

// oldNames lets people type what they know from other generators.
func oldNames(_ *pflag.FlagSet, name string) pflag.NormalizedName {
	switch name {
	case "baseURL", "base_url":
		name = "base-url"
	case "buildDrafts":
		name = "drafts"
	case "dest-dir":
		name = "destination"
	}
	return pflag.NormalizedName(name)
}
