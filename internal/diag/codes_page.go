package diag

// pageCodes are the faults in one page alone: its front matter, Markdown, containers, code and raw HTML.
var pageCodes = []Info{
	{"front-matter/unclosed", Error, "The page begins with --- or +++, which opens its front matter, but no line of the same three characters ends it. Without the closing line nobody can tell the front matter from the text. If the first line was meant as a line across the page, write *** instead."},
	{"front-matter/opening", Error, "The page begins with keys such as `id:` or `title:`, but no line of three hyphens at the margin opens them, so they would be shown as text, and a draft would be published. Word processors turn --- into a dash or a line, and a blank before it is easily overlooked. Write --- alone on the first line of the file, and --- on the line below the last key. (With `front_matter: lenient` this is a warning.)"},
	{"front-matter/indented", Error, "An indented line of --- or +++ ended the front matter. Often it is part of a value of several lines. The closing line begins at the margin; inside a value write the dashes in another way, or put the value in quotes."},

	{"page/too-large", Error, "The page is longer than a page can be (1 MiB of text). Split it into several pages, and offer data as files to download."},
	{"page/encoding", Error, "The file is not UTF-8. Other encodings make letters with accents unreadable for some readers, so nothing is guessed. Save the file as UTF-8; every editor can."},
	{"page/control", Warning, "There is a control character in the text, such as a null or an escape. It cannot be seen, does nothing on a page, and usually comes from copying out of another program. It is read as a blank. Delete it."},
	{"page/too-deep", Error, "Lists, quotes or containers stand inside each other some fifty deep. No reader could follow that, and reading it takes too long. It is usually a slip, such as a line of many > or - characters."},
	{"page/too-complex", Error, "A part of the page would take far too long to read, or would grow far beyond its size: thousands of brackets or stars in one paragraph, thousands of footnotes, or a very long address used by thousands of reference links. Split it; put what is not Markdown into a block of code."},
	{"page/table-too-large", Error, "A table has more columns, or the page's tables have more cells, than a page can show. Split the table or offer it as a file to download."},
	{"page/heading-skip", Warning, "A heading is more than one level below the heading before it, as in ## followed by ####. People who hear the page find their way by heading levels, and the list of contents has a hole. Use the next level; the page's own headings begin with ##."},
	{"page/duplicate-id", Error, "The same id was given twice on one page, so a link to it could lead to either place. Give one of the two another id. (An id in raw HTML that stands twice is left out, with a warning.)"},
	{"page/image-alt", Warning, "An image has no text that says what it shows, so those who cannot see it miss something. Write the text between the brackets: ![Two people at a table](pair.jpg). If the image only decorates, write ![](line.png \"decorative\")."},
	{"page/link-scheme", Warning, "The address of a link or image begins with a scheme that pages do not lead to, such as javascript:, data: or ftp:. Allowed are http, https, mailto, tel and paths. The address was left out and the text kept."},
	{"page/link-blank", Warning, "What looks like a link or an image has a blank in its address. Markdown ends the address there, so it is no link and is shown as it was written. Put the address in angle brackets: ![Plan](<images/my plan.png>), or name the file without blanks."},
	{"page/alert", Warning, "A quote begins like a callout as GitHub has them, but is not one, so the marker is shown as text. The marker is [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION], in capitals or not, alone on the first line of the quote. Boxes with a title are written as containers: ::: note A title."},
	{"page/unknown-term", Error, "The key `glossary` names a term that the site's glossary does not have. Correct the id, or add the term to the glossary."},
	{"page/unknown-source", Warning, "The text cites a source, as in [@id], that is not under `sources` in the page's front matter. Correct the id or add the source. The citation is shown as it was written."},
	{"page/unknown-question", Warning, "The front matter gives attributes under `questions` to an id that no check of the page has, so they would do nothing. Correct the id, or write it on the opening line of the check: ::: question {#my-id}."},
	{"page/footnote", Warning, "A footnote is half there: the text refers to one, as in [^1], that is nowhere on the page, or nothing refers to a footnote, or it is the second of that name, so it would not be shown. Write the other half, or take this one away. What only looks like a footnote stands between backticks."},
	{"page/summary-long", Warning, "The summary is longer than 160 characters. Cards and search engines cut it off there. Keep it to one sentence."},
	{"page/wrong-kind", Error, "The front matter has keys that belong to another kind of page, so they would be ignored. Correct `kind`, or take the keys away."},

	{"container/unclosed", Error, "A container was opened with ::: and a word, but never closed. A line of three colons alone closes the innermost open container; put a blank line before it."},
	{"container/stray", Error, "A line of colons alone closes a container, but none is open here. Often there is one such line too many further up, or the opening line has a slip."},
	{"container/unknown", Warning, "The word behind ::: is not one that is known here. The text is shown without a frame. Correct the word; the roles of site.yaml are words too, and site.yaml can give words other names under `markdown.words`."},
	{"container/attributes", Error, "What stands between the braces of an opening line cannot be read. Attributes are written {#id .class key=word key=\"two words\"}."},
	{"container/attribute", Warning, "The opening line has an attribute that this container does not take, so it would be lost. All containers take #id and .class; boxes take a `title`, notes for facilitators also `minutes` and `group`. Correct its spelling, or write what it says into the text. (If a theme of your own draws it, switch the warning off under `lints` in site.yaml.)"},
	{"container/tabs", Warning, "Tabs are made of headings: each heading inside `::: tabs` begins a tab and names it. Without one, the text is shown as it is. Put a heading before each alternative: ### In a room."},
	{"container/title", Warning, "There is text behind the word on the opening line of a check. Other containers take it as a title; a check has none, so it would be lost. Write it as a paragraph inside."},
	{"container/blank-line", Error, "The line of colons that opens or closes a container has no blank line before or after it. Formatters such as Prettier join it with the text beside it, and then the container is gone. (With `front_matter: lenient` this is a warning.)"},
	{"container/long-line", Warning, "The opening line of a container is longer than 80 characters. Formatters that wrap lines tear it apart. Keep the line short: all attributes of a check but its id may stand in the front matter, under `questions` and that id, as in `questions: {sponsor-intro: {objective: name-roles, points: 2}}`."},
	{"container/nesting", Error, "A check stands inside another check. A quiz does not hold its questions; it draws them from a pool. Close the outer one first."},
	{"container/include", Error, "An include cannot be followed: it names no file, or one that does not exist, leads out of the site, includes itself, or is one of too many; or it does not stand at the left margin, or has text of its own. It is written as two lines, ::: include {path=other.md} and :::, with the path counted from the folder of the file it stands in, or, with a slash in front, from the root of content/."},

	{"code/unclosed", Warning, "A block of code was opened with ``` or ~~~ and never closed, so all that follows it, in a quote or a list item to the end of that, is shown as code. End it with a line of the same marks, at least as many."},
	{"code/unknown-language", Warning, "The language of a block of code is not one that can be highlighted. The code is shown plain. Correct the name, or write `text`."},
	{"code/attributes", Warning, "What stands behind the language of a block of code cannot be read, or does nothing. It takes a title and the numbers of lines to stress, in braces: {title=\"main.go\" hl_lines=\"2-3 5\"}."},
	{"code/too-long", Warning, "The block of code is so long that it is shown without highlighting. Show the part that matters and offer the rest as a file."},
	{"code/too-slow", Warning, "Highlighting this block of code took too long, so it is shown plain. Some code in some languages has this effect; name the language `text` to be rid of the warning."},

	{"html/removed", Warning, "The page holds HTML that is not let through: scripts, styles, forms, frames, drawings, event handlers. It was left out, and its text kept where there was any. Write it as Markdown or a container. (`markdown.html` in site.yaml decides what is let through.)"},
	{"html/unknown", Warning, "Something in angle brackets looks like an HTML element and is none, such as <your name>. It is shown as it was written. Put it between backticks, so that every tool shows it."},
	{"html/unclosed", Warning, "An HTML element was opened and not closed within the same Markdown block (paragraph, list item, container), so it was closed at the block's end. Close it where it was opened."},
}
