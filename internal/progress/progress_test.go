package progress_test

import (
	"strings"
	"testing"

	"waymark/internal/progress"
)

func TestRead(t *testing.T) {
	for _, c := range []struct{ why, text, want string }{
		{"a file of this version", `{"format":"` + progress.Format + `","version":1}`, ""},
		{"another format", `{"format":"cards","version":1}`, "not a progress file"},
		{"no JSON", `format: progress`, "no JSON"},
		{"cut off", `{"format":"` + progress.Format + `","version":1`, "not all of it"},
		{"nothing", "", "empty"},
		{"a list", "[]", "not a progress file"},
		{"a newer version", `{"format":"` + progress.Format + `","version":99}`, "newer version"},
		{"too much", strings.Repeat(" ", 9<<20), "larger than 8 MiB"},
	} {
		f, err := progress.Read([]byte(c.text))
		if c.want == "" && (err != nil || f == nil) || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v", c.why, err)
		}
	}
}

// Short entries take much more memory than bytes: a file of more than anybody did is refused, wherever they are.
func TestAFileOfTooMuchIsRefused(t *testing.T) {
	for _, much := range []string{
		`"answers":{"q":{"was":[` + strings.Repeat("{},", 300_000) + `{}]}}`,
		`"answers":{"q":{"was":[{"was":[{"first":{"v":[` + strings.Repeat("0,", 300_000) + `0]}}]}]}}`,
	} {
		_, err := progress.Read([]byte(`{"format":"waymark-progress","version":1,` + much + "}"))
		if err == nil || !strings.Contains(err.Error(), "more than any progress file") {
			t.Errorf("%.30s… is read: %v", much, err)
		}
	}
}

func TestWhatIsDone(t *testing.T) {
	cur := &progress.Curriculum{Modules: []progress.ModuleData{{ID: "m"}}, Paths: []progress.PathData{{
		ID: "p", Rule: progress.Rule{Word: "read"}, Stages: []progress.StageData{{Items: []progress.StopData{{Item: "module", ID: "m"}}}},
	}}}
	for _, c := range []struct {
		why, rest    string
		module, path bool
	}{
		{"nothing yet", ``, false, false},
		{"the rule held", `"modules":{"m":{"read":"2027-03-02","done":"2027-03-02","how":"rule"}}`, true, true},
		{"by hand, in the module", `"modules":{"m":{"done":"2027-03-02","how":"manual"}}`, true, false},
		{"by hand, by a mark", `"marks":{"done:m":{"at":"2027-03-02T10:00:00Z","v":true}}`, true, false},
		{"taken back after the rule held", `"modules":{"m":{"done":"2027-03-01","how":"rule"}},"marks":{"done:m":{"at":"2027-03-02T10:00:00Z","v":false}}`, false, false},
		{"taken back before the rule held", `"modules":{"m":{"done":"2027-03-03","how":"rule"}},"marks":{"done:m":{"at":"2027-03-02T10:00:00Z","v":false}}`, true, false},
		{"the path was done", `"paths":{"p":{"done":"2027-03-02"}}`, false, true},
		{"the path by hand", `"marks":{"path-done:p":{"at":"2027-03-02T10:00:00Z","v":true}}`, false, true},
	} {
		text := `{"format":"` + progress.Format + `","version":1`
		if c.rest != "" {
			text += "," + c.rest
		}
		f, err := progress.Read([]byte(text + "}"))
		if err != nil {
			t.Fatal(c.why, err)
		}
		if got := f.ModuleDone("m"); got != c.module {
			t.Errorf("%s: the module is done: %v", c.why, got)
		}
		if got := f.PathDone(cur, &cur.Paths[0]); got != c.path {
			t.Errorf("%s: the path is done: %v", c.why, got)
		}
	}
	if f := new(progress.File); f.ModuleHolds(cur, "gone", cur.Paths[0].Rule) || f.PathHolds(cur, "gone", cur.Paths[0].Rule) {
		t.Error("a rule holds for what is not in the curriculum")
	}
}
