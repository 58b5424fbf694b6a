package picture

import (
	"encoding/binary"
	"slices"
)

// pngHead is the length of a PNG file's signature and first chunk, behind which a profile stands.
const pngHead = 8 + 25

// profileOf returns what says how the colours of a picture are meant, as it stands in its file: the ICC segments of a JPEG, the iCCP chunk of a PNG. A copy in another format
// (of WebP) goes without.
func profileOf(kind string, data []byte) []byte {
	var profile []byte
	switch kind {
	case "jpeg":
		segments(data, func(marker byte, body []byte) bool {
			if marker == 0xe2 && len(body) > 12 && string(body[:12]) == "ICC_PROFILE\x00" {
				profile = append(binary.BigEndian.AppendUint16(append(profile, 0xff, marker), uint16(len(body)+2)), body...)
			}
			return true
		})
	case "png":
		return pngChunk(data, "iCCP")
	}
	return profile
}

// pngChunk returns a chunk before the picture in a PNG file, with its length, its name and its checksum; nil if there is none.
func pngChunk(data []byte, name string) []byte {
	for i := 8; i+12 <= len(data); {
		n := int64(binary.BigEndian.Uint32(data[i:]))
		if n > int64(len(data)-i-12) || string(data[i+4:i+8]) == "IDAT" {
			break
		}
		if string(data[i+4:i+8]) == name {
			return data[i : int64(i)+12+n]
		}
		i += 12 + int(n)
	}
	return nil
}

// withProfile puts a profile into a file, at bytes from its start.
func withProfile(file []byte, at int, profile []byte) []byte {
	return slices.Insert(file, at, profile...)
}
