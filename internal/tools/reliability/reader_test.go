package reliability

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Who reads the published folder while it is built again and again, by name or through a web server, finds every page that both versions have, and each is wholly the old or
// wholly the new one.
func TestAReaderNeverMissesAPage(t *testing.T) {
	versions := []map[string]string{handbook(0, 20), handbook(1, 20)}
	whole := []tree{clean(t, versions[0]), clean(t, versions[1])}
	s := newSite(t, versions[0])
	s.build()
	var both []string
	for name, digest := range whole[0] {
		if _, ok := whole[1][name]; ok && digest != "/" && !strings.HasPrefix(filepath.Base(name), ".") {
			both = append(both, name)
		}
	}
	server := httptest.NewServer(http.FileServer(http.Dir(s.path("public"))))
	defer server.Close()
	readers := map[string]func(name string) ([]byte, error){
		"a file":   func(name string) ([]byte, error) { return os.ReadFile(s.path("public/" + name)) },
		"a server": func(name string) ([]byte, error) { return fetch(server, name) },
	}

	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	var mu sync.Mutex
	reads := map[string]int{}
	for kind, read := range readers {
		wg.Go(func() {
			rnd := rand.New(rand.NewPCG(seed, uint64(len(kind))))
			n := 0
			for ; ctx.Err() == nil; n++ {
				name := both[rnd.IntN(len(both))]
				data, err := read(name)
				if err != nil {
					t.Errorf("%s: %s: %v", kind, name, err)
					break
				}
				if d := fmt.Sprintf("%x", sha256.Sum256(data)); d != whole[0][name] && d != whole[1][name] {
					t.Errorf("%s: %s has %d bytes that are neither the old nor the new ones", kind, name, len(data))
					break
				}
			}
			mu.Lock()
			reads[kind] = n
			mu.Unlock()
		})
	}
	for round := range rounds(12, 200) {
		s.become(versions[(round+1)%2])
		s.build()
	}
	stop()
	wg.Wait()
	t.Logf("read while it was built: %v", reads)
	for kind := range readers {
		if reads[kind] < 100 {
			t.Errorf("%s was read %d times only", kind, reads[kind])
		}
	}
}

func fetch(server *httptest.Server, name string) ([]byte, error) {
	// The server leads from index.html to its folder.
	r, err := server.Client().Get(server.URL + "/" + strings.TrimSuffix(name, "index.html"))
	if err != nil {
		return nil, err
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s", r.Status)
	}
	return io.ReadAll(r.Body)
}
