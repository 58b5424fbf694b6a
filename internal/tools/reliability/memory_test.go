package reliability

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is remembered under .waymark/ is a help and never the truth: whatever happens to it, cut, overwritten, taken away, mixed up, the next build is as a clean one.
func TestADamagedMemory(t *testing.T) {
	versions := []map[string]string{handbook(0, 8), handbook(1, 8)}
	whole := []tree{clean(t, versions[0]), clean(t, versions[1])}
	s := newSite(t, versions[0])
	rnd := chance(t)
	for round := range rounds(24, 1000) {
		s.build()
		var files []string
		must(t, filepath.WalkDir(s.path(".waymark"), func(name string, e fs.DirEntry, err error) error {
			if err == nil && e.Type().IsRegular() {
				files = append(files, name)
			}
			return err
		}))
		if len(files) == 0 {
			t.Fatal("nothing was remembered")
		}
		where := fmt.Sprintf("round %d", round)
		for range 1 + rnd.IntN(3) {
			name := files[rnd.IntN(len(files))]
			data, err := os.ReadFile(name)
			must(t, err)
			damage := "empty"
			if len(data) > 0 {
				at := rnd.IntN(len(data))
				switch rnd.IntN(6) {
				case 0:
					damage, data = "cut", data[:at]
				case 1:
					damage = "a wrong bit"
					data[at] ^= 1 << rnd.IntN(8)
				case 2:
					damage = "overwritten"
					for i := at; i < min(len(data), at+512); i++ {
						data[i] = byte(rnd.Uint32())
					}
				case 3:
					damage, data = "something in it", append(data[:at:at], append([]byte("\x00\xff something\n"), data[at:]...)...)
				case 4:
					damage, data = "another file", []byte(strings.Repeat("no such thing\n", rnd.IntN(50)))
				case 5:
					damage = "gone"
				}
			}
			if damage == "gone" {
				must(t, os.Remove(name))
				files = append(files[:0:0], name)
				where += fmt.Sprintf(", %s: %s", filepath.Base(name), damage)
				break
			}
			must(t, os.WriteFile(name, data, 0o644))
			where += fmt.Sprintf(", %s: %s", filepath.Base(name), damage)
		}
		v := round / 2 % 2
		s.become(versions[v])
		o := waymark(t, "build", "--source", s.root)
		if o.code != fine {
			t.Errorf("%s: exit code %d: %s", where, o.code, o.said)
			continue
		}
		if d := difference(whole[v], mustLook(t, s.path("public"))); d != "" {
			t.Errorf("%s: the site %s", where, d)
		}
	}
}
