package quiz

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// autoID makes an id for a check whose author gave none: the first words of its prompt and four digits of a digest of its texts, so that two
// checks which ask "Which role is this?" differ. It is stable while the texts are; a reworded check without an id of its own
// loses its answers, which lint Q11 warns of.
func autoID(c *Check) string {
	title := c.Prompt.Plain
	if title == "" && len(c.Scenes) > 0 {
		title = c.Scenes[0].Title.Plain
	}
	var all strings.Builder
	write := func(s string) {
		all.WriteString(s)
		all.WriteByte(0)
	}
	write(c.Word)
	for _, r := range c.Riches() {
		write(r.Plain)
	}
	for _, a := range c.Accepts {
		write(a.Value)
	}
	for _, g := range c.Gaps {
		write(strings.Join(append(g.Accepts, g.Choices...), "|"))
	}
	write(c.Draw.Pool)
	sum := sha256.Sum256([]byte(all.String()))
	id := shortSlug(title)
	if id == "" {
		id = c.Word
	}
	return id + "-" + hex.EncodeToString(sum[:2])
}

// shortSlug makes at most 40 characters of id from the first words of a text.
func shortSlug(s string) string {
	id := ""
	for _, w := range strings.FieldsFunc(slug(s), func(r rune) bool { return r == '-' || r == '_' }) {
		if len([]rune(id))+len([]rune(w)) > 40 {
			if id == "" {
				return string([]rune(w)[:40])
			}
			break
		}
		if id != "" {
			id += "-"
		}
		id += w
	}
	return strings.TrimLeftFunc(id, func(r rune) bool { return !isIDStart(r) })
}

func isIDStart(r rune) bool { return idForm().MatchString(string(r)) }
