// What a learner has done, as a value: events are applied to it, two of them are merged (merge.ts). No clock, no storage, no page.
import type { Value } from "../question/mark";

/** A day: 2027-03-02. */
export type Day = string;
/** A moment, in UTC to the second: 2027-03-02T10:15:30Z. Its day is the learner's own (dayOf), not its first ten characters. */
export type Moment = string;

export interface Progress {
  /** Who this is, without a name. The earliest wins, so that devices which were joined shuffle alike. Absent until something was done. */
  learner?: { code: string; seed: number; since: Moment };
  paths: Record<string, { started?: Day; done?: Day }>;
  /** read: opened and the end in view; done: its rule held. Both the earliest. What a learner marks by hand stands in marks. */
  modules: Record<string, { read?: Day; done?: Day }>;
  answers: Record<string, Answer>;
  review: Record<string, Card>;
  /** Texts, newest wins, an empty text is a deleted one. Keys: id of a reflection, or one of noteKey. */
  notes: Record<string, { at: Moment; text: string }>;
  /** What was ticked by hand, newest wins. Keys: markKey. */
  marks: Record<string, Mark>;
}

/** The answers to one check under one revision of its meaning; older revisions are kept in `was`, never mixed. */
export interface Answer {
  rev: string;
  first?: Try;
  last?: Try;
  best: number;
  tries: number;
  hints: number;
  was?: Answer[];
}

export interface Try {
  at: Moment;
  v: Value[];
  /** The share of the points, 0 to 1. */
  s: number;
  /** 1 guessing, 2 fairly sure, 3 certain. */
  sure?: number;
}

/** A card of the spaced review. n counts how often it was gone through; at is when last. */
export interface Card {
  box: number;
  due: Day;
  at: Moment;
  n: number;
}

/** false: taken back. A day or an id where the tick says which. */
export interface Mark {
  at: Moment;
  v: boolean | string;
}

export const markKey = {
  module: (id: string) => "done:" + id,
  path: (id: string) => "path-done:" + id,
  milestone: (path: string, id: string) => `milestone:${path}:${id}`,
  item: (module: string, item: string) => `item:${module}:${item}`,
  /** The nth time of a session, from 1. */
  session: (id: string, n: number) => `session:${id}:${n}`,
  filled: (form: string) => "filled:" + form,
  signed: (form: string) => "signed:" + form,
  /** Where the learner is in a scenario: the scenes gone through, joined by blanks. */
  scene: (id: string) => "scene:" + id,
  /** The round of a quiz that was begun last: how many results came before it, the number of the draw that it asks, the draw's seed, and
   * after the first round a digit for each question of the draw, 0 for those not asked, 1 for those asked, from 2 on how good the first answer was; joined by blanks. */
  round: (id: string) => "round:" + id,
  /** The path the learner follows. */
  way: () => "way",
};

export const noteKey = {
  item: (module: string, item: string) => `item:${module}:${item}`,
  field: (form: string, field: string) => `form:${form}:${field}`,
};

/** Where a browser remembers the day on which a copy was last saved. It is no progress and in no file. */
export const keptKey = (site: string) => `waymark:${site}:kept`;

export type ProgressEvent =
  | { do: "joined"; code: string; seed: number }
  | { do: "answered"; id: string; rev: string; v: Value[]; s: number; sure?: number }
  | { do: "hinted"; id: string; rev: string; hints: number }
  | { do: "read"; module: string }
  | { do: "done"; module: string }
  | { do: "started"; path: string }
  | { do: "finished"; path: string; on?: Day }
  | { do: "marked"; key: string; v: boolean | string }
  | { do: "noted"; key: string; text: string }
  | { do: "reviewed"; id: string; box: number; due: Day; counts: boolean };

export function empty(): Progress {
  return { paths: {}, modules: {}, answers: {}, review: {}, notes: {}, marks: {} };
}

export function isEmpty(p: Progress): boolean {
  return [p.paths, p.modules, p.answers, p.review, p.notes, p.marks].every((part) => Object.keys(part).length === 0);
}

/** The progress after an event. Neither argument is changed. */
export function apply(p: Progress, e: ProgressEvent, now: Moment): Progress {
  const today = dayOf(now);
  switch (e.do) {
    case "joined":
      return { ...p, learner: earlierLearner(p.learner, { code: e.code, seed: e.seed, since: now }) };
    case "answered": {
      const t: Try = e.sure ? { at: now, v: e.v, s: e.s, sure: e.sure } : { at: now, v: e.v, s: e.s };
      const a = revision(own(p.answers, e.id), e.rev) ?? blank(e.rev);
      const next = { ...a, first: a.first ?? t, last: t, best: Math.max(a.best, e.s), tries: a.tries + 1 };
      return { ...p, answers: { ...p.answers, [e.id]: onTop(own(p.answers, e.id), next) } };
    }
    case "hinted": {
      const a = revision(own(p.answers, e.id), e.rev) ?? blank(e.rev);
      return { ...p, answers: { ...p.answers, [e.id]: onTop(own(p.answers, e.id), { ...a, hints: Math.max(a.hints, e.hints) }) } };
    }
    case "read":
      return { ...p, modules: { ...p.modules, [e.module]: { read: today, ...own(p.modules, e.module) } } };
    case "done":
      return { ...p, modules: { ...p.modules, [e.module]: { done: today, ...own(p.modules, e.module) } } };
    case "started":
      return { ...p, paths: { ...p.paths, [e.path]: { started: today, ...own(p.paths, e.path) } } };
    case "finished":
      return { ...p, paths: { ...p.paths, [e.path]: { done: e.on ?? today, ...own(p.paths, e.path) } } };
    case "marked":
      return { ...p, marks: { ...p.marks, [e.key]: { at: after(own(p.marks, e.key)?.at, now), v: e.v } } };
    case "noted":
      return { ...p, notes: { ...p.notes, [e.key]: { at: after(own(p.notes, e.key)?.at, now), text: e.text } } };
    case "reviewed": {
      const old = own(p.review, e.id);
      const n = (old?.n ?? 0) + (e.counts ? 1 : 0);
      return { ...p, review: { ...p.review, [e.id]: { box: e.box, due: e.due, at: after(old?.at, now), n } } };
    }
  }
}

/** now, but never before what it follows: two changes within a second, or a clock that was set back, must not lose the later one. */
function after(old: Moment | undefined, now: Moment): Moment {
  if (old === undefined || old < now) return now;
  return momentOf(Date.parse(old) + 1000);
}

/** The value under a key of the record itself: an id may be called "constructor". */
export function own<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.prototype.hasOwnProperty.call(record, key) ? record[key] : undefined;
}

/** The moment of a time in milliseconds. */
export function momentOf(ms: number): Moment {
  return new Date(ms).toISOString().slice(0, 19) + "Z";
}

/** The day of a moment where the learner is; a day is itself. */
export function dayOf(at: Moment | Day): Day {
  if (at.length <= 10) return at;
  return momentOf(Date.parse(at) - new Date(at).getTimezoneOffset() * 60_000).slice(0, 10);
}

/** The first moment of a day where the learner is. */
export function startOf(day: Day): Moment {
  return momentOf(Date.parse(day + "T00:00:00"));
}

function blank(rev: string): Answer {
  return { rev, best: 0, tries: 0, hints: 0 };
}

/** The answers given under a revision, if any. */
export function revision(a: Answer | undefined, rev: string): Answer | undefined {
  if (!a || a.rev === rev) return a;
  return a.was?.find((old) => old.rev === rev);
}

/** True when the check was answered, but only under another meaning than it has now. */
export function changed(a: Answer | undefined, rev: string): boolean {
  return !!a && !revision(a, rev)?.first && [a, ...(a.was ?? [])].some((r) => r.first);
}

/** The record of a check with the given revision renewed. */
function onTop(a: Answer | undefined, next: Answer): Answer {
  return arrange([next, ...flat(a).filter((old) => old.rev !== next.rev)]);
}

export function flat(a: Answer | undefined): Answer[] {
  if (!a) return [];
  const { was, ...top } = a;
  return [top, ...(was ?? [])];
}

/** One record of several revisions: the one used last on top. */
export function arrange(all: Answer[]): Answer {
  const when = (a: Answer) => a.last?.at ?? a.first?.at ?? "";
  const sorted = all.map(({ was: _, ...a }) => a as Answer).sort((a, b) => order(when(b), when(a)) || order(a.rev, b.rev));
  const [top, ...was] = sorted;
  return was.length > 0 ? { ...top!, was } : top!;
}

export function earlierLearner(a: Progress["learner"], b: Progress["learner"]): Progress["learner"] {
  if (!a || !b) return a ?? b;
  return (order(a.since, b.since) || order(a.code, b.code) || a.seed - b.seed) <= 0 ? a : b;
}

export function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether the learner marked something, and did not take it back. */
export function marked(p: Progress, key: string): boolean {
  const m = own(p.marks, key);
  return !!m && m.v !== false;
}

/** When a module was done and how; null while it is not. A mark by hand is the learner's word, in both directions: taken back, the module stays open
 * though its rule held before. */
export function moduleDone(p: Progress, id: string): { day: Day; how: "rule" | "manual" } | null {
  const rule = own(p.modules, id)?.done;
  const mark = own(p.marks, markKey.module(id));
  const on = mark && dayOf(mark.at);
  if (on && mark.v !== false) return rule && rule <= on ? { day: rule, how: "rule" } : { day: on, how: "manual" };
  if (on && rule && rule <= on) return null;
  return rule ? { day: rule, how: "rule" } : null;
}
