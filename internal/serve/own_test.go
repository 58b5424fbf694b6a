package serve

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
)

// What is somebody else's is as it came: idiomorph 0.8.0, dist/idiomorph.min.js of the npm package.
func TestIdiomorphIsAsItCame(t *testing.T) {
	const came = "4cbd535caf7663a51eda9bce6595371c384fc430d54b8d414e29a61167f19f96"
	if got := fmt.Sprintf("%x", sha256.Sum256(read("idiomorph.min.js"))); got != came {
		t.Errorf("client/idiomorph.min.js has the digest %s, the file of version 0.8.0 has %s", got, came)
	}
	if licence := string(read("LICENSE-idiomorph.txt")); !strings.Contains(licence, "idiomorph 0.8.0") || !strings.Contains(licence, "Zero-Clause BSD") {
		t.Error("the licence does not name the version")
	}
}

// The preview's own addresses hold its script and its styles, and nothing else of the folder they come from.
func TestOwnAddresses(t *testing.T) {
	p := start(t, newFolder(t, nil), nil).first()
	for target, want := range map[string]string{"/_waymark/reload.js": "const Merge", "/_waymark/client.css": ".overlay"} {
		if r, body := p.ask(target); r.StatusCode != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: %d", target, r.StatusCode)
		}
	}
	for _, target := range []string{"/_waymark/LICENSE-idiomorph.txt", "/_waymark/idiomorph.min.js", "/_waymark/client", "/_waymark/socket"} {
		if r, _ := p.ask(target); r.StatusCode < 400 {
			t.Errorf("%s: %d", target, r.StatusCode)
		}
	}
}
