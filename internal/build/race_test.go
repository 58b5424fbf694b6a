//go:build race

package build_test

// The race detector makes the edits several times slower, and finds what it finds in the first ones.
func init() {
	*edits = 90
	seeds = 12
}
