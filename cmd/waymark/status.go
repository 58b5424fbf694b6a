package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"
)

// status is the one line that shows progress, on a terminal, once the work lasts. The zero status shows nothing.
type status struct {
	mu      sync.Mutex
	w       io.Writer
	color   bool
	begun   time.Time
	last    time.Time
	showing bool
}

const (
	statusAfter = 300 * time.Millisecond
	statusEvery = 80 * time.Millisecond
)

func (s *status) start(g *globals) {
	s.begun = time.Now()
	terminal := term.IsTerminal(int(os.Stderr.Fd())) && os.Getenv("TERM") != "dumb"
	if terminal && os.Getenv("CI") == "" && !g.quiet {
		s.w = os.Stderr
	}
	switch {
	case g.color == "always", g.color == "auto" && os.Getenv("CLICOLOR_FORCE") != "" && os.Getenv("CLICOLOR_FORCE") != "0":
		s.color = true
	case g.color == "never", os.Getenv("NO_COLOR") != "", !terminal:
		s.color = false
	default:
		s.color = term.IsTerminal(int(os.Stdout.Fd())) || terminal
	}
}

// progress shows a phase and how far it is. It is called often and from many goroutines.
func (s *status) progress(phase string, done, total int) {
	if s.w == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if now.Sub(s.begun) < statusAfter || now.Sub(s.last) < statusEvery {
		return
	}
	s.last, s.showing = now, true
	fmt.Fprintf(s.w, "\r\x1b[K%s %d/%d · %.1f s", phase, done, total, now.Sub(s.begun).Seconds())
}

// clear takes the line away.
func (s *status) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.showing {
		fmt.Fprint(s.w, "\r\x1b[K")
		s.showing = false
	}
}
