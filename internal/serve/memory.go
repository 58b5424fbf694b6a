package serve

import (
	"bytes"
	"container/list"
	"sync"

	"waymark/internal/build"
)

// pagesBytes bounds what is remembered of rendered outputs.
const pagesBytes = 48 << 20

// A memory keeps rendered outputs under their keys, the ones used last, up to a number of bytes. Equal keys are equal bytes, so nothing in it is ever
// out of date. It is safe for concurrent use.
type memory struct {
	mu    sync.Mutex
	limit int
	size  int
	order *list.List // of *entry; the one used last in front
	byKey map[[32]byte]*list.Element
}

type entry struct {
	key  [32]byte
	data []byte
}

func newMemory(limit int) *memory {
	return &memory{limit: limit, order: list.New(), byKey: map[[32]byte]*list.Element{}}
}

// get returns the bytes of an output, rendering it if it is not remembered. They must not be modified.
func (m *memory) get(f *build.File) ([]byte, error) {
	m.mu.Lock()
	if e, ok := m.byKey[f.Key]; ok {
		m.order.MoveToFront(e)
		data := e.Value.(*entry).data
		m.mu.Unlock()
		return data, nil
	}
	m.mu.Unlock()
	// Two requests at once render twice; that is rare and does no harm.
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return nil, err
	}
	m.put(f.Key, b.Bytes())
	return b.Bytes(), nil
}

func (m *memory) put(key [32]byte, data []byte) {
	if len(data) > m.limit/4 {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.byKey[key]; ok {
		return
	}
	m.byKey[key] = m.order.PushFront(&entry{key, data})
	m.size += len(data)
	for m.size > m.limit {
		last := m.order.Back()
		e := m.order.Remove(last).(*entry)
		delete(m.byKey, e.key)
		m.size -= len(e.data)
	}
}
