package export

import "testing"

func TestAddressOfAFile(t *testing.T) {
	for file, want := range map[string]string{
		"/tmp/site/print/first.html":    "file:///tmp/site/print/first.html",
		"/tmp/a b#1/print/c#.html":      "file:///tmp/a%20b%231/print/c%23.html",
		"/tmp/50%?/print/über uns.html": "file:///tmp/50%25%3F/print/%C3%BCber%20uns.html",
		"C:/Temp/print/first.html":      "file:///C:/Temp/print/first.html",
	} {
		if got := address(file); got != want {
			t.Errorf("%s: %s, want %s", file, got, want)
		}
	}
}

// Of what a browser says the last lines are told, which name the fault.
func TestLastLines(t *testing.T) {
	for text, want := range map[string]string{"": "", "a\n": "a", "a\nb\n\n": "a\nb", "a\nb\nc": "b\nc", "\n\na\nb\nc\nd\n": "c\nd"} {
		if got := lastLines(text, 2); got != want {
			t.Errorf("%q ends with %q, not %q", text, got, want)
		}
	}
}
