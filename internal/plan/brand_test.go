package plan

import (
	"math"
	"testing"
)

// The figures are those of WCAG 2.2's definition and of the design's table of contrasts.
func TestContrastIsThatOfWCAG(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"#000", "#fff", 21},
		{"#777777", "#ffffff", 4.48},
		{"#0e5a57", "#faf8f3", 7.55},
		{"#0e5a57", "#e3f0ec", 6.85},
	} {
		x, _ := parseColor(c.a)
		y, _ := parseColor(c.b)
		if got := contrast(x, y); math.Abs(got-c.want) > 0.01 {
			t.Errorf("%s on %s: got %.2f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

func TestShadesCanBeRead(t *testing.T) {
	for _, s := range []string{"#0e5a57", "#7a3c6d", "#c00000", "#ffcc00", "#808080", "#1a73e8"} {
		c, ok := parseColor(s)
		if !ok {
			t.Fatal(s)
		}
		sh := shadesOf(c)
		if r := contrast(sh.ink, sh.tint); r < 7 {
			t.Errorf("%s: ink on tint has %.2f to 1", s, r)
		}
		if r := contrast(sh.dark, darkPaper); r < 7 {
			t.Errorf("%s: the dark theme's shade has %.2f to 1", s, r)
		}
	}
}
