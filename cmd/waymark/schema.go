package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"waymark/internal/markdown"
	"waymark/internal/schema"
	"waymark/internal/source"
)

// schemas are the JSON Schemas by name, made of the structs that the build decodes into.
func schemas() map[string][]byte {
	return map[string][]byte{
		"site":     schema.JSONSchema(source.Config{}, "site.yaml"),
		"overlay":  schema.OverlaySchema(source.Config{}, "a file that lies over site.yaml"),
		"module":   schema.JSONSchema(markdown.Meta{}, "front matter of a module"),
		"path":     schema.JSONSchema(markdown.Meta{}, "front matter of a learning path"),
		"glossary": schema.JSONSchema(source.Glossary{}, "glossary.yaml"),
	}
}

var schemaNames = []string{"site", "overlay", "module", "path", "glossary"}

func schemaCommand(g *globals) *cobra.Command {
	write := false
	cmd := &cobra.Command{
		Use:       "schema [site|overlay|module|path|glossary]",
		Short:     "Print the JSON Schema of a file, for editors",
		Long:      "Print the JSON Schema of site.yaml, of files that lie over it (site.local.yaml), of the front matter of modules and paths, or of glossary.yaml.\nWith --write put all of them into .waymark/ and set up the YAML extension of VS Code to use those of site.yaml, of what lies over it, and of glossary.yaml.",
		ValidArgs: schemaNames,
		RunE: func(_ *cobra.Command, args []string) error {
			all := schemas()
			if write && len(args) > 0 {
				return usagef("--write writes all schemas; name none")
			}
			if write {
				return g.writeSchemas(all)
			}
			if len(args) != 1 || all[args[0]] == nil {
				return usagef("name one of: site, overlay, module, path, glossary; or --write")
			}
			_, err := g.out.Write(all[args[0]])
			return err
		},
	}
	cmd.Flags().BoolVar(&write, "write", false, "put the schemas where editors find them")
	return cmd
}

const vscodeSettings = `{
  "yaml.schemas": {
    ".waymark/site.schema.json": "site.yaml",
    ".waymark/overlay.schema.json": "site.*.yaml",
    ".waymark/glossary.schema.json": "content/glossary.yaml"
  }
}
`

func (g *globals) writeSchemas(all map[string][]byte) error {
	root, _, err := g.project() // the folder of no project is not made
	if err != nil {
		return err
	}
	root.Close()
	to := filepath.Join(g.source, workDir)
	if err := os.MkdirAll(to, 0o777); err != nil {
		return err
	}
	for _, name := range schemaNames {
		if err := replaceFile(filepath.Join(to, name+".schema.json"), writeBytes(all[name])); err != nil {
			return err
		}
	}
	settings := filepath.Join(g.source, ".vscode", "settings.json")
	if _, err := os.Stat(settings); err == nil {
		g.say("Wrote %d schemas to %s. %s exists: add the part \"yaml.schemas\" of this to it:", len(all), shown(to), settings)
		fmt.Fprint(g.out, vscodeSettings)
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(settings), 0o777); err != nil {
		return err
	}
	if err := replaceFile(settings, writeBytes([]byte(vscodeSettings))); err != nil {
		return err
	}
	g.say("Wrote %d schemas to %s and %s", len(all), shown(to), settings)
	return nil
}
