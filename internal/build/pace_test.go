package build

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// A site whose pages hold more than pages are expected to is not collected again and again: what the process may take follows what is in use.
func TestMemoryFollowsWhatIsInUse(t *testing.T) {
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
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

// Who has said how garbage is to be collected is left alone.
func TestMemoryIsTheUsersToSet(t *testing.T) {
	t.Setenv("GOGC", "50")
	was := debug.SetMemoryLimit(1 << 40)
	defer debug.SetMemoryLimit(was)
	pace(1_000_000)
	if got := debug.SetMemoryLimit(-1); got != 1<<40 {
		t.Errorf("the limit was changed to %d", got)
	}
}
