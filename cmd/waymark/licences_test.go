package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The list of licences has every library that is linked into a released program, on whichever system, and none else; each is what its licence file says.
func TestLicencesAreThoseOfTheLibraries(t *testing.T) {
	linked := map[string]string{} // module → its folder
	for _, system := range []string{"linux", "darwin", "windows"} {
		for module, dir := range linkedOn(t, system) {
			linked[module] = dir
		}
	}
	for module, dir := range linked {
		if want := licenceIn(t, dir); licenceOf(module) != want {
			t.Errorf("%s: the list says %s, its files say %s", module, licenceOf(module), want)
		}
	}
	for module := range licences {
		if _, ok := linked[module]; !ok {
			t.Errorf("%s is in the list and in no program", module)
		}
	}
}

// The program prints the libraries that are in it, a line each, with version and licence.
func TestVersionListsTheLicences(t *testing.T) {
	if testing.Short() {
		t.Skip("links the program")
	}
	exe := filepath.Join(t.TempDir(), "waymark.exe")
	if out, err := exec.Command("go", "build", "-o", exe, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	said, err := exec.Command(exe, "version", "--licences").Output()
	if err != nil {
		t.Fatal(err)
	}
	first, rest, _ := strings.Cut(string(said), "\n")
	if !strings.HasPrefix(first, "waymark ") {
		t.Errorf("the first line is %q", first)
	}
	listed := map[string]bool{}
	for line := range strings.Lines(rest) {
		words := strings.SplitN(strings.TrimSpace(line), " ", 3)
		if len(words) != 3 || !strings.HasPrefix(words[1], "v") || words[2] != licences[words[0]] || listed[words[0]] {
			t.Errorf("it says %q", line)
		}
		listed[words[0]] = true
	}
	linked := linkedOn(t, "")
	for module := range linked {
		if !listed[module] {
			t.Errorf("%s is in the program and is not listed", module)
		}
	}
	if len(listed) != len(linked) {
		t.Errorf("%d libraries are listed, %d are in the program", len(listed), len(linked))
	}
}

// linkedOn returns the modules whose packages the program has on a system, with their folders; on this one if none is named. It is linked without C, as it is released.
func linkedOn(t *testing.T, system string) map[string]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}", ".")
	if system != "" {
		cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0")
	}
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, said.String())
	}
	linked := map[string]string{}
	for line := range strings.Lines(string(out)) {
		if module, dir, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			linked[module] = dir
		}
	}
	if len(linked) < 10 {
		t.Fatalf("the program has the modules %v only", linked)
	}
	return linked
}

// licenceIn tells by its words which licence the files of a module give.
func licenceIn(t *testing.T, dir string) string {
	t.Helper()
	var text strings.Builder
	for _, pattern := range []string{"LICEN[CS]E*", "COPYING*", "NOTICE*"} {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			text.WriteString(strings.Join(strings.Fields(string(data)), " ") + " ")
		}
	}
	var found []string
	for _, l := range []struct{ name, words string }{
		{"Apache-2.0", `Apache License,? Version 2\.0`}, {"BSD-3-Clause", "Neither the name of"}, {"ISC", "Permission to use, copy, modify, and distribute this software for any purpose"},
		{"MIT", "Permission is hereby granted, free of charge|their original MIT license"},
	} {
		if regexp.MustCompile(l.words).MatchString(text.String()) {
			found = append(found, l.name)
		}
	}
	return strings.Join(found, " and ")
}
