package theme

import (
	"html/template"
	"sync"
)

// A part is a template that was executed for some data in a language.
type part struct {
	lang, name string
	data       any // comparable
}

// parts remembers what was drawn once. Pages are rendered in the order of their addresses, and neighbours share most of what they share, so it may forget everything
// when it is full. The zero value is empty; it is safe for concurrent use.
type parts struct {
	mu    sync.RWMutex
	drawn map[part]template.HTML
	bytes int
}

// mostParts bounds the memory, in bytes of HTML.
const mostParts = 4 << 20

func (p *parts) get(key part) (template.HTML, bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	html, ok := p.drawn[key]
	return html, ok
}

func (p *parts) put(key part, html template.HTML) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bytes += len(html) + 200; p.drawn == nil || p.bytes > mostParts {
		p.drawn, p.bytes = map[part]template.HTML{}, 0
	}
	p.drawn[key] = html
}
