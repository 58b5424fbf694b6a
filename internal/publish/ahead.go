package publish

import (
	"context"
	"time"
)

// An Ahead looks at a destination while the site is still being built: what is there is mostly what is there a moment later. It is safe for one call of Dir at a time, of which
// the first uses what was seen.
type Ahead struct {
	dest string
	o    Options
	done chan struct{}
	seen *glance // nil: nothing can be said ahead
}

// A glance is what was seen of a destination.
type glance struct {
	at   time.Time // when looking began
	site *site
	memo memo
}

// glanceHolds is how old a glance may be. What others put there after it is treated as what they put there while the site is written, see sweep. A file that they take away or
// change is put right by this build if it writes anything, else by the next.
var glanceHolds = 250 * time.Millisecond

// Look looks at dest in the background, for the Dir of what it returns. It changes nothing.
func Look(ctx context.Context, dest string, o Options) *Ahead {
	a := &Ahead{dest: dest, o: o, done: make(chan struct{})}
	go func() {
		defer close(a.done)
		p, err := findPlace(dest, o)
		if err != nil {
			return // which Dir finds, too
		}
		ctx, stop := context.WithTimeout(ctx, glanceHolds)
		defer stop()
		at := time.Now()
		if s, err := p.look(ctx); err == nil {
			a.seen = &glance{at, s, p.readMemo()}
		}
	}()
	return a
}

// Dir is as the function Dir.
func (a *Ahead) Dir(ctx context.Context, files []File) (Changes, error) {
	<-a.done
	seen := a.seen
	a.seen = nil
	return dir(ctx, a.dest, files, a.o, seen)
}

// glance returns what there is at the destination: what was seen of it, if that is fresh and nobody has published there since, else what is seen now.
func (p *place) glance(ctx context.Context, seen *glance) (*glance, error) {
	if seen != nil && time.Since(seen.at) < glanceHolds && !p.changedSince(seen.site) {
		p.glanced = true
		return seen, nil
	}
	at := time.Now()
	s, err := p.look(ctx)
	if err != nil {
		return nil, err
	}
	return &glance{at, s, p.readMemo()}, nil
}
