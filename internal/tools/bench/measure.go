package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// A run is what one build has cost.
type run struct {
	wall   float64 // seconds
	cpu    float64 // seconds, user and system
	rss    float64 // MiB, the most at one time
	others float64 // share of the machine that others used meanwhile; 0 where that is unknown
}

// measured runs a command and says what it cost. A command that fails is an error with all that it said.
//
// The kernel counts the parent's memory into that of a child until the child has replaced its program, so this program must stay small: it writes one page at a time.
func measured(dir, name string, args ...string) (run, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	busy, all := machine()
	began := time.Now()
	err := cmd.Run()
	wall := time.Since(began)
	if err != nil {
		return run{}, fmt.Errorf("%s: %v\n%s", cmd, err, said.String())
	}
	state := cmd.ProcessState
	r := run{wall: wall.Seconds(), cpu: (state.UserTime() + state.SystemTime()).Seconds(), rss: peak(state)}
	if busyNow, allNow := machine(); allNow > all {
		r.others = max(0, (busyNow-busy-r.cpu)/(allNow-all))
	}
	return r, nil
}

// machine returns the seconds that all cores have worked and have been there, since the machine was started; zeros where that is unknown.
func machine() (busy, all float64) {
	data, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, 0
	}
	var v [8]float64
	if _, err := fmt.Sscanf(string(data), "cpu %f %f %f %f %f %f %f %f", &v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6], &v[7]); err != nil {
		return 0, 0
	}
	for i, t := range v {
		all += t / 100
		if i != 3 && i != 4 { // idle, and waiting for a disk
			busy += t / 100
		}
	}
	return busy, all
}

// output counts the files of a folder and their bytes.
func output(dir string) (files int, bytes int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			files++
			bytes += info.Size()
		}
		return err
	})
	return files, bytes, err
}

// median returns the middle of the values, or the mean of the two in the middle.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(values))
	if n := len(s); n%2 == 0 {
		return (s[n/2-1] + s[n/2]) / 2
	}
	return s[len(s)/2]
}

// of returns the medians of one figure over runs.
func of(runs []run, figure func(run) float64) float64 {
	var v []float64
	for _, r := range runs {
		v = append(v, figure(r))
	}
	return median(v)
}

// ratio returns the median over rounds of one contestant's figure to another's: what changed on the machine from round to round falls out.
func ratio(a, b []run, figure func(run) float64) float64 {
	var v []float64
	for i := range min(len(a), len(b)) {
		if d := figure(b[i]); d > 0 {
			v = append(v, figure(a[i])/d)
		}
	}
	return median(v)
}

func wall(r run) float64   { return r.wall }
func cpu(r run) float64    { return r.cpu }
func rss(r run) float64    { return r.rss }
func others(r run) float64 { return r.others }
