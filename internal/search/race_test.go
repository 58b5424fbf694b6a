//go:build race

package search

// The race detector makes everything ten times as slow; what large sites take is measured without it.
func init() { racing = true }
