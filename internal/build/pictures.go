package build

import (
	"context"
	"crypto/sha256"
	"errors"
	"path"
	"slices"
	"strings"
	"sync"

	"waymark/internal/curriculum"
	"waymark/internal/diag"
	"waymark/internal/picture"
	"waymark/internal/plan"
	"waymark/internal/source"
	"waymark/internal/wire"
)

// Pictures that pages show have smaller copies. Making them takes long, so they are kept in the cache: their bytes, and a list of them, each under the digest of the picture and the widths.
// Without a cache the list is remembered, and a copy is made again when it is written.

// pictures is what a Builder remembers of copies.
type pictures struct {
	mu    sync.Mutex
	lists map[[32]byte][]plan.Copied
	large sync.Mutex // one large picture at a time, for the memory it takes
}

// largePicture is how many bytes a picture may have that others are read beside.
const largePicture = 1 << 20

var copiedShape = wire.Shape([]plan.Copied{})

// copies returns the smaller copies of each picture that a page shows, by path, and reports pictures that are too large to have any and files that are no pictures.
func (b *Builder) copies(ctx context.Context, proj *source.Project, cur *curriculum.Curriculum, facts assetFacts) (map[string][]plan.Copied, diag.List, error) {
	off := proj.Config.Images.Off
	var ds diag.List
	var names []string
	seen := map[string]bool{}
	for _, mod := range cur.Modules {
		for _, img := range mod.Doc.Images {
			t := mod.Targets[img.Link]
			if t.Kind != curriculum.ToAsset || seen[t.Name] || !isPicture(t.Name) {
				continue
			}
			seen[t.Name] = true
			size, known := facts.sizes[t.Name]
			at := mod.Doc.File.Span(mod.Doc.Links[img.Link].Range)
			switch {
			case !known:
				ds.Add("image/damaged", at, "export the picture anew, or save it as PNG or JPEG", "%s is not the picture that its name says: its head cannot be read", diag.Quote(source.ContentDir+"/"+t.Name))
			case off:
			case size.Height > picture.MaxPixels/max(size.Width, 1):
				ds.Add("image/large", at, "make it about 2000 pixels wide", "the image %s has %d × %d pixels; no smaller copies are made of more than %d million",
					diag.Quote(t.Name), size.Width, size.Height, picture.MaxPixels/1_000_000)
			case size.Width > proj.Config.Images.Widths[0]:
				names = append(names, t.Name)
			}
		}
	}
	if b.o.Check || off {
		return nil, ds, nil
	}
	lists := make([][]plan.Copied, len(names))
	err := parallel(ctx, b.o.Jobs, len(names), func(i int) (err error) {
		lists[i], err = b.copiesOf(proj, names[i], facts.keys[names[i]])
		return err
	})
	all := map[string][]plan.Copied{}
	for i, name := range names {
		all[name] = lists[i]
	}
	return all, ds, err
}

func isPicture(name string) bool {
	return slices.Contains([]string{".png", ".jpg", ".jpeg", ".gif", ".webp"}, strings.ToLower(path.Ext(name)))
}

// copiesOf returns the copies of one picture.
func (b *Builder) copiesOf(proj *source.Project, name string, digest [32]byte) ([]plan.Copied, error) {
	key := copiesKey(digest, proj.Config.Images.Widths)
	b.pictures.mu.Lock()
	list, ok := b.pictures.lists[key]
	b.pictures.mu.Unlock()
	if ok {
		return list, nil
	}
	raw, ok := b.o.Cache.Get(key)
	if !ok || wire.Unmarshal(raw, &list) != nil {
		made, err := b.scale(proj, name, digest)
		if err != nil {
			return nil, err
		}
		list = []plan.Copied{}
		for _, c := range made {
			list = append(list, plan.Copied{Width: c.Width, Ext: c.Ext, Key: diag.Digest(c.Data), Of: digest})
			b.o.Cache.Put(copyKey(key, c.Width), c.Data)
		}
		b.o.Cache.Put(key, wire.Marshal(list))
	}
	b.pictures.mu.Lock()
	b.pictures.lists[key] = list
	b.pictures.mu.Unlock()
	return list, nil
}

// scale makes the copies of a picture. One that cannot be read has none: browsers show of it what they can.
func (b *Builder) scale(proj *source.Project, name string, digest [32]byte) ([]picture.Copy, error) {
	data, err := proj.Open(source.Asset{Path: name})
	if err != nil || diag.Digest(data) != digest {
		return nil, changed(name)
	}
	if len(data) > largePicture {
		b.pictures.large.Lock()
		defer b.pictures.large.Unlock()
	}
	copies, err := picture.Copies(data, proj.Config.Images.Widths)
	if err != nil {
		return nil, nil
	}
	return copies, nil
}

// copied returns the bytes of a copy.
func (b *Builder) copied(proj *source.Project, c plan.Copied, name string) ([]byte, error) {
	if data, ok := b.o.Cache.Get(copyKey(copiesKey(c.Of, proj.Config.Images.Widths), c.Width)); ok {
		return data, nil
	}
	made, err := b.scale(proj, name, c.Of)
	if err != nil {
		return nil, err
	}
	for _, m := range made {
		if m.Width == c.Width {
			return m.Data, nil
		}
	}
	return nil, errors.New("a copy of " + name + " was there and is not made again")
}

func copiesKey(digest [32]byte, widths []int) [32]byte {
	h := sha256.New()
	h.Write([]byte{'p', picture.Version})
	h.Write(copiedShape[:])
	h.Write(digest[:])
	h.Write(wire.Marshal(widths))
	var key [32]byte
	h.Sum(key[:0])
	return key
}

func copyKey(list [32]byte, width int) [32]byte {
	return derive(list, string(rune(width)))
}
