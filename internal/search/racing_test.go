//go:build race

package search

// racing says that the race detector looks on, which makes everything ten times as slow.
const racing = true
