package plan

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"waymark/internal/schema"
	"waymark/internal/source"
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
		if r := contrast(sh.hover, lightPaper); r < 7 || sh.hover == sh.light || sh.hover == black {
			t.Errorf("%s: under the pointer it is %s, with %.2f to 1", s, sh.hover, r)
		}
		if r := contrast(sh.dark, darkPaper); r < 7 {
			t.Errorf("%s: the dark theme's shade has %.2f to 1", s, r)
		}
	}
}

// The theme has four colours for roles. A further role that names a colour takes none of them away.
func TestEachRoleHasItsOwnColour(t *testing.T) {
	m := &maker{cfg: &source.Config{}}
	for _, c := range []string{"#7a3c6d", "", "", "", "#004400", "", "#0e5a57"} {
		m.cfg.Roles = append(m.cfg.Roles, source.Role{Color: schema.Text{Value: c}})
	}
	var got []int
	for i := range m.cfg.Roles {
		got = append(got, m.roleColor(i))
	}
	if fmt.Sprint(got) != "[1 2 3 4 5 2 7]" {
		t.Errorf("got %v", got)
	}
	css := string(m.brandCSS())
	for want, n := range map[string]int{
		"--role-1:#7a3c6d;": 1, "--role-5:#004400;": 1, "--role-1:": 3, "--role-5:": 3, "--role-6": 0, // light, and dark by either choice
		"@layer base{.role-5{--role:var(--role-5,var(--role-1));--role-tint:var(--role-5-tint,var(--role-1-tint))}.role-7{--role:var(--role-7,var(--role-3));": 1,
		"@layer print{@media print{.role-5{--role:var(--role-1);--role-tint:var(--role-1-tint)}":                                                               1,
	} {
		if strings.Count(css, want) != n {
			t.Errorf("%q is there %d times, want %d:\n%s", want, strings.Count(css, want), n, css)
		}
	}
}
