package cache

// Has reports whether Get would look for key in what is stored, without reading it; it keeps it young as Get would. A nil Cache has nothing, nor has one in mode Verify.
func (c *Cache) Has(key [32]byte) bool {
	if c == nil || c.opts.Mode == Verify {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.has(c.own(key), true)
}

// Peek is as Has, and keeps nothing young.
func (c *Cache) Peek(key [32]byte) bool {
	if c == nil || c.opts.Mode == Verify {
		return false
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.has(c.own(key), false)
}

// Empty reports whether there is nothing that Get could find.
func (c *Cache) Empty() bool {
	if c == nil || c.opts.Mode == Verify {
		return true
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.run == nil && len(c.segments) == 0
}

// Verifies reports whether what is stored is compared with what is made.
func (c *Cache) Verifies() bool { return c != nil && c.opts.Mode == Verify }

// Touch keeps entries young as Get would, without reading them.
func (c *Cache) Touch(keys ...[32]byte) {
	if c == nil || c.opts.Mode == Verify {
		return
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, key := range keys {
		key = c.own(key)
		for _, s := range c.segments {
			if i, ok := s.find(key); ok {
				s.state[i].CompareAndSwap(0, stateUsed)
				break
			}
		}
	}
}
