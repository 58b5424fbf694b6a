package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

const theme = "../../../themes/default"

// TestScripts runs the *.test.ts files of the theme under node's own test runner.
func TestScripts(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	src, err := filepath.Abs(filepath.Join(theme, "src"))
	if err != nil {
		t.Fatal(err)
	}
	var tests []string
	err = filepath.WalkDir(src, func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".test.ts") {
			tests = append(tests, name)
		}
		return err
	})
	if err != nil || len(tests) == 0 {
		t.Fatalf("no tests under %s: %v", src, err)
	}
	out := t.TempDir()
	tools, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	res := api.Build(api.BuildOptions{
		EntryPoints: tests, Outdir: out, Outbase: src, Bundle: true, Write: true,
		Platform: api.PlatformNode, Format: api.FormatCommonJS, Target: api.ES2022, Sourcemap: api.SourceMapInline, LogLevel: api.LogLevelSilent,
		NodePaths: []string{filepath.Join(tools, "node_modules")},
	})
	for _, m := range api.FormatMessages(res.Errors, api.FormatMessagesOptions{}) {
		t.Error(m)
	}
	if t.Failed() {
		return
	}
	args := []string{"--enable-source-maps", "--test"}
	for _, f := range res.OutputFiles {
		args = append(args, f.Path)
	}
	cmd := exec.Command(node, args...)
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	cmd.Env = append(os.Environ(), "WAYMARK_ROOT="+root, "TZ=UTC")
	if b, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	} else if testing.Verbose() {
		t.Logf("%s", b)
	}
}

// TestTypes type-checks the theme's TypeScript.
func TestTypes(t *testing.T) {
	tsc, err := filepath.Abs("../node_modules/.bin/tsc")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(tsc); err != nil {
		t.Skip("run `npm ci` in internal/tools first")
	}
	cmd := exec.Command(tsc, "--noEmit", "-p", "..")
	if b, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
}

// TestFresh fails when a built file is not what its sources make.
func TestFresh(t *testing.T) {
	if err := run(theme, true); err != nil {
		t.Fatal(err)
	}
}
