package picture

import (
	"encoding/binary"
	"image"
)

// A turn is how a camera was held, the orientation of Exif (1 to 8). Readers' browsers turn a photograph by it; a copy is turned when it is made.
type turn int

const upright turn = 1

// turned reports whether width and height change places.
func (t turn) turned() bool { return t >= 5 }

// apply returns the picture as it is shown.
func (t turn) apply(src *image.RGBA) *image.RGBA {
	if t <= upright {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if t.turned() {
		dst = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			to := [...][2]int{2: {w - 1 - x, y}, 3: {w - 1 - x, h - 1 - y}, 4: {x, h - 1 - y}, 5: {y, x}, 6: {h - 1 - y, x}, 7: {h - 1 - y, w - 1 - x}, 8: {y, w - 1 - x}}[t]
			copy(dst.Pix[dst.PixOffset(to[0], to[1]):][:4], src.Pix[src.PixOffset(x, y):][:4])
		}
	}
	return dst
}

// segments calls f for each segment before the picture in a JPEG file, until it returns false.
func segments(data []byte, f func(marker byte, body []byte) bool) {
	for i := 2; i+4 <= len(data) && data[i] == 0xff; {
		marker := data[i+1]
		if marker == 0xff { // filling
			i++
			continue
		}
		n := int(binary.BigEndian.Uint16(data[i+2:]))
		if marker == 0xda || n < 2 || i+2+n > len(data) || !f(marker, data[i+4:i+2+n]) {
			return
		}
		i += 2 + n
	}
}

// orientation reads the turn of a JPEG or PNG file.
func orientation(kind string, data []byte) turn {
	var tiff []byte
	switch kind {
	case "jpeg":
		segments(data, func(marker byte, body []byte) bool {
			if marker != 0xe1 || len(body) < 6 || string(body[:6]) != "Exif\x00\x00" {
				return true
			}
			tiff = body[6:]
			return false
		})
	case "png":
		if chunk := pngChunk(data, "eXIf"); chunk != nil {
			tiff = chunk[8 : len(chunk)-4]
		}
	}
	if len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return upright
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			break
		}
		if order.Uint16(entries) == 0x0112 {
			if t := turn(order.Uint16(entries[8:])); t > upright && t <= 8 {
				return t
			}
			break
		}
		entries = entries[12:]
	}
	return upright
}
