package build

import (
	"context"
	"runtime"
	"runtime/debug"
	"testing"
	"testing/fstest"
	"time"

	"waymark/internal/theme"
	"waymark/themes"
)

// A site whose pages hold more than pages are expected to is not collected again and again: what the process may take follows what is in use.
func TestMemoryFollowsWhatIsInUse(t *testing.T) {
	pace(1)
	const size = 300 << 20
	held := make([]byte, size)
	for deadline := time.Now().Add(10 * time.Second); debug.SetMemoryLimit(-1) < size*5/4; time.Sleep(time.Millisecond) {
		if runtime.GC(); time.Now().After(deadline) {
			t.Fatalf("%d MiB are in use, and the limit is %d", size>>20, debug.SetMemoryLimit(-1)>>20)
		}
	}
	runtime.KeepAlive(held)
	for deadline := time.Now().Add(10 * time.Second); debug.SetMemoryLimit(-1) >= size; time.Sleep(time.Millisecond) {
		if runtime.GC(); time.Now().After(deadline) {
			t.Fatalf("little is in use, and the limit is still %d MiB", debug.SetMemoryLimit(-1)>>20)
		}
	}
}

// Only a builder that is told so changes how the process takes memory.
func TestMemoryIsNotTheBuildersToTake(t *testing.T) {
	fsys := fstest.MapFS{"site.yaml": {Data: []byte("title: T\n")}, "content/_index.md": {Data: []byte("# T\n")}}
	for _, paced := range []bool{false, true} {
		pacing.mu.Lock()
		pacing.budget = 0 // of the tests before
		pacing.mu.Unlock()
		b := New(Options{Project: fsys, Themes: func(string) ([]theme.Layer, error) {
			return []theme.Layer{{Name: "default theme", FS: themes.Default()}}, nil
		}, Today: "2026-06-01", Paced: paced})
		if _, ds, err := b.Build(context.Background()); err != nil || ds.HasErrors() {
			t.Fatal(err, ds)
		}
		pacing.mu.Lock()
		if changed := pacing.budget > 0; changed != paced {
			t.Errorf("paced: %v, and the process takes what it may: %v", paced, changed)
		}
		pacing.mu.Unlock()
	}
}
