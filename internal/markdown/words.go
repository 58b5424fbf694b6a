package markdown

import (
	"maps"
	"slices"
	"strings"

	"waymark/internal/quiz"
)

// Words are the container words that are always known, by their canonical names.
var Words = append([]string{
	"note", "tip", "important", "warning", "caution", "details", "steps", "figure", "tabs", "include",
	"facilitator", "say", "rather-not", "talk", "key-points",
}, quiz.Words...)

// borrowed are words that other tools use for what we call by another name; they make suggestions. None leads to what asks for more than prose: a check, or tabs.
var borrowed = map[string]string{
	"info": "note", "callout": "note", "prereq": "note", "seealso": "note", "challenge": "note", "exercise": "note", "activity": "note", "questions": "note", "objectives": "note",
	"discussion": "note", "discuss": "note", "hint": "tip", "danger": "caution", "error": "caution", "attention": "warning",
	"spoiler": "details", "solution": "details", "collapse": "details", "dropdown": "details",
	"instructor": "facilitator", "trainer": "facilitator", "teacher": "facilitator", "keypoints": "key-points", "image": "figure", "do": "say", "dont": "rather-not",
}

// word returns the canonical name of a container's word.
func (o *Options) word(w string) (name string, ok bool) {
	known := func(w string) bool {
		return slices.Contains(Words, w) || slices.Contains(o.Audiences, w) || slices.Contains(o.Blocks, w)
	}
	if slices.Contains(Words, w) {
		return w, true
	}
	if name := o.Words[w]; known(name) {
		return name, true
	}
	if known(w) {
		return w, true
	}
	if low := strings.ToLower(w); low != w {
		return o.word(low)
	}
	return w, false
}

// audience reports whether a canonical word is the id of a role.
func (o *Options) audience(w string) bool {
	return !slices.Contains(Words, w) && slices.Contains(o.Audiences, w)
}

// leavesOut reports whether the blocks of a canonical name are for readers other than those the page is made for.
func (o *Options) leavesOut(name string) bool {
	return name == "facilitator" && o.Learners || o.For != "" && name != o.For && o.audience(name)
}

// knownWords returns all words an author may write.
func (o *Options) knownWords() []string {
	all := slices.Concat(Words, slices.Sorted(maps.Keys(o.Words)), o.Audiences, o.Blocks)
	return all
}
