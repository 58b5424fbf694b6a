package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"waymark/internal/export"
	"waymark/internal/quiz"
)

var update = flag.Bool("update", false, "write testdata/qti.txtar anew")

const archive = "testdata/qti.txtar"

// packed writes the page of the archive as a package, and returns the files in it.
func packed(t *testing.T) (a *txtar.Archive, checks []*quiz.Check, files []txtar.File, report []string) {
	t.Helper()
	a, err := txtar.ParseFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	test := testOf(t, a.Files[0].Data)
	var b, again bytes.Buffer
	n, report, err := export.QTI(&b, "guide", []export.Test{{ID: "nothing"}, test})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := export.QTI(&again, "guide", []export.Test{{ID: "nothing"}, test}); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("equal tests gave different packages", err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	items := 0
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, "items/") {
			items++
		}
		files = append(files, txtar.File{Name: f.Name, Data: contentOf(t, f)})
	}
	if items != n {
		t.Errorf("%d checks are said to be in the package, and there are %d", n, items)
	}
	for _, it := range test.Checks {
		checks = append(checks, it.Check)
	}
	return a, checks, files, report
}

func TestQTIHoldsTheChecks(t *testing.T) {
	a, _, files, report := packed(t)
	files = append(files, txtar.File{Name: "report", Data: []byte(strings.Join(report, "\n") + "\n")})
	for _, f := range files {
		if !strings.HasSuffix(f.Name, ".xml") {
			continue
		}
		d := xml.NewDecoder(bytes.NewReader(f.Data))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v\n%s", f.Name, err, f.Data)
			}
		}
	}
	if *update {
		a.Files = append(a.Files[:2], files...)
		if err := os.WriteFile(archive, txtar.Format(a), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	texts := func(list []txtar.File) (out []string) {
		for _, f := range list {
			out = append(out, "-- "+f.Name+" --\n"+string(f.Data))
		}
		return out
	}
	if d := cmp.Diff(texts(a.Files[2:]), texts(files)); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// answered gives an answer in the words of the item.
func answered(c *quiz.Check, a quiz.Answer) map[string]any {
	id := func(i int) string { return fmt.Sprintf("c%d", i+1) }
	var list []string
	for _, i := range append(a.Choice, a.Order...) {
		list = append(list, id(i))
	}
	for i, m := range a.Match {
		if m != nil {
			list = append(list, fmt.Sprintf("r%d %s", i+1, id(*m)))
		}
	}
	gaps := map[string]any{}
	for i, g := range a.Gaps {
		name := "RESPONSE"
		if len(a.Gaps) > 1 {
			name += fmt.Sprint(i + 1)
		}
		switch {
		case g.Choice != nil:
			gaps[name] = id(*g.Choice)
		case g.Text != "":
			gaps[name] = g.Text
		}
	}
	switch c.Type {
	case quiz.Single:
		return map[string]any{"RESPONSE": list[0]}
	case quiz.Number, quiz.Short:
		return map[string]any{"RESPONSE": a.Text}
	case quiz.Cloze:
		return gaps
	}
	return map[string]any{"RESPONSE": list}
}

// TestQTIIsMarkedByOthers gives the items to an independent player, the npm package @citolab/qti-components, in Chromium: it marks each answer as Mark does, and shows what is said to it.
func TestQTIIsMarkedByOthers(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	chromium := os.Getenv("CHROMIUM")
	if chromium == "" {
		chromium = "/usr/bin/chromium"
	}
	for _, need := range []string{chromium, "../tools/node_modules/playwright-core", "../tools/node_modules/@citolab/qti-components"} {
		if _, err := os.Stat(filepath.FromSlash(need)); err != nil {
			t.Skipf("%s is not installed: run npm ci in internal/tools", need)
		}
	}
	a, checks, files, _ := packed(t)
	byID, xmlOf := map[string]*quiz.Check{}, map[string]string{}
	for _, c := range checks {
		byID[c.ID] = c
	}
	for _, f := range files {
		xmlOf[f.Name] = string(f.Data)
	}
	type try struct {
		XML    string         `json:"xml"`
		Answer map[string]any `json:"answer"`
		want   float64
		line   string
	}
	var tries []try
	for line := range strings.Lines(string(a.Files[1].Data)) {
		id, text, _ := strings.Cut(strings.TrimSpace(line), " ")
		var answer quiz.Answer
		if err := json.Unmarshal([]byte(text), &answer); err != nil {
			t.Fatal(line, err)
		}
		r := quiz.Mark(byID[id].Key(), answer)
		if !r.Valid {
			t.Fatalf("%s is no answer", line)
		}
		tries = append(tries, try{XML: xmlOf["items/q-"+id+".xml"], Answer: answered(byID[id], answer), want: r.Points, line: strings.TrimSpace(line)})
	}
	in, err := json.Marshal(tries)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), node, "qti/judge.mjs")
	cmd.Dir, cmd.Stdin = filepath.FromSlash("../tools"), bytes.NewReader(in)
	cmd.Env = append(os.Environ(), "CHROMIUM="+chromium)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	var got []struct {
		Score float64
		Shown []string
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err, string(out))
	}
	shown := map[string]string{}
	for i, g := range got {
		if math.Abs(g.Score-tries[i].want) > 1e-3 { // it rounds
			t.Errorf("%s: it gives %v points, and we %v", tries[i].line, g.Score, tries[i].want)
		}
		shown[tries[i].line] = strings.Join(g.Shown, " | ")
	}
	for line, want := range map[string]string{
		`single {"choice":[1]}`:      "Yes: one two | With consent.",
		`single {"choice":[0]}`:      "No. | Who hears what you say? | With consent.",
		`several {"choice":[0]}`:     "Two, too.",
		`several {"choice":[0,1]}`:   "",
		`several {"choice":[0,1,2]}`: "No.",
		`length {"text":"5"}`:        "",
		`length {"text":"4"}`:        "Too short.",
		`length {"text":"12"}`:       "Not at all.",
		`said {"text":"Review"}`:     "Comes later.",
		`said {"text":"Rest"}`:       "No.",
	} {
		if shown[line] != want {
			t.Errorf("%s: it says %q, and should say %q", line, shown[line], want)
		}
	}
}
