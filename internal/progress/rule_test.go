package progress_test

import (
	"encoding/json"
	"os"
	"testing"

	"waymark/internal/progress"
)

// The cases are shared with the browser: see the README beside them.
func TestRulesHoldAsTheContractSays(t *testing.T) {
	data, err := os.ReadFile("../curriculum/testdata/contract/rules.json")
	if err != nil {
		t.Fatal(err)
	}
	var contract struct {
		Curriculum progress.Curriculum `json:"curriculum"`
		Cases      []struct {
			Why      string        `json:"why"`
			Module   string        `json:"module"`
			Path     string        `json:"path"`
			Rule     progress.Rule `json:"rule"`
			Progress progress.File `json:"progress"`
			Want     bool          `json:"want"`
		} `json:"cases"`
	}
	if err := json.Unmarshal(data, &contract); err != nil {
		t.Fatal(err)
	}
	if len(contract.Cases) < 60 {
		t.Fatalf("the table has %d cases, it had at least 60", len(contract.Cases))
	}
	for _, c := range contract.Cases {
		got := false
		if c.Path != "" {
			got = c.Progress.PathHolds(&contract.Curriculum, c.Path, c.Rule)
		} else {
			got = c.Progress.ModuleHolds(&contract.Curriculum, c.Module, c.Rule)
		}
		if got != c.Want {
			t.Errorf("%s: got %v", c.Why, got)
		}
	}
}
