package serve

import (
	"embed"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
)

// The script of the preview is one file to the browser, joined from files that each are one idea. idiomorph.min.js is somebody else's (see
// LICENSE-idiomorph.txt), as it came.
//
//go:embed client
var client embed.FS

var reloadJS = sync.OnceValue(func() []byte {
	return join("idiomorph.min.js", "merge.js", "carry.js", "overlay.js", "bar.js", "reload.js")
})

var clientCSS = read("client.css")

// join wraps the files in one function, so that nothing of them is seen by the page's own scripts.
func join(names ...string) []byte {
	var b strings.Builder
	b.WriteString("(function () {\n\"use strict\";\n")
	for _, name := range names {
		b.WriteString("\n// " + name + "\n")
		b.Write(read(name))
	}
	b.WriteString("})();\n")
	return []byte(b.String())
}

func read(name string) []byte {
	data, err := client.ReadFile("client/" + name)
	if err != nil {
		panic(err) // a file that is compiled in
	}
	return data
}

// own answers the addresses of the preview itself.
func (s *Server) own(w http.ResponseWriter, r *http.Request) {
	switch strings.TrimPrefix(r.URL.Path, ownPath) {
	case "reload.js":
		answer(w, "text/javascript; charset=utf-8", reloadJS())
	case "client.css":
		answer(w, "text/css; charset=utf-8", clientCSS)
	case "socket":
		if s.o.NoReload {
			plain(w, http.StatusNotFound, "the preview was started without reloading")
			return
		}
		s.socket(w, r)
	case "page":
		data, err := json.Marshal(s.about(r.URL.Query().Get("path")))
		if err != nil {
			plain(w, http.StatusInternalServerError, err.Error())
			return
		}
		answer(w, "application/json", data)
	default:
		plain(w, http.StatusNotFound, "there is no such page")
	}
}

func answer(w http.ResponseWriter, kind string, data []byte) {
	w.Header().Set("Content-Type", kind)
	w.Write(data) // net/http leaves the body of an answer to HEAD out
}
