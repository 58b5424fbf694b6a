// Two states of a learner's progress made one.
//
// The merge is commutative, associative and idempotent, since learners read files in twice and in any order. That is so because every part is one
// of: the earliest, the highest, the newest (ties by the smaller text), or a union by key of such parts. Nothing is ever counted up by a merge.
import { type Answer, type Card, type Day, type Moment, type Progress, type Try, arrange, earlierLearner, flat, order, own } from "./progress";

export function merge(a: Progress, b: Progress): Progress {
  const merged: Progress = {
    paths: union(a.paths, b.paths, (x, y) => ({ ...both(earliest, "started", x, y), ...both(earliest, "done", x, y) })),
    modules: union(a.modules, b.modules, (x, y) => ({ ...both(earliest, "read", x, y), ...both(earliest, "done", x, y) })),
    answers: union(a.answers, b.answers, mergeAnswers),
    review: union(a.review, b.review, mergeCards),
    notes: union(a.notes, b.notes, newest),
    marks: union(a.marks, b.marks, newest),
  };
  const learner = earlierLearner(a.learner, b.learner);
  if (learner) merged.learner = learner;
  return merged;
}

function mergeAnswers(a: Answer, b: Answer): Answer {
  const byRev = new Map<string, Answer>();
  for (const r of [...flat(a), ...flat(b)]) {
    const other = byRev.get(r.rev);
    byRev.set(
      r.rev,
      other
        ? {
            rev: r.rev,
            ...both<"first", Try>(earliestTry, "first", r, other),
            ...both<"last", Try>(newest, "last", r, other),
            best: Math.max(r.best, other.best),
            tries: Math.max(r.tries, other.tries),
            hints: Math.max(r.hints, other.hints),
          }
        : r,
    );
  }
  return arrange([...byRev.values()]);
}

function mergeCards(a: Card, b: Card): Card {
  // n is joined apart: a tie may not be decided by it, or the result would depend on the order of merging.
  const n = Math.max(a.n, b.n);
  return newest({ ...a, n }, { ...b, n });
}

/** An object made of the keys of both, in a fixed order of keys so that equal values have equal texts. */
function union<T>(a: Record<string, T>, b: Record<string, T>, join: (x: T, y: T) => T): Record<string, T> {
  const out: Record<string, T> = {};
  for (const key of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()) {
    const x = own(a, key);
    const y = own(b, key);
    out[key] = x === undefined ? y! : y === undefined ? x : join(x, y);
  }
  return out;
}

/** { key: what join makes of both }, or nothing when neither has it. */
function both<K extends string, V>(join: (x: V, y: V) => V, key: K, x: { [k in K]?: V }, y: { [k in K]?: V }): { [k in K]?: V } {
  const v = x[key] === undefined ? y[key] : y[key] === undefined ? x[key] : join(x[key]!, y[key]!);
  return v === undefined ? {} : ({ [key]: v } as { [k in K]: V });
}

function earliest(a: Day, b: Day): Day {
  return a < b ? a : b;
}

function newest<T extends { at: Moment }>(a: T, b: T): T {
  return (order(b.at, a.at) || order(canon(a), canon(b))) <= 0 ? a : b;
}

function earliestTry(a: Try, b: Try): Try {
  return (order(a.at, b.at) || order(canon(a), canon(b))) <= 0 ? a : b;
}

/** The value as a text that does not depend on the order in which keys were set. */
export function canon(v: unknown): string {
  if (v === null || typeof v !== "object") return JSON.stringify(v) ?? "null";
  if (Array.isArray(v)) return "[" + v.map(canon).join(",") + "]";
  const o = v as Record<string, unknown>;
  const keys = Object.keys(o).filter((k) => o[k] !== undefined);
  return (
    "{" +
    keys
      .sort()
      .map((k) => JSON.stringify(k) + ":" + canon(o[k]))
      .join(",") +
    "}"
  );
}
