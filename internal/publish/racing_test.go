//go:build race

package publish

const racing = true
