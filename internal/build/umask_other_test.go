//go:build !unix

package build_test

func setUmask(mask int) int { return mask }
