package diag

// siteCodes are the faults in site.yaml, in the content folder and in other data files.
var siteCodes = []Info{
	{"yaml/syntax", Error, "The file (or the front matter) is not valid YAML or TOML. The place is that of the slip as far as it can be told: a bracket or a quote that is opened and not closed, a line that begins in another column than its neighbours, a colon within a value. Where nothing is wrong with that line, look at those above it. Put a value that holds a colon followed by a space in straight quotes. What depends on the file is not checked until it can be read."},
	{"yaml/unknown-key", Error, "The key is not one that is known here, so it would be ignored. Correct its spelling or take it away. Free keys of your own belong under `params` in site.yaml."},
	{"yaml/type", Error, "The value has another shape than its key asks for: a list where a text is wanted, words where a number is wanted."},
	{"yaml/value", Error, "The value is of the right shape but not one of those that are allowed here. The message lists what is allowed or how the value is written."},
	{"yaml/missing", Error, "A key that is required is missing."},
	{"yaml/duplicate-key", Error, "The same key stands twice in one mapping. One of the two would be lost. Keep one."},
	{"yaml/too-large", Error, "The data is larger, deeper nested or expands to more (by aliases) than any real file needs. Split it."},
	{"site/irregular-file", Error, "The content folder holds a link, a named pipe, a socket or a device. Waymark reads plain files and folders only, so that nothing from outside the folder gets into the site. Put a copy of the file there."},
	{"site/file-name", Error, "The name of a file or folder cannot be published everywhere: some systems refuse the character, reserve the name, drop its end or hold no name of that length. It counts as it is published: without the number before it, and with .html. Rename it."},
	{"site/too-large", Error, "A Markdown file is larger than any page that a person reads. Split it into several."},
	{"site/term-twice", Error, "Two entries of glossary.yaml have the same id. Keep one, or give the other another id."},
	{"site/role-twice", Error, "Two roles in site.yaml have the same id."},
	{"site/word", Warning, "`markdown.words` in site.yaml gives a container another name, as in `pregunta: question`. What stands behind the colon is neither a container, of the theme's either, nor a role, so all that is written with the word is shown as it is. Correct it."},
	{"site/base-url", Error, "`base_url` is the whole address of the folder in which the site is published, with https:// and without the name of a page, a password, a question mark or #. It is only needed for the sitemap, canonical links, previews in messengers and the page for missing addresses; leave it out if you do not know it yet."},
	{"site/color", Error, "A colour is written as # and three or six hexadecimal digits, in quotes because # begins a comment in YAML."},
	{"site/lint", Error, "`lints` in site.yaml gives single diagnostics another severity: the code as the key, `off`, `warn` or `error` as the value. Only warnings can be switched off; `waymark explain` lists all codes."},
	{"site/nav", Error, "An entry of `nav` in site.yaml leads to a file or folder that content/ does not have, or to a page that is not built: a draft, one not yet published, or an expired one. It names a source file (roles/_index.md, papers/agreement.pdf), a folder, the home page (/), one of Waymark's own pages (paths, progress, a-z, glossary), or an address, which begins with https://, http:// or mailto:."},
	{"page/same-address", Error, "Two sources would be published under one address: they differ only in case, in the Unicode form of a letter, in a number before the name, one is a file where the other needs a folder, or their folders differ only in case. Rename one, or give it a `slug`; spell a folder alike everywhere."},
	{"page/slug", Error, "A slug is the last part of an address, without slashes and signs that addresses use for themselves, and short enough for the name of a file."},
	{"page/alias", Error, "An alias is an old address of the page, as a path from the site's root: /roles/sponsor.html or /roles/sponsor/. It may not be the address of a page that exists, nor one at which no file can be published on every system."},
	{"image/active", Warning, "A drawing (SVG) held something that could run or load something: a script, an event handler, foreign content, an address that leads elsewhere, a declaration. A reader who opens the file by itself would run it with the rights of your site, so it was taken out and the rest published; your file is as it was. Save the drawing as plain SVG. `markdown: {html: allow}` trusts every author with every reader, and publishes drawings as they are."},
	{"image/damaged", Warning, "A file that a page shows as a picture is none, or its head is damaged: it is empty, was cut off, or is something else under the name of a picture. Browsers show the image's text instead. Export the picture anew, or save it as PNG or JPEG."},
	{"image/large", Warning, "The image has more pixels than any page can show, so it takes long to load on a phone, and no smaller copies of it are made. Save it about 2000 pixels wide."},
	{"image/unreadable", Error, "A drawing (SVG) is not well-formed XML, is not UTF-8, is nested too deep or is larger than can be looked through (4 MiB), so nobody can tell whether it is safe. Save it anew as plain SVG, export it as a picture, or offer it in a zip. Browsers show a drawing that is not well-formed as an error, too."},
}
