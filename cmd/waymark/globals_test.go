package main

import (
	"bytes"
	"strings"
	"testing"

	"waymark/internal/cache"
)

// Who asks for what is remembered to be verified hears of it when something is not what is made.
func TestVerifyingSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		mode    cache.Mode
		made    string
		unsound bool
	}{{cache.Verify, "other", true}, {cache.Verify, "stored", false}, {cache.On, "other", false}} {
		dir := t.TempDir()
		for i, data := range []string{"stored", c.made} {
			mode := cache.On
			if i == 1 {
				mode = c.mode
			}
			kept, err := cache.Open(dir, cache.Options{Mode: mode})
			if err != nil {
				t.Fatal(err)
			}
			kept.Put([32]byte{1}, []byte(data))
			var said bytes.Buffer
			g := &globals{err: &said}
			g.close(kept)
			if want := i == 1 && c.unsound; g.unsound != want || strings.Contains(said.String(), "one entry was stored with other bytes") != want {
				t.Errorf("%s, %q after \"stored\": unsound is %v, said is %q", mode, data, g.unsound, said.String())
			}
		}
	}
}
