package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"waymark": main})
}

// TestScripts runs testdata/script/*.txtar: each is a little story of somebody at a command line. Besides the usual commands of testscript there are
//
//	exits N waymark ARG …    the program ends with that code
//	last stderr PATTERN      the last line matches
//	tree DIR FILE            writes down what DIR holds: names, sizes, times and which file it is, so that any touch shows
//	json FILE KEY … VALUE    the JSON in FILE (or stdout) has that value there; `len` is the length of a list
//	pipe FILE                makes a named pipe
//	web                      starts a server on the web at $WEB: /fine answers, /moved sends on to it, /busy is busy, nothing else is there
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			for _, v := range os.Environ() {
				if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "WAYMARK_") || name == "NO_COLOR" || name == "CLICOLOR_FORCE" || name == "SOURCE_DATE_EPOCH" {
					env.Setenv(name, "")
				}
			}
			env.Setenv("GORACE", "atexit_sleep_ms=0") // the race detector would wait a second at the end of each command
			return nil
		},
		Condition: func(cond string) (bool, error) {
			if cond == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("no condition %s", cond)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits": exits, "last": last, "tree": tree, "json": jsonValue, "pipe": pipe, "web": web,
		},
	})
}

func web(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: web")
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/fine", func(http.ResponseWriter, *http.Request) {})
	mux.Handle("/moved", http.RedirectHandler("/fine", http.StatusMovedPermanently))
	mux.HandleFunc("/busy", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) })
	server := httptest.NewServer(mux)
	ts.Defer(server.Close)
	ts.Setenv("WEB", server.URL)
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits N program ARG …")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("it ended with %d, want %d\n%s%s", got, want, ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

func last(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: last stdout|stderr PATTERN")
	}
	lines := strings.Split(strings.TrimRight(ts.ReadFile(args[0]), "\n"), "\n")
	line := lines[len(lines)-1]
	if !match(ts, args[1], line) {
		ts.Fatalf("the last line is %q, which %q does not match", line, args[1])
	}
}

func tree(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: tree DIR FILE")
	}
	var b bytes.Buffer
	dir := ts.MkAbs(args[0])
	ts.Check(filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		fi, err := e.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		fmt.Fprintf(&b, "%s %s %d %d %s\n", filepath.ToSlash(rel), fi.Mode(), fi.Size(), fi.ModTime().UnixNano(), inode(fi))
		return err
	}))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o666))
}

func jsonValue(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: json FILE KEY … VALUE")
	}
	var v any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &v))
	want := args[len(args)-1]
	for _, key := range args[1 : len(args)-1] {
		switch x := v.(type) {
		case map[string]any:
			v = x[key]
		case []any:
			if i, err := strconv.Atoi(key); err == nil && i < len(x) {
				v = x[i]
			} else if key == "len" {
				v = float64(len(x))
			} else {
				ts.Fatalf("there is no %s among %d", key, len(x))
			}
		default:
			ts.Fatalf("there is no %s in %v", key, v)
		}
	}
	if got := fmt.Sprint(v); (got == want) == neg {
		ts.Fatalf("%v is %s", args[1:len(args)-1], got)
	}
}

func match(ts *testscript.TestScript, pattern, s string) bool {
	re, err := regexp.Compile(pattern)
	ts.Check(err)
	return re.MatchString(s)
}
