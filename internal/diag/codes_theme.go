package diag

// themeCodes are the faults in a theme: its theme.yaml, templates and colours.
var themeCodes = []Info{
	{"theme/template", Error, "A template of the theme cannot be read, or leaves a tag, an attribute or a comment open, so that nothing can be put into the HTML safely; a template closes what it opens. The message is that of Go's html/template; the place is in the theme's file. Take the file away to get the default theme's template."},
	{"theme/field", Error, "A template asks for a field that pages do not have. The hint names the nearest one; internal/plan/view.go lists all."},
	{"theme/missing", Error, "`theme` in site.yaml names a folder that is not right under themes/, or one whose name begins with a dot."},
	{"theme/asset", Error, "`theme.yaml` names a style sheet, script, font or icon (under css, styles, js, scripts, preload, head, icon or extra) that neither the theme's assets/ nor those of the default theme have, so pages would load nothing; or a file that theme.yaml names lies there packed (x.js.gz for x.js) and cannot be unpacked."},
	{"theme/no-style", Warning, "`brand` in site.yaml sets colours or fonts, or a role has a colour, and `css` in theme.yaml is empty. They are put into the first style sheet of `css`, the one that every page loads, so nobody sees them."},
	{"theme/contrast", Warning, "A colour of site.yaml cannot be read by everybody: its contrast with the ground it stands on is lower than WCAG 2.2 asks for (4.5:1 for text, 3:1 for edges). The hint names the nearest colour that passes."},
	{"theme/not-drawn", Warning, "The page has a diagram (mermaid) or a formula (math) and the theme has no script that draws it. Readers see the source, which may be enough. A theme of your own names a script in theme.yaml, under `extra`, and it is loaded only on pages that use it."},
	{"theme/language", Warning, "The theme has no words in the language of the site, so buttons and headings of the interface are in another, and browsers are told the site's: screen readers speak them with the wrong voice. English, German and Arabic come with Waymark. Put a file of your own into the theme's messages/, named by the language, as messages/fr.yaml; its keys are those of the English one, and what it leaves out stays English."},
	{"theme/message", Warning, "Words in a theme of your own that nobody ever sees. A key that the English words of the default theme do not have and that no template names is misspelt, or can go; a word of your own templates counts as soon as one of them names it. A file in messages/ is read when it is called by a language and ends in .yaml: messages/fr.yaml, messages/pt-BR.yaml. themes/default/messages/en.yaml lists all keys."},
}
