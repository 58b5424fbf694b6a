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

// A site whose pages hold more than pages are expected to is not collected again and again: what the process may take follows what is in use.
func TestMemoryFollowsWhatIsInUse(t *testing.T) {
	For(1000)
	if g, want := goal(), uint64(most(1000)); g < want/2 || g > want {
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
