package diag

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// The distance of two words that is counted in bits is that of the table.
func TestDistance(t *testing.T) {
	for seed := range uint64(20_000) {
		r := rand.New(rand.NewPCG(seed, 3))
		letters := []rune("abcd")
		if seed%3 == 0 {
			letters = []rune("aBçÜñİ/-")
		}
		word := func() string {
			var b strings.Builder
			for range r.IntN(12 + 60*int(seed%7/6)) {
				b.WriteRune(letters[r.IntN(len(letters))])
			}
			return b.String()
		}
		name, other, limit := word(), word(), r.IntN(8)
		low := strings.ToLower(name)
		got := newPattern(low).distance(other, utf8.RuneCountInString(other), limit)
		want := distance([]rune(low), []rune(strings.ToLower(other)), 100)
		if got != want && (got <= limit || want <= limit) {
			t.Fatalf("seed %d: %q and %q are %d apart, not %d; limit %d", seed, name, other, want, got, limit)
		}
	}
}

func BenchmarkNearest(b *testing.B) {
	known := make([]string, 10_000)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range known {
		known[i] = fmt.Sprintf("%c%c%c%c-%c%c%c-%d", 'a'+r.IntN(20), 'a'+r.IntN(20), 'a'+r.IntN(20), 'a'+r.IntN(20), 'a'+r.IntN(20), 'a'+r.IntN(20), 'a'+r.IntN(20), i)
	}
	for b.Loop() {
		if DidYouMean("zzzz-wwww-99999", known) != "" {
			b.Fatal("none is near")
		}
	}
}
