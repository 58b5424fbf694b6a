package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/alecthomas/chroma/v2/styles"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// The floor is what no generator that uses the same libraries can go below without remembering anything: read each file, cut the front matter off, goldmark, chroma for
// blocks of code, a frame around it, write. It knows no links, no navigation, no search, no checks, and it finds no mistakes.

// floor builds the pages of a folder into another. With look it only reads and digests them: what a build must do at least to be sure that nothing changed.
func floor(content, out string, look bool) error {
	var names []string
	err := filepath.WalkDir(content, func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return err
	}
	var (
		wg     sync.WaitGroup
		mu     sync.Mutex
		failed error
		next   = make(chan string, 64)
	)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithParserOptions(parser.WithAutoHeadingID()),
				goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(colours{html.New(html.WithClasses(true))}, 100))))
			for name := range next {
				if err := floorPage(md, content, name, out, look); err != nil {
					mu.Lock()
					failed = err
					mu.Unlock()
				}
			}
		})
	}
	for _, name := range names {
		next <- name
	}
	close(next)
	wg.Wait()
	return failed
}

func floorPage(md goldmark.Markdown, content, name, out string, look bool) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if look {
		_ = sha256.Sum256(data)
		return nil
	}
	if rest, ok := bytes.CutPrefix(data, []byte("---\n")); ok {
		if _, body, ok := bytes.Cut(rest, []byte("\n---\n")); ok {
			data = body
		}
	}
	rel, err := filepath.Rel(content, name)
	if err != nil {
		return err
	}
	var page bytes.Buffer
	page.WriteString("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Page</title></head><body><main>\n")
	if err := md.Convert(data, &page); err != nil {
		return err
	}
	page.WriteString("</main></body></html>\n")
	to := filepath.Join(out, strings.TrimSuffix(rel, ".md")+".html")
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, page.Bytes(), 0o644)
}

// colours draws blocks of code with chroma.
type colours struct{ format *html.Formatter }

// RegisterFuncs makes colours a renderer of goldmark.
func (c colours) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindFencedCodeBlock, c.draw)
}

func (c colours) draw(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	block := n.(*ast.FencedCodeBlock)
	lexer := lexers.Get(string(block.Language(source)))
	if lexer == nil {
		lexer = lexers.Fallback
	}
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, string(block.Lines().Value(source)))
	if err != nil {
		return ast.WalkStop, fmt.Errorf("code: %w", err)
	}
	return ast.WalkSkipChildren, c.format.Format(w, styles.Fallback, tokens)
}
