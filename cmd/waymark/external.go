package main

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"waymark/internal/build"
	"waymark/internal/cache"
	"waymark/internal/curriculum"
	"waymark/internal/diag"
	"waymark/internal/external"
)

// keptAnswers is how long an address that answers is not asked again.
const keptAnswers = 7 * 24 * time.Hour

// askExternal asks the addresses on the web that the site leads to, and returns what is wrong with them.
func (g *globals) askExternal(ctx context.Context, site *build.Site) (diag.List, error) {
	site, err := site.Whole()
	if err != nil {
		return nil, err
	}
	if site.Curriculum == nil {
		g.say("Asked no links to the web: the pages could not be read")
		return nil, nil
	}
	places := externalLinks(site.Curriculum)
	known := g.readAnswers()
	verdicts := map[string]external.Verdict{}
	var ask []string
	for address := range places {
		if v, ok := known[address]; ok && time.Since(v.At) < keptAnswers {
			verdicts[address] = v
		} else {
			ask = append(ask, address)
		}
	}
	asker := external.Asker{Agent: "waymark/" + version() + " (link check)"}
	maps.Copy(verdicts, asker.Ask(ctx, ask, func(done, all int) { g.status.progress("asking", done, all) }))
	g.status.clear()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	g.writeAnswers(verdicts)

	var ds diag.List
	sums := map[external.State]int{}
	for _, address := range slices.Sorted(maps.Keys(places)) {
		v := verdicts[address]
		sums[v.State]++
		for _, at := range places[address] {
			switch v.State {
			case external.Dead:
				ds.Add("link/dead", at, "find where it went, or take the link away", "%s is dead: %s", diag.Quote(address), v.Detail)
			case external.Moved:
				ds.Add("link/moved", at, "write the new address", "%s has moved for good to %s", diag.Quote(address), diag.Quote(v.Detail))
			}
		}
		if v.State == external.Unsure {
			g.logf("not sure of %s: %s", diag.Quote(address), v.Detail)
		}
	}
	g.say("Asked %s to the web: %d answer, %d moved, %d dead, %d not sure", count(len(places), "link"), sums[external.Fine], sums[external.Moved], sums[external.Dead], sums[external.Unsure])
	return ds, nil
}

// externalLinks are the addresses on the web that pages lead to, each with its places in the order of the pages.
func externalLinks(c *curriculum.Curriculum) map[string][]diag.Span {
	places := map[string][]diag.Span{}
	add := func(address string, at diag.Span) {
		if strings.HasPrefix(address, "//") {
			address = "https:" + address
		}
		if low := strings.ToLower(address); strings.HasPrefix(low, "https://") || strings.HasPrefix(low, "http://") {
			places[address] = append(places[address], at)
		}
	}
	for _, m := range c.Modules {
		file, meta := m.Doc.File, &m.Doc.Meta
		for i, t := range m.Targets {
			if t.Kind == curriculum.External {
				add(t.Name, file.Span(m.Doc.Links[i].Range))
			}
		}
		if meta.Reading != nil {
			for _, it := range meta.Reading.Items {
				at := it.ID.At
				if it.URL.Value != "" {
					at = it.URL.At
				}
				add(it.Address(), file.Span(at))
			}
		}
		for _, s := range meta.Sources {
			add(s.Address(), file.Span(s.ID.At))
		}
	}
	return places
}

const answersName = "external.json"

func (g *globals) answersFile() string { return filepath.Join(g.source, workDir, answersName) }

// readAnswers returns what addresses came to lately, of those that answered; nothing where what was remembered is not wanted.
func (g *globals) readAnswers() map[string]external.Verdict {
	answers := map[string]external.Verdict{}
	if cache.Mode(g.cacheMode) != cache.On {
		return nil
	}
	if data, err := os.ReadFile(g.answersFile()); err != nil || json.Unmarshal(data, &answers) != nil {
		return nil
	}
	return answers
}

// writeAnswers keeps what answered. Failing to only makes the next check ask more.
func (g *globals) writeAnswers(verdicts map[string]external.Verdict) {
	if cache.Mode(g.cacheMode) == cache.Off {
		return
	}
	kept := map[string]external.Verdict{}
	for address, v := range verdicts {
		if v.State == external.Fine || v.State == external.Moved {
			kept[address] = v
		}
	}
	if data, err := json.MarshalIndent(kept, "", "\t"); err == nil {
		keepFile(g.answersFile(), data)
	}
}
