package search

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"sync"

	"github.com/klauspost/compress/flate"
)

// The text of a site is as long as its sources, so files of text hold it packed: by DEFLATE (RFC 1951), which browsers unpack by themselves, written down in the digits of
// js.go, 13 bits in two of them, the low bits first. They take 0.42 of the text on a disk, in a zip and on hosts that do not compress; on those that do, two hundredths more than
// the text would. The library is not that of Go, whose bytes may be others with the next version of Go; its level 6 takes a third of the time.

const packLevel = 6

// A packer packs one text after the other.
type packer struct {
	buf bytes.Buffer
	w   *flate.Writer
}

var packers = sync.Pool{New: func() any {
	p := new(packer)
	p.w, _ = flate.NewWriter(&p.buf, packLevel) // no error: the level is one
	return p
}}

// digitPairs returns the two digits of each number of 13 bits, the low one in the low byte.
var digitPairs = sync.OnceValue(func() *[1 << 13]uint16 {
	pairs := new([1 << 13]uint16)
	for v := range pairs {
		pairs[v] = uint16(digit(v%base)) | uint16(digit(v/base))<<8
	}
	return pairs
})

// appendPacked appends text, packed, as a JavaScript string.
func appendPacked(b, text []byte) []byte {
	p := packers.Get().(*packer)
	defer packers.Put(p)
	p.buf.Reset()
	p.w.Reset(&p.buf)
	_, _ = p.w.Write(text) // a buffer takes all
	_ = p.w.Close()
	b = append(b, '"')
	acc, bits := 0, 0
	pairs := digitPairs()
	for _, c := range p.buf.Bytes() {
		acc |= int(c) << bits
		if bits += 8; bits >= 13 {
			b = binary.LittleEndian.AppendUint16(b, pairs[acc&0x1fff])
			acc, bits = acc>>13, bits-13
		}
	}
	switch { // what is left over is less than a byte, for browsers refuse what follows the end
	case bits > 6:
		b = append(b, digit(acc%base), digit(acc/base))
	case bits > 0:
		b = append(b, digit(acc))
	}
	return append(b, '"')
}

// Unpack returns the JSON that a file of text holds.
func Unpack(file []byte) ([]byte, error) {
	end := max(bytes.LastIndexByte(file, '"'), 0)
	from := bytes.LastIndexByte(file[:end], '"') + 1
	if from == 0 || !bytes.HasPrefix(file, []byte(`waymark.search("x",`)) {
		return nil, errors.New("search: no file of text")
	}
	text := file[from:end]
	var packed []byte
	acc, bits := 0, 0
	for len(text) > 0 {
		acc, text, bits = acc|value(text[0])<<bits, text[1:], bits+6
		if len(text) > 0 {
			acc += value(text[0]) * base << (bits - 6)
			text, bits = text[1:], bits+7
		}
		for ; bits >= 8; bits -= 8 {
			packed = append(packed, byte(acc))
			acc >>= 8
		}
	}
	r := flate.NewReader(bytes.NewReader(packed))
	defer r.Close()
	return io.ReadAll(r)
}

// value is the number that digit writes.
func value(c byte) int {
	if c > '\\' {
		c--
	}
	return int(c) - '#'
}
