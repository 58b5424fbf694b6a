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
	at   time.Time // when looking began
	stop context.CancelFunc
	done chan struct{}
	seen *glance // nil: nothing can be said ahead
}

// A glance is what was seen of a destination.
type glance struct {
	site *site
	memo memo
}

// glanceHolds is how long before Dir a glance may have begun. What others put there after it is treated as what they put there while the site is written, see sweep. A file that
// they take away or change is put right by this build if it writes anything, else by the next.
var glanceHolds = 250 * time.Millisecond

// Look looks at dest in the background, for the Dir of what it returns. It changes nothing.
func Look(ctx context.Context, dest string, o Options) *Ahead {
	ctx, stop := context.WithCancel(ctx)
	a := &Ahead{dest: dest, o: o, at: time.Now(), stop: stop, done: make(chan struct{})}
	go func() {
		defer close(a.done)
		p, err := findPlace(dest, o)
		if err != nil {
			return // which Dir finds, too
		}
		a.seen, _ = p.glance(ctx, nil)
	}()
	return a
}

// Dir is as the function Dir.
func (a *Ahead) Dir(ctx context.Context, files []File) (Changes, error) {
	old := time.Since(a.at) >= glanceHolds
	if old {
		a.stop()
	}
	<-a.done
	a.stop()
	seen := a.seen
	if a.seen = nil; old {
		seen = nil
	}
	return dir(ctx, a.dest, files, a.o, seen)
}

// glance returns what there is at the destination: what was seen of it, if nobody has published there since, else what is seen now.
func (p *place) glance(ctx context.Context, seen *glance) (*glance, error) {
	if seen != nil && !p.changedSince(seen.site) {
		p.glanced = true
		return seen, nil
	}
	s, err := p.look(ctx)
	if err != nil {
		return nil, err
	}
	return &glance{s, p.readMemo()}, nil
}
