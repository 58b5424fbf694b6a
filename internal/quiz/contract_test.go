package quiz_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"waymark/internal/quiz"
)

// The tests here run testdata/contract, which the browser's tests run too. Its README says what the files hold.

func contract(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile("testdata/contract/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func TestNormalise(t *testing.T) {
	var f struct {
		Cases []struct {
			Why, In, Want string
			Rules         quiz.KeyText
		}
	}
	contract(t, "normalise.json", &f)
	for _, c := range f.Cases {
		if got := quiz.Normalise(c.In, c.Rules); got != c.Want {
			t.Errorf("%s: %q gives %q, want %q", c.Why, c.In, got, c.Want)
		}
		if got := quiz.Normalise(c.Want, c.Rules); got != c.Want {
			t.Errorf("%s: %q is normalised to %q once more", c.Why, c.Want, got)
		}
	}
	t.Logf("%d cases", len(f.Cases))
}

func TestReadNumber(t *testing.T) {
	var f struct {
		Cases []struct {
			Why, In string
			Units   []string
			Want    []float64
		}
	}
	contract(t, "numbers.json", &f)
	for _, c := range f.Cases {
		if got := quiz.ReadNumber(c.In, c.Units); !(len(got) == 0 && len(c.Want) == 0) && !cmp.Equal(got, c.Want) {
			t.Errorf("%s: %q gives %v, want %v", c.Why, c.In, got, c.Want)
		}
	}
	t.Logf("%d cases", len(f.Cases))
}

// TestSlips goes through a text question with typos=small, as a learner would.
func TestSlips(t *testing.T) {
	var f struct {
		Cases []struct {
			Why, Typed, Word string
			Want             bool
		}
	}
	contract(t, "slips.json", &f)
	for _, c := range f.Cases {
		k := quiz.Key{Type: quiz.Short, Points: 1, Text: &quiz.KeyText{Typos: true}, Accepts: []quiz.KeyAccept{{Value: c.Word, Right: true}}}
		if got := quiz.Mark(k, quiz.Answer{Text: c.Typed}); got.Typo != c.Want {
			t.Errorf("%s: %q for %q: %v", c.Why, c.Typed, c.Word, got)
		}
	}
	t.Logf("%d cases", len(f.Cases))
}

func TestMark(t *testing.T) {
	var f struct {
		Keys  map[string]quiz.Key
		Cases []struct {
			Why, Key string
			Answer   quiz.Answer
			Want     json.RawMessage
		}
	}
	contract(t, "mark.json", &f)
	used := map[string]bool{}
	for _, c := range f.Cases {
		k, ok := f.Keys[c.Key]
		if !ok {
			t.Errorf("%s: no key %q", c.Why, c.Key)
		}
		used[c.Key] = true
		want := quiz.Result{Matched: -1}
		if err := json.Unmarshal(c.Want, &want); err != nil {
			t.Fatal(c.Why, err)
		}
		if d := cmp.Diff(want, quiz.Mark(k, c.Answer), cmp.Comparer(near)); d != "" {
			t.Errorf("%s (%s): -want +got:\n%s", c.Why, c.Key, d)
		}
	}
	for name := range f.Keys {
		if !used[name] {
			t.Errorf("key %q has no case", name)
		}
	}
	if len(f.Cases) < 100 {
		t.Errorf("only %d cases", len(f.Cases))
	}
	t.Logf("%d cases", len(f.Cases))
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

func TestSum(t *testing.T) {
	var f struct {
		Cases []struct {
			Why   string
			Parts [][2]float64
			Pass  int
			Want  quiz.Total
		}
	}
	contract(t, "sum.json", &f)
	for _, c := range f.Cases {
		var ks []quiz.Key
		var rs []quiz.Result
		for _, p := range c.Parts {
			ks = append(ks, quiz.Key{Type: quiz.Single, Points: p[1]})
			rs = append(rs, quiz.Result{Points: p[0]})
		}
		if d := cmp.Diff(c.Want, quiz.Sum(ks, rs, c.Pass), cmp.Comparer(near)); d != "" {
			t.Errorf("%s: -want +got:\n%s", c.Why, d)
		}
	}
}

func TestShuffle(t *testing.T) {
	var f struct {
		Seeds []struct {
			Why, Site, Learner, ID string
			Attempt                int
			Want                   uint32
		}
		Shuffles []struct {
			Why  string
			Seed uint32
			N    int
			Want []int
		}
		Orders, Draws []struct {
			Why  string
			Key  quiz.Key
			Seed uint32
			Want []int
		}
		DrawSeeds []struct {
			Why, Site, Learner string
			Key                quiz.Key
			Attempt            int
			Want               uint32
		}
	}
	contract(t, "shuffle.json", &f)
	check := func(why string, want, got any) {
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: -want +got:\n%s", why, d)
		}
	}
	for _, c := range f.Seeds {
		check(c.Why, c.Want, quiz.Seed(c.Site, c.Learner, c.ID, c.Attempt))
	}
	for _, c := range f.Shuffles {
		check(c.Why, c.Want, quiz.Shuffle(c.Seed, c.N))
	}
	for _, c := range f.Orders {
		check(c.Why, c.Want, c.Key.Order(c.Seed))
	}
	for _, c := range f.Draws {
		check(c.Why, c.Want, c.Key.Draw(c.Seed))
	}
	for _, c := range f.DrawSeeds {
		check(c.Why, c.Want, c.Key.DrawSeed(c.Site, c.Learner, c.Attempt))
	}
	if len(f.Seeds) == 0 || len(f.Shuffles) == 0 || len(f.Orders) == 0 || len(f.Draws) == 0 || len(f.DrawSeeds) == 0 {
		t.Error("a list of shuffle.json is empty")
	}
}
