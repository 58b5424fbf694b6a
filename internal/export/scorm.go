package export

import (
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"strings"
	texttemplate "text/template"
)

// A Course is a learning path as a learning platform gets it, with the whole site around it.
type Course struct {
	Site, SiteTitle string // id and title of the site
	ID, Title       string // of the path
	Language, Dir   string // of the path's page: the attributes lang and dir
	Start, Data     string // addresses of the path's page and of what scripts know of the site, from the site's root
	Files           []File // the site
	// Words returns a text of the launch page by its key.
	Words func(key string) string
}

//go:embed scorm
var scormFiles embed.FS

// manifestName is what a package of SCORM is known by.
const manifestName = "imsmanifest.xml"

// ErrManifest says that a site has a file in the place of the manifest.
var ErrManifest = errors.New("the site has a file of its own called " + manifestName + ", which is the name of a package's list of files")

// SCORM writes a course as a package of SCORM 1.2 with one SCO: the site, a page that opens the path and reports to the platform, and the manifest. Equal courses give equal bytes.
func SCORM(w io.Writer, c *Course) error {
	pack := &scormPackage{Course: c, stem: "scorm"}
	taken := map[string]bool{}
	for _, f := range c.Files {
		taken[strings.ToLower(f.Path)] = true
	}
	if taken[manifestName] {
		return ErrManifest
	}
	for n := 1; taken[pack.Launch(".html")] || taken[pack.Launch(".js")] || taken[pack.Launch(".css")]; n++ {
		pack.stem = fmt.Sprintf("scorm-%d", n)
	}
	launch, err := template.ParseFS(scormFiles, "scorm/launch.html")
	if err != nil {
		return err
	}
	manifest, err := texttemplate.ParseFS(scormFiles, "scorm/manifest.xml")
	if err != nil {
		return err
	}
	own := []File{
		{manifestName, func(w io.Writer) error { return manifest.Execute(w, pack) }},
		{pack.Launch(".html"), func(w io.Writer) error { return launch.Execute(w, pack) }},
		{pack.Launch(".js"), embedded("scorm/scorm.js")},
		{pack.Launch(".css"), embedded("scorm/scorm.css")},
	}
	pack.listed = append(own[1:], c.Files...)
	return Zip(w, "", append(own[:1:1], pack.listed...))
}

// scormPackage is what the templates of scorm/ show.
type scormPackage struct {
	*Course
	stem   string
	listed []File // all but the manifest
}

// Launch is the name of a file of the launch page: one that the site does not have.
func (p *scormPackage) Launch(ext string) string { return p.stem + ext }

// Name is an identifier.
func (p *scormPackage) Name(prefix string) string { return ncName(prefix, p.Site+"/"+p.ID) }

// Word is a text of the launch page.
func (p *scormPackage) Word(key string) string { return p.Words(key) }

// XML is a plain text as XML has it.
func (p *scormPackage) XML(s string) string { return xmlText(s) }

// Hrefs are the addresses of the files.
func (p *scormPackage) Hrefs() (list []string) {
	for _, f := range p.listed {
		list = append(list, xmlText((&url.URL{Path: f.Path}).String()))
	}
	return list
}

func embedded(name string) func(io.Writer) error {
	return func(w io.Writer) error {
		data, err := scormFiles.ReadFile(name)
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	}
}
