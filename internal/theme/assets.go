package theme

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"waymark/internal/diag"
	"waymark/internal/schema"
)

// An Asset is a file that pages load.
type Asset struct {
	Path   string // from assets/
	Data   []byte
	Digest [32]byte
	Packed bool // Data is packed by gzip, in a file whose name ends in .gz; see Bytes

	later func() ([]byte, error) // of a packed file of the default theme: returns Data, which is not held
}

// Bytes returns what is published. A large file that few sites use lies in the theme packed: assets/x.js.gz is x.js in the default theme, and in others where theme.yaml
// names x.js.
func (a Asset) Bytes() ([]byte, error) {
	if !a.Packed {
		return a.Data, nil
	}
	if a.later != nil {
		data, err := a.later()
		if err != nil {
			return nil, fmt.Errorf("assets/%s.gz: %w", a.Path, err)
		}
		a.Data = data
	}
	r, err := gzip.NewReader(bytes.NewReader(a.Data))
	if err != nil {
		return nil, fmt.Errorf("assets/%s.gz: %w", a.Path, err)
	}
	data, err := io.ReadAll(io.LimitReader(r, maxUnpacked+1))
	if err == nil && len(data) > maxUnpacked {
		err = fmt.Errorf("it is more than %d MiB", maxUnpacked>>20)
	}
	if err != nil {
		return nil, fmt.Errorf("assets/%s.gz: %w", a.Path, err)
	}
	return data, nil
}

// maxUnpacked is the size of the largest packed file.
const maxUnpacked = 32 << 20

// An assetNames is what theme.yaml calls files of assets/, with the places: the same keys as Meta.
type assetNames struct {
	Fonts   []schema.Text            `key:"preload"`
	CSS     []schema.Text            `key:"css"`
	Styles  map[string][]schema.Text `key:"styles"`
	JS      []schema.Text            `key:"js"`
	Scripts map[string][]schema.Text `key:"scripts"`
	Head    schema.Text              `key:"head"`
	Icon    schema.Text              `key:"icon"`
	Extra   map[string][]schema.Text `key:"extra"`
}

func (n *assetNames) all() []schema.Text {
	all := slices.Concat(n.CSS, n.JS, n.Fonts, []schema.Text{n.Head, n.Icon})
	for _, lists := range []map[string][]schema.Text{n.Styles, n.Scripts, n.Extra} {
		for _, key := range sortedKeys(lists) {
			all = append(all, lists[key]...)
		}
	}
	return slices.DeleteFunc(all, func(t schema.Text) bool { return t.Value == "" })
}

// putAssets lays the assets of the layers over one another, and reports files that a theme.yaml names and no layer has.
func (t *Theme) putAssets(layers []*layerFiles) (ds diag.List) {
	names := make([][]schema.Text, len(layers)) // in theme.yaml of each of the site's own
	wanted := map[string]bool{}
	own := max(len(layers)-1, 0)
	for i, l := range layers[:own] {
		if f := l.file("theme.yaml"); f != nil {
			var n assetNames
			schema.Decode(schema.Source{File: f.file(), Data: f.data}, &n, true) // what is wrong in it was said
			names[i] = n.all()
			for _, name := range names[i] {
				wanted[name.Value] = true
			}
		}
	}
	assets := map[string]Asset{}
	for i, l := range slices.Backward(layers) {
		for _, f := range l.files {
			rest, ok := strings.CutPrefix(f.name, "assets/")
			if !ok {
				continue
			}
			a := Asset{Path: rest, Data: f.data, Digest: f.digest, later: f.later}
			if plain, packed := strings.CutSuffix(rest, ".gz"); packed && (i >= own || !wanted[rest] && (wanted[plain] || assets[plain].Packed) && l.file("assets/"+plain) == nil) {
				a.Path, a.Packed = plain, true
			}
			if below := assets[a.Path]; a.Packed && i < own && a.Digest != below.Digest {
				if _, err := a.Bytes(); err != nil {
					ds.Add("theme/asset", f.file().Span(diag.Range{}), "pack it by gzip, or name it in theme.yaml as it is called", "it cannot be unpacked to %s: %s", diag.Quote(a.Path), errors.Unwrap(err))
				}
			}
			assets[a.Path] = a
		}
	}
	t.Assets = slices.SortedStableFunc(maps.Values(assets), func(a, b Asset) int { return cmp.Compare(a.Path, b.Path) })
	for i, l := range layers[:own] {
		for _, name := range names[i] {
			if _, ok := assets[name.Value]; !ok {
				ds.Add("theme/asset", l.file("theme.yaml").file().Span(name.At), cmp.Or(diag.DidYouMean(name.Value, sortedKeys(assets)), "put it into "+l.name+"/assets/, or take its name away"),
					"the theme has no file %s", diag.Quote("assets/"+name.Value))
			}
		}
	}
	return ds
}
