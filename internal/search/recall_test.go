package search

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the recorded queries and the contract")

// TestRecall asks 50 recorded queries of generated sites, as a browser does: by the theme's own search.js, which loads the files of the index. The
// page that the query is about must come first.
//
// It also holds a reader's first query to its weight, compressed: everything that is loaded from the moment the search is opened until seven hits are
// shown with the passages that come by themselves. Requests are few where titles stand in one file; on larger sites the blocks of the hits' titles
// come to them.
func TestRecall(t *testing.T) {
	for _, c := range []struct{ pages, bytes, requests int }{{1000, 45_000, 5}, {10_000, 100_000, 16}} {
		t.Run(fmt.Sprint(c.pages), func(t *testing.T) {
			if c.pages > 1000 && (testing.Short() || racing) {
				t.Skip("large")
			}
			h := newHandbook(7)
			docs := h.pages(c.pages)
			asked := recorded(t, fmt.Sprintf("testdata/queries-%d.json", c.pages), func() []query { return queries(docs, uint64(c.pages)) })
			// The hardest for the weight: the most frequent words, a short beginning. Any page answers them.
			asked = append(asked, query{Words: h.vocab[0]}, query{Words: h.vocab[0] + " " + h.vocab[1]}, query{Words: h.vocab[2][:2]})
			most, sum, requests := 0, 0, 0
			for _, a := range ask(t, docs, asked) {
				if a.First != a.Want && a.Want != "" {
					t.Errorf("%q (%s): got %s (%.1f), want %s (place %d, %.1f)", a.Words, a.Kind, a.First, a.Scores[0], a.Want, a.Place, a.Scores[1])
				}
				if a.Bytes > c.bytes || a.Requests > c.requests {
					t.Errorf("%q: %d bytes in %d requests; at most %d in %d", a.Words, a.Bytes, a.Requests, c.bytes, c.requests)
				}
				most, sum, requests = max(most, a.Bytes), sum+a.Bytes, max(requests, a.Requests)
			}
			t.Logf("first query, compressed: %d bytes on average, %d at most, in at most %d requests", sum/len(asked), most, requests)
		})
	}
}

// An answer is what testdata/ask.mjs says of one query, asked by a reader who has nothing loaded.
type answer struct {
	query
	First    string    `json:"first"`
	Place    int       `json:"place"`  // of Want among the hits, 0: not there
	Scores   []float64 `json:"scores"` // of the first and of Want
	Bytes    int       `json:"bytes"`  // compressed
	Requests int       `json:"requests"`
}

func recorded(t *testing.T, name string, record func() []query) []query {
	if *update && record != nil {
		b, err := json.MarshalIndent(record(), "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, append(b, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var q []query
	if err := json.Unmarshal(b, &q); err != nil {
		t.Fatal(err)
	}
	return q
}

func ask(t *testing.T, docs []Doc, asked []query) []answer {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	script := os.Getenv("WAYMARK_SEARCH_JS")
	if script == "" {
		script = "../../themes/default/assets/search.js"
	}
	// Read here too, so that go test knows what its result depends on.
	for _, f := range []string{script, "testdata/ask.mjs"} {
		if _, err := os.ReadFile(f); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	writeAll(t, dir, buildAll(t, docs, testOptions))
	b, err := json.Marshal(asked)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "queries.json"), b, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "testdata/ask.mjs", script, dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var answers []answer
	if err := json.Unmarshal(out, &answers); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if len(answers) != len(asked) {
		t.Fatalf("%d answers to %d queries", len(answers), len(asked))
	}
	return answers
}

func writeAll(t testing.TB, dir string, files []File) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, filepath.FromSlash(Dir)), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(f.Path)), f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
