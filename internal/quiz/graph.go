package quiz

import (
	"strings"

	"waymark/internal/diag"
)

// graph reports what is wrong with the way scenes hang together (lint Q09). It says nothing when a choice leads nowhere or two scenes share
// a title: what cannot be reached then may be only the fault of those.
func (p *parser) graph() {
	scenes := p.c.Scenes
	if len(scenes) == 0 || p.torn {
		return
	}
	if len(scenes[0].Choices) == 0 {
		p.report("scenario/no-choice", scenes[0].Range, "add a list of links to the scenes that may follow", "the first scene leaves nothing to choose")
		return
	}
	for i := range scenes {
		if len(scenes[i].Choices) == 0 && scenes[i].Ending == "" {
			p.report("scenario/ending", scenes[i].Range, "put the text in a callout: > [!TIP] went well, > [!NOTE] mixed, > [!WARNING] badly", "%s ends the scenario without saying how it went", diag.Quote(scenes[i].Title.Plain))
			scenes[i].Ending = EndsMixed
		}
	}
	index, reached := reach(scenes)
	for i, s := range scenes {
		if !reached[i] {
			p.report("scenario/unreachable", s.Range, "link to it from a choice, or take it away", "no choice leads to %s", diag.Quote(s.Title.Plain))
		}
	}
	p.loops(index, reached)
	if !endsWell(scenes) {
		p.report("scenario/no-good-ending", scenes[0].Range, "end at least one scene with > [!TIP]", "the scenario cannot end well")
	}
}

// endsWell reports whether choices lead from the first scene to a good ending.
func endsWell(scenes []Scene) bool {
	_, reached := reach(scenes)
	for i, s := range scenes {
		if s.Ending == EndsWell && reached[i] {
			return true
		}
	}
	return false
}

// reach returns the indexes of scenes by their ids, and whether choices lead to each from the first.
func reach(scenes []Scene) (index map[string]int, reached []bool) {
	index, reached = map[string]int{}, make([]bool, len(scenes))
	for i, s := range scenes {
		index[s.ID] = i
	}
	todo := []int{0}
	reached[0] = true
	for len(todo) > 0 {
		s := scenes[todo[len(todo)-1]]
		todo = todo[:len(todo)-1]
		for _, c := range s.Choices {
			if j, ok := index[c.To]; ok && !reached[j] {
				reached[j] = true
				todo = append(todo, j)
			}
		}
	}
	return index, reached
}

// loops reports, once, the scenes from which no ending can be reached.
func (p *parser) loops(index map[string]int, reached []bool) {
	scenes := p.c.Scenes
	from := make([][]int, len(scenes)) // the scenes with a choice that leads to each
	out := make([]bool, len(scenes))
	var todo []int
	for i, s := range scenes {
		for _, c := range s.Choices {
			from[index[c.To]] = append(from[index[c.To]], i)
		}
		if len(s.Choices) == 0 {
			out[i] = true
			todo = append(todo, i)
		}
	}
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, j := range from[i] {
			if !out[j] {
				out[j] = true
				todo = append(todo, j)
			}
		}
	}
	var stuck []string
	first := -1
	for i, s := range scenes {
		if reached[i] && !out[i] {
			stuck = append(stuck, diag.Quote(s.Title.Plain))
			if first < 0 {
				first = i
			}
		}
	}
	if first >= 0 {
		p.report("scenario/loop", scenes[first].Range, "add a choice that leads to an ending", "from %s no ending can be reached", strings.Join(stuck, ", "))
	}
}
