package build_test

import "testing"

// TestWorksAreCitedAlike holds the works that modules cite to the reading lists: each is on one, under the same title, with the same authors, year and place.
func TestWorksAreCitedAlike(t *testing.T) {
	type work struct{ by, year, in string }
	listed := map[string]work{}
	modules := modulesOf(curriculumOf(t))
	for _, m := range modules {
		if m.Doc.Meta.Reading == nil {
			continue
		}
		for _, item := range m.Doc.Meta.Reading.Items {
			in := item.In
			if in == "" {
				in = item.Publisher
			}
			listed[item.Title] = work{item.By, item.Year, in}
		}
	}
	cited := 0
	for _, m := range modules {
		for _, s := range m.Doc.Meta.Sources {
			cited++
			got, want := work{s.By, s.Year, s.In}, listed[s.Title]
			if _, ok := listed[s.Title]; !ok {
				t.Errorf("%s cites %q, which is on no reading list", m.Source, s.Title)
			} else if got != want {
				t.Errorf("%s cites %q as %q, the reading list has %q", m.Source, s.Title, got, want)
			}
		}
	}
	if cited == 0 {
		t.Error("nothing is cited")
	}
}
