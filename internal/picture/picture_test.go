package picture_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"waymark/internal/picture"
)

// photo is a picture with a red left half, a blue right half and grain, so that it is no trifle to pack.
func photo(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	seed := uint32(1)
	for y := range h {
		for x := range w {
			seed = seed*1664525 + 1013904223
			c := color.RGBA{200 + byte(seed>>28), byte(seed >> 27), 10, 255}
			if x >= w/2 {
				c = color.RGBA{10, byte(seed >> 27), 200 + byte(seed>>28), 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func asJPEG(t *testing.T, img image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t *testing.T, img image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// insert puts bytes behind the first n of a file.
func insert(file []byte, n int, what ...byte) []byte {
	return append(append(append([]byte{}, file[:n]...), what...), file[n:]...)
}

// exif is the segment in which a camera says how it was held.
func exif(orientation byte) []byte {
	body := append([]byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"), orientation, 0, 0, 0, 0, 0, 0)
	return append(binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2)), body...)
}

// chunk is a part of a PNG.
func chunk(name, body string) []byte {
	b := append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), name+body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

func copies(t *testing.T, data []byte, widths ...int) []picture.Copy {
	t.Helper()
	list, err := picture.Copies(data, widths)
	if err != nil {
		t.Fatal(err)
	}
	again, err := picture.Copies(data, widths)
	if err != nil || len(again) != len(list) {
		t.Fatal(err)
	}
	for i, c := range list {
		if !bytes.Equal(c.Data, again[i].Data) {
			t.Error("the second time it gives other bytes")
		}
		got, kind, err := image.DecodeConfig(bytes.NewReader(c.Data))
		if err != nil || got.Width != c.Width || got.Height != c.Height || "."+kind[:3] != map[string]string{".jpg": ".jpe", ".png": ".png"}[c.Ext] {
			t.Errorf("a copy of %d × %d pixels is a %s of %d × %d (%v)", c.Width, c.Height, kind, got.Width, got.Height, err)
		}
		if len(c.Data) >= len(data) {
			t.Errorf("a copy has %d bytes, the picture %d", len(c.Data), len(data))
		}
	}
	return list
}

func widthsOf(list []picture.Copy) (widths []int) {
	for _, c := range list {
		widths = append(widths, c.Width)
	}
	return widths
}

func TestCopiesAreSmaller(t *testing.T) {
	big := photo(500, 300)
	for _, c := range []struct {
		name string
		data []byte
		want int
	}{
		{"a photograph", asJPEG(t, big), 2},
		{"a screenshot", asPNG(t, big), 2},
		{"no wider than the narrowest", asJPEG(t, photo(100, 450)), 0},
		{"one that packs so well that copies would be larger", asPNG(t, image.NewPaletted(image.Rect(0, 0, 500, 300), color.Palette{color.Black, color.White})), 2},
		{"no picture", []byte("no picture"), 0},
	} {
		list := copies(t, c.data, 100, 250, 1440)
		if len(list) > c.want || c.want > 0 && len(list) == 0 && c.name[:2] != "on" {
			t.Errorf("%s: %v", c.name, widthsOf(list))
		}
		for _, x := range list {
			if x.Width != 100 && x.Width != 250 || x.Height != x.Width*6/10 {
				t.Errorf("%s: a copy of %d × %d", c.name, x.Width, x.Height)
			}
		}
	}
}

// What the left half shows is what it showed, whichever way the camera was held, and width and height are those that a reader sees.
func TestCopiesStandAsThePictureDoes(t *testing.T) {
	photograph, shot := asJPEG(t, photo(800, 400)), asPNG(t, photo(800, 400))
	for turn, red := range map[byte]image.Point{1: {10, 50}, 2: {190, 50}, 3: {190, 50}, 4: {10, 50}, 5: {50, 10}, 6: {50, 10}, 7: {50, 190}, 8: {50, 190}} {
		for kind, data := range map[string][]byte{
			"jpeg": insert(photograph, 2, exif(turn)...),
			"png":  insert(shot, 33, chunk("eXIf", string(exif(turn)[10:]))...),
		} {
			want, width := picture.Size{Width: 800, Height: 400}, 200
			if turn >= 5 {
				want, width = picture.Size{Width: 400, Height: 800}, 100
			}
			if got := picture.Measure(data); got != want {
				t.Errorf("%s, turn %d: it measures %v", kind, turn, got)
			}
			list := copies(t, data, width)
			if len(list) != 1 {
				t.Fatalf("%s, turn %d: %d copies", kind, turn, len(list))
			}
			img, _, err := image.Decode(bytes.NewReader(list[0].Data))
			if err != nil {
				t.Fatal(err)
			}
			at := func(x, y int) bool { r, _, b, _ := img.At(x, y).RGBA(); return r > b }
			other := image.Pt(img.Bounds().Dx()-1-red.X, img.Bounds().Dy()-1-red.Y)
			if !at(red.X, red.Y) || at(other.X, other.Y) {
				t.Errorf("%s, turn %d: red is not at %v", kind, turn, red)
			}
		}
	}
}

// Large pictures are halved before they are scaled; both ways lead to the same colours.
func TestLargePicturesKeepTheirColours(t *testing.T) {
	list := copies(t, asJPEG(t, photo(2100, 200)), 200)
	img, err := jpeg.Decode(bytes.NewReader(list[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	for x, want := range map[int]color.RGBA{50: {207, 15, 10, 255}, 150: {10, 15, 207, 255}} {
		r, g, b, _ := img.At(x, 10).RGBA()
		for i, got := range []uint32{r >> 8, g >> 8, b >> 8} {
			if w := int([]byte{want.R, want.G, want.B}[i]); int(got) < w-12 || int(got) > w+12 {
				t.Errorf("at %d the colour is %d %d %d, want %v", x, r>>8, g>>8, b>>8, want)
			}
		}
	}
}

func TestTransparencyStays(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 300, 300))
	copy(img.Pix, photo(300, 300).Pix[:300*300*2])
	list := copies(t, asPNG(t, img), 150)
	small, err := png.Decode(bytes.NewReader(list[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, a := small.At(5, 5).RGBA(); a != 0xffff {
		t.Error("the upper half is not opaque")
	}
	if _, _, _, a := small.At(5, 145).RGBA(); a != 0 {
		t.Error("the lower half is not transparent")
	}
}

func TestTheColourProfileStays(t *testing.T) {
	icc := append([]byte{0xff, 0xe2, 0, 18}, "ICC_PROFILE\x00\x01\x01ab"...)
	for _, c := range copies(t, insert(asJPEG(t, photo(800, 400)), 2, icc...), 200, 400) {
		if !bytes.Contains(c.Data, icc) {
			t.Error("the copy of a JPEG has no profile")
		}
	}
	profile := chunk("iCCP", "abcd")
	list := copies(t, insert(asPNG(t, photo(800, 400)), 33, profile...), 400)
	if len(list) != 1 || !bytes.Contains(list[0].Data, profile) {
		t.Error("the copy of a PNG has no profile")
	}
}

func TestAnimationsHaveNoCopies(t *testing.T) {
	palette := color.Palette{color.Black, color.White, color.RGBA{200, 0, 0, 255}}
	frame := func() *image.Paletted {
		p := image.NewPaletted(image.Rect(0, 0, 300, 300), palette)
		for i, src := 0, photo(300, 300); i < len(p.Pix); i++ {
			p.Pix[i] = src.Pix[4*i+1] % 3
		}
		return p
	}
	for frames := 1; frames <= 2; frames++ {
		g := &gif.GIF{}
		for range frames {
			g.Image, g.Delay = append(g.Image, frame()), append(g.Delay, 10)
		}
		var b bytes.Buffer
		if err := gif.EncodeAll(&b, g); err != nil {
			t.Fatal(err)
		}
		if list := copies(t, b.Bytes(), 30); len(list) != 2-frames {
			t.Errorf("a GIF of %d frames has %d copies", frames, len(list))
		}
	}
	still := asPNG(t, photo(300, 300))
	moves := insert(still, 33, chunk("acTL", "\x00\x00\x00\x02\x00\x00\x00\x00")...)
	if list, err := picture.Copies(moves, []int{30}); err != nil || len(list) != 0 {
		t.Errorf("an animated PNG has %d copies, %v", len(list), err)
	}
}

// A file may claim any size; its pixels are counted before room is made for them.
func TestTooManyPixels(t *testing.T) {
	bomb := asPNG(t, photo(16, 16))
	copy(bomb[16:], "\x00\x00\xff\xff\x00\x00\xff\xff")
	if list, err := picture.Copies(bomb, []int{480}); err == nil && len(list) > 0 {
		t.Error("it has copies")
	}
	claim := []byte("GIF89aPPPP   ")
	if got := picture.Measure(claim); got.Width != 0x5050 {
		t.Fatalf("it measures %v", got)
	}
	if _, err := picture.Copies(claim, []int{480}); err == nil {
		t.Error("422 megapixels are read")
	}
}

func FuzzCopies(f *testing.F) {
	var t testing.T
	f.Add(insert(asJPEG(&t, photo(40, 20)), 2, exif(6)...))
	f.Add(asPNG(&t, photo(40, 20)))
	f.Add(insert(asPNG(&t, photo(40, 20)), 33, chunk("eXIf", string(exif(6)[10:]))...))
	f.Add([]byte("GIF89aPPPP   "))
	f.Fuzz(func(t *testing.T, data []byte) {
		if s := picture.Measure(data); s.Width > 2000 || s.Height > 2000 {
			return // takes its time
		}
		_, _ = picture.Copies(data, []int{2, 16})
	})
}
