// Command release builds the program for the systems that it is released for, with what somebody needs who wants to check it.
//
//	go run ./release -version 1.2.0 -out ../../dist        in internal/tools; or make release VERSION=1.2.0
//
// It writes one program for each of six targets, SHA256SUMS in the form that `sha256sum -c` reads, and sbom.cdx.json: the modules that are in the programs, as CycloneDX
// 1.6, taken from what the Go linker wrote into the programs themselves (`go version -m` prints the same), not from go.mod.
//
// The programs are the same bytes wherever they are built with the same Go: no cgo, no paths of this machine, no state of a working copy.
package main

import (
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// rarelyUsed are packages by which no page is made, or few, as what cleans the HTML of authors. They are compiled without inlining (-l), which is half a megabyte less.
var rarelyUsed = []string{
	"net", "net/http/...", "mime/...", "crypto/tls", "crypto/x509", "crypto/internal/fips140/nistec/...", "math/big",
	"github.com/BurntSushi/toml/...", "github.com/coder/websocket/...", "github.com/microcosm-cc/...", "github.com/spf13/...",
}

// targets are systems and processors.
var targets = []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64"}

func main() {
	version := flag.String("version", "0.1.0-dev", "version, as in 1.2.0")
	root := flag.String("root", filepath.Join("..", ".."), "folder of the main module")
	out := flag.String("out", filepath.Join("..", "..", "dist"), "folder for the release; what lies in it stays")
	only := flag.String("only", "", "build these targets alone, as in linux/amd64,darwin/arm64")
	flag.Parse()
	list := targets
	if *only != "" {
		list = strings.Split(*only, ",")
	}
	if err := release(*root, *out, strings.TrimPrefix(*version, "v"), list); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// mostBytes is the size that no program may have.
const mostBytes = 25_000_000

func release(root, out, version string, targets []string) error {
	out, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	var sums strings.Builder
	var programs []program
	for _, target := range targets {
		system, processor, ok := strings.Cut(target, "/")
		if !ok {
			return fmt.Errorf("a target is a system and a processor, as in linux/amd64, not %q", target)
		}
		p := program{name: fmt.Sprintf("waymark-%s-%s-%s", version, system, processor)}
		if system == "windows" {
			p.name += ".exe"
		}
		file := filepath.Join(out, p.name)
		// HTTP/2 is half a megabyte for a preview on this machine and links that are asked for once: nobody needs it.
		args := []string{"build", "-tags=nethttpomithttp2", "-trimpath", "-buildvcs=false"}
		for _, packages := range rarelyUsed {
			args = append(args, "-gcflags="+packages+"=-l")
		}
		args = append(args, "-ldflags=-s -w -funcalign=16 -X main.released="+version, "-o", file, "./cmd/waymark")
		cmd := exec.Command("go", args...)
		cmd.Dir = root
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+processor, "GOFLAGS=", "GOAMD64=v1", "GOARM64=v8.0")
		if said, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %v\n%s", target, err, said)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		p.sum = hex.EncodeToString(sum[:])
		if p.info, err = buildinfo.ReadFile(file); err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%s  %s\n", p.sum, p.name)
		fmt.Printf("%s  %.2f MB\n", p.name, float64(len(data))/1e6)
		if len(data) > mostBytes {
			return fmt.Errorf("%s has more than %d MB", p.name, mostBytes/1_000_000)
		}
		programs = append(programs, p)
	}
	bom, err := bom(version, programs)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(out, "sbom.cdx.json"), bom, 0o644); err != nil {
		return err
	}
	sum := sha256.Sum256(bom)
	fmt.Fprintf(&sums, "%s  %s\n", hex.EncodeToString(sum[:]), "sbom.cdx.json")
	return os.WriteFile(filepath.Join(out, "SHA256SUMS"), []byte(sums.String()), 0o644)
}
