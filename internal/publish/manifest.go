package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// The manifest is a text file in the destination: a first line that says what it is, a line for each file with key, digest, size and
// path, and a last line with a digest of all before it. Files are ordered by path, so equal sites have equal manifests. There are
// no times in it, for the same reason; these are remembered elsewhere (memo.go). Keys and digests are the first 128 bits of
// SHA-256, which is ample against accidents and keeps a line at 50 bytes and its path.
//
// A path may have two lines while a site is moved in file by file: the file is then either the old or the new one, and in any case ours.
const (
	manifestName = ownPrefix + "manifest"
	manifestHead = "waymark manifest 1\n"
)

// A digest is of a key or of content.
type digest [16]byte

func digestOf(b []byte) digest {
	sum := sha256.Sum256(b)
	return digest(sum[:])
}

func (d digest) String() string { return base64.RawURLEncoding.EncodeToString(d[:]) }

// A line is what the manifest says of one file.
type line struct {
	path string
	key  digest
	sum  digest
	size int64
}

// A manifest lists the files of a site by path.
type manifest map[string][]line

// format writes lines down as a manifest. It orders them.
func format(lines []line) []byte {
	slices.SortStableFunc(lines, func(a, b line) int { return strings.Compare(a.path, b.path) })
	b := []byte(manifestHead)
	for _, l := range lines {
		b = base64.RawURLEncoding.AppendEncode(b, l.key[:])
		b = append(b, ' ')
		b = base64.RawURLEncoding.AppendEncode(b, l.sum[:])
		b = append(b, ' ')
		b = strconv.AppendInt(b, l.size, 10)
		b = append(b, ' ')
		b = append(b, l.path...)
		b = append(b, '\n')
	}
	return seal(b)
}

// seal appends a line with the digest of b, unseal takes it off again.
func seal(b []byte) []byte { return fmt.Appendf(b, "end %s\n", digestOf(b)) }

func unseal(b []byte, head string) ([]byte, bool) {
	body, last, ok := bytes.Cut(b, []byte("\nend "))
	if !ok || !bytes.HasPrefix(b, []byte(head)) {
		return nil, false
	}
	body = b[:len(body)+1]
	return body[len(head):], string(last) == digestOf(body).String()+"\n"
}

var errManifest = errors.New("the manifest is damaged")

// parseManifest reads a manifest. What Dir would not write it does not accept: whoever can change the manifest of a site must not
// be able to have other files deleted with it.
func parseManifest(b []byte) (manifest, error) {
	body, ok := unseal(b, manifestHead)
	if !ok {
		return nil, errManifest
	}
	m := make(manifest, bytes.Count(body, []byte{'\n'}))
	for text := range strings.Lines(string(body)) {
		var l line
		key, rest, _ := strings.Cut(strings.TrimSuffix(text, "\n"), " ")
		sum, rest, _ := strings.Cut(rest, " ")
		size, path, _ := strings.Cut(rest, " ")
		var err error
		if l.size, err = strconv.ParseInt(size, 10, 64); err != nil || !l.key.set(key) || !l.sum.set(sum) || checkPath(path) != nil {
			return nil, errManifest
		}
		l.path = path
		m[path] = append(m[path], l)
	}
	return m, nil
}

func (d *digest) set(s string) bool {
	b, err := base64.RawURLEncoding.DecodeString(s)
	return err == nil && copy(d[:], b) == len(d) && len(b) == len(d)
}

// readManifest reads the manifest of the site in dir, which is empty if there is none.
func (p *place) readManifest(dir string) (manifest, fs.FileInfo, error) {
	name := filepath.Join(dir, manifestName)
	fi, err := os.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return manifest{}, nil, nil
	}
	var b []byte
	if err == nil && !fi.Mode().IsRegular() {
		err = errManifest
	}
	if err == nil {
		b, err = os.ReadFile(name)
	}
	if err != nil && !errors.Is(err, errManifest) {
		return nil, nil, p.failed("its manifest cannot be read", err)
	}
	var m manifest
	if err == nil {
		m, err = parseManifest(b)
	}
	if err != nil {
		return nil, nil, &Error{
			Dest: p.name,
			Text: "its list of what belongs to the site, " + manifestName + ", is damaged",
			Hint: "empty the folder by hand and build again: without the list nothing in it can be told apart from files of your own",
			Err:  err,
		}
	}
	return m, fi, nil
}

// isOwn reports whether a name at the top of the destination is one that publish keeps for itself.
func isOwn(name string) bool { return strings.HasPrefix(name, ownPrefix) }
