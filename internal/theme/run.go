package theme

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"text/template/parse"
)

// A run is a template that is drawn by one call: text, fields, functions, branches, loops, and other templates that are runs. text/template calls a function for each escaper of
// each action by reflection, which is half of what a page of the default theme takes. How an action is escaped html/template has worked out before (see fold); a run writes the
// same bytes, or fails, and html/template draws the template or says what is wrong in it. It is safe for concurrent use.
type run struct {
	steps  steps
	slots  int         // number of variables, of which the first is $
	failed atomic.Bool // it has: html/template draws the template from then on
}

// draw writes the template for data. After an error what it has written is not the whole.
func (r *run) draw(b *bytes.Buffer, data reflect.Value) error {
	vars := make([]reflect.Value, r.slots)
	vars[0] = data
	return r.steps.draw(b, data, vars)
}

// write writes the template for data; false: it has written nothing, and html/template is to draw it. The error is that of w, or an endlessError.
func (r *run) write(w io.Writer, data any) (done bool, err error) {
	if r.failed.Load() {
		return false, nil
	}
	b, ok := w.(*bytes.Buffer)
	if !ok {
		b = buffers.Get().(*bytes.Buffer)
		defer buffers.Put(b)
		b.Reset()
	}
	before := b.Len()
	if err := r.tried(b, data); err != nil {
		b.Truncate(before)
		if endless, ok := errors.AsType[*endlessError](err); ok {
			return true, endless
		}
		r.failed.Store(true)
		return false, nil
	}
	if !ok {
		_, err = w.Write(b.Bytes())
	}
	return true, err
}

// tried draws the template for data. A function of the theme may panic, which is an error as it is with text/template.
func (r *run) tried(b *bytes.Buffer, data any) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	return r.draw(b, reflect.ValueOf(data))
}

// A step writes a piece of a run. vars are the variables, by their slots.
type step func(b *bytes.Buffer, dot reflect.Value, vars []reflect.Value) error

type steps []step

func (all steps) draw(b *bytes.Buffer, dot reflect.Value, vars []reflect.Value) error {
	for _, s := range all {
		if err := s(b, dot, vars); err != nil {
			return err
		}
	}
	return nil
}

// A set is the templates of a theme in the words of one language. Those that do what a run cannot are drawn by html/template.
type set struct {
	*template.Template
	runs map[string]*run // by name; nil: it is none
}

// compile finds the runs of a set whose actions are escaped.
func (t *Theme) compile(all *set, lang string) {
	c := &compiler{all, functions(t.funcs(lang))}
	for _, x := range all.Templates() {
		c.run(x.Name())
	}
}

type compiler struct {
	*set
	funcs map[string]function
}

// run returns the run that a template is, and false for one that is none, or calls itself.
func (c *compiler) run(name string) (*run, bool) {
	if r, ok := c.runs[name]; ok {
		return r, r != nil
	}
	c.runs[name] = nil
	x := c.Lookup(name)
	if x == nil || x.Tree == nil {
		return nil, false
	}
	s := new(scope)
	s.declare("$")
	list, ok := c.list(x.Tree.Root, s)
	if !ok {
		return nil, false
	}
	c.runs[name] = &run{steps: list, slots: s.slots}
	return c.runs[name], true
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// step returns what a node writes, and false for one that does what a run cannot.
func (c *compiler) step(n parse.Node, s *scope) (step, bool) {
	switch n := n.(type) {
	case *parse.TextNode:
		return func(b *bytes.Buffer, _ reflect.Value, _ []reflect.Value) error { b.Write(n.Text); return nil }, true
	case *parse.ActionNode:
		return c.action(n, s)
	case *parse.IfNode:
		return c.branch(&n.BranchNode, s, func(_, dot reflect.Value) reflect.Value { return dot })
	case *parse.WithNode:
		return c.branch(&n.BranchNode, s, func(v, _ reflect.Value) reflect.Value { return v })
	case *parse.RangeNode:
		return c.loop(&n.BranchNode, s)
	case *parse.TemplateNode:
		return c.template(n, s)
	}
	return nil, false
}

// list returns what the nodes of a list write; what they declare ends with it.
func (c *compiler) list(l *parse.ListNode, s *scope) (steps, bool) {
	if l == nil {
		return nil, true
	}
	known := len(s.known)
	defer func() { s.known = s.known[:known] }()
	var all steps
	for _, n := range l.Nodes {
		one, ok := c.step(n, s)
		if !ok {
			return nil, false
		}
		all = append(all, one)
	}
	return all, true
}

func (c *compiler) action(n *parse.ActionNode, s *scope) (step, bool) {
	if len(n.Pipe.Decl) > 0 {
		x, slot, ok := c.declaration(n.Pipe, s)
		return func(_ *bytes.Buffer, dot reflect.Value, vars []reflect.Value) (err error) {
			vars[slot], err = x(dot, vars)
			return err
		}, ok
	}
	e, known := escapers()[chain(n.Pipe)]
	x, ok := c.command(n.Pipe.Cmds[0], s)
	return func(b *bytes.Buffer, dot reflect.Value, vars []reflect.Value) error {
		v, err := x(dot, vars)
		if err != nil {
			return err
		}
		return e.write(b, v)
	}, known && ok
}

// declaration returns the value of a variable and its slot.
func (c *compiler) declaration(p *parse.PipeNode, s *scope) (expr, int, bool) {
	if len(p.Decl) != 1 || len(p.Cmds) != 1 {
		return nil, 0, false
	}
	x, ok := c.command(p.Cmds[0], s)
	name := p.Decl[0].Ident[0]
	if !p.IsAssign {
		return x, s.declare(name), ok
	}
	slot, known := s.slot(name)
	return x, slot, ok && known
}

func (c *compiler) branch(n *parse.BranchNode, s *scope, inner func(v, dot reflect.Value) reflect.Value) (step, bool) {
	if len(n.Pipe.Decl) > 0 {
		return nil, false
	}
	x, okX := c.pipe(n.Pipe, s)
	list, okList := c.list(n.List, s)
	other, okOther := c.list(n.ElseList, s)
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

func (c *compiler) loop(n *parse.BranchNode, s *scope) (step, bool) {
	if n.Pipe.IsAssign || len(n.Pipe.Cmds) != 1 {
		return nil, false
	}
	x, okX := c.command(n.Pipe.Cmds[0], s)
	known := len(s.known)
	number, element := -1, -1
	for _, d := range n.Pipe.Decl { // $element, or $number, $element
		number, element = element, s.declare(d.Ident[0])
	}
	list, okList := c.list(n.List, s)
	s.known = s.known[:known]
	other, okOther := c.list(n.ElseList, s)
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
			return fmt.Errorf("a loop over %s", v.Type())
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
func (c *compiler) template(n *parse.TemplateNode, s *scope) (step, bool) {
	data, ok := nothing, true
	if n.Pipe != nil {
		data, ok = c.pipe(n.Pipe, s)
	}
	x, whole := c.run(n.Name)
	return func(b *bytes.Buffer, dot reflect.Value, vars []reflect.Value) error {
		v, err := data(dot, vars)
		if err != nil {
			return err
		}
		return x.draw(b, v)
	}, ok && whole
}

// A scope is what variables are called, and where a run has them.
type scope struct {
	known []variable // the innermost last
	slots int
}

type variable struct {
	name string
	slot int
}

func (s *scope) declare(name string) int {
	s.known = append(s.known, variable{name, s.slots})
	s.slots++
	return s.slots - 1
}

// slot is where the variable is that a template calls by a name.
func (s *scope) slot(name string) (int, bool) {
	for _, v := range slices.Backward(s.known) {
		if v.name == name {
			return v.slot, true
		}
	}
	return 0, false
}
