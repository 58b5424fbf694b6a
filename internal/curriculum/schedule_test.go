package curriculum

import (
	"slices"
	"testing"

	"waymark/internal/markdown"
	"waymark/internal/schema"
)

// The days of an event are those that are named, and every so many from there; what goes on without end is shown once more, and never too often.
func TestDaysOfAnEvent(t *testing.T) {
	for _, c := range []struct {
		name         string
		at           []schema.Days
		every, until schema.Days
		want         []int
	}{
		{"named", []schema.Days{30, 60}, 0, 0, []int{30, 60}},
		{"the start", []schema.Days{0}, 0, 0, []int{0}},
		{"repeated", nil, 90, 270, []int{90, 180, 270}},
		{"repeated from a day", []schema.Days{14}, 7, 30, []int{14, 21, 28}},
		{"without end", nil, 90, 0, []int{90}},
		{"repeated from a day without end", []schema.Days{14}, 7, 0, []int{14, 21}},
		{"an end before the first repetition", []schema.Days{30}, 90, 60, []int{30}},
		{"in no order", []schema.Days{60, 0}, 7, 70, []int{60, 0, 67}},
	} {
		if got := Days(&markdown.Event{At: c.at, Every: c.every, Until: c.until}); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if n := len(Days(&markdown.Event{Every: 1, Until: 99_999})); n != maxTimes {
		t.Errorf("%d days, want at most %d", n, maxTimes)
	}
}
