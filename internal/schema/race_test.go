//go:build race

package schema_test

// There is nothing to race for, and it takes long.
func init() { every = 7 }
