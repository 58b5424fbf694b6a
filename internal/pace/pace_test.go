package pace

import (
	"runtime"
	"runtime/metrics"
	"testing"
	"time"
)

// goal is how large the heap becomes before garbage is collected, in bytes.
func goal() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/goal:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// begin lets the process take what a site of so many pages may, as one that has collected nothing yet.
func begin(pages int) {
	pacing.mu.Lock()
	pacing.steps = 0
	pacing.mu.Unlock()
	For(pages)
}

// A site whose pages hold more than pages are expected to is not collected again and again: what the process may take follows what is in use.
func TestMemoryFollowsWhatIsInUse(t *testing.T) {
	begin(1000)
	if g, want := goal(), uint64(first(1000)); g < want/2 || g > want {
		t.Errorf("with little in use the heap may become %d MiB, not about %d", g>>20, want>>20)
	}
	const size = 300 << 20
	held := make([]byte, size)
	until(t, func() bool { return goal() >= size*5/4 && goal() < size*3/2 })
	runtime.KeepAlive(held)
	until(t, func() bool { return goal() < uint64(most(1000)) })
}

// until collects garbage until ok.
func until(t *testing.T, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		runtime.GC()
		time.Sleep(time.Millisecond)
		if ok() {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the heap may become %d MiB", goal()>>20)
		}
	}
}

// A site that makes much garbage takes what it may take in the end, so that a build is not one collection after the other.
func TestMoreIsTakenAfterEachCollection(t *testing.T) {
	begin(1000)
	before := goal()
	until(t, func() bool { return goal() >= before+10*step*2/3 })
	until(t, func() bool { return goal() >= uint64(most(1000))*2/3-1<<20 })
	for range 10 {
		runtime.GC()
	}
	if g := goal(); g > uint64(most(1000)) {
		t.Errorf("the heap may become %d MiB", g>>20)
	}
}
