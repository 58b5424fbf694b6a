// The JSON that Go writes and scripts read. Each type names its other half; a field may be added here and there, never renamed on one side.

/** Addresses in the data are relative to the site's root; `PageData.root` stands before them. */

/** The JSON block `<script type="application/json" id="page.data">` at the foot of a page (plan.Page.Data). */
export interface PageData {
  /** Site.ID: the key under which progress is kept. */
  site: string;
  /** "", "../", "../../": from the page to the site's root. */
  root: string;
  /** Page.ID: of the module or path; "" for others. */
  id: string;
  kind: string;
  title: string;
  /** Site.Edition. */
  edition: string;
  /** Digest of the ids of the site. Resume links are packed against a digest of their own, made of all that data/site.js holds. */
  build: string;
  /** Address of data/site.js, from the root; absent on a site that keeps nothing of what learners do (`progress: {off: true}`). */
  data?: string;
  /** Where the module stands in the paths it belongs to. */
  places?: PlaceData[];
  /** Module pages: the module itself and every module whose checks its rule names. Path and certificate pages: the modules of the path. */
  modules?: ModuleData[];
  /** Path and certificate pages: the path. */
  paths?: PathData[];
  /** Address of the later words, from the root: the messages whose keys begin with "script." (without that beginning) that are said when the
   * reader does something, and icons. What is said when a page is opened is loaded before. */
  words: string;
}

/** One path that a module belongs to (plan.Place). What comes before and after is not said of the first: the page itself shows it. */
export interface PlaceData {
  id: string;
  title: string;
  url: string;
  stage: string;
  number: number;
  of: number;
  optional?: boolean;
  prev?: LinkData;
  next?: LinkData;
  /** The certificate, at the last stop of a path that has one. */
  award?: LinkData;
}

export interface LinkData {
  title: string;
  url: string;
}

/** The argument of `waymark.site(…)`, the one statement of data/site.js. Its order is the teaching order. */
export interface SiteData extends Curriculum {
  site: string;
  build: string;
  edition: string;
  /** Objectives by id. */
  objectives?: Record<string, string>;
}

/** What completion rules are about. Also the argument of `waymark.path(…)`, the one statement of data/path.ID.js: a path and its modules. */
export interface Curriculum {
  modules: ModuleData[];
  paths: PathData[];
}

export interface ModuleData {
  id: string;
  title: string;
  url: string;
  kind: string;
  /** From and to, in minutes. */
  minutes?: [number, number];
  /** With the default filled in: read, and the checks at 80 % if there are any. */
  rule: Rule;
  checks?: CheckData[];
  /** Kind reading. */
  items?: ItemData[];
  /** Kind form: the labels of its fields by their ids, for the learner's own page. */
  fields?: Record<string, string>;
  /** `needs.modules`, and the modules that teach `needs.objectives`. */
  needs?: string[];
  objectives?: string[];
}

/** What is known of a check outside its page. */
export interface CheckData {
  id: string;
  type: CheckType;
  rev: string;
  /** Weight in the rule `checks`. 0 for what does not count unless the rule names it (then it weighs 1): reflections, ratings, scenarios that
   * cannot end well, and questions that only a quiz shows. A quiz weighs as much as the questions it draws. */
  points: number;
  /** The prompt without markup, cut at about 80 characters. Only in data/site.js. */
  title?: string;
  /** quiz: pass mark in percent. */
  pass?: number;
  /** In the spaced review. Absent for what is not: `review: {deck: off}`, reflections, ratings, scenarios, quizzes. */
  deck?: boolean;
  /** Days until the first review, when the module says so. */
  firstReview?: number;
  objectives?: string[];
  /** rating: before | after, and the rating whose scale it repeats. */
  when?: string;
  same?: string;
  /** rating: the words of the points of its scale. Only in data/site.js. */
  scale?: string[];
}

export interface ItemData {
  id: string;
  title: string;
  must?: boolean;
}

/** A learning path (plan.Path). */
export interface PathData {
  id: string;
  title: string;
  url: string;
  edition: string;
  mode: "open" | "advise" | "strict";
  /** With the default filled in: all stages. */
  rule: Rule;
  stages: StageData[];
  award?: { title: string; url: string };
  outcomes?: string[];
}

export interface StageData {
  id: string;
  title: string;
  /** Ids of the stages to have done before. */
  after?: string[];
  items: StopData[];
  milestone?: { id: string; title: string; confirm: "learner" | "rule" };
}

/** An item of a stage (plan.Stop). */
export interface StopData {
  item: "module" | "optional" | "session" | "form" | "quiz" | "reflection" | "review" | "choose";
  /** Of the module, form, session, quiz or reflection; "" for review and choose. */
  id: string;
  title: string;
  url: string;
  minutes?: [number, number];
  /** Id of a quiz; passing it is as good as doing the module. */
  testOut?: string;
  choose?: number;
  from?: StopData[];
  done?: "filled" | "signed";
  repeat?: number;
  pass?: number;
  cards?: number;
}

/** A completion rule (markdown.Rule, section 4.4). Percentages are numbers: 80. */
export type Rule =
  | "read"
  | "manual"
  | { all: Rule[] }
  | { any: Rule[] }
  | { count: { min: number; of: Rule[] } }
  | { checks: { min?: number; of?: string[] } }
  | { quiz: string }
  | { reflection: string }
  | { reflections: { min: number } }
  | { scenario: string; good?: boolean }
  | { rating: string }
  | { read_items: "must" | "all" }
  | { form: { id: string; done?: "filled" | "signed" } }
  | { session: string }
  | { milestones: string[] }
  | { stages: string[] }
  | { review: { cards: number } };

export type CheckType =
  "single" | "multiple" | "number" | "text" | "order" | "match" | "cloze" | "reflection" | "rating" | "scenario" | "quiz";

/** What a browser marks a check from: quiz.Key in internal/quiz/key.go. */
export interface Key {
  id: string;
  type: CheckType;
  rev: string;
  points: number;
  score: string; // all | each
  tries?: number; // 0: unlimited
  feedback: string; // each | end
  reveal: string; // "2" | end | never
  shuffle?: boolean;
  pinLast?: boolean;
  confidence?: boolean;
  neutral?: boolean;
  objectives?: string[];
  hints?: number;

  size?: number;
  right?: number[];
  accepts?: KeyAccept[];
  text?: KeyText;
  pairs?: number[];
  gaps?: KeyGap[];
  scenes?: KeyScene[];
  keep?: boolean;
  when?: string;
  same?: string;

  pool?: string;
  pick?: number;
  pass?: number;
  seed?: string;
  of?: string[];
}

export interface KeyAccept {
  v?: string;
  min?: number;
  max?: number;
  right?: boolean;
  any?: boolean;
  says?: boolean;
}

export interface KeyText {
  case?: boolean;
  noAccents?: boolean;
  typos?: boolean;
  unit?: string[];
  lang?: string;
}

export interface KeyGap {
  accepts?: string[];
  choice?: number;
  size?: number;
}

export interface KeyScene {
  id: string;
  to?: string[];
  ending?: "well" | "mixed" | "badly";
}
