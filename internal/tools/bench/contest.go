package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// A contestant is a program with its own copy of the curriculum.
type contestant struct {
	name string
	dir  string   // its project, or "" for a look at the sources alone
	out  string   // where it writes, "" for nowhere
	gone []string // what a cold build does not find
	page string   // the file that gets one more line
	cmd  []string
}

// A result is what the rounds of one contestant in one scenario have cost.
type result struct {
	size     int
	scenario string
	name     string
	runs     []run
	files    int
	bytes    int64
}

// measureSize makes the curriculum of n modules for all contestants and lets them build it.
func (s *settings) measureSize(n int) ([]result, error) {
	c := &curriculum{n: n, seed: s.seed, code: s.code, checks: s.checks}
	work := filepath.Join(s.work, fmt.Sprintf("%d-%d", n, s.seed))
	if err := os.RemoveAll(work); err != nil {
		return nil, err
	}
	page := filepath.FromSlash(c.module(n / 2).path())

	dir := filepath.Join(work, "waymark")
	if err := writeWaymark(dir, c, s.paths); err != nil {
		return nil, err
	}
	list := []contestant{{name: "Waymark", dir: dir, out: filepath.Join(dir, "public"), gone: []string{"public", ".waymark"}, page: filepath.Join(dir, "content", page),
		cmd: []string{s.waymark, "build", "--quiet", "--source", dir}}}
	if s.hugo != "" {
		dir := filepath.Join(work, "hugo")
		if err := writeHugo(dir, c); err != nil {
			return nil, err
		}
		list = append(list, contestant{name: "Hugo", dir: dir, out: filepath.Join(dir, "public"), gone: []string{"public", "resources"}, page: filepath.Join(dir, "content", page),
			cmd: []string{s.hugo, "--quiet", "--noBuildLock", "--source", dir}})
	}
	dir = filepath.Join(work, "floor")
	if err := c.write(filepath.Join(dir, "content"), hugoDialect); err != nil {
		return nil, err
	}
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	content := filepath.Join(dir, "content")
	bare := contestant{name: "floor", dir: dir, out: filepath.Join(dir, "public"), gone: []string{"public"}, page: filepath.Join(content, page), cmd: []string{exe, "floor", content, filepath.Join(dir, "public")}}
	look := contestant{name: "floor", dir: dir, page: bare.page, cmd: []string{exe, "floor", content, ""}}

	var all []result
	for _, scenario := range s.scenarios {
		last := bare
		if scenario != "cold" {
			last = look
		}
		results, err := s.contest(n, scenario, append(list[:len(list):len(list)], last))
		if err != nil {
			return nil, err
		}
		all = append(all, results...)
	}
	return all, nil
}

// contest lets the contestants build in turns. The first round is not counted: it fills the caches of the disk, and those of the builders for what comes after a build.
func (s *settings) contest(n int, scenario string, list []contestant) ([]result, error) {
	results := make([]result, len(list))
	for i, c := range list {
		results[i] = result{size: n, scenario: scenario, name: c.name}
	}
	for round := range s.rounds + 1 {
		for i, c := range list {
			switch {
			case scenario == "cold":
				for _, name := range c.gone {
					if err := os.RemoveAll(filepath.Join(c.dir, name)); err != nil {
						return nil, err
					}
				}
			case scenario == "one" && round > 0:
				if err := appendLine(c.page, fmt.Sprintf("One more line, the %d. of this page.", round)); err != nil {
					return nil, err
				}
			}
			r, err := measured(c.dir, c.cmd[0], c.cmd[1:]...)
			if err != nil {
				return nil, err
			}
			if round > 0 {
				results[i].runs = append(results[i].runs, r)
			}
		}
	}
	for i, c := range list {
		if c.out == "" {
			continue
		}
		var err error
		if results[i].files, results[i].bytes, err = output(c.out); err != nil {
			return nil, err
		}
		if results[i].files < n {
			return nil, fmt.Errorf("%s made %d files of %d modules", c.name, results[i].files, n)
		}
	}
	return results, nil
}
