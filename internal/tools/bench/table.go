package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// printSize prints what the contestants took for one size of curriculum.
func printSize(w io.Writer, s settings, n int, results []result) {
	var with []string
	for _, f := range []struct {
		on   bool
		what string
	}{{s.code, "blocks of code"}, {s.checks, "checks"}, {s.paths, "paths"}} {
		if f.on {
			with = append(with, f.what)
		}
	}
	what := "plain pages"
	if len(with) > 0 {
		what = "with " + strings.Join(with, ", ")
	}
	fmt.Fprintf(w, "## %s modules, %s, seed %d, median of %d\n\n", grouped(n), what, s.seed, s.rounds)
	fmt.Fprintln(w, "| | | wall s | CPU s | peak MiB | files | MB | wall : Hugo | CPU : Hugo | MiB : Hugo | wall : floor | CPU : floor | others |")
	fmt.Fprintln(w, "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
	for _, r := range results {
		hugo, bare := find(results, r.scenario, "Hugo"), find(results, r.scenario, "floor")
		fmt.Fprintf(w, "| %s | %s | %.3f | %.3f | %.0f | %s | %s | %s | %s | %s | %s | %s | %.0f %% |\n", r.scenario, r.name, of(r.runs, wall), of(r.runs, cpu), of(r.runs, rss),
			some(r.files), megabytes(r), against(r, hugo, wall), against(r, hugo, cpu), against(r, hugo, rss), against(r, bare, wall), against(r, bare, cpu), 100*of(r.runs, others))
	}
	fmt.Fprintln(w)
}

// printGrowth prints how cost grows with the number of modules: per page, and beside the smallest size.
func printGrowth(w io.Writer, results []result) {
	first := map[string]result{}
	more := false
	for _, r := range results {
		if f, ok := first[r.scenario+r.name]; !ok {
			first[r.scenario+r.name] = r
		} else if f.size != r.size {
			more = true
		}
	}
	if !more {
		return
	}
	fmt.Fprintf(w, "## Growth\n\n| | | modules | wall ms a page | × the smallest | CPU ms a page | × the smallest | KiB for each page more |\n|---|---|--:|--:|--:|--:|--:|--:|\n")
	perPage := func(r result, figure func(run) float64) float64 { return 1000 * of(r.runs, figure) / float64(r.size) }
	ordered := slices.SortedStableFunc(slices.Values(results), func(a, b result) int {
		return cmp.Or(cmp.Compare(place(a.scenario), place(b.scenario)), cmp.Compare(place(a.name), place(b.name)))
	})
	for _, r := range ordered {
		f := first[r.scenario+r.name]
		memory := ""
		if r.size > f.size {
			memory = fmt.Sprintf("%.1f", 1024*(of(r.runs, rss)-of(f.runs, rss))/float64(r.size-f.size))
		}
		fmt.Fprintf(w, "| %s | %s | %s | %.3f | %.2f | %.3f | %.2f | %s |\n", r.scenario, r.name, grouped(r.size), perPage(r, wall), perPage(r, wall)/perPage(f, wall),
			perPage(r, cpu), perPage(r, cpu)/perPage(f, cpu), memory)
	}
	fmt.Fprintln(w)
}

// place is where a scenario or a contestant stands in a table.
func place(name string) int {
	return slices.Index([]string{"cold", "warm", "one", "Waymark", "Hugo", "floor"}, name)
}

func find(results []result, scenario, name string) *result {
	for i := range results {
		if results[i].scenario == scenario && results[i].name == name {
			return &results[i]
		}
	}
	return nil
}

func against(r result, other *result, figure func(run) float64) string {
	if other == nil || other.name == r.name {
		return ""
	}
	return fmt.Sprintf("%.3f", ratio(r.runs, other.runs, figure))
}

func some(n int) string {
	if n == 0 {
		return ""
	}
	return grouped(n)
}

func megabytes(r result) string {
	if r.files == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f", float64(r.bytes)/1e6)
}

// grouped writes 10000 as 10,000.
func grouped(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
