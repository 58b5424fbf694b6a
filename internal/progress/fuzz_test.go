package progress_test

import (
	"encoding/json"
	"os"
	"reflect"
	"testing"

	"waymark/internal/progress"
)

// FuzzRead: a learner's file is whatever somebody hands in. It is read or refused with a sentence; what was read can be asked everything that a report asks, merged, and is the same when it
// is written and read again.
func FuzzRead(f *testing.F) {
	data, err := os.ReadFile("../curriculum/testdata/contract/rules.json")
	if err != nil {
		f.Fatal(err)
	}
	var contract struct {
		Curriculum progress.Curriculum `json:"curriculum"`
		Cases      []struct {
			Module, Path string
			Rule         progress.Rule
			Progress     json.RawMessage
		} `json:"cases"`
	}
	if err := json.Unmarshal(data, &contract); err != nil {
		f.Fatal(err)
	}
	for _, c := range contract.Cases {
		var file map[string]any
		if err := json.Unmarshal(c.Progress, &file); err != nil {
			f.Fatal(err)
		}
		file["format"], file["version"] = progress.Format, progress.Version
		seed, err := json.Marshal(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(seed)
	}
	for _, s := range []string{"", "null", "[]", `{"format":"waymark-progress","version":9}`, `{"format":"waymark-progress","modules":null,"answers":{"a":null}}`, `{"format":"waymark-progress","marks":{"done:a":{"v":[1e999]}}}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := progress.Read(data)
		if err != nil {
			if p != nil || err.Error() == "" {
				t.Fatalf("%v, and a file", err)
			}
			return
		}
		ask := func(p *progress.File) (all []any) {
			for _, c := range contract.Cases {
				all = append(all, p.ModuleDone(c.Module))
				if c.Path != "" {
					all = append(all, p.PathHolds(&contract.Curriculum, c.Path, c.Rule))
				} else {
					all = append(all, p.ModuleHolds(&contract.Curriculum, c.Module, c.Rule))
				}
			}
			for i := range contract.Curriculum.Paths {
				all = append(all, p.PathDone(&contract.Curriculum, &contract.Curriculum.Paths[i]))
			}
			for id := range p.Answers {
				p.Best(id)
				p.Answered(id)
				p.Point(id, p.Answers[id].Rev)
				if a := p.Under(id, p.Answers[id].Rev); a == nil {
					t.Errorf("the answer to %q is not found under its own revision", id)
				} else if a.First != nil {
					a.First.Has(0)
				}
			}
			return append(all, p.Latest())
		}
		written, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		again, err := progress.Read(written)
		if err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
		progress.Merge(p, again)
		if first, then := ask(p), ask(again); !reflect.DeepEqual(first, then) {
			t.Errorf("written and read again, it answers otherwise:\n%v\n%v", first, then)
		}
	})
}
