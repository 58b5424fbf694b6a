package main

import (
	"cmp"
	"debug/buildinfo"
	"encoding/json"
	"slices"
)

// A program is one that was built.
type program struct {
	name, sum string
	info      *buildinfo.BuildInfo
}

// The parts of CycloneDX 1.6 that a list of Go modules needs: https://cyclonedx.org/docs/1.6/json/. It carries no time and no serial number, so that the same
// programs have the same list.
type (
	document struct {
		Format       string       `json:"bomFormat"`
		Spec         string       `json:"specVersion"`
		Version      int          `json:"version"`
		Metadata     metadata     `json:"metadata"`
		Components   []component  `json:"components"`
		Dependencies []dependency `json:"dependencies"`
	}
	metadata struct {
		Component component `json:"component"`
	}
	component struct {
		Type       string      `json:"type"`
		Ref        string      `json:"bom-ref"`
		Name       string      `json:"name"`
		Version    string      `json:"version,omitempty"`
		Purl       string      `json:"purl,omitempty"`
		Hashes     []hash      `json:"hashes,omitempty"`
		Properties []property  `json:"properties,omitempty"`
		Components []component `json:"components,omitempty"`
	}
	hash struct {
		Algorithm string `json:"alg"`
		Content   string `json:"content"`
	}
	property struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	dependency struct {
		Ref string   `json:"ref"`
		On  []string `json:"dependsOn,omitempty"`
	}
)

// bom lists the modules that are in the programs. The Go standard library is one of them: most of what is ever found to be wrong with a program like this is found there.
func bom(version string, programs []program) ([]byte, error) {
	main := component{Type: "application", Ref: "waymark@" + version, Name: "waymark", Version: version}
	parts := map[string]component{}
	for _, p := range programs {
		main.Components = append(main.Components, component{Type: "file", Ref: p.name, Name: p.name, Hashes: []hash{{"SHA-256", p.sum}}})
		std := component{Type: "library", Name: "std", Version: p.info.GoVersion, Purl: "pkg:golang/std@" + p.info.GoVersion[len("go"):]}
		std.Ref = std.Purl
		parts[std.Ref] = std
		for _, m := range p.info.Deps {
			sum := m.Sum
			if m.Replace != nil {
				m, sum = m.Replace, m.Replace.Sum
			}
			c := component{Type: "library", Name: m.Path, Version: m.Version, Purl: "pkg:golang/" + m.Path + "@" + m.Version}
			c.Ref = c.Purl
			if sum != "" {
				// go.sum's form of a digest is none of CycloneDX's: it is over a list of files.
				c.Properties = []property{{"go:sum", sum}}
			}
			parts[c.Ref] = c
		}
	}
	doc := document{Format: "CycloneDX", Spec: "1.6", Version: 1, Metadata: metadata{main}, Dependencies: []dependency{{Ref: main.Ref}}}
	for _, c := range parts {
		doc.Components = append(doc.Components, c)
	}
	slices.SortFunc(doc.Components, func(a, b component) int { return cmp.Compare(a.Ref, b.Ref) })
	for _, c := range doc.Components {
		doc.Dependencies[0].On = append(doc.Dependencies[0].On, c.Ref)
	}
	out, err := json.MarshalIndent(doc, "", "  ")
	return append(out, '\n'), err
}
