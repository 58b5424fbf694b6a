package markdown

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestAttacks puts each payload of the public lists into each place where an author may write, and wants HTML that is well nested and in
// which nothing runs. invariants says what that means.
func TestAttacks(t *testing.T) {
	for _, list := range []string{"dompurify", "payloads"} {
		data, err := os.ReadFile("testdata/attacks/" + list + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var l struct {
			Payloads []struct{ ID, Payload string }
		}
		if err := json.Unmarshal(data, &l); err != nil {
			t.Fatal(err)
		}
		if len(l.Payloads) < 50 {
			t.Fatalf("%s has %d payloads", list, len(l.Payloads))
		}
		for _, p := range l.Payloads {
			for place, page := range everywhere(p.Payload) {
				for _, mode := range []string{"sanitize", "escape"} {
					o := site()
					o.HTML = mode
					t.Run(list+"/"+p.ID+"/"+place+"/"+mode, func(t *testing.T) {
						wellFormed(t, draw(t, parse(t, page, o)))
					})
				}
			}
		}
	}
}

func everywhere(payload string) map[string]string {
	line := strings.ReplaceAll(payload, "\n", " ")
	quoted := strings.ReplaceAll(line, `"`, `\"`)
	return map[string]string{
		"block":   payload,
		"inline":  "Text " + line + " *and " + line + "* more",
		"item":    "- " + line + "\n\n  " + line + "\n- x",
		"link":    "[a](" + line + ") [b](<" + line + ">) [c]: x\n\n[c]: " + line + "\n\n![d](" + line + ")",
		"title":   "[a](b \"" + line + "\") ![" + line + "](x.png '" + line + "')",
		"heading": "# " + line + "\n\n## " + line + " {#x}",
		"table":   "| " + line + " |\n|---|\n| " + line + " |",
		"code":    "`" + line + "`\n\n```" + line + "\n" + payload + "\n```\n\n```go {title=\"" + quoted + "\" hl_lines=\"" + quoted + "\"}\nx\n```",
		"callout": "::: note {title=\"" + quoted + "\" #" + line + "} " + line + "\n\n" + payload + "\n\n:::\n",
		"word":    "::: " + line + "\n\n" + payload + "\n\n:::\n",
		"check":   "::: question {#q}\n\n" + line + " [[" + line + "]]\n\n- (x) " + line + "\n  > " + line + "\n- ( ) b\n\n:::\n",
		"note":    "a[^1]\n\n[^1]: " + line,
		"matter":  "---\ntitle: |\n  " + line + "\nsources: [{id: a, title: x}]\n---\n\n[@a, " + line + "]",
		"alert":   "> [!NOTE]\n> " + line + "\n>\n> " + line,
	}
}
