package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"text/template/parse"
)

// A run is a stretch of a template that is drawn by one call: text, fields, functions, branches and loops. text/template calls a function for each escaper of each action by
// reflection, which is half of what a page of the default theme takes. How an action is escaped html/template has worked out before (see fold); a run writes the same bytes.
type run []step

// A step writes a piece of a run. vars are the variables, by their slots.
type step func(b *bytes.Buffer, dot reflect.Value, vars []reflect.Value) error

func (r run) draw(b *bytes.Buffer, dot reflect.Value, vars []reflect.Value) error {
	for _, s := range r {
		if err := s(b, dot, vars); err != nil {
			return err
		}
	}
	return nil
}

// A set is the templates of a theme in the words of one language.
type set struct {
	*template.Template
	whole map[string]*called // templates that are one run
}

// runs are those of a set. All are made before anything is drawn.
type runs struct {
	*set
	funcs map[string]function
	list  []*called
}

// A called is a run with its variables.
type called struct {
	run
	slots int   // number of variables
	given []int // slots of those that the call brings along
}

// with draws the run with these variables.
func (c *called) with(b *bytes.Buffer, dot reflect.Value, given ...reflect.Value) error {
	vars := make([]reflect.Value, c.slots)
	for i, slot := range c.given {
		vars[slot] = given[i]
	}
	return c.draw(b, dot, vars)
}

// runName is the name under which templates call a run. Authors' templates are parsed without it.
const runName = "_run"

// join puts runs into a set whose actions are escaped.
func (t *Theme) join(all *set, lang string) {
	r := &runs{set: all, funcs: functions(t.funcs(lang))}
	instead := map[*parse.ListNode][]parse.Node{} // put in at the end: templates are read for those that call them, too
	for _, x := range all.Templates() {
		if _, ok := r.wholly(x.Name()); !ok && x.Tree != nil {
			r.replace(x.Tree.Root, instead)
		}
	}
	for l, nodes := range instead {
		l.Nodes = nodes
	}
	all.Funcs(template.FuncMap{runName: func(n int, dot reflect.Value, given ...reflect.Value) (template.HTML, error) {
		b := buffers.Get().(*bytes.Buffer)
		defer buffers.Put(b)
		b.Reset()
		err := r.list[n].with(b, dot, given...)
		return template.HTML(b.String()), err
	}})
}

// wholly returns the run that a template is, and false for one that is none, or calls itself.
func (r *runs) wholly(name string) (*called, bool) {
	if c, ok := r.whole[name]; ok {
		return c, c != nil
	}
	r.whole[name] = nil
	x := r.Lookup(name)
	if x == nil || x.Tree == nil {
		return nil, false
	}
	s := new(scope)
	root := s.slot("$")
	list, ok := r.steps(x.Tree.Root, s)
	if !ok || len(s.given) > 1 {
		return nil, false
	}
	r.whole[name] = &called{list, s.slots, []int{root}}
	return r.whole[name], true
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// replace finds the runs of a list and of the lists in it, and puts calls of them in place of what they draw.
func (r *runs) replace(l *parse.ListNode, instead map[*parse.ListNode][]parse.Node) {
	if l == nil {
		return
	}
	var out []parse.Node
	for list := l.Nodes; len(list) > 0; {
		n, s, steps := r.longest(list)
		if pipe := pipeOf(list[:n]); pipe != nil {
			out = append(out, r.call(pipe, steps, s))
		} else {
			out = append(out, list[:n]...)
		}
		if list = list[n:]; len(list) > 0 {
			if b := branchOf(list[0]); b != nil {
				r.replace(b.List, instead)
				r.replace(b.ElseList, instead)
			}
			out, list = append(out, list[0]), list[1:]
		}
	}
	instead[l] = out
}

// longest returns how many of the first nodes make a run, and the run. A variable that is declared is known to the end of its list, so it is in a run only when the rest of the list is.
func (r *runs) longest(list []parse.Node) (int, *scope, run) {
	s := new(scope)
	var all run
	declares := len(list) // number of nodes before the first that declares a variable
	before := *s
	for i, n := range list {
		if declares == len(list) && isDeclaration(n) {
			declares, before = i, s.copy()
		}
		known := s.copy()
		steps, ok := r.step(n, s)
		if !ok {
			if declares <= i {
				return declares, &before, all[:declares]
			}
			return i, &known, all
		}
		all = append(all, steps)
	}
	return len(list), s, all
}

func isDeclaration(n parse.Node) bool {
	a, ok := n.(*parse.ActionNode)
	return ok && len(a.Pipe.Decl) > 0
}

// pipeOf returns the pipeline of one of the nodes of a run; nil: it is text alone.
func pipeOf(list []parse.Node) *parse.PipeNode {
	for _, n := range list {
		switch n := n.(type) {
		case *parse.ActionNode:
			return n.Pipe
		case *parse.TemplateNode:
			if n.Pipe != nil {
				return n.Pipe
			}
		}
		if b := branchOf(n); b != nil {
			return b.Pipe
		}
	}
	return nil
}

func branchOf(n parse.Node) *parse.BranchNode {
	switch n := n.(type) {
	case *parse.IfNode:
		return &n.BranchNode
	case *parse.WithNode:
		return &n.BranchNode
	case *parse.RangeNode:
		return &n.BranchNode
	}
	return nil
}

// call returns the action that draws a run.
func (r *runs) call(like *parse.PipeNode, steps run, s *scope) parse.Node {
	number := strconv.Itoa(len(r.list))
	args := []parse.Node{
		parse.NewIdentifier(runName).SetPos(like.Pos), &parse.NumberNode{NodeType: parse.NodeNumber, Pos: like.Pos, IsInt: true, Int64: int64(len(r.list)), Text: number},
		&parse.DotNode{NodeType: parse.NodeDot, Pos: like.Pos},
	}
	c := &called{run: steps, slots: s.slots}
	for _, v := range s.given {
		args = append(args, &parse.VariableNode{NodeType: parse.NodeVariable, Pos: like.Pos, Ident: []string{v.name}})
		c.given = append(c.given, v.slot)
	}
	r.list = append(r.list, c)
	pipe := like.CopyPipe()
	pipe.Decl, pipe.Cmds = nil, pipe.Cmds[:1]
	pipe.Cmds[0].Args = args
	return &parse.ActionNode{NodeType: parse.NodeAction, Pos: like.Pos, Line: like.Line, Pipe: pipe}
}

// step returns what a node writes, and false for one that does what a run cannot.
func (r *runs) step(n parse.Node, s *scope) (step, bool) {
	switch n := n.(type) {
	case *parse.TextNode:
		return func(b *bytes.Buffer, _ reflect.Value, _ []reflect.Value) error { b.Write(n.Text); return nil }, true
	case *parse.ActionNode:
		return r.action(n, s)
	case *parse.IfNode:
		return r.branch(&n.BranchNode, s, func(_, dot reflect.Value) reflect.Value { return dot })
	case *parse.WithNode:
		return r.branch(&n.BranchNode, s, func(v, _ reflect.Value) reflect.Value { return v })
	case *parse.RangeNode:
		return r.loop(&n.BranchNode, s)
	case *parse.TemplateNode:
		return r.template(n, s)
	}
	return nil, false
}

// steps returns what the nodes of a list write; what they declare ends with it.
func (r *runs) steps(l *parse.ListNode, s *scope) (run, bool) {
	if l == nil {
		return nil, true
	}
	known := len(s.known)
	defer func() { s.known = s.known[:known] }()
	var all run
	for _, n := range l.Nodes {
		one, ok := r.step(n, s)
		if !ok {
			return nil, false
		}
		all = append(all, one)
	}
	return all, true
}

func (r *runs) action(n *parse.ActionNode, s *scope) (step, bool) {
	if len(n.Pipe.Decl) > 0 {
		x, slot, ok := r.declaration(n.Pipe, s)
		return func(_ *bytes.Buffer, dot reflect.Value, vars []reflect.Value) (err error) {
			vars[slot], err = x(dot, vars)
			return err
		}, ok
	}
	e, known := escapers()[chain(n.Pipe)]
	x, ok := r.command(n.Pipe.Cmds[0], s)
	return func(b *bytes.Buffer, dot reflect.Value, vars []reflect.Value) error {
		v, err := x(dot, vars)
		if err != nil {
			return err
		}
		return e.write(b, v)
	}, known && ok
}

// declaration returns the value of a variable and its slot.
func (r *runs) declaration(p *parse.PipeNode, s *scope) (expr, int, bool) {
	if len(p.Decl) != 1 || len(p.Cmds) != 1 {
		return nil, 0, false
	}
	x, ok := r.command(p.Cmds[0], s)
	name := p.Decl[0].Ident[0]
	if !p.IsAssign {
		return x, s.declare(name), ok
	}
	slot, own := s.declared(name) // one from outside would keep its value there
	return x, slot, ok && own
}

func (r *runs) branch(n *parse.BranchNode, s *scope, inner func(v, dot reflect.Value) reflect.Value) (step, bool) {
	if len(n.Pipe.Decl) > 0 {
		return nil, false
	}
	x, okX := r.pipe(n.Pipe, s)
	list, okList := r.steps(n.List, s)
	other, okOther := r.steps(n.ElseList, s)
	return func(b *bytes.Buffer, dot reflect.Value, vars []reflect.Value) error {
		v, err := x(dot, vars)
		switch {
		case err != nil:
			return err
		case truth(v):
			return list.draw(b, inner(v, dot), vars)
		}
		return other.draw(b, dot, vars)
	}, okX && okList && okOther
}

func (r *runs) loop(n *parse.BranchNode, s *scope) (step, bool) {
	if n.Pipe.IsAssign || len(n.Pipe.Cmds) != 1 {
		return nil, false
	}
	x, okX := r.command(n.Pipe.Cmds[0], s)
	known := len(s.known)
	number, element := -1, -1
	for _, d := range n.Pipe.Decl { // $element, or $number, $element
		number, element = element, s.declare(d.Ident[0])
	}
	list, okList := r.steps(n.List, s)
	s.known = s.known[:known]
	other, okOther := r.steps(n.ElseList, s)
	return func(b *bytes.Buffer, dot reflect.Value, vars []reflect.Value) error {
		v, err := x(dot, vars)
		if err != nil {
			return err
		}
		v, _ = inside(v)
		switch {
		case !truth(v):
			return other.draw(b, dot, vars)
		case v.Kind() != reflect.Slice && v.Kind() != reflect.Array:
			return fmt.Errorf("range cannot iterate over %s in the default theme", v.Type())
		}
		for i := range v.Len() {
			if number >= 0 {
				vars[number] = reflect.ValueOf(i)
			}
			if element >= 0 {
				vars[element] = v.Index(i)
			}
			if err := list.draw(b, v.Index(i), vars); err != nil {
				return err
			}
		}
		return nil
	}, okX && okList && okOther
}

// template is another template that is one run.
func (r *runs) template(n *parse.TemplateNode, s *scope) (step, bool) {
	data, ok := nothing, true
	if n.Pipe != nil {
		data, ok = r.pipe(n.Pipe, s)
	}
	c, whole := r.wholly(n.Name)
	return func(b *bytes.Buffer, dot reflect.Value, vars []reflect.Value) error {
		v, err := data(dot, vars)
		if err != nil {
			return err
		}
		return c.with(b, v, v)
	}, ok && whole
}

// A scope is what variables are called, and where a run has them.
type scope struct {
	known []variable // declared here, the innermost last
	given []variable // declared outside of the run
	slots int
}

type variable struct {
	name string
	slot int
}

func (s *scope) copy() scope {
	return scope{slices.Clone(s.known), slices.Clone(s.given), s.slots}
}

func (s *scope) declare(name string) int {
	s.known = append(s.known, variable{name, s.slots})
	s.slots++
	return s.slots - 1
}

func (s *scope) declared(name string) (slot int, ok bool) {
	for _, v := range slices.Backward(s.known) {
		if v.name == name {
			return v.slot, true
		}
	}
	return 0, false
}

// slot is where the variable is that a template calls by a name.
func (s *scope) slot(name string) int {
	if slot, ok := s.declared(name); ok {
		return slot
	}
	for _, v := range s.given {
		if v.name == name {
			return v.slot
		}
	}
	s.given = append(s.given, variable{name, s.slots})
	s.slots++
	return s.slots - 1
}
