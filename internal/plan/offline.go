package plan

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
)

// What `offline: true` in site.yaml adds: the manifest with which a browser installs the site, and a service worker that keeps what was read.
// A page names the worker in data-sw; the theme's script registers it.

const (
	manifestPath = "manifest.webmanifest"
	workerPath   = "sw.js"
)

//go:embed sw.js
var worker []byte

// offline plans both files. It comes after the keys, for the worker names the build by the digest of all of them: when any output changes, so
// does the worker, which is how browsers learn of a new edition.
func (m *maker) offline() {
	if !m.cfg.Offline {
		return
	}
	m.datum(manifestPath, m.manifestJSON)
	m.sealData()
	edition := m.editionID()
	m.datum(workerPath, func() []byte { return m.workerJS(edition) })
	m.sealData()
	slices.SortStableFunc(m.plan.Data, func(a, b Datum) int { return strings.Compare(a.Path, b.Path) })
}

// manifestJSON is the web application manifest (W3C, Web Application Manifest). The colours are those of the pages' theme-color.
func (m *maker) manifestJSON() []byte {
	type icon struct {
		Src   string `json:"src"`
		Sizes string `json:"sizes"`
		Type  string `json:"type,omitempty"`
	}
	icons := []icon{{Src: m.iconPath(), Sizes: "any"}}
	if path.Ext(icons[0].Src) == ".svg" {
		icons[0].Type = "image/svg+xml"
	}
	data, err := json.MarshalIndent(struct {
		Name        string `json:"name"`
		Description string `json:"description,omitempty"`
		Lang        string `json:"lang"`
		Dir         string `json:"dir"`
		Start       string `json:"start_url"`
		Scope       string `json:"scope"`
		Display     string `json:"display"`
		Background  string `json:"background_color"`
		Theme       string `json:"theme_color"`
		Icons       []icon `json:"icons"`
	}{m.cfg.Title, m.cfg.Description, m.cfg.Language, direction(m.cfg.Language), "./", "./", "minimal-ui", lightPaper.String(), lightPaper.String(), icons}, "", " ")
	if err != nil {
		panic("plan: " + err.Error()) // plain values always marshal
	}
	return append(data, '\n')
}

// editionID is the digest of the keys of every output planned so far.
func (m *maker) editionID() string {
	h := sha256.New()
	for i := range m.plan.Pages {
		h.Write(m.plan.Pages[i].Key[:])
	}
	for i := range m.plan.Copies {
		h.Write(m.plan.Copies[i].Key[:])
	}
	for i := range m.plan.Data {
		h.Write(m.plan.Data[i].Key[:])
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

// workerJS is sw.js with what it knows of the site. The start page stands as "./": hosts that shorten addresses redirect index.html, and a
// redirect cannot be shown from a cache.
func (m *maker) workerJS(edition string) []byte {
	shell := []string{"./"}
	for _, a := range m.look.Assets {
		if _, extra := m.extra[a.Path]; extra {
			continue // kept with the pages that use it
		}
		if path.Ext(a.Path) == ".woff2" && m.cfg.Brand.Fonts == "system" && m.look.Usual("assets/"+a.Path) {
			continue // no page asks for the fonts of the default theme
		}
		switch path.Ext(a.Path) {
		case ".css", ".js", ".svg", ".woff2":
			shell = append(shell, assetsDir+escape(a.Path))
		}
	}
	for _, d := range m.plan.Data {
		if strings.HasPrefix(d.Path, wordsDir) {
			shell = append(shell, escape(d.Path))
		}
	}
	slices.Sort(shell)
	data, err := json.Marshal(map[string]any{"id": m.cfg.ID.Value, "edition": edition, "shell": shell})
	if err != nil {
		panic("plan: " + err.Error()) // plain values always marshal
	}
	return bytes.Join([][]byte{[]byte("const site = "), data, []byte(";\n"), worker}, nil)
}
