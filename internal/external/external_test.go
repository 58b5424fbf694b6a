package external_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"waymark/internal/external"
)

// TestAsk asks a server of every sort once: only what says itself that it is gone is dead.
func TestAsk(t *testing.T) {
	var mu sync.Mutex
	asked := map[string]int{}
	busy := 0
	handler := http.NewServeMux()
	status := func(path string, code int) {
		handler.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(code) })
	}
	status("/fine", 200)
	status("/gone", 410)
	status("/missing", 404)
	status("/busy", 429)
	status("/broken", 503)
	status("/members", 403)
	send := func(path, to string, code int) {
		handler.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, code) })
	}
	send("/moved", "/fine", 301)
	send("/moved-twice", "/moved", 308)
	send("/for-now", "/moved", 302)
	send("/moved-to-nothing", "/missing", 301)
	send("/round", "/round", 302)
	send("/choose", "/fine", 300)
	status("/choice", 300)
	for path, code := range map[string]int{"/made": 201, "/bad": 400, "/none": 404} {
		handler.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) { // not every Location is one to go to
			w.Header().Set("Location", "/moved")
			w.WriteHeader(code)
		})
	}
	handler.HandleFunc("/bad-head", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			w.WriteHeader(400)
		}
	})
	handler.HandleFunc("/head", func(_ http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodHead {
			t.Error("what answers well is asked again")
		}
	})
	handler.HandleFunc("/no-head", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			w.WriteHeader(404)
		}
	})
	handler.HandleFunc("/hangs-up-on-head", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			panic(http.ErrAbortHandler)
		}
	})
	handler.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(5 * time.Second):
		}
	})
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.Path]++
		if busy++; busy > 1 && r.URL.Path != "/slow" {
			t.Errorf("%s is asked while another question is open at the same host", r.URL)
		}
		mu.Unlock()
		defer func() {
			mu.Lock()
			busy--
			mu.Unlock()
		}()
		if r.UserAgent() != "test" {
			t.Errorf("the User-Agent is %q", r.UserAgent())
		}
		if a := r.Header.Get("Accept"); a != "text/html, */*;q=0.5" {
			t.Errorf("asked is for %q", a)
		}
		handler.ServeHTTP(w, r)
	}))
	defer web.Close()

	want := map[string]external.Verdict{
		"/fine":                {State: external.Fine},
		"/fine#part":           {State: external.Fine},
		"/no-head":             {State: external.Fine},
		"/bad-head":            {State: external.Fine},
		"/head":                {State: external.Fine},
		"/made":                {State: external.Fine},
		"/choose":              {State: external.Fine},
		"/choice":              {State: external.Unsure, Detail: "300 Multiple Choices"},
		"/bad":                 {State: external.Unsure, Detail: "400 Bad Request"},
		"/none":                {State: external.Dead, Detail: "404 Not Found"},
		"http://[::1/x":        {State: external.Unsure, Detail: "it is no address"},
		"/hangs-up-on-head":    {State: external.Fine},
		"/gone":                {State: external.Dead, Detail: "410 Gone"},
		"/missing":             {State: external.Dead, Detail: "404 Not Found"},
		"/moved-to-nothing":    {State: external.Dead, Detail: "404 Not Found"},
		"/moved":               {State: external.Moved, Detail: web.URL + "/fine"},
		"/moved-twice#part":    {State: external.Moved, Detail: web.URL + "/fine"},
		"/for-now":             {State: external.Fine},
		"/busy":                {State: external.Unsure, Detail: "429 Too Many Requests"},
		"/broken":              {State: external.Unsure, Detail: "503 Service Unavailable"},
		"/members":             {State: external.Unsure, Detail: "403 Forbidden"},
		"/round":               {State: external.Unsure, Detail: "it sends on and on"},
		"http://127.0.0.1:1/x": {State: external.Unsure, Detail: "it takes no calls"},
		"http://169.254.169.254/latest/meta-data/": {State: external.Unsure, Detail: "an address of this very network is not asked"},
	}
	address := func(path string) string {
		if path[0] == '/' {
			return web.URL + path
		}
		return path
	}
	var list []string
	for path := range want {
		list = append(list, address(path), address(path))
	}
	asker := external.Asker{Agent: "test", Pause: -1}
	last := 0
	got := asker.Ask(context.Background(), list, func(done, all int) {
		if last++; done != last || all != len(want) {
			t.Errorf("progress says %d of %d after %d of %d", done, all, last, len(want))
		}
	})
	for path, v := range want {
		if g := got[address(path)]; g.State != v.State || g.Detail != v.Detail || g.At.IsZero() {
			t.Errorf("%s is %s (%s), want %s (%s)", path, g.State, g.Detail, v.State, v.Detail)
		}
	}
	if len(got) != len(want) || last != len(want) {
		t.Errorf("%d verdicts, want %d; progress was said %d times", len(got), len(want), last)
	}

	// One that takes too long is one that nothing is known of.
	asker.Wait = 200 * time.Millisecond
	if v := asker.Ask(context.Background(), []string{web.URL + "/slow"}, nil)[web.URL+"/slow"]; v.State != external.Unsure || v.Detail != "it takes too long to answer" {
		t.Errorf("a slow page is %s (%s)", v.State, v.Detail)
	}
}

// TestOffline: where no host can be found, nothing is dead.
func TestOffline(t *testing.T) {
	asker := external.Asker{Pause: -1, Wait: 5 * time.Second}
	for address, v := range asker.Ask(context.Background(), []string{"https://a.invalid/x", "https://b.invalid/"}, nil) {
		if v.State != external.Unsure {
			t.Errorf("%s is %s", address, v.State)
		}
	}
}

// Between two questions at one host is a pause, unless it is said that there is none, and whoever stops waits no longer.
func TestPauses(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer web.Close()
	list := []string{web.URL + "/a", web.URL + "/b"}
	took := func(a *external.Asker, ctx context.Context) (time.Duration, int) {
		start := time.Now()
		n := len(a.Ask(ctx, list, nil))
		return time.Since(start), n
	}
	if d, n := took(&external.Asker{}, t.Context()); n != 2 || d < 200*time.Millisecond {
		t.Errorf("%d answers in %s", n, d)
	}
	if d, n := took(&external.Asker{Pause: 50 * time.Millisecond}, t.Context()); n != 2 || d < 50*time.Millisecond {
		t.Errorf("%d answers in %s", n, d)
	}
	ctx, stop := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer stop()
	if d, n := took(&external.Asker{Pause: time.Hour}, ctx); n != 1 || d > time.Minute {
		t.Errorf("%d answers in %s", n, d)
	}
}
