package progress_test

import (
	"encoding/json"
	"os"
	"reflect"
	"testing"
	"unicode/utf16"

	"waymark/internal/progress"
)

func read(t *testing.T, rest string) *progress.File {
	t.Helper()
	f, err := progress.Read([]byte(`{"format":"` + progress.Format + `","version":1,"site":"s",` + rest + "}"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Two saves of one device are the later one, whichever comes first.
func TestTheLaterOfTwoSavesContainsTheEarlier(t *testing.T) {
	early := read(t, `"paths":{"p":{"started":"2027-03-01"}},"modules":{"m":{"read":"2027-03-01","done":"2027-03-01","how":"rule"},"by-hand":{"done":"2027-03-01","how":"manual"}},
		"answers":{"a":{"rev":"1","first":{"at":"2027-03-01","v":[0],"s":0,"sure":3},"last":{"at":"2027-03-01","v":[0],"s":0},"best":0,"tries":1},"b":{"rev":"1","first":{"at":"2027-03-01","v":[1],"s":1},"best":1,"tries":1}},
		"marks":{"done:n":{"at":"2027-03-01","v":true},"done:m":{"at":"2027-03-01","v":true}},"review":{"a":{"n":1}}`)
	late := read(t, `"paths":{"p":{"started":"2027-03-01","done":"2027-03-04","milestones":{"agreed":"2027-03-03"}}},"modules":{"m":{"read":"2027-03-01","rule":"2027-03-01"},"by-hand":{"done":"2027-03-01","how":"manual"}},
		"answers":{"a":{"rev":"1","first":{"at":"2027-03-01","v":[0],"s":0,"sure":3},"last":{"at":"2027-03-01","v":[2],"s":0},"best":0,"tries":2},
			"b":{"rev":"2","first":{"at":"2027-03-04","v":[0],"s":0},"best":0,"tries":1,"was":[{"rev":"1","first":{"at":"2027-03-01","v":[1],"s":1},"best":1,"tries":1}]}},
		"marks":{"done:n":{"at":"2027-03-02","v":false},"done:m":{"at":"2027-03-03","v":false}},"review":{"a":{"n":3}}`)
	for _, f := range []*progress.File{progress.Merge(early, late), progress.Merge(late, early), progress.Merge(progress.Merge(late, early), early)} {
		if f.ModuleDone("m") || f.ModuleDone("n") || !f.ModuleDone("by-hand") {
			t.Errorf("done is what was taken back: %v, %v, or what was not, is not: %v", f.ModuleDone("m"), f.ModuleDone("n"), f.ModuleDone("by-hand"))
		}
		a := f.Under("a", "1")
		if !a.Last.Has(2) || !a.First.Has(0) || a.First.Sure != 3 || a.Tries != 2 || f.Review["a"].N != 3 {
			t.Errorf("the answer is %+v, last %+v", a, a.Last)
		}
		if !f.Under("b", "1").First.Has(1) || !f.Under("b", "2").First.Has(0) || f.Best("b") != 1 || len(f.Answers["b"].Was) != 1 || f.Paths["p"].Done != "2027-03-04" || f.Marks["milestone:p:agreed"].At != "2027-03-03" {
			t.Errorf("got %+v, path %+v", f.Answers["b"], f.Paths["p"])
		}
	}
	if early.Answers["a"].Tries != 1 || len(early.Marks) != 2 {
		t.Errorf("the merge changed a file: %+v", early)
	}
}

// On two devices each did a part. A try that came by a link is not known, so the other is the first.
func TestTwoDevices(t *testing.T) {
	desk := read(t, `"modules":{"m":{"read":"2027-03-02"}},"answers":{"a":{"rev":"1","first":{"at":"2027-03-05","v":[0],"s":0},"best":0,"tries":1},"b":{"rev":"1","first":{"at":"2027-03-03","v":[],"s":1},"best":1,"tries":1}}`)
	phone := read(t, `"modules":{"m":{"read":"2027-03-04"},"n":{"read":"2027-03-04","done":"2027-03-04","how":"rule"}},"answers":{"a":{"rev":"1","first":{"at":"2027-03-03","v":[1],"s":1},"best":1,"tries":1},
		"b":{"rev":"1","first":{"at":"2027-03-04","v":[0],"s":0},"best":0.5,"tries":4}}`)
	one, other := progress.Merge(desk, phone), progress.Merge(phone, desk)
	if !reflect.DeepEqual(one, other) {
		t.Errorf("the order of two files matters:\n%+v\n%+v", one, other)
	}
	if a, b := one.Under("a", "1"), one.Under("b", "1"); !a.First.Has(1) || !b.First.Has(0) || b.Best != 1 || b.Tries != 4 {
		t.Errorf("got %+v and %+v", a, b)
	}
	if one.Modules["m"].Read != "2027-03-02" || !one.ModuleDone("n") {
		t.Errorf("got %+v", one.Modules)
	}
}

// A file merged with itself, or with an empty one, says what it said.
func TestMergeChangesNoVerdict(t *testing.T) {
	data, err := os.ReadFile("../curriculum/testdata/contract/rules.json")
	if err != nil {
		t.Fatal(err)
	}
	var contract struct {
		Curriculum progress.Curriculum
		Cases      []struct {
			Why, Module, Path string
			Rule              progress.Rule
			Progress          progress.File
		}
	}
	if err := json.Unmarshal(data, &contract); err != nil {
		t.Fatal(err)
	}
	for _, c := range contract.Cases {
		f := &c.Progress
		for _, merged := range []*progress.File{progress.Merge(f, f), progress.Merge(new(progress.File), f), progress.Merge(progress.Merge(f, f), f)} {
			for _, m := range contract.Curriculum.Modules {
				if merged.ModuleDone(m.ID) != f.ModuleDone(m.ID) {
					t.Errorf("%s: the module %s is done: %v", c.Why, m.ID, merged.ModuleDone(m.ID))
				}
			}
			if c.Path != "" && merged.PathHolds(&contract.Curriculum, c.Path, c.Rule) != f.PathHolds(&contract.Curriculum, c.Path, c.Rule) {
				t.Errorf("%s: merged, the path says otherwise", c.Why)
			}
			if c.Path == "" && merged.ModuleHolds(&contract.Curriculum, c.Module, c.Rule) != f.ModuleHolds(&contract.Curriculum, c.Module, c.Rule) {
				t.Errorf("%s: merged, the module says otherwise", c.Why)
			}
		}
	}
}

// Notepad saves UTF-16 where it is told to, with a mark that says so.
func TestUTF16(t *testing.T) {
	units := utf16.Encode([]rune("\ufeff" + `{"format":"` + progress.Format + `","version":1,"site":"smörgås 🧭"}`))
	var little, big []byte
	for _, u := range units {
		little, big = append(little, byte(u), byte(u>>8)), append(big, byte(u>>8), byte(u))
	}
	for _, data := range [][]byte{little, big, append(little, 0)} {
		if f, err := progress.Read(data); err != nil || f.Site != "smörgås 🧭" {
			t.Errorf("% x…: %v", data[:4], err)
		}
	}
}
