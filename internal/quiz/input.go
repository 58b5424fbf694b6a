package quiz

import (
	"slices"

	"github.com/yuin/goldmark/ast"
	"waymark/internal/diag"
)

// Words lists the containers that are checks, by their canonical names.
var Words = []string{"question", "reflection", "rating", "scenario", "quiz"}

// IsWord reports whether word, a canonical container word, opens a check.
func IsWord(word string) bool { return slices.Contains(Words, word) }

// An Attr is one attribute of a container's opening line. `#sponsor-intro` has the Name "id" and `.wide` the Name "class".
type Attr struct {
	Name, Value string     // Value without its quotes
	Range       diag.Range // name and value, in the file
}

// Input is one container, cut out of a page and parsed as Markdown.
//
// The tree that Parse wants is CommonMark with GFM (task lists, tables) and nothing rewritten: block quotes that start with
// `[!TIP]`, `[!NOTE]`, `[!WARNING]` … must still be plain block quotes. A page's own callouts may be turned into callout nodes when they
// are rendered, or by a transformer that stays out of containers for which IsWord holds.
//
// Parse takes the tree apart: it moves, cuts and replaces nodes (marks and markers such as `(x)`, `[!MISSED]` go away, `[[…]]` becomes a
// GapNode). Afterwards only the nodes in the Rich values of the check are of use, each of them without a parent or with one that no longer
// matters; they are rendered one by one and refer to Source as before.
type Input struct {
	File      *diag.File
	Source    []byte      // the text that the segments of the nodes refer to
	Offset    int         // add to an offset of Source to get one in File
	Word      string      // canonical: question, reflection, rating, scenario, quiz
	Attrs     []Attr      // in the order written
	Unread    bool        // there are attributes on the opening line that cannot be read, so none are in Attrs
	Open      diag.Range  // the opening line, in File
	Range     diag.Range  // the whole container with its fences, in File
	Node      ast.Node    // its children are the content; nil is an empty container
	TrueFalse [][2]string // the site's pairs of words for true and false, besides True and False
}

// KindGap is the kind of GapNode.
var KindGap = ast.NewNodeKind("Gap")

// A GapNode stands in the prompt of a cloze where the author wrote `[[…]]`. It is inline, has no children, and is to be rendered as the field of
// Check.Gaps[N].
type GapNode struct {
	ast.BaseInline
	N int // index in Check.Gaps
}

// Kind implements ast.Node.
func (*GapNode) Kind() ast.NodeKind { return KindGap }

// Dump implements ast.Node.
func (g *GapNode) Dump(source []byte, level int) { ast.DumpHelper(g, source, level, nil, nil) }
