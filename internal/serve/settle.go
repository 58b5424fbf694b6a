package serve

import "time"

// How long the loop waits after the last event before it builds.
//
// One save is over within a few milliseconds in every editor: written in place, or written beside and renamed. So the first build after a calm comes
// quickly: an author who saves and looks should not wait for a timer. A branch that is checked out, or an editor that saves with every key, goes on for
// longer; then the wait is longer too, up to a ceiling, so that a burst without end is shown now and then.
const (
	settleOne  = 12 * time.Millisecond  // few files, after a calm
	settleMany = 60 * time.Millisecond  // many files, or soon after a build
	ceiling    = 500 * time.Millisecond // since the first event
	lively     = 250 * time.Millisecond // since the last build
	few        = 8                      // files
)

// A burst is a run of events that one build answers. The zero burst is a calm.
type burst struct {
	first, last time.Time
	names       map[string]bool // no more than few are kept
	soon        bool            // the last build was just before
}

// note adds an event. built is when the last build ended.
func (b *burst) note(now, built time.Time, name string) {
	if b.first.IsZero() {
		b.first, b.soon, b.names = now, now.Sub(built) < lively, map[string]bool{}
	}
	b.last = now
	if len(b.names) <= few {
		b.names[name] = true
	}
}

// pending reports whether there was an event.
func (b *burst) pending() bool { return !b.first.IsZero() }

// due returns when to build.
func (b *burst) due() time.Time {
	wait := settleOne
	if b.soon || len(b.names) > few {
		wait = settleMany
	}
	due, limit := b.last.Add(wait), b.first.Add(ceiling)
	if due.After(limit) {
		return limit
	}
	return due
}
