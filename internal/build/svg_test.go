package build

import (
	"testing"

	"waymark/internal/plan"
)

// TestDrawingsAreMeasuredInPixels: drawing programs write lengths in the units of paper.
func TestDrawingsAreMeasuredInPixels(t *testing.T) {
	for attrs, want := range map[string]plan.Size{
		`width="40" height="30px"`:                            {Width: 40, Height: 30},
		`width="210mm" height="29.7cm" viewBox="0 0 210 297"`: {Width: 794, Height: 1123},
		`width="1in" height="72 pt"`:                          {Width: 96, Height: 96},
		`width="2PC" height="2pc"`:                            {Width: 32, Height: 32},
		`width="100%" height="50%" viewBox="0 0 400 200"`:     {Width: 400, Height: 200},
		`width="10em" height="x" viewBox="0,0,4,2"`:           {Width: 4, Height: 2},
		`width="99999cm" height="-1"`:                         {},
	} {
		if got := svgSize([]byte(`<svg xmlns="http://www.w3.org/2000/svg" ` + attrs + `/>`)); got != want {
			t.Errorf("%s: %v, want %v", attrs, got, want)
		}
	}
}
