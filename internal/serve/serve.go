// Package serve is the live preview: it watches the project's folder, builds when something changed, answers HTTP from memory and tells the open
// tabs what to show anew.
//
// There is one loop (Run) and net/http, joined by one atomic pointer to an immutable state. The loop waits for the watcher to say that something
// changed, never what (only the lists of files of a Tree are forgotten folder by folder); lets it settle; and builds the whole site from the start, as `waymark build` does. It then compares the keys of the outputs of the two
// sites: that says which tabs have to change, and how. Nothing is ever written to disk, and a request never becomes a file's name: addresses are
// looked up among the outputs of the site.
//
//	loop:    watch → settle → Build → compare → state, messages
//	request: guard → resolve an address → page from memory, rendered when first asked for
//	tab:     client/*.js, one script that only serve puts into pages; a web socket; idiomorph
package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"waymark/internal/build"
	"waymark/internal/diag"
	"waymark/internal/plan"
	"waymark/internal/source"
)

// Options say what to serve and how. Build and Watch.Root are needed; the zero value of each other field is its default.
type Options struct {
	Build func(context.Context) (*build.Site, diag.List, error) // called by one goroutine, again and again
	Watch Watch
	Tree  *Tree // what Build reads the project through, if it does; it is told what happens there

	Host     string // name or address to listen at; empty: 127.0.0.1
	Port     int    // 0: one that the system chooses
	NextPort bool   // a busy port is not an error: one of the next is taken
	BasePath string // the site stands under this path, as on some hosts: "/handbook/"; empty: "/"
	Drafts   bool   // the author sees drafts; only said in the bar
	Navigate bool   // tabs go to the page whose source changed
	NoReload bool   // pages get no script and tabs hear nothing
	Editor   string // address that opens a file, with {path}, {line} and {column}; empty: that of the site's configuration

	Log     func(string)   // what a person should know once: a busy port, a drive that sends no events; nil: nowhere
	Ready   func(string)   // called once, with the address, when the server listens; nil: nobody
	Rebuilt func(*Rebuild) // called after each build, by the loop; nil: nobody
}

// A Rebuild is what became of one build.
type Rebuild struct {
	Site        *build.Site // what is served now: the last good one, or nil
	Diagnostics diag.List   // of this build
	Err         error       // of the machine
	Took        time.Duration
	First       bool
	Same        bool // nothing that anybody sees has changed
	Changed     int  // outputs that are new, other or gone
}

// A Server serves one project. Make it with New; Run it once.
type Server struct {
	o     Options
	base  string
	state atomic.Pointer[state]
	ready chan struct{} // closed with the first state
	pages *memory
	tabs  tabs
	at    atomic.Pointer[string] // what the first build is doing
	view  func(*plan.Page) *plan.View
}

// New returns a Server. The error is that of the options.
func New(o Options) (*Server, error) {
	base, err := BasePath(o.BasePath)
	if err != nil {
		return nil, err
	}
	if o.Editor != "" && source.EditorFault(o.Editor) != "" {
		return nil, fmt.Errorf("the editor's address %q is not one that opens an editor; write it as %s", o.Editor, defaultEditor)
	}
	if o.Log == nil {
		o.Log = func(string) {}
	}
	return &Server{o: o, base: base, ready: make(chan struct{}), pages: newMemory(pagesBytes), view: (*plan.Page).View}, nil
}

// Progress takes what the first build is doing, for those who wait for it. It is safe for concurrent use.
func (s *Server) Progress(phase string, done, total int) {
	if s.state.Load() != nil {
		return
	}
	text := phase
	if total > 0 {
		text = fmt.Sprintf("%s %d/%d", phase, done, total)
	}
	s.at.Store(&text)
}

// Run serves until ctx is done and then returns nil. It listens before the first build begins. The error is that of the machine: a port that is
// busy, a name that is not this machine's.
func (s *Server) Run(ctx context.Context) error {
	ln, err := s.listen()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	srv := s.server(ctx)
	failed := make(chan error, 1)
	go func() {
		if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
			failed <- err
			cancel()
		}
	}()
	if s.o.Ready != nil {
		s.o.Ready(s.address(ln.Addr()))
	}
	s.loop(ctx)
	cancel()
	s.tabs.close()
	// Who is being answered gets a moment; a slow reader does not hold Ctrl-C up.
	last, stop := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer stop()
	if srv.Shutdown(last) != nil {
		srv.Close()
	}
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}

// server bounds what a request may cost: the size of its headers, and the time to send them, to read the answer and to do nothing.
func (s *Server) server(ctx context.Context) *http.Server {
	return &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          quietLog,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
}
