package quiz_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"waymark/internal/diag"
	"waymark/internal/quiz"
)

// TestExchange runs testdata/exchange/*.txtar. In an archive NAME.gift, NAME.mkdocs or NAME.quizdown is imported into NAME.md, with what is said in
// NAME.report; and NAME.in.md is exported to NAME.out.gift, with NAME.out.report.
func TestExchange(t *testing.T) {
	files, _ := filepath.Glob("testdata/exchange/*.txtar")
	if len(files) == 0 {
		t.Fatal("no archives")
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) { exchange(t, name) })
	}
}

func exchange(t *testing.T, name string) {
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	part := map[string]string{}
	for _, f := range a.Files {
		part[f.Name] = string(f.Data)
	}
	out := &txtar.Archive{Comment: a.Comment}
	want := func(name, got string) {
		if got != "" {
			out.Files = append(out.Files, txtar.File{Name: name, Data: []byte(got)})
		}
		if d := cmp.Diff(part[name], got); d != "" && !*update {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
	for _, f := range a.Files {
		stem := strings.TrimSuffix(f.Name, filepath.Ext(f.Name))
		switch {
		case strings.HasSuffix(f.Name, ".in.md"):
			out.Files = append(out.Files, f)
			stem = strings.TrimSuffix(stem, ".in")
			gift, report := export(t, f.Data)
			want(stem+".out.gift", gift)
			want(stem+".out.report", report)
			// A round trip keeps ids and types.
			back, _ := quiz.ParseGIFT([]byte(gift))
			checks, _ := page(f.Name, f.Data, "lint: off")
			var kept []string
			for _, c := range checks {
				if !strings.Contains(report, c.ID+": not expressible") {
					kept = append(kept, c.ID+" "+string(c.Type))
				}
			}
			var got []string
			for _, c := range back {
				got = append(got, c.ID+" "+string(c.Type))
			}
			if d := cmp.Diff(kept, got); d != "" {
				t.Errorf("%s: exported and imported again (-before +after):\n%s", f.Name, d)
			}
		case filepath.Ext(f.Name) == ".gift" && !strings.HasSuffix(stem, ".out"), filepath.Ext(f.Name) == ".mkdocs", filepath.Ext(f.Name) == ".quizdown":
			out.Files = append(out.Files, f)
			read := map[string]func([]byte) ([]*quiz.Check, []string){".gift": quiz.ParseGIFT, ".mkdocs": quiz.ParseMkdocsQuiz, ".quizdown": quiz.ParseQuizdown}[filepath.Ext(f.Name)]
			checks, report := read(f.Data)
			var md []string
			for _, c := range checks {
				md = append(md, quiz.Format(c))
			}
			text := strings.Join(md, "\n")
			want(stem+".md", text)
			want(stem+".report", lines(report))
			// What was written is what was meant.
			back, ds := page(stem+".md", []byte(text), "lint: off")
			if len(back) != len(checks) {
				t.Fatalf("%s: %d checks are read back as %d", f.Name, len(checks), len(back))
			}
			for i, c := range checks {
				if back[i].ID != c.ID || back[i].Type != c.Type || back[i].Prompt.Plain != c.Prompt.Plain {
					t.Errorf("%s: %s %s %q is read back as %s %s %q", f.Name, c.ID, c.Type, c.Prompt.Plain, back[i].ID, back[i].Type, back[i].Prompt.Plain)
				}
			}
			if said := sayAll(ds); said != part[stem+".diag"] && !*update {
				t.Errorf("%s: what was written has faults:\n%s", f.Name, said)
			} else if said != "" {
				out.Files = append(out.Files, txtar.File{Name: stem + ".diag", Data: []byte(said)})
			}
		}
	}
	if *update {
		if err := os.WriteFile(name, txtar.Format(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func lines(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return strings.Join(list, "\n") + "\n"
}

func export(t *testing.T, data []byte) (gift, report string) {
	t.Helper()
	file := diag.NewFile("page.md", data)
	var items []quiz.Item
	for _, in := range containers(file, data) {
		if c, ds := quiz.Parse(in); c != nil {
			if ds.HasErrors() {
				t.Fatal(sayAll(ds))
			}
			items = append(items, quiz.Item{Check: c, File: file})
		}
	}
	out, said, err := quiz.ExportGIFT(items)
	if err != nil {
		t.Fatal(err)
	}
	return string(out), lines(said)
}

// tool returns the path of a file of an npm package of internal/tools, and skips the test where node or the package is not installed.
func tool(t *testing.T, path string) (node, file string) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	file, err = filepath.Abs(filepath.Join("..", "tools", "node_modules", filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file); err != nil {
		t.Skipf("%s is not installed: run npm ci in internal/tools", path)
	}
	return node, file
}

// TestExportIsReadByOthers gives what ExportGIFT writes to an independent reader, the npm package gift-pegjs, and compares what it understood.
func TestExportIsReadByOthers(t *testing.T) {
	node, reader := tool(t, "gift-pegjs/pegjs-gift.js")
	data, err := os.ReadFile("testdata/worked-examples.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range txtar.Parse(data).Files {
		if strings.HasSuffix(f.Name, ".md") && f.Name != "rating-after.md" {
			all.Write(f.Data)
			all.WriteByte('\n')
		}
	}
	gift, _ := export(t, []byte(all.String()))
	cmd := exec.Command(node, "-e", `
		let s = ""; process.stdin.on("data", d => s += d).on("end", () => console.log(JSON.stringify(require(process.argv[1]).parse(s))))`, reader)
	cmd.Stdin = strings.NewReader(gift)
	outBytes, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, outBytes, gift)
	}
	type text struct{ Format, Text string }
	type choice struct {
		IsCorrect bool
		Weight    *float64
		Text      json.RawMessage
		Feedback  *text
	}
	var got []struct {
		ID, Type, Title string
		Stem            text
		IsTrue          bool
		Choices         json.RawMessage
		MatchPairs      []struct {
			Subquestion text
			Subanswer   string
		}
		GlobalFeedback *text
		TrueFeedback   *text
		FalseFeedback  *text
	}
	if err := json.Unmarshal(outBytes, &got); err != nil {
		t.Fatal(err, string(outBytes))
	}
	var sum []string
	for _, q := range got {
		line := q.ID + " " + q.Type + " " + q.Stem.Format
		var cs []choice
		if json.Unmarshal(q.Choices, &cs) == nil {
			for _, c := range cs {
				line += map[bool]string{true: " =", false: " ~"}[c.IsCorrect]
				if c.Feedback != nil && c.Feedback.Text != "" {
					line += "#"
				}
			}
		}
		for _, p := range q.MatchPairs {
			line += " " + p.Subquestion.Text + ">" + p.Subanswer[:5]
		}
		if q.Type == "TF" {
			line += map[bool]string{true: " T", false: " F"}[q.IsTrue]
			line += " " + q.TrueFeedback.Text[:5] + "|" + q.FalseFeedback.Text[:5]
		}
		if q.GlobalFeedback != nil {
			line += " ####"
		}
		sum = append(sum, line)
	}
	want := []string{
		"sponsor-intro MC markdown ~# =# ~# ####",
		"agreement-parts MC markdown ~# ~# ~# ~# ####",
		"coach-answers TF markdown F It is|Yes: ", // this reader calls the first feedback the true one; Moodle shows it after the wrong answer
		"mentoring-length Numerical markdown =# =# ~#",
		"grow-r Short markdown = = =#",
		"roles-match Matching markdown Teacher>shows Counselor>liste Cheerleader>names Friend>accep >check ####",
		"who-helped-me Essay markdown ####",
	}
	if d := cmp.Diff(want, sum); d != "" {
		t.Errorf("-want +understood:\n%s\n%s", d, gift)
	}
}
