//go:build race

package publish

func init() { racing = true }
