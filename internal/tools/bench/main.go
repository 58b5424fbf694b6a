// Command bench measures Waymark beside Hugo, and beside the floor: what the libraries that both use cost by themselves.
//
//	go run ./bench -n 100,1000 -seed 7          in internal/tools; or make bench
//
// It makes a curriculum of N modules from the seed, once for each contestant and with the same texts, and lets the contestants build it in turns, in one run, so that
// whatever else the machine does meets all of them. It prints a Markdown table: the median wall time, processor time and peak memory of the rounds, what was written,
// and ratios, which are taken round by round. Quote the ratios, and processor time before wall time; seconds belong to one machine on one day.
//
// Three scenarios: cold (nothing was built before, all caches are gone), warm (nothing changed since), one (one page has one more line). The floor is the bare reading,
// rendering and writing when cold, and the bare reading and digesting of all sources otherwise. Without -code the pages have no blocks of code, which are most of what
// a cold build costs; with -checks each page has three questions, which only Waymark understands: the others get them as lists.
//
// Hugo is found on the PATH or in ~/go/bin; without it the table has a row less. CGO_ENABLED=0 go install github.com/gohugoio/hugo@v0.165.0 installs it.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "floor" {
		if err := floor(os.Args[2], os.Args[3], os.Args[3] == ""); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if err := bench(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// settings are what the flags say.
type settings struct {
	sizes         []int
	seed          uint64
	code, checks  bool
	paths         bool
	rounds        int
	scenarios     []string
	waymark, hugo string
	work          string
}

func bench() error {
	var s settings
	sizes := flag.String("n", "100,1000", "numbers of modules")
	flag.Uint64Var(&s.seed, "seed", 1, "seed of the curriculum; take a new one for a claim that must hold in general")
	flag.BoolVar(&s.code, "code", true, "blocks of code in the pages")
	flag.BoolVar(&s.checks, "checks", true, "three questions a page")
	flag.BoolVar(&s.paths, "paths", true, "a learning path for every 25 modules; only Waymark has them")
	flag.IntVar(&s.rounds, "rounds", 3, "rounds that are counted; one more comes first")
	scenarios := flag.String("scenarios", "cold,warm,one", "what to measure")
	flag.StringVar(&s.waymark, "waymark", "", "the program (default: built from this repository)")
	flag.StringVar(&s.hugo, "hugo", "", "Hugo's program (default: the one on the PATH or in ~/go/bin); - leaves it out")
	flag.StringVar(&s.work, "work", "", "folder for curricula and sites, which stay there (default: one that is removed)")
	flag.Parse()
	for _, n := range strings.Split(*sizes, ",") {
		v, err := strconv.Atoi(strings.ReplaceAll(strings.TrimSpace(n), "_", ""))
		if err != nil || v < 2 {
			return fmt.Errorf("-n takes numbers from 2 on, with commas between them, not %q", n)
		}
		s.sizes = append(s.sizes, v)
	}
	slices.Sort(s.sizes)
	s.scenarios = strings.Split(*scenarios, ",")
	for _, sc := range s.scenarios {
		if !slices.Contains([]string{"cold", "warm", "one"}, sc) {
			return fmt.Errorf("there is no scenario %q; there are cold, warm and one", sc)
		}
	}
	if s.rounds < 1 {
		return fmt.Errorf("-rounds is at least 1, not %d", s.rounds)
	}
	if s.work == "" {
		dir, err := os.MkdirTemp("", "waymark-bench")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		s.work = dir
	}
	var err error
	if s.work, err = filepath.Abs(s.work); err != nil {
		return err
	}
	if s.waymark == "" {
		if s.waymark, err = buildWaymark(s.work); err != nil {
			return err
		}
	}
	if s.hugo = findHugo(s.hugo); s.hugo == "" {
		fmt.Fprintln(os.Stderr, "bench: there is no Hugo here; its rows are left out")
	}
	var all []result
	for _, n := range s.sizes {
		results, err := s.measureSize(n)
		if err != nil {
			return err
		}
		printSize(os.Stdout, s, n, results)
		all = append(all, results...)
	}
	printGrowth(os.Stdout, all)
	return nil
}

// buildWaymark builds the program of this repository.
func buildWaymark(dir string) (string, error) {
	mod, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env: %w", err)
	}
	root := filepath.Dir(strings.TrimSpace(string(mod)))
	if filepath.Base(root) == "tools" {
		root = filepath.Join(root, "..", "..")
	}
	exe := filepath.Join(dir, "waymark")
	cmd := exec.Command("go", "build", "-o", exe, "./cmd/waymark")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %v\n%s", err, out)
	}
	return exe, nil
}

func findHugo(name string) string {
	if name == "-" {
		return ""
	}
	if exe, err := exec.LookPath(cmp.Or(name, "hugo")); err == nil {
		return exe
	}
	if home, err := os.UserHomeDir(); err == nil && name == "" {
		if exe := filepath.Join(home, "go", "bin", "hugo"); isFile(exe) {
			return exe
		}
	}
	return ""
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}
