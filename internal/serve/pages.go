package serve

import (
	"bytes"
	"html"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"waymark/internal/build"
)

// ownPath is where the preview's own files are; everything else is the site's.
const ownPath = "/_waymark/"

// missingPage is what static hosts answer with where there is nothing.
const missingPage = "404.html"

// patience is how long a request waits for the first build before it is told to come again.
const patience = 400 * time.Millisecond

// ServeHTTP answers a request. No address becomes a file's name: it is the name of an output of the site, or nothing.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("X-Frame-Options", "SAMEORIGIN")
	h.Set("Referrer-Policy", "same-origin")
	if status, why := s.guard(r); status != 0 {
		if status == http.StatusMethodNotAllowed {
			h.Set("Allow", "GET, HEAD")
		}
		plain(w, status, why)
		return
	}
	if strings.HasPrefix(r.URL.Path, ownPath) {
		s.own(w, r)
		return
	}
	st := s.wait(r)
	if st == nil {
		s.shell(w, http.StatusServiceUnavailable, nil, "")
		return
	}
	if st.site == nil {
		s.shell(w, http.StatusInternalServerError, st.faults, "")
		return
	}
	f, to := s.resolve(st, r.URL.Path)
	switch {
	case to != "":
		http.Redirect(w, r, (&url.URL{Path: to, RawQuery: r.URL.RawQuery}).String(), http.StatusFound)
	case f != nil:
		s.output(w, r, st, f, http.StatusOK)
	default:
		if f = st.find(missingPage); f != nil {
			s.output(w, r, st, f, http.StatusNotFound)
			return
		}
		plain(w, http.StatusNotFound, "there is no such page")
	}
}

// wait returns the state, after a moment's patience while the first build runs. It is nil when there is none yet.
func (s *Server) wait(r *http.Request) *state {
	if st := s.state.Load(); st != nil {
		return st
	}
	t := time.NewTimer(patience)
	defer t.Stop()
	select {
	case <-s.ready:
	case <-t.C:
	case <-r.Context().Done():
	}
	return s.state.Load()
}

// resolve finds the output of an address as static hosts do: a folder is its index.html, and without the slash leads to the address with one.
func (s *Server) resolve(st *state, addr string) (f *build.File, redirect string) {
	rel, ok := strings.CutPrefix(addr, s.base)
	if !ok {
		if addr == "/" || addr+"/" == s.base {
			return nil, s.base
		}
		return nil, ""
	}
	name := rel
	if rel == "" || strings.HasSuffix(rel, "/") {
		name += "index.html"
	}
	// Dots, doubled slashes, backslashes and NULs name no output. This is only said early; nothing could be reached by them.
	if !fs.ValidPath(name) || strings.ContainsAny(name, "\\\x00") {
		return nil, ""
	}
	if f = st.find(name); f != nil {
		return f, ""
	}
	if name == rel && st.find(rel+"/index.html") != nil {
		return nil, addr + "/"
	}
	return nil, ""
}

// output writes one output of the site; pages get the reload script.
func (s *Server) output(w http.ResponseWriter, r *http.Request, st *state, f *build.File, status int) {
	if f.Open != nil && status == http.StatusOK && part(w, r, f) {
		return
	}
	data, err := s.pages.get(f)
	if err != nil {
		s.shell(w, http.StatusInternalServerError, s.undrawn(f.Path, err), keyOf(f))
		return
	}
	w.Header().Set("Content-Type", contentType(f.Path))
	if f.Page == nil && status == http.StatusOK {
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
		return
	}
	if f.Page != nil && !s.o.NoReload {
		data = insert(data, scriptTag(keyOf(f), st.look, status == http.StatusNotFound))
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	w.Write(data) // net/http leaves the body of an answer to HEAD out
}

// part answers with a file that is published as it is, or the part of it that is asked for: media players ask for parts of films, which are not to be read whole for that.
// It reports whether it did.
func part(w http.ResponseWriter, r *http.Request, f *build.File) bool {
	from, err := f.Open()
	if err != nil {
		return false // to write it says what is wrong
	}
	defer from.Close()
	w.Header().Set("Content-Type", contentType(f.Path))
	http.ServeContent(w, r, "", time.Time{}, from)
	return true
}

// shell answers with a page of the preview's own: while the first build runs, and when there is nothing good to show. It carries the reload script, which
// replaces it as soon as there is.
func (s *Server) shell(w http.ResponseWriter, status int, faults []fault, key string) {
	var b strings.Builder
	title, refresh := "Building the site …", `<meta http-equiv="refresh" content="1">`
	if faults != nil {
		title, refresh = "This page cannot be shown yet", ""
	} else {
		w.Header().Set("Retry-After", "1")
	}
	b.WriteString(`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">` +
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'">` +
		`<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">` + refresh +
		`<title>` + title + `</title><link rel="stylesheet" href="` + ownPath + `client.css"></head><body class="shell"><main><h1>` + title + `</h1>`)
	if faults == nil {
		b.WriteString(`<p>` + html.EscapeString(s.describe()) + `</p>`)
	}
	for _, f := range faults {
		b.WriteString(`<pre>` + html.EscapeString(f.Text) + `</pre>`)
	}
	b.WriteString(`</main>`)
	if !s.o.NoReload {
		b.WriteString(scriptTag(key, "", false))
	}
	b.WriteString(`</body></html>`)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write([]byte(b.String()))
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	w.Write([]byte(text + "\n"))
}

// contentType returns the type of an output. The table is ours: the system's differs from machine to machine.
func contentType(name string) string {
	if t, ok := types[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}

var types = map[string]string{
	".avif":        "image/avif",
	".bib":         "text/plain; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".csv":         "text/csv; charset=utf-8",
	".docx":        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".epub":        "application/epub+zip",
	".gif":         "image/gif",
	".gz":          "application/gzip",
	".htm":         "text/html; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".ico":         "image/x-icon",
	".ics":         "text/calendar; charset=utf-8",
	".jpeg":        "image/jpeg",
	".jpg":         "image/jpeg",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".m4a":         "audio/mp4",
	".map":         "application/json",
	".md":          "text/markdown; charset=utf-8",
	".mjs":         "text/javascript; charset=utf-8",
	".mp3":         "audio/mpeg",
	".mp4":         "video/mp4",
	".odt":         "application/vnd.oasis.opendocument.text",
	".ogg":         "audio/ogg",
	".otf":         "font/otf",
	".pdf":         "application/pdf",
	".png":         "image/png",
	".pptx":        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".svg":         "image/svg+xml",
	".tsv":         "text/tab-separated-values; charset=utf-8",
	".ttf":         "font/ttf",
	".txt":         "text/plain; charset=utf-8",
	".vtt":         "text/vtt; charset=utf-8",
	".wasm":        "application/wasm",
	".wav":         "audio/wav",
	".webm":        "video/webm",
	".webmanifest": "application/manifest+json",
	".webp":        "image/webp",
	".woff":        "font/woff",
	".woff2":       "font/woff2",
	".xlsx":        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".xml":         "application/xml",
	".yaml":        "text/plain; charset=utf-8",
	".yml":         "text/plain; charset=utf-8",
	".zip":         "application/zip",
}
