// Reads progress, trusting nothing: from the browser's own storage, and from files (see import.ts; save.ts writes them).
import type { Value } from "../question/mark";
import { FORMAT, VERSION, migrate } from "./migrate";
import { type Answer, type Card, type Day, type Mark, type Moment, type Progress, type Try, empty, markKey, own, startOf } from "./progress";

/** What is larger is left out. */
export const LIMITS = { entries: 20_000, text: 100_000, typed: 2_000, id: 200, values: 500 };

/** Why a text was not read: nothing of it was taken. */
export type Refusal = "damaged" | "format" | "newer" | "site";

/** What was read. dropped counts entries that were not understood and left out. */
export type Read = { progress: Progress; dropped: number } | { refused: Refusal };

/** Reads a progress file. That of another site is refused; one that names none is read. */
export function fromText(text: string, site: string): Read {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { refused: "damaged" };
  }
  if (!isObject(json)) return { refused: "format" };
  if (own(json, "format") !== FORMAT) return { refused: "format" };
  const version = own(json, "version");
  if (typeof version !== "number" || !Number.isInteger(version) || version < 0) return { refused: "format" };
  if (version > VERSION) return { refused: "newer" };
  const of = own(json, "site");
  if (of !== undefined && of !== site) return { refused: "site" };
  const file = migrate(json);
  return file ? new Reader().file(file) : { refused: "format" };
}

function isObject(v: unknown): v is Record<string, unknown> {
  return v !== null && typeof v === "object" && !Array.isArray(v);
}

/** Builds a Progress out of own, known, well-formed parts; everything else is counted and left out. */
class Reader {
  private dropped = 0;
  private entries = 0;

  file(file: Record<string, unknown>): Read {
    const p = empty();
    const learner = own(file, "learner");
    const seed = own(file, "seed");
    if (isObject(learner) && typeof learner["code"] === "string" && /^[0-9A-Z-]{1,20}$/.test(learner["code"]) && isSeed(seed)) {
      p.learner = { code: learner["code"], seed, since: moment(own(learner, "since")) ?? "2999-12-31T00:00:00Z" };
    }
    this.each(file, "marks", p.marks, (v) => this.mark(v));
    this.each(file, "notes", p.notes, (v) => {
      const at = moment(v["at"]);
      const text = v["text"];
      return at && typeof text === "string" && text.length <= LIMITS.text ? { at, text } : null;
    });
    this.each(file, "answers", p.answers, (v) => this.answer(v, true));
    this.each(file, "review", p.review, (v) => this.card(v));
    this.each(file, "modules", p.modules, (v, id) => {
      const m: Progress["modules"][string] = {};
      const read = day(v["read"]);
      if (read) m.read = read;
      const done = day(v["done"]);
      const rule = day(v["rule"]);
      if (rule) m.done = rule;
      if (done && v["how"] === "manual") p.marks[markKey.module(id)] ??= { at: startOf(done), v: true };
      else if (done) m.done = done;
      return m;
    });
    for (const [id, m] of Object.entries(p.modules)) if (!m.read && !m.done) delete p.modules[id];
    this.each(file, "paths", p.paths, (v, id) => {
      const path: Progress["paths"][string] = {};
      const started = day(v["started"]);
      const done = day(v["done"]);
      if (started) path.started = started;
      if (done) path.done = done;
      const milestones = own(v, "milestones");
      if (isObject(milestones)) {
        for (const [name, on] of Object.entries(milestones)) {
          const when = day(on);
          if (when && isID(name)) p.marks[markKey.milestone(id, name)] ??= { at: startOf(when), v: true };
        }
      }
      return path;
    });
    return { progress: p, dropped: this.dropped };
  }

  private each<T>(
    file: Record<string, unknown>,
    key: string,
    into: Record<string, T>,
    read: (v: Record<string, unknown>, id: string) => T | null,
  ): void {
    const part = own(file, key);
    if (part === undefined) return;
    if (!isObject(part)) {
      this.dropped++;
      return;
    }
    for (const [id, v] of Object.entries(part)) {
      const value = isID(id) && isObject(v) && ++this.entries <= LIMITS.entries ? read(v, id) : null;
      if (value === null) this.dropped++;
      else into[id] = value;
    }
  }

  private mark(v: Record<string, unknown>): Mark | null {
    const at = moment(v["at"]);
    const is = v["v"];
    if (!at || !(typeof is === "boolean" || isID(is))) return null;
    return { at, v: is };
  }

  private answer(v: Record<string, unknown>, top: boolean): Answer | null {
    const rev = v["rev"];
    if (typeof rev !== "string" || rev.length > 32) return null;
    const a: Answer = { rev, best: share(v["best"]) ?? 0, tries: count(v["tries"]), hints: count(v["hints"]) };
    const first = this.try(v["first"]);
    let last = this.try(v["last"]) ?? first;
    // A resume link knows how well a check was answered, not how: that must not take the place of an answer.
    if (last && first && last.at === first.at && last.v.length + first.v.length === 0) last = undefined;
    if (first) a.first = first;
    if (last) a.last = last;
    const was = v["was"];
    if (top && Array.isArray(was)) {
      const kept = was.slice(0, 20).flatMap((old) => (isObject(old) ? (this.answer(old, false) ?? []) : []));
      const others = kept.filter((old, i) => old.rev !== rev && kept.findIndex((o) => o.rev === old.rev) === i);
      if (others.length > 0) a.was = others;
    }
    return a;
  }

  private try(v: unknown): Try | undefined {
    if (!isObject(v)) return undefined;
    const at = moment(v["at"]);
    const s = share(v["s"]);
    const values = v["v"];
    if (!at || s === undefined || !Array.isArray(values) || values.length > LIMITS.values) return undefined;
    const ok = values.every((x) => (typeof x === "number" && Number.isFinite(x)) || (typeof x === "string" && x.length <= LIMITS.typed));
    if (!ok) return undefined;
    const sure = v["sure"];
    const t: Try = { at, v: values as Value[], s };
    if (sure === 1 || sure === 2 || sure === 3) t.sure = sure;
    return t;
  }

  private card(v: Record<string, unknown>): Card | null {
    const due = day(v["due"]);
    const box = v["box"];
    if (!due || typeof box !== "number" || !Number.isInteger(box) || box < 1 || box > 5) return null;
    return { box, due, at: moment(v["at"]) ?? startOf(due), n: count(v["n"]) };
  }
}

/** "__proto__" is no key but a way to change the record's nature; all other names are safe, since only own keys are ever looked up. */
function isID(v: unknown): v is string {
  return typeof v === "string" && v.length > 0 && v.length <= LIMITS.id && v !== "__proto__" && !/[\u0000-\u001f\u007f]/.test(v);
}

function isSeed(v: unknown): v is number {
  return typeof v === "number" && Number.isInteger(v) && v >= 0 && v <= 0xffffffff;
}

function day(v: unknown): Day | undefined {
  if (typeof v !== "string" || !/^[12]\d{3}-\d\d-\d\d$/.test(v) || Number.isNaN(Date.parse(v))) return undefined;
  return v;
}

/** A moment; a day is its beginning where it is read, fractions of a second are cut off. */
function moment(v: unknown): Moment | undefined {
  if (typeof v !== "string") return undefined;
  const m = /^([12]\d{3}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?Z)?$/.exec(v);
  if (!m) return undefined;
  if (Number.isNaN(Date.parse(m[1]!))) return undefined;
  const at = m[2] ? `${m[1]}T${m[2]}Z` : startOf(m[1]!);
  return Number.isNaN(Date.parse(at)) ? undefined : at;
}

function share(v: unknown): number | undefined {
  return typeof v === "number" && v >= 0 && v <= 1 ? v : undefined;
}

function count(v: unknown): number {
  return typeof v === "number" && Number.isInteger(v) && v >= 0 && v <= 1e6 ? v : 0;
}
