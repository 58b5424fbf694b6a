package main

import (
	"embed"
	"io/fs"
)

//go:embed all:hugo
var hugoFiles embed.FS

// hugoTheme is the theme and the configuration with which Hugo builds the curriculum.
func hugoTheme() fs.FS {
	sub, err := fs.Sub(hugoFiles, "hugo")
	if err != nil {
		return hugoFiles // cannot be: the folder is embedded above
	}
	return sub
}
