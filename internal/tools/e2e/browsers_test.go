package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestOtherBrowsers uses the small site and opens every page of the handbook in Firefox and in WebKit, which Safari is made of; served, and from a folder. It is a long
// run (WAYMARK_SOAK) and needs node, and of each browser what Debian calls firefox-esr, and webkit2gtk-driver with xvfb. A browser that is not there is left out, and it is said.
func TestOtherBrowsers(t *testing.T) {
	if os.Getenv("WAYMARK_SOAK") == "" {
		t.Skip("a long run: WAYMARK_SOAK")
	}
	node, root, _ := browsing(t)
	run(t, "browsers", nil, "npm", "ci", "--no-audit", "--no-fund", "--silent")
	small, guide := filepath.Join(t.TempDir(), "small"), filepath.Join(t.TempDir(), "guide")
	run(t, root, nil, "go", "run", "./cmd/waymark", "build", "--cache", "off", "-s", "internal/tools/e2e/site", "-d", small)
	run(t, root, nil, "go", "run", "./cmd/waymark", "build", "--cache", "off", "-d", guide)
	for _, b := range []struct{ name, program string }{{"firefox", "firefox-esr"}, {"webkit", "WebKitWebDriver"}} {
		t.Run(b.name, func(t *testing.T) {
			program, err := exec.LookPath(b.program)
			if err != nil {
				t.Skipf("%s is not here", b.program)
			}
			run(t, "browsers", []string{"WAYMARK_SMALL=" + small, "WAYMARK_GUIDE=" + guide, "BROWSER=" + b.name, "PROGRAM=" + program}, node, "--test", "browsers.test.mjs")
		})
	}
}
