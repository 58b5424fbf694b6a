package diag

// themeCodes are the faults in a theme: its theme.yaml, templates and colours.
var themeCodes = []Info{
	{"theme/template", Error, "A template of the theme cannot be read, or leaves a tag, an attribute or a comment open, so that nothing can be put into the HTML safely; a template closes what it opens. The message is that of Go's html/template; the place is in the theme's file. Take the file away to get the default theme's template."},
	{"theme/field", Error, "A template asks for a field that pages do not have. The hint names the nearest one; internal/plan/view.go lists all."},
	{"theme/missing", Error, "`theme` in site.yaml names a folder that is not under themes/."},
	{"theme/contrast", Warning, "A colour of site.yaml cannot be read by everybody: its contrast with the ground it stands on is lower than WCAG 2.2 asks for (4.5:1 for text, 3:1 for edges). The hint names the nearest colour that passes."},
	{"theme/not-drawn", Warning, "The page has a diagram (mermaid) or a formula (math) and the theme has no script that draws it. Readers see the source, which may be enough. A theme of your own names a script in theme.yaml, under `extra`, and it is loaded only on pages that use it."},
	{"theme/language", Warning, "The theme has no words in the language of the site, or of a page (it is said at the first one), so buttons and headings of the interface are in another, and browsers are told that of the site or the page: screen readers speak them with the wrong voice. English, German and Arabic come with Waymark. Put a file of your own into the theme's messages/, named by the language, as messages/fr.yaml; its keys are those of the English one, and what it leaves out stays English."},
	{"theme/icon", Warning, "`icon` of a role names no icon of the theme, so the role's card has the usual one. The hint names the nearest, or all; an icon of your own is a file in the theme's templates/icons/."},
	{"theme/message", Warning, "A file of messages in a theme of your own has a key that no English words have and no template of the theme names, so nobody ever sees its text. Correct its spelling, or take it away; a word of your own templates counts as soon as one of them names it. themes/default/messages/en.yaml lists all keys."},
}
