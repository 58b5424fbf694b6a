package plan

import (
	"html/template"

	"waymark/internal/quiz"
)

// This file is the contract with themes. A View is plain data: strings, lists and bools, with no way back into the site. It holds only what its
// page shows, for whatever stands in it makes the page be rendered again when it changes. All addresses in it are relative to the page and
// ready for an href. Fields of type template.HTML are filled by render from the page's content; they are not part of the page's key, the digest of
// the content is.

// A View is what a template gets. Exactly one of the pointers after Page is set, the one that belongs to the template.
type View struct {
	Site   *Site   `wire:"-"` // one for many pages: not to be changed
	Assets *Assets `wire:"-"` // one for many pages: not to be changed
	Page   Head

	Home     *Home        // home.html
	Module   *Module      // module.html, form.html, session.html, reading.html, cohort.html
	Path     *Path        // path.html
	Section  *Section     // section.html
	Glossary *Glossary    // glossary.html
	Index    *Index       // index.html: A to Z, search without JavaScript
	Print    *Print       // print.html: an edition of several pages for paper
	Progress *Progress    // progress.html: the learner's own page
	Award    *Certificate // certificate.html
	Alias    *Alias       // alias.html: an old address
}

// Site is what pages show of the site: the same on every page, but for the addresses and for what is current. Pages of one folder share one, so that themes
// can draw what shows nothing else once for all of them (see once in the theme's README).
type Site struct {
	Title       string
	Description string
	ID          string // key of the learner's stored progress
	Language    string
	Words       string // language of the theme's words that goes with Language; pages in another have another `lang`
	Root        string // "", "../", "../../": from the page to the site's root
	Home        string // address of the home page
	Brand       Brand
	Nav         []Link // main navigation, the learner's own page at its end; Current marks the part of the site the page is in
	Footer      []Link // glossary, about, index …
	Search      string // address of the page that works without JavaScript
	Progress    string // address of the learner's own page; empty on a site that keeps nothing of what learners do
	Copyright   string
	License     string // of the content, in words
	Edition     string
	Worker      string // address of the service worker; empty without `offline: true`, and in serve
	Params      Params // of site.yaml
}

// Params are an author's free values for templates of their own, as YAML has them: text, whole numbers (int), other numbers (float64), true and false, nil, lists ([]any) and
// maps (map[string]any) of any depth. They are not to be changed. What is not said is nothing: {{with .Site.Params.contact}}{{.mail}}{{end}}.
type Params = map[string]any

// Brand is what site.yaml says of looks.
type Brand struct {
	Name string
	Logo string // address of an image, may be empty
	// LogoWidth and LogoHeight are the size at which the logo is shown, so that nothing jumps; 0 is unknown.
	LogoWidth, LogoHeight int
}

// Assets are the addresses of what pages load. Pages of one folder and kind share one.
type Assets struct {
	Icon     string // of the site
	CSS      []string
	JS       []string // deferred classic scripts
	Theme    string   // the small classic script that runs before the first paint
	Fonts    []string // to preload
	Base     string   // address of the assets folder, with a slash at its end
	Manifest string   // of the site as an app, with `offline: true`
}

// Head is the page's head and place.
type Head struct {
	ID          string // id of the module or path; empty for others
	Kind        string // home, role, practice, challenge, reading, form, session, page, path, cohort, section, glossary, index, print, progress, certificate, 404, alias
	Title       string
	HeadTitle   string // the title element: unique in the site
	Description string
	Lang, Dir   string
	Path        string // address within the site: "roles/sponsor.html"
	Canonical   string // only with a base URL
	JSONLD      template.JS
	OpenGraph   []Meta
	CSP         string
	Crumbs      []Link // from the home page to the page itself, which is the last and Current
	Edit        string // address to edit the source at
	Draft       bool
	Retired     bool
	Data        template.JS // JSON for the scripts: see themes/*/src/contract.ts, type PageData
	NoIndex     bool
	Badge       string   // "draft" in serve with drafts, on pages that are
	Extra       []string // scripts for what this page uses: mermaid
	ExtraCSS    []string // and style sheets
	Params      Params   // of the front matter

	Translations []Translation // the page in its languages, its own included, the original first; empty when it is in one language
}

// A Translation is the page in a language. Name is the language's own name for itself, as the theme's messages in it have it, or its code.
type Translation struct {
	Lang, Name, URL string
	Current         bool
}

// Meta is a name and a value for a meta element.
type Meta struct{ Name, Value string }

// A Link is an address with its text. Current marks the page itself ("page") or its part of the site ("true").
type Link struct {
	Text    string
	URL     string
	Current string
	Icon    string
	Lang    string // language of the text where it is not the page's; of links of Site, not the site's
}

// Home is the start page.
type Home struct {
	Lead     string
	Body     template.HTML
	Checks   []Check // as those of Module
	Roles    []RoleCard
	Paths    []PathCard
	Sections []Card
}

// RoleCard is a role to choose.
type RoleCard struct {
	ID      string
	Title   string // "I am a mentor" or the title from site.yaml
	Summary string
	Icon    string // name of an icon that the theme has, may be empty
	URL     string // the path of the role, or its page
	Modules int
	Minutes Minutes
	Award   bool
	Path    string // id of that path
	Color   int    // as Role.Color
}

// PathCard is a path in a list.
type PathCard struct {
	ID, Title, Summary, URL string
	Roles                   []Role
	Modules                 int
	Minutes                 Minutes
	Lang                    string // as Link.Lang
}

// Card is a module, path or section in a list.
type Card struct {
	ID, Kind, Title, Summary, URL string
	Minutes                       Minutes
	Roles                         []Role
	Questions                     int
	Draft                         bool
	Lang                          string // as Link.Lang
}

// Role is a role as a chip: always with its name.
type Role struct {
	ID, Title, URL string
	Lang           string // as Link.Lang
	Color          int    // 1 to 4: which of the theme's role colours; above: the role's own, from site.yaml
}

// Minutes is a range of time. From is reading alone, To with everything a learner does. Zero is unknown.
type Minutes struct{ From, To int }

// Span returns both ends, for the minutes function of templates.
func (m Minutes) Span() (from, to int) { return m.From, m.To }

// Module is one page of the handbook.
type Module struct {
	Lead       string
	Minutes    Minutes
	Group      int // minutes with a group
	Questions  int
	Roles      []Role
	Level      string
	Objectives []Objective
	Needs      []Need
	NeedsText  string
	Toc        []TocItem
	Place      *Place  // where the page sits in the path shown by default; nil when in none
	Others     []Place // in the other paths it belongs to; without Rail
	Siblings   []Link  // the pages of its section, when it is in no path
	Prev, Next *Link   // in Place's path, else in the section
	Body       template.HTML
	Checks     []Check       // all checks of the page in order, for the Answers section
	Answers    template.HTML // the Answers section, rendered with parts/answers.html; empty when there are none
	Sources    []Source
	Owner      string
	Reviewed   string // 2026-11-01, or empty
	ReviewBy   string
	License    string
	Print      string // address of an edition to print, may be empty
	Confidence bool
	Progress   bool // the learner can mark it as done

	Role         *RoleBlock
	Practice     *PracticeBlock
	Challenge    *ChallengeBlock
	Reading      []ReadingGroup
	ReadingData  []Link // downloads of the list: BibTeX, CSL-JSON
	Form         *Form
	Session      *Session
	Cohort       *Cohort
	Facilitation *Facilitation // only where the edition is for facilitators
}

// Objective is what the learner can do afterwards.
type Objective struct{ ID, Text, Verb string }

// Need is advice on what comes before: a module, an objective and the modules that teach it, or a path.
type Need struct {
	ID   string // module id, for "which you have done"; empty for a path
	Text string
	URL  string
	Lang string // as Link.Lang
}

// TocItem is a heading of the page.
type TocItem struct {
	Level int // 2 or 3
	ID    string
	Text  string
}

// Place is where a module sits in a path.
type Place struct {
	ID         string // of the module
	Path       Link
	PathID     string
	Stage      string
	Number, Of int
	Optional   bool
	Prev, Next *Link
	Award      *Link    // the certificate, at the last stop of a path that has one
	Rail       *Rail    `wire:"-"` // the path as a compact list, for one path a page
	Here       RailItem // the page itself in Rail
}

// A Rail is a path as a compact list, or the part of a long path that is around the page. Pages of one folder share one; which stop the page is says its id.
type Rail struct{ Items []RailItem }

// RailItem is a stop of the compact path.
type RailItem struct {
	ID       string
	Title    string
	URL      string
	Minutes  Minutes
	Optional bool
	Stage    string // title, on the first stop of a stage
	Lang     string // of Title, as Link.Lang

	StageLang string // of Stage, as Link.Lang
}

// Source is a cited work. HTML-free; URL may be empty.
type Source struct{ ID, Number, By, Year, Title, In, URL string }

// RoleBlock, PracticeBlock and ChallengeBlock are the extra keys of their kinds.
type RoleBlock struct {
	Does, DoesNot []string
	NextTo        []Link
}
type PracticeBlock struct {
	When     string
	Evidence string // strong | moderate | experience
	Pitfalls []string
}
type ChallengeBlock struct {
	Signs        []string
	Who          []Role
	Weight       string // low | medium | high
	HandOverTo   *Role
	HandOverWhen string
}

// Facilitation is how to use the page with a group.
type Facilitation struct {
	Format, Group string
	Minutes       int
	Materials     []string
}

// ReadingGroup is a part of a reading list under one heading, which may be empty.
type ReadingGroup struct {
	Title    string
	Items    []ReadingItem
	Progress bool // the learner can tick them and write notes
}

// ReadingItem is one work.
type ReadingItem struct {
	ID, Type, Title, By, Year, In, Why, Access, Level, URL, Lang string
	Minutes                                                      int
	Must                                                         bool
	Prompts                                                      []string
	Roles                                                        []Role
}

// Form is a paper of the programme.
type Form struct {
	Store      bool
	Pages      int
	Groups     []FormGroup
	Signatures []string
	Edition    string
}

// FormGroup is a titled box of fields; the title may be empty.
type FormGroup struct {
	Number int
	Title  string
	Fields []FormField
}

// FormField is one field. ID is unique in the page.
type FormField struct {
	ID, Label, Type, Hint, Unit string
	Required                    bool
	Lines                       int
	Options                     []string
	Columns                     []string
	Rows                        []FormRow
}

// FormRow is a row of a table field; its Label is empty in blank rows. Number counts from 1.
type FormRow struct {
	Number int
	Label  string
}

// Session is the plan of a meeting.
type Session struct {
	Lasts     int
	Who       []Role
	Bring     []string
	Agenda    []AgendaItem
	LeaveWith []string
}

// AgendaItem is one part of a session; From and To are minutes since its start.
type AgendaItem struct {
	From, To, Minutes int
	Do, Note          string
}

// Path is a learning path.
type Path struct {
	ID          string
	Lead        string
	Body        template.HTML
	Checks      []Check // as those of Module
	Roles       []Role
	Modules     int
	Minutes     Minutes
	Award       string // title; empty: none
	Certificate string // address
	Outcomes    []Objective
	NeedsText   string
	NeedsPaths  []Link
	Mode        string
	Edition     string
	Stages      []Stage
	Workbook    string            // address of the edition to print
	Schedule    []Event           // by day
	Evaluation  []EvaluationLevel // the levels that the path has, in Kirkpatrick's order
	First       string            // address of the first module
	Cohorts     []PathCohort      // the groups that follow it, the latest first
}

// PathCohort is a group on the page of its path.
type PathCohort struct {
	Link
	Start string // as 2027-03-01
}

// Event is one date of a path's schedule; what repeats is an event each time.
type Event struct {
	ID      string // of the event; of an evaluation, its level
	Number  int    // which time it is, from 1
	Day     int    // since the start, which is day 0
	What    string // session, deadline, evaluation
	Title   string
	URL     string // of the page it is about; empty: of none
	Lang    string // of Title, as Link.Lang
	Minutes int
	Who     []Role

	// Of a cohort: when and where. Empty is not known.
	Date, Time string // as 2027-03-01 and 09:30
	Place      string
}

// Cohort is a group that follows a path from a day on.
type Cohort struct {
	Path       Link
	Start, End string // days, as 2027-03-01; End is that of the last date
	Timezone   string // where the times hold, if there are any
	Contact    Link   // URL is empty for what is no address
	Dates      []Event
	Calendars  []Link   // downloads of the dates: all of them, and those of each role
	Codes      []string // of learners, to be given away; only where the edition is for facilitators
}

// EvaluationLevel is one of the four levels on which a path is evaluated (Kirkpatrick and Kayser Kirkpatrick 2016).
type EvaluationLevel struct {
	Level         string   // reaction, learning, behaviour, results
	With          []Link   // forms and checks
	Measures      []string // what is measured without them
	Days          []int    // since the start
	Before, After string   // titles of stages
	Who           []Role   // whom it asks
	Owner         string   // who sees to it
}

// Stage is a part of a path.
type Stage struct {
	ID, Title, Text string
	Number          int
	Start           int      // number of its first stop
	After           []string // titles
	Stops           []Stop
	Milestone       *Milestone
	Minutes         Minutes
}

// Stop is one item of a stage.
type Stop struct {
	Item      string // module, optional, session, form, quiz, reflection, review, choose
	ID        string
	Title     string
	URL       string
	Kind      string
	Minutes   Minutes
	Optional  bool
	Done      string // form: filled | signed
	Repeat    int
	Pass      int
	Cards     int
	TestOut   *Link
	Choose    int
	From      []Stop
	Text      string
	Questions int
	Lang      string // of Title, as Link.Lang
}

// Milestone ends a stage.
type Milestone struct {
	ID, Title, Text string
	Learner         bool // the learner confirms it, with a date; never where nothing is kept
}

// Section is a folder of the content.
type Section struct {
	Lead     string
	Body     template.HTML
	Checks   []Check // as those of Module
	Progress bool    // the learner can mark it as done
	Cards    []Card
	Sections []Card
	Toc      []TocItem
}

// Glossary is the list of terms.
type Glossary struct {
	Lead     string
	Body     template.HTML
	Checks   []Check // as those of Module
	Progress bool    // the learner can mark it as done
	Letters  []Letter
}

// Letter is a part of a glossary or index; without Terms and Pages it is a letter that no entry has.
type Letter struct {
	Letter string
	ID     string
	Terms  []Term
	Pages  []Card
}

// Term is one entry of the glossary.
type Term struct {
	ID, Term, Text string
	Also           []string
	See            []Link
}

// Index lists all pages by letter.
type Index struct{ Letters []Letter }

// Print is an edition of several pages for paper.
type Print struct {
	Lead       string
	Minutes    Minutes
	Parts      []PrintPart
	Answers    bool // with the key at the end
	Path       string
	Schedule   []Event           // the path's
	Evaluation []EvaluationLevel // the path's
	Screen     string            // address of the same on screen
}

// PrintPart is one module in an edition. Its Module has ids with Prefix.
type PrintPart struct {
	Number          int
	Stage           string // title, on the first part of a stage
	Prefix          string
	ID, Title, Kind string
	Lang            string // as Link.Lang
	Module          Module
}

// Progress is the learner's own page: it has only labels, the data is in the browser.
type Progress struct {
	Lead  string
	Paths []PathCard
	Data  string // address of the script with the modules', checks' and paths' titles
	// Cohorts says whether there are groups, who may have been given codes.
	Cohorts bool
}

// Certificate is the page a learner prints when a path is complete.
type Certificate struct {
	Path     PathCard
	Title    string
	Edition  string
	Outcomes []Objective
	Modules  []string
	Badge    string // address of the picture; empty: the theme's own seal
	Signed   bool   // it has a line on which the programme's lead signs
}

// Alias sends an old address on.
type Alias struct{ To Link }

// Check is a check as blocks/question.html and its siblings draw it, and as the Answers section answers it.
type Check struct {
	ID          string // unique in the page, with the prefix of a print edition
	Key         string // id under which progress is kept
	Word        string // question, reflection, rating, scenario, quiz
	Type        quiz.Type
	Number, Of  int             // among the page's questions; 0 for ratings and quizzes
	Prompt      template.HTML   // blocks; for a cloze with its fields in place
	PromptText  string          // plain, for names
	Options     []CheckOption   // single, multiple, rating, criteria of a reflection
	Items       []CheckOption   // order: in the seeded order in which they are shown
	Heads       []template.HTML // match: the headings of the two columns; empty when both are blank
	Rows        []CheckRow      // match
	Partners    []CheckOption   // match: in the seeded order in which they are shown
	Gaps        []CheckGap      // cloze
	Accepts     []CheckAccept   // number, text
	Scenes      []CheckScene    // scenario
	Hints       []template.HTML
	Explanation template.HTML
	Unit        string
	Lines       []int // reflection: one entry a line
	Keep        bool  // what the learner says is kept
	TrueFalse   bool
	Neutral     bool
	Confidence  bool
	Several     bool // multiple
	Objectives  []string
	Pool        string
	Pooled      bool        // shown where its pool is drawn, not here
	Draw        *CheckDraw  // quiz
	Hidden      bool        // answers: hidden
	JSON        template.JS // the quiz.Key
}

// CheckOption is one option. Value is its authored position, as a form's value; Letter its mark in the list as shown.
type CheckOption struct {
	Value    int
	Letter   string
	Text     template.HTML
	Blocks   bool // Text is blocks of prose
	Plain    string
	Right    bool
	Feedback template.HTML
	Missed   template.HTML
}

// CheckRow is a line to match; Answer is the Value and Letter of its partner.
type CheckRow struct {
	Number int
	Text   template.HTML
	Plain  string
	Answer CheckOption
}

// CheckGap is a gap of a cloze.
type CheckGap struct {
	Number  int           // from 1
	Check   string        // ID of the check, for parts/gap.html, which draws the gap alone
	Choices []CheckOption // a drop-down
	Answers []string      // typed
}

// CheckAccept is an accepted or explained value in the Answers section.
type CheckAccept struct {
	Value    string // as written: "9 +- 1"
	From, To string // number: of a range its bounds; else From is the number
	By       string // number: how far from it a number may be: "1", "10%"
	Unit     string // number: the unit that is said behind it; "" where the author wrote one
	Right    bool
	Any      bool
	Feedback template.HTML
}

// CheckScene is a scene of a scenario.
type CheckScene struct {
	ID      string
	Title   template.HTML
	Text    template.HTML
	Choices []CheckChoice
	Ending  string
	First   bool
}

// CheckChoice leads to another scene of the same scenario.
type CheckChoice struct {
	Text    template.HTML
	URL     string // "#scenario--scene"
	To      string
	Scene   string // title of the scene that it leads to
	Comment template.HTML
}

// CheckDraw is a quiz drawn from a pool. Questions are all that may be drawn, drawn as blocks inside the quiz.
type CheckDraw struct {
	Pick, Of, Pass int
	Questions      []template.HTML
}

// Callout is what the blocks for callouts and other containers get: blocks/callout.html, details.html, steps.html, figure.html,
// facilitator.html, audience.html, say.html, talk.html, key-points.html.
type Callout struct {
	Name  string // canonical word
	ID    string
	Title template.HTML
	Body  template.HTML
	Attrs map[string]string
	Role  string // audience blocks: the role's title
}
