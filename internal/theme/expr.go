package theme

import (
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"reflect"
	"strings"
	"sync/atomic"
	texttemplate "text/template"
	"text/template/parse"
)

// An expr is what stands in an action, a condition or an argument of a run. What is not there, such as an entry of a map, is the zero Value.
type expr func(dot reflect.Value, vars []reflect.Value) (reflect.Value, error)

func nothing(reflect.Value, []reflect.Value) (reflect.Value, error) { return reflect.Value{}, nil }

func (c *compiler) pipe(p *parse.PipeNode, s *scope) (expr, bool) {
	if len(p.Decl) > 0 || len(p.Cmds) != 1 {
		return nil, false
	}
	return c.command(p.Cmds[0], s)
}

func (c *compiler) command(cmd *parse.CommandNode, s *scope) (expr, bool) {
	name, ok := cmd.Args[0].(*parse.IdentifierNode)
	if !ok {
		x, ok := c.value(cmd.Args[0], s)
		return x, ok && len(cmd.Args) == 1
	}
	f, ok := c.funcs[name.Ident]
	if !ok {
		return nil, false
	}
	args := make([]expr, len(cmd.Args)-1)
	for i, a := range cmd.Args[1:] {
		if args[i], ok = c.value(a, s); !ok {
			return nil, false
		}
	}
	return f(args)
}

func (c *compiler) value(n parse.Node, s *scope) (expr, bool) {
	constant := func(v any) (expr, bool) {
		always := reflect.ValueOf(v)
		return func(reflect.Value, []reflect.Value) (reflect.Value, error) { return always, nil }, true
	}
	switch n := n.(type) {
	case *parse.PipeNode:
		return c.pipe(n, s)
	case *parse.StringNode:
		return constant(n.Text)
	case *parse.BoolNode:
		return constant(n.True)
	case *parse.NumberNode:
		x, _ := constant(int(n.Int64))
		return x, n.IsInt && !strings.ContainsAny(n.Text, ".'eEpPxX")
	case *parse.DotNode:
		return chained(func(dot reflect.Value, _ []reflect.Value) (reflect.Value, error) { return dot, nil }, nil), true
	case *parse.FieldNode:
		return chained(func(dot reflect.Value, _ []reflect.Value) (reflect.Value, error) { return dot, nil }, n.Ident), true
	case *parse.VariableNode:
		slot, ok := s.slot(n.Ident[0])
		return chained(func(_ reflect.Value, vars []reflect.Value) (reflect.Value, error) { return vars[slot], nil }, n.Ident[1:]), ok
	case *parse.ChainNode:
		x, ok := c.value(n.Node, s)
		return chained(x, n.Field), ok
	}
	return nil, false
}

// chained is a chain of fields of a value.
func chained(of expr, names []string) expr {
	fields := make([]*field, len(names))
	for i, name := range names {
		fields[i] = &field{name: name, key: reflect.ValueOf(name)}
	}
	return func(dot reflect.Value, vars []reflect.Value) (reflect.Value, error) {
		v, err := of(dot, vars)
		for _, f := range fields {
			if v, err = f.of(v); err != nil {
				return v, err
			}
		}
		return boxed(v), err
	}
}

// boxed returns what an any holds, and another value as it is.
func boxed(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface && v.NumMethod() == 0 {
		return v.Elem()
	}
	return v
}

// A field is one name of a chain.
type field struct {
	name string
	key  reflect.Value // the name
	last atomic.Pointer[place]
}

// A place is where a type has a field.
type place struct {
	typ   reflect.Type
	index []int
}

// of returns the field of a value as text/template does: that of a struct, or the entry of a map.
func (f *field) of(v reflect.Value) (reflect.Value, error) {
	if !v.IsValid() {
		return v, nil
	}
	v, ok := inside(v)
	switch {
	case !ok:
		return v, fmt.Errorf("nil pointer evaluating %s.%s", v.Type(), f.name)
	case v.Kind() == reflect.Map && v.Type().Key() == reflect.TypeFor[string]():
		return v.MapIndex(f.key), nil
	case v.Kind() != reflect.Struct:
		return v, fmt.Errorf("can't evaluate field %s in type %s", f.name, v.Type())
	}
	at := f.last.Load()
	if at == nil || at.typ != v.Type() {
		sf, ok := v.Type().FieldByName(f.name)
		if _, method := reflect.PointerTo(v.Type()).MethodByName(f.name); !ok || method || !sf.IsExported() {
			return v, fmt.Errorf("can't evaluate field %s in type %s", f.name, v.Type())
		}
		at = &place{v.Type(), sf.Index}
		f.last.Store(at)
	}
	if len(at.index) == 1 {
		return v.Field(at.index[0]), nil
	}
	return v.FieldByIndexErr(at.index)
}

// inside returns what pointers and interfaces lead to, and false for the nil that they end in.
func inside(v reflect.Value) (reflect.Value, bool) {
	for ; v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface; v = v.Elem() {
		if v.IsNil() {
			return v, false
		}
	}
	return v, true
}

// truth is text/template's: what is empty is false, and no struct is.
func truth(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Invalid:
		return false
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() > 0
	case reflect.Struct:
		return true
	}
	return !v.IsZero()
}

// A function makes an expression of its arguments; false: it does not take these.
type function func(args []expr) (expr, bool)

// functions are those of text/template that a run knows, and those of a theme.
func functions(own template.FuncMap) map[string]function {
	all := map[string]function{"and": until(false), "or": until(true), "not": of(1, not), "len": of(1, length), "index": of(2, index), "printf": named(-1, printf)}
	for _, name := range []string{"eq", "ne", "lt", "le", "gt", "ge"} {
		all[name] = of(2, comparison(name))
	}
	for name, f := range own {
		switch f := f.(type) {
		case func(any) string:
			all[name] = of(1, func(v []reflect.Value) (reflect.Value, error) { return reflect.ValueOf(f(anyOf(v[0]))), nil })
		case func(string, ...any) string:
			all[name] = named(-1, func(s string, a []any) (any, error) { return f(s, a...), nil })
		case func(string, any) (template.HTML, error):
			all[name] = named(2, func(s string, a []any) (any, error) { return f(s, a[0]) })
		default:
			all[name] = reflected(name, reflect.ValueOf(f))
		}
	}
	return all
}

// of is a function of n arguments; below 0: of any number.
func of(n int, f func(v []reflect.Value) (reflect.Value, error)) function {
	return func(args []expr) (expr, bool) {
		return func(dot reflect.Value, vars []reflect.Value) (reflect.Value, error) {
			values := make([]reflect.Value, len(args))
			for i, a := range args {
				var err error
				if values[i], err = a(dot, vars); err != nil {
					return values[i], err
				}
			}
			return f(values)
		}, n < 0 || len(args) == n
	}
}

// named is a function of n arguments, or of any number, of which the first is a word.
func named(n int, f func(name string, args []any) (any, error)) function {
	return of(n, func(v []reflect.Value) (reflect.Value, error) {
		if len(v) == 0 || !v[0].IsValid() || v[0].Type() != reflect.TypeFor[string]() {
			return reflect.Value{}, errors.New("a word is missing")
		}
		args := make([]any, len(v)-1)
		for i := range args {
			args[i] = anyOf(v[i+1])
		}
		result, err := f(v[0].String(), args)
		return reflect.ValueOf(result), err
	})
}

// anyOf is what a function of Go gets for a value.
func anyOf(v reflect.Value) any {
	if !v.IsValid() {
		return nil
	}
	return v.Interface()
}

// until is or (true) and and (false): the first argument that is so, else the last.
func until(is bool) function {
	return func(args []expr) (expr, bool) {
		return func(dot reflect.Value, vars []reflect.Value) (v reflect.Value, err error) {
			for _, a := range args {
				if v, err = a(dot, vars); err != nil || truth(v) == is {
					return v, err
				}
			}
			return v, nil
		}, len(args) > 0
	}
}

func printf(format string, args []any) (any, error) { return fmt.Sprintf(format, args...), nil }

func not(v []reflect.Value) (reflect.Value, error) { return reflect.ValueOf(!truth(v[0])), nil }

func length(v []reflect.Value) (reflect.Value, error) {
	list, _ := inside(v[0])
	switch list.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return reflect.ValueOf(list.Len()), nil
	}
	return list, fmt.Errorf("len of %s", list.Kind())
}

// index is an element of a list.
func index(v []reflect.Value) (reflect.Value, error) {
	list, _ := inside(v[0])
	switch i := v[1]; {
	case list.Kind() != reflect.Slice && list.Kind() != reflect.Array || !i.CanInt():
		return list, fmt.Errorf("index wants a list and a number, not %s and %s", list.Kind(), i.Kind())
	case i.Int() < 0 || i.Int() >= int64(list.Len()):
		return list, fmt.Errorf("index out of range: %d", i.Int())
	default:
		return boxed(list.Index(int(i.Int()))), nil
	}
}

// comparison is a function of text/template that compares two values. Words and numbers are compared here, others by itself.
func comparison(name string) func(v []reflect.Value) (reflect.Value, error) {
	asks := texttemplate.Must(texttemplate.New("").Parse("{{if " + name + " (index . 0) (index . 1)}}yes{{end}}"))
	return func(v []reflect.Value) (reflect.Value, error) {
		switch a, b := v[0], v[1]; {
		case a.Kind() == reflect.String && b.Kind() == reflect.String:
			return reflect.ValueOf(compared(name, strings.Compare(a.String(), b.String()))), nil
		case a.CanInt() && b.CanInt():
			return reflect.ValueOf(compared(name, cmp.Compare(a.Int(), b.Int()))), nil
		}
		var said strings.Builder
		err := asks.Execute(&said, []any{anyOf(v[0]), anyOf(v[1])})
		return reflect.ValueOf(said.Len() > 0), err
	}
}

func compared(name string, order int) bool {
	switch name {
	case "eq":
		return order == 0
	case "ne":
		return order != 0
	case "lt":
		return order < 0
	case "le":
		return order <= 0
	case "gt":
		return order > 0
	}
	return order >= 0
}

// reflected is any other function. Like those of text/template it returns a value, or a value and an error.
func reflected(name string, f reflect.Value) function {
	typ := f.Type()
	call := of(-1, func(v []reflect.Value) (reflect.Value, error) {
		for i := range v {
			in := typ.In(min(i, typ.NumIn()-1))
			if typ.IsVariadic() && i >= typ.NumIn()-1 {
				in = in.Elem()
			}
			switch {
			case v[i].IsValid() && v[i].Type().AssignableTo(in):
			case !v[i].IsValid() && in.Kind() == reflect.Interface:
				v[i] = reflect.Zero(in)
			default:
				return v[i], fmt.Errorf("wrong type for value %d of %s; expected %s", i+1, name, in)
			}
		}
		out := f.Call(v)
		if len(out) > 1 && !out[1].IsNil() {
			return out[0], out[1].Interface().(error)
		}
		return out[0], nil
	})
	return func(args []expr) (expr, bool) {
		x, _ := call(args)
		return x, len(args) == typ.NumIn() || typ.IsVariadic() && len(args) >= typ.NumIn()-1
	}
}
