package serve

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/coder/websocket"

	"waymark/internal/build"
)

// Bounds for the sockets of tabs.
const (
	maxTabs     = 200
	maxHello    = 4 << 10          // bytes of a message from a tab
	pingEvery   = 30 * time.Second // a laptop that slept is noticed
	writeWithin = 10 * time.Second
	queueLength = 16 // messages; a tab that does not read them is let go and comes back
)

// A message tells one tab what to do. Its JSON is read by client/reload.js. What is empty is not to be done.
type message struct {
	Build  int      `json:"build"`
	Page   string   `json:"page,omitempty"`   // "morph": fetch the page and bring what is new into it; "reload": load it anew; "changed": some page is new (for who did not say hello)
	Files  []string `json:"files,omitempty"`  // addresses of styles and images to exchange in place, escaped
	GoTo   string   `json:"goTo,omitempty"`   // address of the page that was edited, escaped
	Look   string   `json:"look,omitempty"`   // the new digest of styles and scripts
	Faults []fault  `json:"faults,omitempty"` // the overlay; without it, it goes away
	Notes  bool     `json:"notes,omitempty"`  // the bar has other things to say
}

// A hello is what a tab says first, and after each change of its page.
type hello struct {
	Path string `json:"path"` // address of the page, escaped
	Key  string `json:"key"`  // of what it shows
	Look string `json:"look"`
	// Missing is true on the page for addresses that are not there.
	Missing bool `json:"missing"`
}

// A tab is an open page of the site, or anything else that holds the socket.
type tab struct {
	send chan []byte
	gone context.CancelFunc

	mu sync.Mutex
	hello
	named bool
}

func (t *tab) says() (h hello, named bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.hello, t.named
}

// tabs are all that are open. The zero value is ready.
type tabs struct {
	mu     sync.Mutex
	all    map[*tab]bool
	closed bool
}

func (ts *tabs) add(t *tab) bool {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	if ts.closed || len(ts.all) >= maxTabs {
		return false
	}
	if ts.all == nil {
		ts.all = map[*tab]bool{}
	}
	ts.all[t] = true
	return true
}

func (ts *tabs) remove(t *tab) {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	delete(ts.all, t)
}

// tell sends each tab what words returns for it, if anything. It never waits for a tab.
func (ts *tabs) tell(words func(*tab) []byte) {
	ts.mu.Lock()
	all := make([]*tab, 0, len(ts.all))
	for t := range ts.all {
		all = append(all, t)
	}
	ts.mu.Unlock()
	for _, t := range all {
		t.tell(words(t))
	}
}

func (t *tab) tell(data []byte) {
	if data == nil {
		return
	}
	select {
	case t.send <- data:
	default:
		t.gone()
	}
}

func (ts *tabs) close() {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	ts.closed = true
	for t := range ts.all {
		t.gone()
	}
}

// socket holds the socket of a tab: one goroutine, that of the request, writes; another reads.
func (s *Server) socket(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	t := &tab{send: make(chan []byte, queueLength), gone: cancel}
	if !s.tabs.add(t) {
		plain(w, http.StatusServiceUnavailable, "too many pages are open")
		return
	}
	defer s.tabs.remove(t)
	// Accept checks the Origin once more and answers by itself when it refuses.
	c, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	defer c.CloseNow()
	c.SetReadLimit(maxHello)
	go func() {
		defer cancel()
		s.listenTo(ctx, c, t)
	}()
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			c.Close(websocket.StatusGoingAway, "")
			return
		case data := <-t.send:
			within, done := context.WithTimeout(ctx, writeWithin)
			err = c.Write(within, websocket.MessageText, data)
			done()
		case <-ping.C:
			within, done := context.WithTimeout(ctx, writeWithin)
			err = c.Ping(within)
			done()
		}
		if err != nil {
			return
		}
	}
}

// listenTo reads what a tab says of itself, and tells it at once if that is out of date: it may have been away, or loaded just before a build was done.
func (s *Server) listenTo(ctx context.Context, c *websocket.Conn, t *tab) {
	for {
		_, data, err := c.Read(ctx)
		if err != nil {
			return
		}
		var h hello
		if json.Unmarshal(data, &h) != nil || h.Path == "" {
			continue // another protocol's greeting: such a listener hears of every change
		}
		t.mu.Lock()
		t.hello, t.named = h, true
		t.mu.Unlock()
		if st := s.state.Load(); st != nil {
			t.tell(s.greeting(h, st))
		}
	}
}

// greeting is what a tab must know that shows h.
func (s *Server) greeting(h hello, st *state) []byte {
	m := message{Build: st.number, Look: st.look, Faults: st.faults}
	if st.site != nil {
		s.page(&m, h, st, h.Look != "" && h.Look != st.look)
	}
	return m.encode()
}

// message returns what a tab is to be told after a build, or nil.
func (s *Server) message(t *tab, st *state, n *news) []byte {
	if n.nothing() {
		return nil
	}
	m := message{Build: st.number, Look: st.look, Faults: st.faults, Notes: n.notes || n.count > 0}
	for _, f := range n.files {
		m.Files = append(m.Files, s.addressOf(f))
	}
	h, named := t.says()
	switch {
	case !named && (n.count > 0 || n.complete):
		m.Page = "changed"
	case named && st.site != nil:
		s.page(&m, h, st, n.scripts)
		if m.Page == "morph" && n.reload {
			m.Page = "reload"
		}
		if f := s.shown(st, h.Path); n.goTo != "" && s.o.Navigate && (f == nil || f.Path != n.goTo) {
			m.GoTo = s.addressOf(n.goTo)
		}
	}
	return m.encode()
}

// page says what becomes of the page in a tab. With scripts, what all pages load is new.
func (s *Server) page(m *message, h hello, st *state, scripts bool) {
	f := s.shown(st, h.Path)
	switch {
	case f == nil, h.Key == "":
		m.Page = "reload"
		return
	case keyOf(f) == h.Key && !scripts:
		return
	case scripts, f.Path == missingPage, h.Missing:
		m.Page = "reload"
	default:
		m.Page = "morph"
	}
	// A page that cannot be drawn leaves the good one in the tab, under the overlay.
	if _, err := s.pages.get(f); err != nil {
		m.Page, m.Faults = "", append(slices.Clone(m.Faults), s.undrawn(f.Path, err)...)
	}
}

// addressOf returns the address of an output, escaped.
func (s *Server) addressOf(name string) string { return (&url.URL{Path: s.base + name}).EscapedPath() }

// shown returns the output that a tab with this address, escaped, is to show; the page for missing pages counts. It is nil where the address leads to another one.
func (s *Server) shown(st *state, addr string) *build.File {
	if plain, err := url.PathUnescape(addr); err == nil {
		addr = plain
	}
	f, to := s.resolve(st, addr)
	if f == nil && to == "" {
		f = st.find(missingPage)
	}
	return f
}

func (m *message) encode() []byte {
	data, err := json.Marshal(m)
	if err != nil {
		return nil
	}
	return data
}
