package build_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"waymark/internal/build"
	"waymark/internal/cache"
)

func photograph(t *testing.T, w, h int) []byte {
	img := image.NewGray(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Set(i%w, i/w, color.Gray{byte(i * i >> 7)})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestPicturesHaveSmallerCopies: a picture that a page shows is offered in the widths of site.yaml that are smaller, the same with and without a memory, and on paper as on the page. Pictures that
// no page shows have none, and `images: {off: true}` makes none.
func TestPicturesHaveSmallerCopies(t *testing.T) {
	const on = "title: T\nimages: {widths: [60, 100, 4000]}\n"
	fsys := fstest.MapFS{
		"site.yaml":          {Data: []byte(on)},
		"content/index.md":   {Data: []byte("# T\n")},
		"content/a/one.md":   {Data: []byte("# One\n\n![Shown](<../my photo.jpg>)\n\n![Lazy](../small.jpg)\n\n<img src=\"../my%20photo.jpg\" alt=\"\" width=\"80\">\n")},
		"content/a/twice.md": {Data: []byte("# Two\n\n![The same](../twin.jpg)\n")},
		"content/paths/p.md": {Data: []byte("---\ntitle: P\nstages:\n  - id: s\n    title: S\n    items: [{module: a/one}]\n---\n")},
		"content/unseen.jpg": {Data: photograph(t, 220, 100)},
		"content/small.jpg":  {Data: photograph(t, 60, 40)},
	}
	photo := photograph(t, 200, 100)
	fsys["content/my photo.jpg"], fsys["content/twin.jpg"] = &fstest.MapFile{Data: photo}, &fstest.MapFile{Data: photo}
	folder := t.TempDir()
	make := func(config string, memory *cache.Cache) map[string][]byte {
		t.Helper()
		fsys["site.yaml"] = &fstest.MapFile{Data: []byte(config)}
		b := build.New(build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01", Jobs: 2, Cache: memory})
		files := written(t, mustBuild(t, b))
		if again := written(t, mustBuild(t, b)); !maps.EqualFunc(files, again, bytes.Equal) {
			t.Error("the second build gives something else")
		}
		return files
	}
	remembered := func() *cache.Cache {
		memory, err := cache.Open(folder, cache.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { memory.Close() })
		return memory
	}
	first := remembered()
	files := make(on, first)
	first.Close()
	if cold, warm := make(on, nil), make(on, remembered()); !maps.EqualFunc(files, cold, bytes.Equal) || !maps.EqualFunc(files, warm, bytes.Equal) {
		t.Error("a memory makes a difference")
	}
	var copies []string
	for name, data := range files {
		if strings.HasPrefix(name, "assets/images/") {
			copies = append(copies, name)
			if c, err := jpeg.DecodeConfig(bytes.NewReader(data)); err != nil || c.Height != c.Width/2 {
				t.Errorf("%s: %v, %v", name, c, err)
			}
		}
	}
	slices.Sort(copies)
	if len(copies) != 2 {
		t.Fatalf("the copies are %q", copies)
	}
	tags := regexp.MustCompile(`<img[^>]*>`).FindAllString(string(files["a/one.html"]), -1)
	want := []string{
		`<img src="../my%20photo.jpg" srcset="../` + copies[1] + ` 60w, ../` + copies[0] + ` 100w, ../my%20photo.jpg 200w" sizes="(min-width: 39rem) 35rem, 92vw" width="200" height="100" alt="Shown">`,
		`<img src="../small.jpg" width="60" height="40" loading="lazy" alt="Lazy">`,
	}
	for i, w := range want {
		if i >= len(tags) || tags[i] != w {
			t.Errorf("the page has\n%s\nwant\n%s", strings.Join(tags, "\n"), w)
			break
		}
	}
	if last := tags[len(tags)-1]; !strings.Contains(last, `sizes="auto, (max-width: 80px) 100vw, 80px"`) {
		t.Errorf("a picture with a width of its own is %s", last)
	}
	if paper := string(files["print/p.html"]); !strings.Contains(paper, `srcset="../`+copies[1]) {
		t.Error("the workbook has no copies")
	}
	for name := range make("title: T\nimages: {off: true}\n", nil) {
		if strings.HasPrefix(name, "assets/images/") {
			t.Errorf("switched off, %s is there", name)
		}
	}
}
