package build

import (
	"context"
	"errors"
	"io"

	"waymark/internal/diag"
	"waymark/internal/render"
	"waymark/internal/theme"
)

// A check of a theme with templates of a site's own draws all pages, too; see Options.Draw.

func (b *Builder) draws(look *theme.Theme) bool { return b.o.Draw && look.Own() }

// draw draws every page for nobody, and returns what goes wrong in templates: for each place in one the first page. One that has no end is the last, for it takes seconds to find.
func (b *Builder) draw(ctx context.Context, site *Site) (ds diag.List, err error) {
	rs, pages := site.rendering(), site.Plan.Pages
	faults := make([]*theme.Fault, len(pages))
	err = parallel(ctx, b.o.Jobs, len(pages), func(i int) error {
		err := render.Page(io.Discard, &pages[i], site.Theme, rs)
		if f, ok := errors.AsType[*theme.Fault](err); ok && !f.Endless() {
			faults[i], err = f, nil
		}
		return err
	})
	if f, ok := errors.AsType[*theme.Fault](err); ok {
		return append(ds, f.Diagnostic("")), nil
	}
	seen := map[diag.Span]bool{}
	for i, f := range faults {
		if f != nil && !seen[f.Span] {
			seen[f.Span] = true
			ds = append(ds, f.Diagnostic(pages[i].Path))
		}
	}
	return ds, err
}
