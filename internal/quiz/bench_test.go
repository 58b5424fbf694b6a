package quiz_test

import (
	"encoding/json"
	"os"
	"testing"

	"waymark/internal/diag"
	"waymark/internal/quiz"
)

// BenchmarkMark marks one answer an iteration, of all kinds in turn.
func BenchmarkMark(b *testing.B) {
	data, err := os.ReadFile("testdata/contract/mark.json")
	if err != nil {
		b.Fatal(err)
	}
	var f struct {
		Keys  map[string]quiz.Key
		Cases []struct {
			Key    string
			Answer quiz.Answer
		}
	}
	if err := json.Unmarshal(data, &f); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		c := f.Cases[i%len(f.Cases)]
		quiz.Mark(f.Keys[c.Key], c.Answer)
	}
}

// BenchmarkParse reads one question an iteration, without the Markdown around it.
func BenchmarkParse(b *testing.B) {
	const page = `::: question {#roles objective=tell-apart}

You recommend your mentee to another director. Which role is this?

- ( ) Teacher
  > Nothing is being shown here.
- (x) Sponsor
  > Yes: you open a door.
- ( ) Coach
  > A coach would have asked first.

> [!TIP]
> Who acts, and who only talks?

> [!NOTE]
> A sponsor acts where the mentee is not.

:::
`
	file := diag.NewFile("page.md", []byte(page))
	inputs := make([]quiz.Input, 1000) // Parse takes the marks out of the tree it is given, so each can be read once
	next := len(inputs)
	b.ReportAllocs()
	for b.Loop() {
		if next == len(inputs) {
			b.StopTimer()
			for i := range inputs {
				inputs[i] = containers(file, []byte(page))[0]
			}
			next = 0
			b.StartTimer()
		}
		if c, ds := quiz.Parse(inputs[next]); c == nil || ds.HasErrors() {
			b.Fatal(ds)
		}
		next++
	}
}
