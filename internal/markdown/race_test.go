//go:build race

package markdown

const underRace = true
