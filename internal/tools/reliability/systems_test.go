package reliability

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The program is whole for the other systems: it and its tests pass vet there, and it can be linked without C. A long run takes the other processors as well.
func TestOtherSystems(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles everything for each system")
	}
	targets := []string{"windows/amd64", "darwin/arm64"}
	if soak {
		targets = append(targets, "windows/arm64", "darwin/amd64", "linux/arm64", "freebsd/amd64")
	}
	for _, target := range targets {
		t.Run(target, func(t *testing.T) {
			system, processor, _ := strings.Cut(target, "/")
			commands := [][]string{{"go", "vet", "./..."}, {"go", "build", "-o", filepath.Join(t.TempDir(), "waymark"), "./cmd/waymark"}}
			if system == "freebsd" { // not released, but it should not be hard either
				commands = commands[1:]
			}
			for _, args := range commands {
				cmd := exec.Command(args[0], args[1:]...)
				cmd.Dir = filepath.Join("..", "..", "..")
				cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH="+processor, "CGO_ENABLED=0", "GOFLAGS=-gcflags=all=-N") // nobody runs it
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Errorf("%s: %v\n%s", strings.Join(args, " "), err, out)
				}
			}
		})
	}
}
