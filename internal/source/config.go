package source

import (
	"waymark/internal/diag"
	"waymark/internal/markdown"
	"waymark/internal/schema"
)

// Config is site.yaml. Only the title is required. The tags are the schema: see package schema.
type Config struct {
	Title       string            `key:"title,required" doc:"name of the site"`
	ID          schema.Text       `key:"id" as:"id" doc:"key under which learners' progress is kept in their browsers (default: made of the title); never change it"`
	Description string            `key:"description" doc:"one sentence for search engines and the home page"`
	Language    string            `key:"language,language" doc:"language of the site, as in en, en-GB, de, ar (default: en)"`
	BaseURL     schema.Text       `key:"base_url" as:"address" doc:"address of the folder that the site is published in, as in https://example.org/handbook/; only needed for the sitemap, canonical links, previews in messengers and the page for missing addresses"`
	Theme       schema.Text       `key:"theme" doc:"a folder under themes/ that lies over the default theme"`
	Brand       Brand             `key:"brand" doc:"name, logo and colours"`
	Roles       []Role            `key:"roles" doc:"the roles that learners have; each is also an audience"`
	Nav         []NavItem         `key:"nav" doc:"the main navigation (default: the sections)"`
	Markdown    Markdown          `key:"markdown" doc:"how Markdown is read"`
	Images      Images            `key:"images" doc:"smaller copies of images for narrow screens"`
	Links       string            `key:"links" enum:"error,warn" doc:"whether a broken internal link stops the build (default: error)"`
	FrontMatter string            `key:"front_matter" enum:"strict,lenient" doc:"lenient passes over keys that Waymark does not know, for handbooks from elsewhere (default: strict)"`
	URLs        string            `key:"urls" enum:"file,folder" doc:"file: roles/sponsor.html; folder: roles/sponsor/index.html (default: file)"`
	Numbers     string            `key:"numbers" enum:"drop,keep" doc:"whether the number before a file's name (10-intro.md) stays out of the address (default: drop; with front_matter: lenient keep, since addresses are published already)"`
	EditURL     schema.Text       `key:"edit_url" doc:"address for editing a page, which begins with https://, http://, mailto: or, on the host of the site, a slash; {path} stands for the file's path from the project's root"`
	Checks      Checks            `key:"checks" doc:"defaults for all checks"`
	Lints       map[string]string `key:"lints" enum:"off,warn,error" doc:"severity of single diagnostics, by code"`
	Search      Search            `key:"search" doc:"the search index"`
	Progress    Progress          `key:"progress" doc:"what the browser keeps for the learner"`
	Print       Print             `key:"print" doc:"editions for paper"`
	Offline     bool              `key:"offline" doc:"true adds a service worker that keeps visited pages for offline reading"`
	Edition     string            `key:"edition" doc:"edition of the handbook, shown at the foot and on certificates"`
	Copyright   string            `key:"copyright" doc:"line at the foot of each page"`
	License     string            `key:"license" doc:"licence of the content, in words"`
	Params      map[string]any    `key:"params" doc:"free values of any depth for a theme of your own: .Site.Params in its templates"`
	Serve       Serve             `key:"serve" doc:"the live preview"`

	languageAt diag.Span
}

// LanguageAt is where a file says the language of the site; nowhere when none does.
func (c *Config) LanguageAt() diag.Span { return c.languageAt }

// Brand is how the site looks as somebody's own.
type Brand struct {
	Name   string      `key:"name" doc:"short name beside the logo (default: the title)"`
	Logo   schema.Text `key:"logo" doc:"an image in content/"`
	Accent schema.Text `key:"accent" as:"color" doc:"colour of links and buttons, as in #0E5A57; checked for contrast"`
	Mark   schema.Text `key:"mark" as:"color" doc:"colour of the waymark, as in #E2A132"`
	Fonts  string      `key:"fonts" enum:"default,system" doc:"system loads no fonts"`
}

// A Role is who a learner is. Roles are in the order of the home page.
type Role struct {
	ID      schema.Text `key:"id,required" as:"id" doc:"used in audience and for"`
	Title   string      `key:"title,required" doc:"the role's name: Mentor"`
	Plural  string      `key:"plural" doc:"Mentors (default: the title)"`
	Choose  string      `key:"choose" doc:"title of its card on the home page (default: the title)"`
	Summary string      `key:"summary" doc:"one sentence"`
	Icon    schema.Text `key:"icon" doc:"name of an icon of the theme"`
	Color   schema.Text `key:"color" as:"color" doc:"colour of the role, as in #7A3C6D; checked for contrast"`
}

// A NavItem is an entry of the main navigation.
type NavItem struct {
	Title string      `key:"title" doc:"text (default: the page's title)"`
	To    schema.Text `key:"to,required" doc:"a file or folder of content/, / for the home page, one of the words paths, glossary, a-z and progress for the page that Waymark makes, or an address, which begins with https://, http:// or mailto:"`
}

// Markdown is how Markdown is read.
type Markdown struct {
	HTML        string            `key:"html" enum:"sanitize,escape,allow" doc:"raw HTML in pages (default: sanitize); allow trusts every author with every reader"`
	Typographer bool              `key:"typographer" doc:"curly quotes and dashes"`
	Words       map[string]string `key:"words" doc:"other names for containers, as in pregunta: question"`
	TrueFalse   []TrueFalse       `key:"true_false" doc:"word pairs that mark true/false questions besides True and False, as in [{true: Wahr, false: Falsch}]"`
}

// Images is about smaller copies of pictures.
type Images struct {
	Off    bool  `key:"off" doc:"true makes none"`
	Widths []int `key:"widths" range:"16,4096" doc:"how wide they are, in pixels, narrow ones first (default: 480, 960, 1440)"`
}

// TrueFalse is a pair of words.
type TrueFalse struct {
	True  string `key:"true,required" doc:"as in Wahr"`
	False string `key:"false,required" doc:"as in Falsch"`
}

// Checks are the site's defaults for checks.
type Checks struct {
	markdown.CheckDefaults
	Pass schema.Percent `key:"pass" doc:"share of points that completes a module's checks (default: 80%)"`
}

// Print is about editions for paper.
type Print struct {
	Workbooks string `key:"workbooks" enum:"auto,on,off" doc:"a printable workbook for each path, and the whole handbook as one page, without plain pages that have neither objectives nor questions nor a place on a path (default: auto, for sites of up to 300 pages)"`
	Answers   string `key:"answers" enum:"on,off,true,false" doc:"off leaves the answer key out of workbooks"`
}

// Search is about the index.
type Search struct {
	Off      bool   `key:"off" doc:"true builds no index"`
	Language string `key:"language,language" doc:"language of the stemming (default: the site's)"`
}

// Progress is about what the browser keeps.
type Progress struct {
	Off bool `key:"off" doc:"true keeps nothing of what learners do: no progress page, no certificates, no review; only a theme that a reader chooses is kept"`
}

// Serve is about the live preview.
type Serve struct {
	Editor string `key:"editor" doc:"address that opens a file in an editor, with {path}, {line} and {column} (default: vscode://file/{path}:{line}:{column})"`
	Port   int    `key:"port" range:"0,65535" doc:"port of the preview (default: 1414)"`
}

// Term is an entry of glossary.yaml.
type Term struct {
	ID   schema.Text   `key:"id,required" as:"id" doc:"used in a page's glossary key and in addresses"`
	Term string        `key:"term,required" doc:"the term"`
	Also []string      `key:"also" doc:"other forms of it in running text"`
	Text string        `key:"text,required" doc:"what it means"`
	See  []schema.Text `key:"see" doc:"ids of modules on it"`
}

// Glossary is glossary.yaml.
type Glossary struct {
	Terms []Term `key:"terms" doc:"the terms"`
}
