// Package picture makes smaller copies of photographs and screenshots (PNG, JPEG, GIF, WebP), so that a phone need not load what was made for a wide screen.
//
// A copy looks as the original does: it is turned as the camera says, and keeps the original's colour profile. It keeps nothing else of what cameras write into their files, such as
// the place. What would lose by it has no copies: animations, and colours for print.
package picture

import (
	"bytes"
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"
)

// Version changes when the same picture gives other copies.
const Version = 2

// MaxPixels is the size of the largest picture that copies are made of: 25 megapixels, which a camera makes and no page needs.
const MaxPixels = 25_000_000

// quality is that of JPEG copies.
const quality = 82

// A Size is a width and a height in pixels.
type Size struct{ Width, Height int }

// Measure returns the size at which a picture is shown, the zero Size for what is no picture. It reads the head of the file alone.
func Measure(data []byte) Size {
	c, kind, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return Size{}
	}
	if orientation(kind, data).turned() {
		return Size{c.Height, c.Width}
	}
	return Size{c.Width, c.Height}
}

// A Copy is a smaller picture.
type Copy struct {
	Size
	Ext  string // ".jpg" or ".png"
	Data []byte
}

var errTooLarge = errors.New("picture: more pixels than can be read")

// Copies returns a copy for each of the widths that is smaller than the picture, in that order: widths ascend. A copy that would be no smaller as a file is left out. The copies depend on
// data and widths alone. The error is that of the reader of the format.
func Copies(data []byte, widths []int) ([]Copy, error) {
	whole := Measure(data)
	if whole.Width > MaxPixels/max(whole.Height, 1) {
		return nil, errTooLarge
	}
	for len(widths) > 0 && widths[len(widths)-1] >= whole.Width {
		widths = widths[:len(widths)-1]
	}
	if len(widths) == 0 || animated(data) {
		return nil, nil
	}
	img, kind, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if _, print := img.(*image.CMYK); print {
		return nil, nil
	}
	turn := orientation(kind, data)
	profile := profileOf(kind, data)
	least := Size{widths[len(widths)-1], 1}
	if turn.turned() {
		least = Size{1, least.Width}
	}
	img = halved(img, least)
	copies := make([]Copy, 0, len(widths))
	for i := len(widths) - 1; i >= 0; i-- { // each is made of the next larger one
		w := widths[i]
		c := Copy{Size: Size{w, max(1, (w*whole.Height+whole.Width/2)/whole.Width)}}
		box := image.Rect(0, 0, c.Width, c.Height)
		if turn.turned() {
			box = image.Rect(0, 0, c.Height, c.Width)
		}
		dst := image.NewRGBA(box)
		draw.CatmullRom.Scale(dst, box, img, img.Bounds(), draw.Src, nil)
		img = dst
		if c.Ext, c.Data, err = encode(turn.apply(dst), kind, profile); err != nil {
			return nil, err
		}
		if len(c.Data) < len(data) {
			copies = append(copies, c)
		}
	}
	for i, j := 0, len(copies)-1; i < j; i, j = i+1, j-1 {
		copies[i], copies[j] = copies[j], copies[i]
	}
	// A larger copy that is no smaller as a file than the next is of no use to anybody, but then neither is the order of the list, so it stays.
	return copies, nil
}

func encode(img *image.RGBA, kind string, profile []byte) (ext string, data []byte, err error) {
	var b bytes.Buffer
	if kind == "jpeg" || kind == "webp" && img.Opaque() {
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
			return "", nil, err
		}
		return ".jpg", withProfile(b.Bytes(), 2, profile), nil
	}
	if err := png.Encode(&b, img); err != nil {
		return "", nil, err
	}
	return ".png", withProfile(b.Bytes(), pngHead, profile), nil
}

// animated reports whether a picture moves.
func animated(data []byte) bool {
	if bytes.HasPrefix(data, []byte("GIF8")) {
		return frames(data) != 1
	}
	if head, _, ok := bytes.Cut(data, []byte("IDAT")); ok && bytes.HasPrefix(data, []byte("\x89PNG")) {
		return bytes.Contains(head, []byte("acTL"))
	}
	return false
}

// frames counts the pictures of a GIF without unpacking them; 0 is for a damaged one.
func frames(data []byte) int {
	if _, err := gif.DecodeConfig(bytes.NewReader(data)); err != nil || len(data) < 13 {
		return 0
	}
	table := func(flags byte) int {
		if flags&0x80 == 0 {
			return 0
		}
		return 3 << (flags&7 + 1)
	}
	blocks := func(i int) int { // past a chain of blocks
		for i < len(data) && data[i] != 0 {
			i += int(data[i]) + 1
		}
		return i + 1
	}
	n := 0
	for i := 13 + table(data[10]); i < len(data); {
		switch data[i] {
		case '!':
			i = blocks(i + 2)
		case ',':
			if i+10 > len(data) {
				return 0
			}
			n++
			i = blocks(i + 11 + table(data[i+9]))
		default:
			return n
		}
	}
	return n
}
