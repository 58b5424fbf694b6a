package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// browsers are the names under which Chromium is installed.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"}

// ErrNoBrowser is returned by PDF where no Chromium is installed.
var ErrNoBrowser = errors.New("there is no Chromium here that could print; install it, or name it in the variable CHROMIUM, or open the print page and print from your browser")

// PDF prints a page of a built site to a tagged, outlined PDF by an installed Chromium. page is the whole path of a file. The browser gets a profile of its own that is thrown
// away.
func PDF(ctx context.Context, page string, w io.Writer) error {
	browser := os.Getenv("CHROMIUM")
	for _, name := range browsers {
		if browser != "" {
			break
		}
		browser, _ = exec.LookPath(name)
	}
	if browser == "" {
		return ErrNoBrowser
	}
	profile, err := os.MkdirTemp("", "waymark-pdf-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(profile)
	tmp := filepath.Join(profile, "out.pdf")
	args := []string{
		"--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--user-data-dir=" + profile, "--no-pdf-header-footer", "--generate-pdf-document-outline", "--export-tagged-pdf", "--print-to-pdf=" + tmp,
	}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // Chromium refuses to run its sandbox as root
	}
	args = append(args, address(page))
	cmd := exec.CommandContext(ctx, browser, args...)
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s could not print: %w\n%s", filepath.Base(browser), err, lastLines(log.String(), 3))
	}
	data, err := os.ReadFile(tmp)
	if err != nil {
		return fmt.Errorf("%s wrote no PDF: %s", filepath.Base(browser), lastLines(log.String(), 3))
	}
	_, err = w.Write(data)
	return err
}

// address is that of a file, by its whole path: a browser takes # and ? in a name for the end of it.
func address(file string) string {
	p := filepath.ToSlash(file)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // C:/…
	}
	return (&url.URL{Scheme: "file", Path: p}).String()
}

func lastLines(s string, n int) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
