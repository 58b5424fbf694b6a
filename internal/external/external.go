// Package external asks addresses on the web whether they still answer.
//
//	asker := external.Asker{Agent: "waymark"}
//	verdicts := asker.Ask(ctx, addresses, func(done, all int) { … })
//
// It is made not to cry wolf: only what says itself that it is gone is dead. A server that is too busy, wants to know who asks, fails or takes too long is one that nothing
// is known of. It asks politely: one question at a time at each host, with a pause between two, HEAD before GET, and nothing is read but the head of the answer.
package external

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"syscall"
	"time"
)

// A State says whether an address answers.
type State string

const (
	Fine   State = "fine"
	Moved  State = "moved"  // it sends on, for good
	Dead   State = "dead"   // there is no such page, or no such host
	Unsure State = "unsure" // nobody can tell from here, or now
)

// A Verdict is what an address came to.
type Verdict struct {
	State State
	// Detail says why ("404 Not Found"); of what moved it is the new address.
	Detail string
	At     time.Time // when it was asked
}

// An Asker asks. The zero value is ready to use; it must not be changed while it asks.
type Asker struct {
	Agent string        // User-Agent
	Pause time.Duration // between two questions at one host; 0: 200 ms, negative: none
	Wait  time.Duration // for one answer; 0: 20 s
}

const (
	hostsAtOnce   = 16
	mostRedirects = 10
)

// Ask asks each address once and returns what it came to; of what was not asked when ctx ended there is nothing. progress may be nil. An address is http or https, and its
// fragment plays no part. When no host can be found at all it is this machine that is not on the web, and nothing is dead.
func (a *Asker) Ask(ctx context.Context, addresses []string, progress func(done, all int)) map[string]Verdict {
	hosts := map[string][]string{}
	for _, address := range slices.Compact(slices.Sorted(slices.Values(addresses))) {
		host := ""
		if u, err := url.Parse(address); err == nil {
			host = u.Host
		}
		hosts[host] = append(hosts[host], address)
	}
	queue := make(chan []string, len(hosts))
	all := 0
	for _, list := range hosts {
		queue <- list
		all += len(list)
	}
	close(queue)

	client := a.client()
	defer client.CloseIdleConnections()
	verdicts := make(map[string]Verdict, all)
	found := false // a host, at least once
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range min(hostsAtOnce, len(hosts)) {
		wg.Go(func() {
			for list := range queue {
				for i, address := range list {
					if i > 0 {
						a.pause(ctx)
					}
					if ctx.Err() != nil {
						return
					}
					v, lost := a.ask(ctx, client, address)
					mu.Lock()
					verdicts[address] = v
					found = found || !lost
					if progress != nil {
						progress(len(verdicts), all)
					}
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	if !found {
		for address, v := range verdicts {
			verdicts[address] = Verdict{Unsure, "no host can be found from here; is this machine on the web?", v.At}
		}
	}
	return verdicts
}

func (a *Asker) pause(ctx context.Context) {
	pause := a.Pause
	if pause == 0 {
		pause = 200 * time.Millisecond
	}
	select {
	case <-ctx.Done():
	case <-time.After(max(pause, 0)):
	}
}

// errHere is for addresses that lead to services of the machine's own cloud, which answer whoever asks from there.
var errHere = errors.New("an address of this very network is not asked")

func (a *Asker) client() *http.Client {
	wait := a.Wait
	if wait == 0 {
		wait = 20 * time.Second
	}
	dialer := &net.Dialer{Timeout: wait, Control: func(_, address string, _ syscall.RawConn) error {
		host, _, err := net.SplitHostPort(address)
		if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsLinkLocalUnicast() {
			return errHere
		}
		return nil
	}}
	return &http.Client{
		Timeout:       wait,
		Transport:     &http.Transport{Proxy: http.ProxyFromEnvironment, DialContext: dialer.DialContext, TLSHandshakeTimeout: wait},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// ask returns what an address came to, and whether its host could not be found.
func (a *Asker) ask(ctx context.Context, client *http.Client, address string) (v Verdict, lost bool) {
	v = Verdict{State: Unsure, At: time.Now().UTC().Truncate(time.Second)}
	u, err := url.Parse(address)
	if err != nil {
		v.Detail = "it is no address"
		return v, false
	}
	u.Fragment = ""
	forGood := true
	for range mostRedirects {
		res, err := a.head(ctx, client, u)
		if err != nil {
			v.Detail = reason(err)
			var dns *net.DNSError
			if errors.As(err, &dns) && dns.IsNotFound {
				v.State = Dead
				return v, true
			}
			return v, false
		}
		switch to, err := res.Location(); {
		case err == nil && res.StatusCode >= 300 && res.StatusCode < 400:
			forGood = forGood && (res.StatusCode == http.StatusMovedPermanently || res.StatusCode == http.StatusPermanentRedirect)
			to.Fragment = ""
			u = to
			continue
		case res.StatusCode == http.StatusNotFound, res.StatusCode == http.StatusGone:
			v.State, v.Detail = Dead, res.Status
		case res.StatusCode >= 200 && res.StatusCode < 300:
			v.State = Fine
			if was, _ := url.Parse(address); forGood && elsewhere(was, u) {
				v.State, v.Detail = Moved, u.String()
			}
		default:
			v.Detail = res.Status
		}
		return v, false
	}
	v.Detail = "it sends on and on"
	return v, false
}

// elsewhere reports whether two addresses differ in more than their fragments.
func elsewhere(a, b *url.URL) bool {
	x, y := *a, *b
	x.Fragment, x.RawFragment, y.Fragment, y.RawFragment = "", "", "", ""
	return x.String() != y.String()
}

// head returns the head of the answer. Many servers answer HEAD wrongly, so only what GET says is bad is bad.
func (a *Asker) head(ctx context.Context, client *http.Client, u *url.URL) (*http.Response, error) {
	var res *http.Response
	for _, method := range []string{http.MethodHead, http.MethodGet} {
		req, err := http.NewRequestWithContext(ctx, method, u.String(), nil)
		if err != nil {
			return nil, err
		}
		req.Header.Set("User-Agent", a.Agent)
		req.Header.Set("Accept", "text/html, */*;q=0.5")
		res, err = client.Do(req)
		if err != nil {
			if method == http.MethodHead && ctx.Err() == nil && !errors.Is(err, errHere) {
				var dns *net.DNSError
				if !errors.As(err, &dns) {
					continue // some hang up on HEAD
				}
			}
			return nil, err
		}
		res.Body.Close()
		if res.StatusCode < 400 {
			break
		}
	}
	if res == nil {
		return nil, errors.New("it does not answer")
	}
	return res, nil
}

// reason says an error in a few words.
func reason(err error) string {
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	var wait interface{ Timeout() bool }
	switch {
	case errors.Is(err, errHere):
		return errHere.Error()
	case errors.As(err, &dns) && dns.IsNotFound:
		return "there is no host of that name"
	case errors.As(err, &cert):
		return "its certificate is not good"
	case errors.As(err, &wait) && wait.Timeout():
		return "it takes too long to answer"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "it takes no calls"
	}
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err.Error()
	}
	return err.Error()
}
