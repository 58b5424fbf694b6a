package e2e

import (
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
)

// TestFigures shows diagrams and pictures. The photograph is made here.
func TestFigures(t *testing.T) {
	source := filepath.Join(t.TempDir(), "source")
	if err := os.CopyFS(source, os.DirFS("figures")); err != nil {
		t.Fatal(err)
	}
	img := image.NewYCbCr(image.Rect(0, 0, 2000, 1000), image.YCbCrSubsampleRatio420)
	for y := range 1000 {
		for x := range 2000 {
			img.Y[img.YOffset(x, y)] = color.Gray{byte((x*x + y*y) >> 6)}.Y
		}
	}
	f, err := os.Create(filepath.Join(source, "content", "photo.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(f, img, nil); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	walks(t, source, "figures.test.mjs")
}
