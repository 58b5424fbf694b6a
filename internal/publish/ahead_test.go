package publish

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// What is seen of a destination ahead is as good as what is seen when the site is there, whatever happens in between.
func TestLookingAhead(t *testing.T) {
	holds := glanceHolds
	defer func() { glanceHolds = holds }()
	old, now := pages("kept.html: one", "changed.html: one", "gone.html: one"), pages("kept.html: one", "changed.html: two", "new.html: new")
	want := map[string]string{"kept.html": "one", "changed.html": "two", "new.html": "new"}
	for _, c := range []struct {
		name    string
		between func(t *testing.T, dest string)
		want    map[string]string // besides the site
		foreign int
	}{
		{"nothing happens", func(*testing.T, string) {}, nil, 0},
		{"another build publishes", func(t *testing.T, dest string) { publish(t, dest, pages("other.html: other"), Options{}) }, nil, 0},
		{"somebody puts a file there", func(t *testing.T, dest string) { write(t, filepath.Join(dest, "note.txt"), "mine") }, map[string]string{"note.txt": "mine"}, 0},
		{"somebody puts a file there long before", func(t *testing.T, dest string) {
			write(t, filepath.Join(dest, "note.txt"), "mine")
			glanceHolds = 0
		}, map[string]string{"note.txt": "mine"}, 1},
		{"somebody takes a file of the site away", func(t *testing.T, dest string) {
			if err := os.Remove(filepath.Join(dest, "kept.html")); err != nil {
				t.Fatal(err)
			}
		}, nil, 0},
		{"somebody takes the whole site away", func(t *testing.T, dest string) {
			if err := os.RemoveAll(dest); err != nil {
				t.Fatal(err)
			}
		}, nil, 0},
		{"a build that was killed has left something", func(t *testing.T, dest string) {
			stage := filepath.Join(filepath.Dir(dest), ".public.waymark-stage-1-00000000")
			if err := os.MkdirAll(stage, 0o755); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(stage, "half.html"), "half")
		}, nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			glanceHolds = time.Minute
			parent := t.TempDir()
			dest := filepath.Join(parent, "public")
			o := Options{State: filepath.Join(t.TempDir(), "state")}
			publish(t, dest, old, o)
			time.Sleep(30 * time.Millisecond) // so that the times of its files can be relied on
			publish(t, dest, old, o)
			a := Look(context.Background(), dest, o)
			<-a.done
			c.between(t, dest)
			changes, err := a.Dir(context.Background(), now)
			if err != nil {
				t.Fatal(err)
			}
			if changes.Foreign != c.foreign {
				t.Errorf("%d files of others, want %d", changes.Foreign, c.foreign)
			}
			all := map[string]string{}
			for _, m := range []map[string]string{want, c.want} {
				for path, data := range m {
					all[path] = data
				}
			}
			if d := cmp.Diff(all, siteIn(t, dest)); d != "" {
				t.Error(d)
			}
			alone(t, parent, "public")
			if again, err := a.Dir(context.Background(), now); err != nil || again.Written+again.Removed > 0 {
				t.Errorf("once more: %+v, %v", again, err)
			}
		})
	}
	if _, err := Look(context.Background(), "", Options{}).Dir(context.Background(), now); err == nil {
		t.Error("a destination that is none is taken")
	}
}
