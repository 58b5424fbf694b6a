//go:build profile

package main

import (
	"os"
	"runtime"
	"runtime/pprof"
)

// profile writes a CPU profile to the file that WAYMARK_CPUPROFILE names, and what is in use at the end to that of WAYMARK_HEAPPROFILE, for work on
// Waymark itself: go build -tags profile ./cmd/waymark.
func profile() func() {
	stop := func() {}
	if f := profileFile("WAYMARK_CPUPROFILE"); f != nil {
		if err := pprof.StartCPUProfile(f); err == nil {
			stop = func() {
				pprof.StopCPUProfile()
				f.Close()
			}
		}
	}
	return func() {
		stop()
		if f := profileFile("WAYMARK_HEAPPROFILE"); f != nil {
			runtime.GC()
			_ = pprof.WriteHeapProfile(f)
			f.Close()
		}
	}
}

func profileFile(variable string) *os.File {
	name := os.Getenv(variable)
	if name == "" {
		return nil
	}
	f, err := os.Create(name)
	if err != nil {
		return nil
	}
	return f
}
