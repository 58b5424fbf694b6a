package markdown

import (
	"iter"
	"reflect"

	"waymark/internal/diag"
	"waymark/internal/quiz"
	"waymark/internal/schema"
)

// Meta is a page's front matter (section 4 of the specification). The tags are the schema: see package schema.
type Meta struct {
	ID            schema.Text             `key:"id" as:"id" doc:"stable key of the page; progress is kept under it (default: the file's path)"`
	Kind          string                  `key:"kind" enum:"role,practice,challenge,reading,form,session,page,path,cohort" doc:"what the page is; decides its template and the extra keys (default: path in content/paths/, cohort in content/cohorts/, else page)"`
	Title         schema.Text             `key:"title" doc:"title of the page (default: the heading with one # that it begins with, else the file's name)"`
	NavTitle      string                  `key:"nav_title" doc:"shorter title for menus"`
	Summary       schema.Text             `key:"summary" doc:"one sentence for cards and search engines, at most 160 characters"`
	Status        string                  `key:"status" enum:"draft,review,published,retired" doc:"drafts and the files that only they use are published only with --drafts; retired pages stay reachable but leave the paths"`
	Draft         bool                    `key:"draft" doc:"true is the same as status: draft"`
	Audience      []schema.Text           `key:"audience" doc:"ids of the roles the page is for (default: all)"`
	Level         string                  `key:"level" enum:"foundation,practitioner,expert" doc:"how much experience it asks for"`
	Duration      Duration                `key:"duration" doc:"minutes to read, to do, and in a group"`
	Objectives    []Objective             `key:"objectives" doc:"what the learner can do afterwards"`
	Needs         Needs                   `key:"needs" doc:"advice: what to know before starting"`
	Complete      *Rule                   `key:"complete" doc:"when the module counts as done (default: read, and the checks at 80%)"`
	Checks        CheckDefaults           `key:"checks" doc:"defaults for the checks of this page"`
	Questions     map[string]QuestionMeta `key:"questions" doc:"attributes of checks that are too long for their opening lines, by id"`
	Review        ReviewSettings          `key:"review" doc:"spaced review of this page's questions"`
	Facilitation  *Facilitation           `key:"facilitation" doc:"how to use the page with a group"`
	Owner         string                  `key:"owner" doc:"who keeps the page up to date"`
	Reviewed      schema.Date             `key:"reviewed" doc:"day of the last review"`
	ReviewBy      schema.Date             `key:"review_by" doc:"day by which to review it again"`
	Sources       []Source                `key:"sources" doc:"works cited with [@id], listed at the foot"`
	Glossary      []schema.Text           `key:"glossary" doc:"ids of glossary terms to link on their first use"`
	Tags          []string                `key:"tags" doc:"words by which the search finds the page though they are not on it; also in curriculum.json and on the cards of the export for Anki"`
	Lang          schema.Text             `key:"lang,language" doc:"language of the page, as in en, en-GB, de, ar (default: the site's)"`
	TranslationOf schema.Text             `key:"translation_of" doc:"id of the page this one translates"`
	Aliases       []schema.Text           `key:"aliases" doc:"old addresses that lead here"`
	Weight        int                     `key:"weight" doc:"place among its siblings; lower comes first"`
	License       string                  `key:"license" doc:"licence of the text, where it differs from the site's"`
	Slug          schema.Text             `key:"slug" doc:"last part of the address, instead of the file's name"`
	Date          schema.Date             `key:"date" doc:"day the page was written, a note for authors that is shown nowhere"`
	PublishDate   schema.Date             `key:"publish_date" doc:"not built before this day unless drafts are"`
	ExpiryDate    schema.Date             `key:"expiry_date" doc:"not built from this day on unless drafts are"`
	Layout        string                  `key:"layout" enum:"glossary,about" doc:"what else the page is: the glossary, which has all terms of glossary.yaml under its text, or the page that the foot of every page links to as about, at the top of content/"`
	Search        *bool                   `key:"search" doc:"false leaves the page out of the search index"`
	Toc           *bool                   `key:"toc" doc:"false leaves out the list of contents"`
	Params        map[string]any          `key:"params" doc:"free values of any depth for a theme of your own: .Page.Params in its templates" wire:"-"`

	Role      *RoleBlock      `key:"role" doc:"kind role: what the role does and does not"`
	Practice  *PracticeBlock  `key:"practice" doc:"kind practice: when to use it, how well it is proven"`
	Challenge *ChallengeBlock `key:"challenge" doc:"kind challenge: signs, weight, whom to hand over to"`
	Reading   *ReadingBlock   `key:"reading" doc:"kind reading: the items to read"`
	Form      *FormBlock      `key:"form" doc:"kind form: the fields to fill in"`
	Session   *SessionBlock   `key:"session" doc:"kind session: the agenda of a meeting"`

	// Keys of kind path (section 4.3).
	Schema     string        `key:"schema" enum:"waymark/path@1,waymark/cohort@1" doc:"kinds path and cohort: the form that their keys have"`
	For        []schema.Text `key:"for" doc:"kind path: ids of the roles the path is for"`
	Edition    string        `key:"edition" doc:"kind path: edition, shown on certificates"`
	Outcomes   []schema.Text `key:"outcomes" doc:"kind path: ids of the objectives it leads to"`
	Mode       string        `key:"mode" enum:"open,advise,strict" doc:"kind path: how strongly the order is meant (default: advise)"`
	Stages     []Stage       `key:"stages" as:"full" doc:"kind path: the stages in order"`
	Schedule   *Schedule     `key:"schedule" doc:"kind path: dates counted from a start"`
	Evaluation *Evaluation   `key:"evaluation" doc:"kind path: how the path is evaluated, on four levels"`
	Award      *Award        `key:"award" doc:"kind path: what the certificate says"`

	// Keys of kind cohort (section 4.3): dates, and nothing about people.
	Path     schema.Text   `key:"path" doc:"kind cohort: id of the learning path that the group follows"`
	Start    schema.Date   `key:"start" doc:"kind cohort: the day from which the path's schedule counts"`
	Skip     []schema.Text `key:"skip" doc:"kind cohort: days on which nothing takes place: days of the week (saturday), dates, or from a date to another (2027-03-29..2027-04-02)"`
	Timezone string        `key:"timezone" doc:"kind cohort: where the times hold, as in Europe/Madrid; shown beside them"`
	Dates    []CohortDate  `key:"dates" doc:"kind cohort: what is known of single dates: another day, a time, a place"`
	Contact  string        `key:"contact" doc:"kind cohort: whom to ask, best an e-mail address"`
	Codes    int           `key:"codes" range:"1,500" doc:"kind cohort: how many learners' codes are made, for facilitators to give away"`
	Report   *CohortReport `key:"report" doc:"kind cohort: how waymark report counts the group"`

	At diag.Range `key:"-at"`
}

// Duration is given in minutes. Zero is not said.
type Duration struct {
	Read  schema.Minutes `key:"read" doc:"reading (default: estimated from the words)"`
	Do    schema.Minutes `key:"do" doc:"checks and the small task (default for a session without group: how long the meeting lasts)"`
	Group schema.Minutes `key:"group" doc:"with a group and its facilitator"`
}

// An Objective is something the learner can do after the module.
type Objective struct {
	ID   schema.Text `key:"id,required" as:"id" doc:"unique in the site"`
	Verb string      `key:"verb" enum:"remember,understand,apply,analyse,evaluate,create" doc:"kind of thinking (Bloom, revised)"`
	Text string      `key:"text,required" doc:"what the learner can do, beginning with a verb"`
}

// Needs is advice on what comes before.
type Needs struct {
	Modules    []schema.Text `key:"modules" doc:"modules to have done"`
	Objectives []schema.Text `key:"objectives" doc:"objectives to have reached"`
	Paths      []schema.Text `key:"paths" doc:"learning paths to have finished"`
	Text       string        `key:"text" doc:"in words"`
}

// CheckDefaults are a page's (or the site's) defaults for its checks.
type CheckDefaults struct {
	Confidence string `key:"confidence" enum:"on,off,true,false" doc:"ask how sure the learner is"`
	Reveal     Reveal `key:"reveal" doc:"when the right answer is shown: a number of tries, end, never"`
	Tries      *Tries `key:"tries" doc:"number of tries; 0 is unlimited"`
	Shuffle    string `key:"shuffle" enum:"on,off,true,false" doc:"mix the options"`
	Feedback   string `key:"feedback" enum:"each,end" doc:"after each try, or at the end of a quiz"`
	Typos      string `key:"typos" enum:"small,off,false" doc:"accept one slip in typed words"`
	Answers    string `key:"answers" enum:"shown,hidden" doc:"hidden keeps the answers out of the page's HTML: a curtain, not a lock"`
}

// Defaults returns them as package quiz takes them.
func (d CheckDefaults) Defaults() quiz.Defaults {
	return quiz.Defaults{Shuffle: d.Shuffle, Confidence: d.Confidence, Feedback: d.Feedback, Reveal: string(d.Reveal), Typos: d.Typos, Tries: (*int)(d.Tries)}
}

// QuestionMeta are attributes of a check that would be too long for its opening line, and what its authors note. Package quiz knows what each
// attribute takes and which checks take it.
type QuestionMeta struct {
	Objective  []schema.Text `key:"objective" doc:"ids of the objectives it checks"`
	Points     []schema.Text `key:"points" doc:"weight"`
	Score      []schema.Text `key:"score" doc:"how points are given: all or each"`
	Type       []schema.Text `key:"type" doc:"names the type, should the build guess another"`
	Tags       []schema.Text `key:"tags" doc:"free words"`
	Pool       []schema.Text `key:"pool" doc:"pool it belongs to, or is drawn from"`
	Inline     []schema.Text `key:"inline" doc:"on or off: show a question of a pool where it is written, and not in a quiz of its page"`
	Shuffle    []schema.Text `key:"shuffle" doc:"on or off: mix the options"`
	Pin        []schema.Text `key:"pin" doc:"last: the last option stays last"`
	Confidence []schema.Text `key:"confidence" doc:"on or off: ask how sure the learner is"`
	Tone       []schema.Text `key:"tone" doc:"neutral: never says that an answer is not right"`
	Tries      []schema.Text `key:"tries" doc:"number of tries; 0 is unlimited"`
	Feedback   []schema.Text `key:"feedback" doc:"when it comes: each or end"`
	Reveal     []schema.Text `key:"reveal" doc:"when the right answer is shown: a number of tries, end, never"`
	Lines      []schema.Text `key:"lines" doc:"height of the field of a reflection"`
	Keep       []schema.Text `key:"keep" doc:"yes or no: store what was written"`
	Unit       []schema.Text `key:"unit" doc:"unit of a number"`
	Case       []schema.Text `key:"case" doc:"on or off: capitals count"`
	Accents    []schema.Text `key:"accents" doc:"on or off: accents count"`
	Typos      []schema.Text `key:"typos" doc:"small or off: accept one slip in typed words"`
	When       []schema.Text `key:"when" doc:"when a rating is given: before or after"`
	Same       []schema.Text `key:"same" doc:"id of the rating whose scale is repeated"`
	Pick       []schema.Text `key:"pick" doc:"how many questions a quiz draws"`
	Pass       []schema.Text `key:"pass" doc:"pass mark of a quiz in per cent"`
	From       []schema.Text `key:"from" doc:"where a quiz draws from: module, path, site"`
	Seed       []schema.Text `key:"seed" doc:"fixed gives everybody the same draw"`

	Source string     `key:"source" doc:"where the question comes from; for authors, never shown"`
	Note   string     `key:"note" doc:"for authors, never shown"`
	At     diag.Range `key:"-at"`
}

// attributes returns the attributes as an opening line gives them, in the order of the fields. The place of each is that of its value.
func (m QuestionMeta) attributes() []quiz.Attr {
	var attrs []quiz.Attr
	v := reflect.ValueOf(m)
	for i := range v.NumField() {
		list, _ := v.Field(i).Interface().([]schema.Text)
		if len(list) == 0 {
			continue
		}
		a := quiz.Attr{Name: v.Type().Field(i).Tag.Get("key"), Range: diag.Range{Start: list[0].At.Start, End: list[len(list)-1].At.End}}
		for i, t := range list {
			if i > 0 {
				a.Value += " "
			}
			a.Value += t.Value
		}
		attrs = append(attrs, a)
	}
	return attrs
}

// ReviewSettings say whether a page's questions come back.
type ReviewSettings struct {
	Deck  string      `key:"deck" enum:"on,off,true,false" doc:"off keeps the questions out of the review"`
	First schema.Days `key:"first" doc:"days until the first review"`
}

// Facilitation is how to use a page with a group.
type Facilitation struct {
	Format    string         `key:"format" doc:"pairs, plenary, small groups …"`
	Group     string         `key:"group" doc:"size of the group, as in 8-12"`
	Minutes   schema.Minutes `key:"minutes" doc:"how long it takes"`
	Materials []string       `key:"materials" doc:"what to bring"`
}

// A Source is a cited work.
type Source struct {
	ID    schema.Text `key:"id,required" doc:"used in the text as [@id]"`
	Title string      `key:"title,required" doc:""`
	By    string      `key:"by" doc:"authors"`
	Year  string      `key:"year" doc:""`
	In    string      `key:"in" doc:"journal, book or publisher"`
	URL   schema.Text `key:"url" doc:"whole address, which begins with https://"`
	DOI   string      `key:"doi" doc:"DOI, as in 10.1000/182"`
}

// Address returns where the work is on the web: its URL, else its DOI's; empty for neither.
func (s *Source) Address() string { return address(s.URL.Value, s.DOI) }

// Address returns where the work is on the web: its URL, else its DOI's; empty for neither.
func (it *ReadingItem) Address() string { return address(it.URL.Value, it.DOI) }

func address(url, doi string) string {
	if url == "" && doi != "" {
		return "https://doi.org/" + doi
	}
	return url
}

// RoleBlock belongs to kind role.
type RoleBlock struct {
	Does    []string      `key:"does" doc:"what the role takes on"`
	DoesNot []string      `key:"does_not" doc:"what it does not"`
	NextTo  []schema.Text `key:"next_to" doc:"ids of related modules"`
}

// PracticeBlock belongs to kind practice.
type PracticeBlock struct {
	When     string   `key:"when" doc:"when to use it"`
	Evidence string   `key:"evidence" enum:"strong,moderate,experience" doc:"how well it is proven"`
	Pitfalls []string `key:"pitfalls" doc:"what goes wrong"`
}

// ChallengeBlock belongs to kind challenge.
type ChallengeBlock struct {
	Signs        []string      `key:"signs" doc:"how to notice it"`
	Who          []schema.Text `key:"who" doc:"ids of the roles concerned"`
	Weight       string        `key:"weight" enum:"low,medium,high" doc:"how serious it is"`
	HandOverTo   schema.Text   `key:"hand_over_to" doc:"id of the role that takes over"`
	HandOverWhen string        `key:"hand_over_when" doc:"when to hand over"`
}

// ReadingBlock belongs to kind reading.
type ReadingBlock struct {
	Items []ReadingItem `key:"items" doc:"what to read"`
}

// A ReadingItem is one work on a reading list.
type ReadingItem struct {
	ID        schema.Text    `key:"id,required" as:"id" doc:"unique on the list"`
	Title     string         `key:"title,required" doc:""`
	By        string         `key:"by" doc:"authors"`
	Year      string         `key:"year" doc:""`
	In        string         `key:"in" doc:"journal or book it stands in"`
	Publisher string         `key:"publisher" doc:""`
	Type      string         `key:"type" enum:"book,article,report,framework,journal,course,network,talk,video,website,standard" doc:""`
	Minutes   schema.Minutes `key:"minutes" doc:"time to read it"`
	Access    string         `key:"access" enum:"free,library,buy,intranet" doc:"how to get it"`
	Level     string         `key:"level" enum:"starter,practitioner,research" doc:""`
	Must      bool           `key:"must" doc:"true: part of the module; false: an offer"`
	Why       string         `key:"why" doc:"one sentence on its use"`
	Prompts   []string       `key:"prompts" doc:"questions to read with"`
	URL       schema.Text    `key:"url" doc:"whole address, which begins with https://"`
	DOI       string         `key:"doi" doc:"DOI, as in 10.1000/182"`
	Lang      string         `key:"lang,language" doc:"language, where it differs from the page's"`
	Group     string         `key:"group" doc:"heading on the list"`
	Roles     []schema.Text  `key:"roles" doc:"ids of the roles it is for"`
}

// FormBlock belongs to kind form.
type FormBlock struct {
	Store      string   `key:"store" enum:"device,none" doc:"device keeps what is typed in the browser; nothing is ever sent (default: device)"`
	Pages      int      `key:"pages" range:"0,100" doc:"sheets of paper it prints on, said above the form (default: 0, nothing is said)"`
	Fields     []Field  `key:"fields,required" doc:"the fields in order"`
	Signatures []string `key:"signatures" doc:"who signs"`
}

// A Field of a form.
type Field struct {
	ID       schema.Text `key:"id,required" as:"id" doc:"unique in the form"`
	Label    string      `key:"label,required" doc:"what is asked"`
	Type     string      `key:"type" enum:"text,lines,date,number,check,choice,choices,scale,table" doc:"kind of field (default: text)"`
	Required bool        `key:"required" doc:"marked as needed"`
	Lines    Height      `key:"lines" doc:"height of a lines field, 1 to 50"`
	Hint     string      `key:"hint" doc:"help below the label"`
	Group    string      `key:"group" doc:"title of the box it stands in; neighbours with the same one share it"`
	Options  []string    `key:"options" doc:"choice, choices, scale: what can be chosen. What learners chose is kept by these words: under others it is not shown"`
	Columns  []string    `key:"columns" doc:"table: headings of the columns. What learners typed is kept by the places of row and column, so new ones come last"`
	Rows     Rows        `key:"rows" doc:"table: number of blank rows, or the labels of the rows"`
	Unit     string      `key:"unit" doc:"number: what is counted"`
}

// SessionBlock belongs to kind session.
type SessionBlock struct {
	Lasts     schema.Minutes `key:"lasts" doc:"planned length"`
	Who       []schema.Text  `key:"who" doc:"ids of the roles that take part"`
	Bring     []string       `key:"bring" doc:"what to bring"`
	Agenda    []AgendaItem   `key:"agenda" doc:"what is done when"`
	LeaveWith []string       `key:"leave_with" doc:"what everybody has at the end"`
}

// Length is how long the meeting lasts: as planned, or else as its agenda adds up.
func (s *SessionBlock) Length() int {
	n := int(s.Lasts)
	if n == 0 {
		for _, a := range s.Agenda {
			n += int(a.Minutes)
		}
	}
	return n
}

// Must reports whether something on the list has to be read.
func (l *ReadingBlock) Must() bool {
	for i := range l.Items {
		if l.Items[i].Must {
			return true
		}
	}
	return false
}

// An AgendaItem of a session.
type AgendaItem struct {
	Minutes schema.Minutes `key:"minutes" doc:"how long"`
	Do      string         `key:"do,required" doc:"what"`
	Note    string         `key:"note" doc:"how"`
}

// A Stage of a path.
type Stage struct {
	ID        schema.Text   `key:"id,required" as:"id" doc:"unique in the path"`
	Title     string        `key:"title,required" doc:""`
	Text      string        `key:"text" doc:"one sentence"`
	After     []schema.Text `key:"after" doc:"ids of the stages that come first"`
	Items     []Item        `key:"items" as:"full" doc:"modules, sessions, forms, quizzes … in order"`
	Milestone *Milestone    `key:"milestone" doc:"what ends the stage"`
}

// An Item of a stage: exactly one of Module, Optional, Session, Form, Quiz, Reflection, Choose, Review is said.
type Item struct {
	Module     schema.Text    `key:"module" doc:"id of a module"`
	Optional   schema.Text    `key:"optional" doc:"id of a module that is offered"`
	Session    schema.Text    `key:"session" doc:"id of a session"`
	Form       schema.Text    `key:"form" doc:"id of a form"`
	Quiz       schema.Text    `key:"quiz" doc:"id of a quiz or question"`
	Reflection schema.Text    `key:"reflection" doc:"id of a reflection"`
	Choose     int            `key:"choose" doc:"how many of those in from"`
	From       []schema.Text  `key:"from" doc:"ids of modules to choose from"`
	Review     *ReviewItem    `key:"review" doc:"spaced review as a step"`
	TestOut    schema.Text    `key:"test_out" doc:"id of a quiz or question; passing it first counts as done"`
	Pass       schema.Percent `key:"pass" doc:"pass mark of a quiz"`
	Done       string         `key:"done" enum:"filled,signed" doc:"what counts as done for a form"`
	Repeat     int            `key:"repeat" range:"1,1000" doc:"how often a session is held"`
	Text       string         `key:"text" doc:"a word on this step"`
	At         diag.Range     `key:"-at"`
}

// ReviewItem is a number of review cards as a step of a path.
type ReviewItem struct {
	Cards int `key:"cards,required" range:"1,1000" doc:"how many"`
}

// A Milestone ends a stage.
type Milestone struct {
	ID      schema.Text `key:"id,required" as:"id" doc:"unique in the path"`
	Title   string      `key:"title,required" doc:""`
	Text    string      `key:"text" doc:"what has been reached"`
	Confirm string      `key:"confirm" enum:"learner,rule" doc:"who says so (default: learner)"`
}

// Schedule lists dates counted from the start of a cohort.
type Schedule struct {
	Anchor string  `key:"anchor" enum:"cohort.start" doc:"what the days are counted from: the start of a cohort, or the day that a learner begins"`
	Events []Event `key:"events" doc:""`
}

// An Event of a schedule.
type Event struct {
	ID    schema.Text    `key:"id,required" doc:"unique in the schedule"`
	Title string         `key:"title" doc:"what it is (default: the title of what it leads to)"`
	At    []schema.Days  `key:"at" doc:"days after the start"`
	Every schema.Days    `key:"every" doc:"days between repetitions"`
	Until schema.Days    `key:"until" doc:"last day of repetitions"`
	Kind  string         `key:"kind" enum:"session,deadline" doc:"what the date is for (default: session)"`
	Ref   schema.Text    `key:"ref" doc:"id of a session; of a deadline that of a milestone or a page"`
	Lasts schema.Minutes `key:"lasts" doc:"how long it takes"`
	Who   []schema.Text  `key:"who" doc:"ids of roles"`
}

// A CohortDate is what is known of a date of a cohort beyond the schedule of its path.
type CohortDate struct {
	Event  schema.Text  `key:"event,required" doc:"id of an event of the path's schedule, or a level of its evaluation, as reaction"`
	Number int          `key:"number" range:"1,60" doc:"which time of an event that repeats, from 1 (default: each)"`
	Date   schema.Date  `key:"date" doc:"the day, in place of the one that the schedule gives"`
	Time   schema.Clock `key:"time" doc:"when it begins, as in 09:30"`
	Place  string       `key:"place" doc:"where"`
}

// CohortReport is how the progress of a cohort is reported.
type CohortReport struct {
	SmallestGroup int `key:"smallest_group" range:"3,1000" doc:"how many people have to stand behind a figure of the report (default: 5)"`
}

// Evaluation says how a path is evaluated, by Kirkpatrick's four levels.
type Evaluation struct {
	Reaction  *EvaluationPart `key:"reaction" doc:""`
	Learning  *EvaluationPart `key:"learning" doc:""`
	Behaviour *EvaluationPart `key:"behaviour" doc:""`
	Results   *EvaluationPart `key:"results" doc:""`
}

// Levels yields the levels that are said, by name, in Kirkpatrick's order. A nil Evaluation has none.
func (e *Evaluation) Levels() iter.Seq2[string, *EvaluationPart] {
	return func(yield func(string, *EvaluationPart) bool) {
		if e == nil {
			return
		}
		for _, l := range []struct {
			name string
			part *EvaluationPart
		}{{"reaction", e.Reaction}, {"learning", e.Learning}, {"behaviour", e.Behaviour}, {"results", e.Results}} {
			if l.part != nil && !yield(l.name, l.part) {
				return
			}
		}
	}
}

// EvaluationPart is one level.
type EvaluationPart struct {
	Form     schema.Text   `key:"form" doc:"id of a form"`
	At       []schema.Days `key:"at" doc:"days after the start"`
	Rating   schema.Text   `key:"rating" doc:"id of a rating"`
	Before   schema.Text   `key:"before" doc:"id of a stage"`
	After    schema.Text   `key:"after" doc:"id of a stage"`
	Checks   []schema.Text `key:"checks" doc:"ids of checks"`
	Who      []schema.Text `key:"who" doc:"ids of roles"`
	Measures []string      `key:"measures" doc:"what is measured without a form or a check"`
	Written  diag.Range    `key:"-at"`
	Owner    string        `key:"owner" doc:"who sees to it: the id of a role, or a text"`
}

// Award is what the certificate of a path says.
type Award struct {
	Title string      `key:"title,required" doc:""`
	Badge schema.Text `key:"badge" doc:"a picture for the certificate, in place of its seal: a file beside the path, best SVG"`
	Sign  string      `key:"sign" enum:"none,offline" doc:"who signs the certificate: with offline the programme's lead, on a line on paper; with none nobody (default: offline)"`
}
