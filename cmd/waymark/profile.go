package main

import (
	"os"
	"runtime/pprof"
)

// profile writes a CPU profile to the file that WAYMARK_CPUPROFILE names, for work on Waymark itself.
func profile() func() {
	name := os.Getenv("WAYMARK_CPUPROFILE")
	if name == "" {
		return func() {}
	}
	f, err := os.Create(name)
	if err != nil {
		return func() {}
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return func() {}
	}
	return func() {
		pprof.StopCPUProfile()
		f.Close()
	}
}
