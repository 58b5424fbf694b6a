package picture

import (
	"image"

	"golang.org/x/image/draw"
)

// halved returns the picture, or one whose sides are a whole part of it as long, by the mean of each square of pixels. It stays at least twice as large as least asks for, so that the
// scaling after it has enough to work with, while that takes far less time and memory.
func halved(img image.Image, least Size) image.Image {
	b := img.Bounds()
	k := min(b.Dx()/(2*least.Width), b.Dy()/(2*least.Height))
	if k < 2 {
		return img
	}
	out := image.NewRGBA(image.Rect(0, 0, b.Dx()/k, b.Dy()/k))
	strip := image.NewRGBA(image.Rect(0, 0, b.Dx(), k))
	sums := make([]uint32, 4*out.Rect.Dx())
	for y := range out.Rect.Dy() {
		draw.Draw(strip, strip.Rect, img, image.Pt(b.Min.X, b.Min.Y+y*k), draw.Src)
		clear(sums)
		for row := range k {
			line := strip.Pix[row*strip.Stride:]
			for x := range out.Rect.Dx() * k {
				at := 4 * (x / k)
				for c := range 4 {
					sums[at+c] += uint32(line[4*x+c])
				}
			}
		}
		line, n := out.Pix[y*out.Stride:], uint32(k*k)
		for i, s := range sums {
			line[i] = byte((s + n/2) / n)
		}
	}
	return out
}
