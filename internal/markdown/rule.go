package markdown

import (
	"errors"
	"reflect"
	"strconv"

	"go.yaml.in/yaml/v4"
	"waymark/internal/diag"
	"waymark/internal/quiz"
	"waymark/internal/schema"
)

// A Rule says when something is complete (section 4.4): a bare word (`read`, `manual`), or a mapping with exactly
// one of the keys below.
type Rule struct {
	Word        string // read | manual
	All         []Rule
	Any         []Rule
	Count       *CountRule
	Checks      *ChecksRule
	Quiz        schema.Text
	Reflection  schema.Text
	Reflections *MinRule
	Scenario    schema.Text
	Good        bool // with Scenario: a good ending
	Rating      schema.Text
	ReadItems   string // must | all
	Form        *FormRule
	Session     schema.Text
	Milestones  []schema.Text
	Stages      []schema.Text
	Review      *ReviewItem
	At          diag.Range
}

// CountRule holds when at least Min of the rules do.
type CountRule struct {
	Min int    `key:"min,required" range:"1,1000" doc:"how many"`
	Of  []Rule `key:"of,required" doc:"of these"`
}

// ChecksRule holds when the checks reach a share of their points.
type ChecksRule struct {
	Min schema.Percent `key:"min" doc:"share of the points (default: 80%)"`
	Of  []schema.Text  `key:"of" doc:"ids of checks (default: all)"`
}

// MinRule is a number.
type MinRule struct {
	Min int `key:"min,required" range:"1,1000" doc:"how many"`
}

// FormRule holds when a form is filled or signed.
type FormRule struct {
	ID   schema.Text `key:"id,required" doc:"id of the form"`
	Done string      `key:"done" enum:"filled,signed" doc:""`
}

var ruleWords = []string{"read", "manual"}

var ruleKeys = []string{"read", "manual", "all", "any", "count", "checks", "quiz", "reflection", "reflections", "scenario", "rating", "read_items", "form", "session", "milestones", "stages", "review"}

// SetNode implements schema.Custom.
func (r *Rule) SetNode(d *schema.Decoder, n *yaml.Node) {
	n, ok := d.Resolve(n)
	if !ok {
		return
	}
	r.At = d.Range(n)
	if n.Kind == yaml.ScalarNode {
		r.Word = n.Value
		if n.Value != "read" && n.Value != "manual" {
			d.Report("yaml/value", n, diag.DidYouMean(n.Value, ruleKeys), "%s is not a completion rule", diag.Quote(n.Value))
		}
		return
	}
	if n.Kind != yaml.MappingNode {
		d.Report("yaml/type", n, "write `all:` before the list", "a completion rule wants a word, or a key with its value, not a list")
		return
	}
	rules, unknown, scenario := 0, false, false
	var good *yaml.Node
	id := func(val *yaml.Node, to *schema.Text) {
		d.Value(val, reflect.ValueOf(to).Elem())
		if val.Kind == yaml.ScalarNode && to.Value == "" {
			d.Report("yaml/value", val, "write the id of what is to be done", "a completion rule cannot name nothing")
		}
	}
	full := func(key *yaml.Node, n int) {
		if n == 0 {
			d.Report("yaml/value", key, "write a list of rules, as in [read, {checks: {min: 80%}}]", "there is no rule under %s", diag.Quote(key.Value))
		}
	}
	named := func(key *yaml.Node, n int) {
		if n == 0 {
			d.Report("yaml/value", key, "write a list of their ids", "there is no id under %s", diag.Quote(key.Value))
		}
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		into := func(v any) { d.Named(key.Value, val, reflect.ValueOf(v).Elem()) }
		rules++
		switch key.Value {
		case "read", "manual":
			r.Word = key.Value
		case "all":
			into(&r.All)
			full(key, len(r.All))
		case "any":
			into(&r.Any)
			full(key, len(r.Any))
		case "count":
			into(&r.Count)
		case "checks":
			into(&r.Checks)
		case "quiz":
			id(val, &r.Quiz)
		case "reflection":
			id(val, &r.Reflection)
		case "reflections":
			into(&r.Reflections)
		case "scenario":
			scenario = true
			id(val, &r.Scenario)
		case "good":
			rules--
			good = key
			into(&r.Good)
		case "rating":
			id(val, &r.Rating)
		case "read_items":
			into(&r.ReadItems)
			if r.ReadItems != "must" && r.ReadItems != "all" {
				d.Report("yaml/value", val, "use one of: must, all", "%s cannot be %s", diag.Quote("read_items"), diag.Quote(r.ReadItems))
			}
		case "form":
			if val.Kind == yaml.ScalarNode {
				r.Form = &FormRule{}
				id(val, &r.Form.ID)
			} else {
				into(&r.Form)
			}
		case "session":
			id(val, &r.Session)
		case "milestones":
			into(&r.Milestones)
			named(key, len(r.Milestones))
		case "stages":
			into(&r.Stages)
			named(key, len(r.Stages))
		case "review":
			into(&r.Review)
		default:
			rules--
			unknown = true
			d.Report("yaml/unknown-key", key, diag.DidYouMean(key.Value, ruleKeys), "%s is not a completion rule", diag.Quote(key.Value))
		}
	}
	if rules > 1 {
		d.Report("yaml/value", n, "put them in a list under `all:` or `any:`", "a completion rule has one key, this one has %d", rules)
	}
	switch {
	case good != nil && !scenario:
		d.Report("yaml/value", good, "write {scenario: id, good: true}", "%s asks for a good ending, but names no scenario", diag.Quote("good"))
	case rules == 0 && !unknown:
		d.Report("yaml/value", n, "write what completes the page, as in {all: [read, {checks: {min: 80%}}]}, or take the line away", "the completion rule is empty")
	}
}

// JSONSchema implements schema.Custom.
func (*Rule) JSONSchema(g *schema.Generator) map[string]any {
	id := map[string]any{"type": []string{"string", "number"}, "minLength": 1}
	self := map[string]any{"$ref": "#/$defs/Rule"}
	list := func(of any) map[string]any {
		return map[string]any{"anyOf": []any{map[string]any{"type": "array", "items": of, "minItems": 1}, of}}
	}
	rules := list(self)
	props := map[string]any{
		"read": map[string]any{}, "manual": map[string]any{},
		"all": rules, "any": rules,
		"count": g.Of(reflect.TypeFor[CountRule]()), "checks": g.Of(reflect.TypeFor[ChecksRule]()),
		"quiz": id, "reflection": id, "reflections": g.Of(reflect.TypeFor[MinRule]()),
		"scenario": id, "good": g.Of(reflect.TypeFor[bool]()), "rating": id,
		"read_items": map[string]any{"enum": []string{"must", "all"}},
		"form":       map[string]any{"anyOf": []any{id, g.Of(reflect.TypeFor[FormRule]())}},
		"session":    id, "milestones": list(id), "stages": list(id), "review": g.Of(reflect.TypeFor[ReviewItem]()),
	}
	return map[string]any{"anyOf": []any{
		map[string]any{"enum": ruleWords},
		map[string]any{"type": "object", "properties": props, "additionalProperties": false, "minProperties": 1, "dependentRequired": map[string]any{"good": []string{"scenario"}},
			"if": map[string]any{"required": []string{"good"}}, "then": map[string]any{"maxProperties": 2}, "else": map[string]any{"maxProperties": 1}},
	}}
}

// Rows are the rows of a table field: a number of blank ones, or their labels.
type Rows struct {
	Blank  int
	Labels []string
}

// SetNode implements schema.Custom.
func (r *Rows) SetNode(d *schema.Decoder, n *yaml.Node) {
	n, ok := d.Resolve(n)
	if !ok {
		return
	}
	if n.Kind == yaml.SequenceNode {
		d.Value(n, reflect.ValueOf(&r.Labels).Elem())
		return
	}
	i, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil || i < 1 || i > 50 {
		d.Report("yaml/value", n, "write a number from 1 to 50, or a list of labels", "%s is a number of rows or a list of their labels", diag.Quote("rows"))
		return
	}
	r.Blank = i
}

// JSONSchema implements schema.Custom.
func (*Rows) JSONSchema(g *schema.Generator) map[string]any {
	return map[string]any{"anyOf": []any{
		(*Height)(nil).JSONSchema(g), // as many
		map[string]any{"type": "array", "items": map[string]any{"type": []string{"string", "number", "boolean"}}},
	}}
}

// Height is the number of lines that a field for text has. It is bounded, since a theme draws each of them.
type Height int

// SetNode implements schema.Custom.
func (h *Height) SetNode(d *schema.Decoder, n *yaml.Node) {
	n, ok := d.Resolve(n)
	if !ok {
		return
	}
	i, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil || i < 1 || i > 50 {
		d.Report("yaml/value", n, "write a number from 1 to 50", "%s is a number of lines", diag.Quote("lines"))
		return
	}
	*h = Height(i)
}

// JSONSchema implements schema.Custom.
func (*Height) JSONSchema(*schema.Generator) map[string]any {
	return map[string]any{"type": []string{"integer", "string"}, "minimum": 1, "maximum": 50, "pattern": `^\+?0*([1-9]|[1-4][0-9]|50)$`}
}

// Tries is how often a check may be answered; 0 is as often as one likes.
type Tries int

// SetText implements schema.Scalar.
func (t *Tries) SetText(s string) error {
	n, ok := quiz.ReadTries(s)
	if !ok {
		return errors.New("a number of tries lies between 0 and 99, and 0 is as many as one likes")
	}
	*t = Tries(n)
	return nil
}

// Form implements schema.Scalar.
func (*Tries) Form() ([]string, string, int, int) {
	return []string{"string", "integer"}, `^\+?0*[0-9]{1,2}$`, 0, 99
}

// Reveal says when the right answer is shown: after a number of tries, at the end of a quiz, or never.
type Reveal string

// SetNode implements schema.Custom.
func (v *Reveal) SetNode(d *schema.Decoder, n *yaml.Node) {
	n, ok := d.Resolve(n)
	if !ok {
		return
	}
	if n.Kind != yaml.ScalarNode || !quiz.IsReveal(n.Value) {
		d.Report("yaml/value", n, "write a number of tries, end or never", "%s cannot be %s", diag.Quote("reveal"), diag.Quote(n.Value))
		return
	}
	*v = Reveal(n.Value)
}

// JSONSchema implements schema.Custom.
func (*Reveal) JSONSchema(*schema.Generator) map[string]any {
	return map[string]any{"anyOf": []any{
		map[string]any{"enum": []string{"end", "never"}},
		map[string]any{"type": "integer", "minimum": 1, "maximum": 99},
		map[string]any{"type": "string", "pattern": "^[1-9][0-9]?$"},
	}}
}
