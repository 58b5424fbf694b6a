package diag

// questionCodes are the faults in checks: questions, reflections, ratings, scenarios and quizzes. Warnings that have a number of their own among
// the lints (Q01 …) name it.
var questionCodes = []Info{
	// The opening line.
	{"question/attribute", Error, "The opening line has an attribute that this container does not know, so it would be ignored. Correct its spelling, or move it to the container it belongs to. Free words about a question belong in `tags`. (Attributes may also stand in the front matter, under `questions` and the id of the check.)"},
	{"question/attribute-value", Error, "The value of an attribute is not one of those that are allowed. Switches are written on and off, several words need quotes: `objective=\"a b\"`, and ids are made of letters, digits and single hyphens, because learners' answers are kept under them for years."},
	{"question/attribute-twice", Error, "The same attribute is given twice, in one opening line or there and in the front matter under `questions`. One of the two would be lost. Keep one; several objectives or tags go into one pair of quotes: `objective=\"a b\"`."},
	{"question/attribute-idle", Warning, "The attribute is known, but does nothing for a check of this type: a unit in a choice, `score=each` where there is only one decision. Take it away, so that nobody believes that it works."},
	{"question/type", Error, "`type=` names a type that the container has no marks for. Usually it is not needed: the type follows from the marks, `( )` for one, `[ ]` for several, `=` for typed values, a table for matching, an ordered list for ordering, `[[…]]` for gaps. `waymark check --explain` prints the type of each check."},

	// The parts of a question.
	{"question/no-prompt", Error, "Nothing is asked. The prompt is the text between the opening line and the answers; without it, learners see options and no question."},
	{"question/no-answers", Error, "The question has nothing that can be answered: no list with marks, no table of two columns, no ordered list at its end and no `[[gap]]`. Often the marks are missing: start each option with `( )`, the right one with `(x)`."},
	{"question/no-answer", Error, "No option is marked right, or no value is accepted, so every learner would fail. Put an x between the brackets of the right option: `- (x)`; or write a line `- = value`."},
	{"question/two-right", Error, "Two options of a single choice are marked `(x)`, but only one can be chosen. Where several are right, mark all options with square brackets: `[x]` and `[ ]`."},
	{"question/one-option", Error, "There is only one option, step or point, so nothing is left to decide. Add others, or take the question away."},
	{"question/empty-option", Error, "An option, step or point has a mark but no text. Write its text behind the mark, on the same line."},
	{"question/duplicate-option", Error, "The same option or value stands twice. Learners could not tell them apart, and one of the two could be right and the other wrong. Reword one or take it away."},
	{"question/unmarked-item", Error, "Some items of the list start with a mark and this one does not, so nobody knows whether it is right. Marks are `( )`, `(x)`, `[ ]`, `[x]`, `=`, `!=` and `(1)`, followed by a blank: `- (x) Sponsor`, not `- (x)Sponsor`."},
	{"question/no-hyphen", Error, "A line has the mark of an option, but does not begin as an item of a list, so it is read as text. The bullets and long dashes of word processors (•, –) begin no list in Markdown. Begin each option with a hyphen and a blank: `- (x) Sponsor`."},
	{"question/mixed-marks", Error, "One list has marks of two kinds. `( )` means that one may be chosen and `[ ]` that several may; `=` is a value to type. Use one kind in a list."},
	{"question/split-list", Error, "The options fall apart into two lists. Most often the feedback between them is not indented: a quote belongs to its option only when it starts below the option's text, two spaces in. Items that start with different signs (- and *) also make two lists, and one that is indented further than the others makes a list inside the item above it."},
	{"question/stray-text", Error, "Text stands behind the answers, or below a value, where it has no meaning. What is asked belongs above the answers; what is said afterwards goes into `> [!NOTE]`, a hint into `> [!TIP]`, and feedback into an indented quote below its option."},
	{"question/quote-in-step", Warning, "A step of an order has a quote. It is no feedback, as in an option: it is part of the step, and everybody reads it before the steps are put in order. Say below the list, in `> [!NOTE]`, what is said afterwards. If the step quotes somebody on purpose, switch this off under `lints`."},
	{"question/missed-wrong", Error, "A quote with `[!MISSED]` is shown when a right option was not chosen. This option is wrong, so the text would never be seen."},
	{"question/marker", Error, "A quote starts with a word in `[!…]` that is not known. `[!TIP]` is a hint, `[!NOTE]` the explanation, `[!MISSED]` (inside an option) what is said when a right option was missed; `[!IMPORTANT]`, `[!WARNING]` and `[!CAUTION]` are callouts."},
	{"question/marker-place", Error, "A `[!…]` stands where it is not read. It must be the first thing in its quote, so two quotes need an empty line between them. `[!MISSED]` belongs inside an option, indented; hints and the explanation stand below the answers, not indented."},
	{"question/empty-callout", Error, "A hint or an explanation has no text. Write it on the lines below the marker, each starting with `>`."},

	// Values, gaps and pairs.
	{"question/value", Error, "A line of typed answers has no value, or accepts anything. `= value` is accepted, `!= value` is wrong but gets its own feedback, and `!= *` stands for anything else."},
	{"question/number", Error, "A value of a number question cannot be read as a number. Write `9`, `9 +- 1`, `9 +- 10%` or `9..12`, with a point (or a comma) before decimals and nothing or a blank between thousands. A comma before three digits alone, as in `1,000`, could be either and is refused. If words are wanted too, write `type=text` on the opening line."},
	{"question/range", Error, "A range is written from the smaller to the larger number, as in `9..12`. This one runs backwards."},
	{"question/dashed-range", Warning, "A value such as `9-12` looks like a range of numbers, but a hyphen makes none, so learners would have to type just these characters. Write a range with two points: `9..12`. If the text itself is wanted, say so with `type=text` on the opening line."},
	{"question/gap", Error, "A gap is not written right. `[[mentee|protégé]]` accepts any of the words; `[[3 weeks | (9 to 12 months) | 5 years]]` offers them to choose from, with parentheses around the right one. The brackets must be closed in the same paragraph, and no word may be empty or stand twice."},
	{"question/match-row", Error, "A row of a matching table is not complete. Each row has what is to be matched on the left and its partner on the right; only the left cell may be empty, which makes an extra partner that fits nothing."},
	{"question/match-rows", Error, "The matching table has too little to choose from. Give it at least two rows with partners that differ, or one row and an extra partner."},
	{"question/scale", Error, "The points of a scale, `(1)`, `(2)` and so on, have no right answer and so no place in a question. Write `::: rating`."},

	// The other containers.
	{"reflection/marked", Error, "A reflection is answered in the learner's own words and never marked. A list of `[ ]` may hold criteria that learners tick for themselves after writing; right options and values belong in a question."},
	{"rating/scale", Error, "A rating needs a scale: a list whose items start with `(1)`, `(2)` and so on, each with words that say what the point means. A later rating may repeat an earlier scale with `same=` and the id of that rating."},
	{"rating/same", Error, "`same=` repeats the scale of another rating, so that learners can compare two marks. It names the id of a rating that has a scale. Mend the id, or give this rating a scale of its own instead: it cannot have both, unless the two are the same."},
	{"quiz/no-pool", Error, "A quiz draws its questions from a pool. Name it on the opening line, `pool=roles`, and give the questions that belong to it the same attribute."},
	{"quiz/pool-empty", Error, "The quiz has nothing to draw: no question of its page (with `from=path` of its paths, with `from=site` of the site) has its pool. Give the questions the pool, or look further."},
	{"quiz/pool-unused", Warning, "A question with `pool` is shown only by a quiz that draws from this pool: one on its page, or one elsewhere with `from=path` or `from=site`. No quiz does, so nobody sees the question. Mend the name of the pool, write the quiz, or take `pool` away."},
	{"quiz/pick", Warning, "The quiz asks for more questions than its pool has, so it always shows all of them. Lower `pick`, or add questions."},
	{"quiz/answers", Error, "A quiz has no answers of its own. Write the question as `::: question`, before or after the quiz, with the quiz's pool."},
	{"scenario/scenes", Error, "A scenario is made of scenes, and each scene begins with a heading that is its title. The first scene is the start; choices link to the titles of others."},
	{"scenario/twice", Error, "Two scenes of one scenario have the same title, so a choice cannot say which of them it leads to. Give one of them another title."},
	{"scenario/empty", Error, "A scene has a title but nothing happens in it. Write at least a sentence below the title."},
	{"scenario/no-link", Error, "An item in a list of choices is not a link, so it leads nowhere. Write `- [what one does](#title-of-the-next-scene)`."},
	{"scenario/nowhere", Error, "A choice links to a scene that the scenario does not have. The name behind # is the scene's title in small letters, with hyphens for blanks and without punctuation."},
	{"scenario/no-choice", Error, "The first scene has no choices, so the scenario is over before it begins. Add a list of links to the scenes that may follow."},
	{"scenario/loose-choice", Warning, "A link to another scene stands within the text. On a Git host it can be followed, but in the finished page only links in a list are choices. Make it an item of a list of its own."},
	{"scenario/ending", Warning, "A scene without choices ends the scenario, but does not say how it went (Q09). Put its text into a callout: `> [!TIP]` for a good ending, `> [!NOTE]` or `> [!IMPORTANT]` for a mixed one, `> [!WARNING]` or `> [!CAUTION]` for a bad one. Until then it counts as mixed."},
	{"scenario/unreachable", Warning, "No choice leads to this scene, from the start on (Q09), so no learner will see it. Link to it or take it away."},
	{"scenario/loop", Warning, "From these scenes a learner can go round and round but never reaches an ending (Q09). Add a choice that leads out."},
	{"scenario/no-good-ending", Warning, "Whatever a learner chooses, the scenario does not end well (Q09), so it gives no points. Let the better way be found: end at least one scene with `> [!TIP]`."},

	// House rules.
	{"question/no-feedback", Warning, "An option has no feedback (Q01). Feedback that explains helps about ten times as much as right or wrong alone. Write a quote below the option that says why it tempts, why it fails or why it holds."},
	{"question/longest-right", Warning, "In most single choices of the page the right option is the longest (Q02). Test-wise learners choose it without knowing. Move conditions into the feedback, or make wrong options as careful as right ones."},
	{"question/all-of-the-above", Warning, "An option stands for all or none of the others (Q03). It rewards who sees two right ones and guesses, and says little about what is known. Use `[ ]` marks, so that several can be chosen."},
	{"question/true-false", Warning, "More than a third of the page's questions are true or false (Q04). Half the answers to such questions are guesses. Offer three options drawn from real mistakes instead."},
	{"question/no-objective", Warning, "A question or scenario names no objective (Q06), so its results cannot be reported and no one sees what it is for. Write `objective=` with the id of an objective from a module's front matter."},
	{"question/hint-tells", Warning, "A hint holds the right answer, word for word (Q07), so the next try is no try. Point to what to look at or think of instead."},
	{"question/exact-decimal", Warning, "A number with decimals is wanted to the last digit (Q08), so a rounded answer fails. Say how far off it may be: `= 2.5 +- 0.1` or `= 2.5 +- 5%`."},
	{"question/value-markup", Warning, "A value that learners must type has markup in it (Q08). It is compared as plain text; take the markup out, so that readers of the source see what is compared."},
	{"question/long-value", Warning, "A value of more than four words (Q08) is hardly ever typed word for word. Ask for the one word that matters, or make it a choice."},
	{"question/late-feedback", Warning, "More than six questions are asked before the first feedback (Q10). Feedback helps most right after the answer is given, and after reading."},
	{"question/none-at-end", Warning, "The page takes more than ten minutes and has no question in its last third (Q10). A few questions right after reading help to remember; put them under a heading at the end."},
	{"question/no-id", Warning, "The check has no id of its own (Q11). One is made of its text, so when the text changes, what learners answered is lost. `waymark fmt --ids` writes missing ids once and never changes them."},
}
