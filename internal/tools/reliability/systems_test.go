package reliability

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The program is whole for the other systems: it and its tests pass vet there, and it can be linked without C.
func TestOtherSystems(t *testing.T) {
	if !soak {
		t.Skip("compiles everything for each system; WAYMARK_SOAK=1 asks for it")
	}
	for _, target := range []string{"windows/amd64", "windows/arm64", "darwin/amd64", "darwin/arm64", "linux/arm64", "freebsd/amd64"} {
		t.Run(target, func(t *testing.T) {
			system, processor, _ := strings.Cut(target, "/")
			commands := [][]string{{"go", "vet", "./..."}, {"go", "build", "-o", filepath.Join(t.TempDir(), "waymark"), "./cmd/waymark"}}
			if system == "freebsd" { // not released, but it should not be hard either
				commands = commands[1:]
			}
			for _, args := range commands {
				cmd := exec.Command(args[0], args[1:]...)
				cmd.Dir = filepath.Join("..", "..", "..")
				cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH="+processor, "CGO_ENABLED=0")
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Errorf("%s: %v\n%s", strings.Join(args, " "), err, out)
				}
			}
		})
	}
}
