package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// released is set when a release is linked.
var released = "0.1.0-dev"

func version() string { return strings.TrimPrefix(released, "v") }

func versionCommand(g *globals) *cobra.Command {
	licences := false
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprintf(g.out, "waymark %s %s/%s %s\n", version(), runtime.GOOS, runtime.GOARCH, runtime.Version())
			if !licences {
				return nil
			}
			info, ok := debug.ReadBuildInfo()
			if !ok {
				return nil
			}
			for _, d := range info.Deps {
				fmt.Fprintf(g.out, "%s %s %s\n", d.Path, d.Version, licenceOf(d.Path))
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&licences, "licences", false, "list the libraries in the program and their licences")
	return cmd
}

// licenceOf names the licence of a library, by its module path. The list has the libraries of all systems; a test compares it with the files of the modules.
func licenceOf(module string) string {
	if l, ok := licences[module]; ok {
		return l
	}
	return "unknown"
}

var licences = map[string]string{
	"github.com/adrg/frontmatter":          "MIT",
	"github.com/BurntSushi/toml":           "MIT",
	"github.com/alecthomas/chroma/v2":      "MIT",
	"github.com/aymerick/douceur":          "MIT",
	"github.com/coder/websocket":           "ISC",
	"github.com/dlclark/regexp2/v2":        "MIT",
	"github.com/fsnotify/fsnotify":         "BSD-3-Clause",
	"github.com/gorilla/css":               "BSD-3-Clause",
	"github.com/inconshreveable/mousetrap": "Apache-2.0",
	"github.com/klauspost/compress":        "Apache-2.0 and BSD-3-Clause and MIT",
	"github.com/microcosm-cc/bluemonday":   "BSD-3-Clause",
	"github.com/spf13/cobra":               "Apache-2.0",
	"github.com/spf13/pflag":               "BSD-3-Clause",
	"github.com/yuin/goldmark":             "MIT",
	"go.yaml.in/yaml/v4":                   "Apache-2.0 and MIT",
	"golang.org/x/image":                   "BSD-3-Clause",
	"golang.org/x/net":                     "BSD-3-Clause",
	"golang.org/x/sys":                     "BSD-3-Clause",
	"golang.org/x/term":                    "BSD-3-Clause",
	"golang.org/x/text":                    "BSD-3-Clause",
	"gopkg.in/yaml.v2":                     "Apache-2.0 and MIT",
}

// programID says which program this is: the version and, for programs that are built while Waymark is worked on, the digest of the beginning of the file, where Go
// puts the build's id (see readBinary in cmd/internal/buildid). Empty where the system does not tell.
func programID() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.CopyN(h, f, 64<<10); err != nil {
		return ""
	}
	return fmt.Sprintf("%s %x", version(), h.Sum(nil))
}
