// When something is complete: the rules of section 4.4. Go has the same evaluator; both are run on the cases of
// internal/curriculum/testdata/contract/rules.json.
import type { CheckData, ModuleData, Rule } from "../contract";
import { type Progress, markKey, marked, own } from "./progress";

/** What a rule stands on: a module, or a path (see path/ground.ts). Atoms without ids speak of it. */
export interface Ground {
  /** The key under which it is marked as done by hand. */
  mark: string;
  /** The modules whose pages, checks and items count. */
  modules: ModuleData[];
  /** The modules whose reflections count. */
  reflections: ModuleData[];
  /** A check of the site by its id, as far as the page knows it. */
  check(id: string): CheckData | undefined;
  milestone(id: string): boolean;
  stage(id: string): boolean;
}

/** The ground of a module's own rule. known are the modules whose checks the rule may name. */
export function moduleGround(module: ModuleData, known: ModuleData[]): Ground {
  return {
    mark: markKey.module(module.id),
    modules: [module],
    reflections: [module],
    check: (id) => checkOf(known, id),
    milestone: () => false,
    stage: () => false,
  };
}

export function checkOf(modules: ModuleData[], id: string): CheckData | undefined {
  for (const m of modules) for (const check of m.checks ?? []) if (check.id === id) return check;
  return undefined;
}

export function holds(rule: Rule, on: Ground, p: Progress): boolean {
  if (rule === "read") return on.modules.every((m) => !!own(p.modules, m.id)?.read);
  if (rule === "manual") return marked(p, on.mark);
  const also = (r: Rule) => holds(r, on, p);
  if ("all" in rule) return rule.all.every(also);
  if ("any" in rule) return rule.any.some(also);
  if ("count" in rule) return rule.count.of.filter(also).length >= rule.count.min;
  if ("checks" in rule) return share(rule.checks.of, on, p) >= (rule.checks.min ?? 80) / 100 - 1e-9;
  if ("quiz" in rule) return passed(on.check(rule.quiz), rule.quiz, p);
  if ("reflection" in rule) return answered(p, rule.reflection);
  if ("reflections" in rule) return reflections(on, p) >= rule.reflections.min;
  if ("scenario" in rule) return answered(p, rule.scenario) && (!rule.good || best(p, rule.scenario) >= 1);
  if ("rating" in rule) return answered(p, rule.rating);
  if ("read_items" in rule) return itemsRead(rule.read_items, on, p);
  if ("form" in rule) return formDone(rule.form.id, rule.form.done, p);
  if ("session" in rule) return held(rule.session, 1, p) >= 1;
  if ("milestones" in rule) return rule.milestones.every((id) => on.milestone(id));
  if ("stages" in rule) return rule.stages.every((id) => on.stage(id));
  if ("review" in rule) return cards(p) >= rule.review.cards;
  // A rule of a later version: nobody is told that something is complete which this script does not understand.
  return false;
}

/** The share of points reached: of the checks named, or of all that count. Nothing to answer is everything answered. */
export function share(of: string[] | undefined, on: Ground, p: Progress): number {
  let points = 0;
  let got = 0;
  for (const check of of ? of.map((id) => on.check(id) ?? { id, points: 1 }) : on.modules.flatMap((m) => m.checks ?? [])) {
    const weight = check.points || (of ? 1 : 0);
    points += weight;
    got += weight * best(p, check.id);
  }
  return points === 0 ? 1 : got / points;
}

/** The best share, under whatever revision: an edit of the content takes nothing away from a learner. */
export function best(p: Progress, id: string): number {
  const a = own(p.answers, id);
  return a ? Math.max(a.best, ...(a.was ?? []).map((old) => old.best)) : 0;
}

export function answered(p: Progress, id: string): boolean {
  const a = own(p.answers, id);
  return !!a && [a, ...(a.was ?? [])].some((r) => r.first);
}

/** Whether a quiz or question is passed: by the mark named, else by its own, else a quiz when it was gone through and a question when it was right. */
export function passed(check: CheckData | undefined, id: string, p: Progress, pass?: number): boolean {
  const mark = pass || check?.pass || (check && check.type !== "quiz" ? 100 : 0);
  return answered(p, id) && best(p, id) >= mark / 100 - 1e-9;
}

function reflections(on: Ground, p: Progress): number {
  return on.reflections.flatMap((m) => m.checks ?? []).filter((k) => k.type === "reflection" && answered(p, k.id)).length;
}

function itemsRead(which: "must" | "all", on: Ground, p: Progress): boolean {
  return on.modules.every((m) => (m.items ?? []).every((i) => (which === "must" && !i.must) || marked(p, markKey.item(m.id, i.id))));
}

/** A signed form counts as filled in. */
export function formDone(id: string, done: "filled" | "signed" | undefined, p: Progress): boolean {
  return marked(p, markKey.signed(id)) || (done !== "signed" && marked(p, markKey.filled(id)));
}

/** How many of the n meetings of a session were held, which is the learner's word alone: a tick for each, or the page marked as done for all of
 * them. That its text was read, or its questions answered, holds no meeting. */
export function held(id: string, n: number, p: Progress): number {
  if (marked(p, markKey.module(id))) return n;
  let count = 0;
  for (let i = 1; i <= n; i++) if (marked(p, markKey.session(id, i))) count++;
  return count;
}

/** How many cards of the review were gone through, each time counted. */
export function cards(p: Progress): number {
  return Object.values(p.review).reduce((sum, card) => sum + card.n, 0);
}
