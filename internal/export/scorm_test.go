package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"waymark/internal/export"
)

// course is a path with signs in its title that XML and HTML have other uses for, in a site with files of the names.
func course(names ...string) *export.Course {
	c := &export.Course{
		Site: "Guide", SiteTitle: `A "guide" & more`, ID: "start", Title: "Ask & <listen> \"first\": 'Über' 始\x01", Language: "ar", Dir: "rtl", Start: "paths/a%23b.html", Data: "data/site.js",
		Words: func(key string) string { return "<" + key + ">" },
	}
	for _, name := range names {
		c.Files = append(c.Files, export.File{Path: name, Write: func(w io.Writer) error {
			_, err := io.WriteString(w, name)
			return err
		}})
	}
	return c
}

// scormFiles writes a course, twice, and returns the files of the package by their names, and these in their order.
func scormFiles(t *testing.T, c *export.Course) (files map[string]string, names []string) {
	t.Helper()
	var b, again bytes.Buffer
	if err := errors.Join(export.SCORM(&b, c), export.SCORM(&again, c)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("equal courses gave different packages")
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	files = map[string]string{}
	for _, f := range z.File {
		files[f.Name] = string(contentOf(t, f))
		names = append(names, f.Name)
	}
	return files, names
}

// The manifest and the launch page are as they are kept in testdata, whatever stands in titles and names, and the manifest lists each other file once.
func TestSCORMHoldsTheSite(t *testing.T) {
	const archive = "testdata/scorm.txtar"
	files, names := scormFiles(t, course("a b & c#1.png", "index.html", "paths/a#b.html", "é/ü.html"))
	got := &txtar.Archive{Files: []txtar.File{{Name: "imsmanifest.xml", Data: []byte(files["imsmanifest.xml"])}, {Name: "scorm.html", Data: []byte(files["scorm.html"])}}}
	if *update {
		if err := os.WriteFile(archive, txtar.Format(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(txtar.Format(got))); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if names[0] != "imsmanifest.xml" || files["é/ü.html"] != "é/ü.html" || files["scorm.css"] == "" || files["scorm.js"] == "" {
		t.Errorf("the package has %q", names)
	}
	var manifest struct {
		Title    string `xml:"organizations>organization>item>title"`
		Resource struct {
			Href string `xml:"href,attr"`
			Type string `xml:"http://www.adlnet.org/xsd/adlcp_rootv1p2 scormtype,attr"`
			File []struct {
				Href string `xml:"href,attr"`
			} `xml:"file"`
		} `xml:"resources>resource"`
	}
	if err := xml.Unmarshal([]byte(files["imsmanifest.xml"]), &manifest); err != nil {
		t.Fatal(err)
	}
	r := manifest.Resource
	if manifest.Title != "Ask & <listen> \"first\": 'Über' 始" || r.Href != "scorm.html" || r.Type != "sco" || len(r.File) != len(names)-1 {
		t.Errorf("the manifest says %+v", manifest)
	}
}

// A launch page takes the place of no file of the site; what a site has in the place of the manifest cannot be packed.
func TestSCORMTakesNoNameOfTheSite(t *testing.T) {
	files, names := scormFiles(t, course("SCORM.css", "index.html", "scorm-1.html"))
	if files["SCORM.css"] != "SCORM.css" || files["scorm-1.html"] != "scorm-1.html" || !slices.Contains(names, "scorm-2.html") || !strings.Contains(files["imsmanifest.xml"], `href="scorm-2.html">`) {
		t.Errorf("the package has %q", names)
	}
	if err := export.SCORM(io.Discard, course("IMSManifest.xml")); !errors.Is(err, export.ErrManifest) {
		t.Errorf("a second manifest gives %v", err)
	}
	broken := course("index.html")
	broken.Files[0].Write = func(io.Writer) error { return io.ErrUnexpectedEOF }
	if err := export.SCORM(io.Discard, broken); !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(err.Error(), "index.html") {
		t.Errorf("a file that cannot be written gives %v", err)
	}
}
