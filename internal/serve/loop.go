package serve

import (
	"context"
	"time"
)

// loop builds, waits for a change, builds again, until ctx is done. It is the only place that builds and the only one that stores a state.
//
// Build runs in the loop itself: events that come meanwhile wait in the system's queue, and when that overflows the watcher says so and is renewed.
func (s *Server) loop(ctx context.Context) {
	w := newWatcher(s.o.Watch, s.o.Log)
	defer w.close()
	s.rebuild(ctx)
	var (
		b       burst
		folders bool // came or went, or the watcher cannot be trusted
		told    bool // by events, since the last snapshot
		built   = time.Now()
		settle  = stopped()
		net     = time.NewTimer(w.every())
	)
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-w.events():
			counts, f := true, true
			if ok {
				counts, f = w.counts(e)
				s.o.Tree.forget(w.rel(e.Name))
			} else {
				w.lost()
			}
			if counts {
				folders, told = folders || f, true
				b.note(time.Now(), built, e.Name)
			}
		case _, ok := <-w.errors():
			// Lost events, most likely. Whatever it is: make all of it new and look at everything.
			if !ok {
				w.lost()
			}
			folders, told = true, true
			b.note(time.Now(), built, "")
		case <-net.C:
			net.Reset(w.every())
			changed := w.changed()
			if changed {
				s.o.Tree.forgetAll()
			}
			if changed && !b.pending() {
				// After events this build will find nothing to do. Without any, they do not work as they should.
				folders = folders || !told
				b.note(time.Now(), built, "")
			}
			told = false
		case <-settle.C:
			if folders {
				w.renew()
				s.o.Tree.forgetAll()
			}
			s.rebuild(ctx)
			b, folders, built = burst{}, false, time.Now()
			net.Reset(w.every())
		}
		if b.pending() {
			settle.Reset(time.Until(b.due()))
		}
	}
}

// stopped returns a timer that does not run.
func stopped() *time.Timer {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return t
}

// rebuild builds once and makes the result known.
func (s *Server) rebuild(ctx context.Context) {
	start := time.Now()
	site, ds, err := s.o.Build(ctx)
	if ctx.Err() != nil {
		return
	}
	old := s.state.Load()
	next, news := s.next(old, site, ds, err)
	s.state.Store(next)
	if old == nil {
		close(s.ready)
	}
	if !s.o.NoReload {
		s.tabs.tell(func(t *tab) []byte { return s.message(t, next, news) })
	}
	if s.o.Rebuilt != nil {
		s.o.Rebuilt(&Rebuild{
			Site: next.site, Diagnostics: ds, Err: err, Took: time.Since(start),
			First: old == nil, Same: news.nothing(), Changed: news.count,
		})
	}
}
