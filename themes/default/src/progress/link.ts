// The resume link: completion, scores and boxes in the part of an address after #, which is sent to no server. It has two forms.
//
// packed   all states as one number with a digit for each cell of the site's table of ids: short enough for a QR code, but it can only be read by
//          the edition that wrote it
// open     states with short digests of the ids, so that another edition reads what it still knows
//
// It holds no texts, no single answers and no name. What it says is made of quarters: a share of 0.8 becomes 0.75, never more than it was.
import type { SiteData, StopData } from "../contract";
import { DAYS, addDays } from "../review/schedule";
import { type Day, type Moment, type Progress, empty, markKey, marked, moduleDone, momentOf, own, startOf } from "./progress";
import { answered, best } from "./rule";

/** One state of the table: what can be said of a module, check, mark or path. 0 is "nothing yet". */
interface Cell {
  name: string;
  radix: number;
  /** Of a day: whether there is one. Packed, days stand before the number, which would grow by one for each path. */
  day?(p: Progress): boolean;
  get(p: Progress): number;
  set(p: Progress, value: number, day: Day): void;
}

const BOXES = DAYS.length + 1;

/** The site's table, in its teaching order. */
export function table(site: SiteData): Cell[] {
  const cells: Cell[] = [];
  const mark = (key: string) =>
    cells.push({
      name: "f:" + key,
      radix: 2,
      get: (p) => (marked(p, key) ? 1 : 0),
      set: (p, _, day) => (p.marks[key] = { at: startOf(day), v: true }),
    });
  for (const m of site.modules) {
    cells.push({
      name: "m:" + m.id,
      radix: 4,
      get: (p) => (own(p.modules, m.id)?.read ? 1 : 0) + (own(p.modules, m.id)?.done && moduleDone(p, m.id) ? 2 : 0),
      set: (p, v, day) => (p.modules[m.id] = { ...(v & 1 && { read: day }), ...(v & 2 && { done: day }) }),
    });
    mark(markKey.module(m.id));
    for (const c of m.checks ?? []) {
      const boxes = c.deck ? BOXES : 1;
      cells.push({
        name: "c:" + c.id,
        radix: 1 + 5 * boxes,
        get: (p) => {
          if (!answered(p, c.id)) return 0;
          const quarters = Math.floor(best(p, c.id) * 4 + 1e-9);
          return 1 + quarters * boxes + (c.deck ? (own(p.review, c.id)?.box ?? 0) : 0);
        },
        set: (p, v, day) => {
          const s = Math.floor((v - 1) / boxes) / 4;
          const box = (v - 1) % boxes;
          // The end of the day: a real first try on the same day is earlier, and wins when its file is read in.
          p.answers[c.id] = { rev: c.rev, first: { at: endOf(day), v: [], s }, best: s, tries: 1, hints: 0 };
          // A card begins in the second box at best, and goes up one each time it is gone through.
          if (box > 0) p.review[c.id] = { box, due: addDays(day, DAYS[box - 1]!), at: startOf(day), n: Math.max(0, box - 2) };
        },
      });
    }
    for (const i of m.items ?? []) mark(markKey.item(m.id, i.id));
    if (m.kind === "form") {
      mark(markKey.filled(m.id));
      mark(markKey.signed(m.id));
    }
  }
  const sessions = new Map<string, number>();
  for (const path of site.paths) {
    cells.push({
      name: "p:" + path.id,
      radix: 4,
      get: (p) => (own(p.paths, path.id)?.started ? 1 : 0) + (own(p.paths, path.id)?.done ? 2 : 0),
      set: (p, v, day) => (p.paths[path.id] = { ...(v & 1 && { started: day }), ...(v & 2 && { done: day }), ...own(p.paths, path.id) }),
    });
    // The day that the certificate names is not that of the link.
    cells.push({
      name: "d:" + path.id,
      radix: LAST,
      day: (p) => !!own(p.paths, path.id)?.done,
      get: (p) => {
        const done = own(p.paths, path.id)?.done;
        return done && possible(daysOf(done)) ? daysOf(done) : 0;
      },
      set: (p, v) => (p.paths[path.id] = { ...own(p.paths, path.id), done: dayAt(v) }),
    });
    for (const stage of path.stages) {
      if (stage.milestone) mark(markKey.milestone(path.id, stage.milestone.id));
      for (const stop of stage.items) if (stop.item === "session") sessions.set(stop.id, Math.max(times(stop), sessions.get(stop.id) ?? 0));
    }
  }
  for (const [id, n] of sessions) for (let i = 1; i <= n; i++) mark(markKey.session(id, i));
  return cells;
}

function times(stop: StopData): number {
  return stop.repeat ?? 1;
}

function endOf(day: Day): Moment {
  return momentOf(Date.parse(day + "T23:59:59"));
}

const EPOCH = Date.UTC(2020, 0, 1);
const LAST = 36_500;
const daysOf = (day: Day) => Math.round((Date.parse(day) - EPOCH) / 86_400_000);
const dayAt = (n: number): Day => new Date(EPOCH + n * 86_400_000).toISOString().slice(0, 10);

/** The packed form: a byte that says how, three bytes of the table, two of the day, one that counts the other days, two for each of them, the number. */
export async function pack(p: Progress, site: SiteData, today: Day): Promise<string> {
  const cells = table(site);
  let n = 0n;
  for (const c of cells.slice().reverse()) if (!c.day) n = n * BigInt(c.radix) + BigInt(c.get(p));
  const number: number[] = [];
  for (; n > 0n; n >>= 8n) number.push(Number(n & 255n));
  const build = tableDigest(cells);
  const days = cells.filter((c) => c.day?.(p)).map((c) => c.get(p));
  const two = (n: number) => [n >> 8, n & 255];
  const body = Uint8Array.from([build >> 16, ...two(build & 0xffff), ...two(daysOf(today)), days.length, ...days.flatMap(two), ...number]);
  const small = await through("CompressionStream", body);
  const use = small && small.length < body.length ? small : body;
  return toBase64(Uint8Array.from([use === body ? 1 : 2, ...use]));
}

/** The open form: the day, then for each value its digit in base 36, or a dash and three of them, and the digests of the cells that have it. */
export function write(p: Progress, site: SiteData, today: Day): string {
  const byValue = new Map<number, string>();
  for (const cell of table(site)) {
    const v = cell.get(p);
    if (v > 0) byValue.set(v, (byValue.get(v) ?? "") + short(cell.name));
  }
  const groups = [...byValue]
    .sort(([a], [b]) => a - b)
    .map(([v, names]) => (v < 36 ? v.toString(36) : "-" + v.toString(36).padStart(3, "0")) + names);
  return [daysOf(today).toString(36), ...groups].join(".");
}

/** Tells tables apart: a packed link is read by no other than that which wrote it. */
function tableDigest(cells: Cell[]): number {
  return digest(cells.map((c) => c.name + "/" + c.radix).join("|"));
}

/** What a link brings to here: of what is marked already, and of a card of the review that lies in the same box, it knows no day but its own, so those of here stay. */
export function brought(read: Progress, here: Progress): Progress {
  const only = <T>(of: Record<string, T>, news: (key: string, value: T) => boolean) =>
    Object.fromEntries(Object.entries(of).filter(([key, value]) => news(key, value)));
  return {
    ...read,
    marks: only(read.marks, (key) => !marked(here, key)),
    review: only(read.review, (id, card) => own(here.review, id)?.box !== card.box),
  };
}

/** Why a link was not read. */
export type BadLink = "damaged" | "build";

/** Reads either form. The result is merged like a file. */
export async function readLink(text: string, site: SiteData): Promise<Progress | BadLink> {
  if (text.length > 8000) return "damaged";
  return text.includes(".") ? readOpen(text, site) : await unpack(text, site);
}

function readOpen(text: string, site: SiteData): Progress | BadLink {
  const [day, ...groups] = text.split(".");
  const on = parseInt(day!, 36);
  if (!/^[0-9a-z]{1,4}$/.test(day!) || !possible(on)) return "damaged";
  const cells = new Map<string, Cell | null>();
  for (const cell of table(site)) {
    const name = short(cell.name);
    // Two ids with one digest: neither is believed.
    cells.set(name, cells.has(name) ? null : cell);
  }
  const p = empty();
  for (const group of groups) {
    if (!/^([0-9a-z]|-[0-9a-z]{3})([\w-]{4})*$/.test(group)) return "damaged";
    const long = group[0] === "-";
    const value = parseInt(long ? group.slice(1, 4) : group[0]!, 36);
    for (let i = long ? 4 : 1; i < group.length; i += 4) {
      const cell = cells.get(group.slice(i, i + 4));
      if (cell && value > 0 && value < cell.radix) cell.set(p, value, dayAt(on));
    }
  }
  return p;
}

async function unpack(text: string, site: SiteData): Promise<Progress | BadLink> {
  const bytes = fromBase64(text);
  if (!bytes || bytes.length < 7) return "damaged";
  const body = bytes[0] === 1 ? bytes.slice(1) : bytes[0] === 2 ? await through("DecompressionStream", bytes.slice(1)) : null;
  if (!body || body.length < 6) return "damaged";
  const build = (body[0]! << 16) | (body[1]! << 8) | body[2]!;
  const cells = table(site);
  if (build !== tableDigest(cells)) return "build";
  const on = (body[3]! << 8) | body[4]!;
  if (!possible(on)) return "damaged";
  const number = 6 + 2 * body[5]!;
  let n = 0n;
  for (let i = body.length - 1; i >= number; i--) n = (n << 8n) | BigInt(body[i]!);
  const p = empty();
  for (const cell of cells) {
    if (cell.day) continue;
    const radix = BigInt(cell.radix);
    const value = Number(n % radix);
    n /= radix;
    if (value > 0) cell.set(p, value, dayAt(on));
  }
  let at = 6;
  for (const cell of cells) {
    if (!cell.day?.(p)) continue;
    const value = (body[at]! << 8) | body[at + 1]!;
    if (value > 0 && possible(value)) cell.set(p, value, dayAt(on));
    at += 2;
  }
  return n === 0n && at === number ? p : "damaged";
}

/** A day that can have been: a link from the far future would win against everything. */
function possible(on: number): boolean {
  return on >= 0 && on < LAST;
}

/** 24 bits of FNV-1a, folded. */
export function digest(text: string): number {
  let h = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) h = Math.imul(h ^ byte, 0x01000193);
  return ((h >>> 24) ^ h) & 0xffffff;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The digest in four letters. */
function short(name: string): string {
  const d = digest(name);
  return [18, 12, 6, 0].map((shift) => LETTERS[(d >> shift) & 63]).join("");
}

function toBase64(bytes: Uint8Array): string {
  let s = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const n = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    s += [18, 12, 6, 0]
      .map((shift) => LETTERS[(n >> shift) & 63])
      .join("")
      .slice(0, Math.min(4, bytes.length - i + 1));
  }
  return s;
}

function fromBase64(text: string): Uint8Array | null {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null;
  const out: number[] = [];
  let bits = 0;
  let n = 0;
  for (const letter of text) {
    n = ((n << 6) | LETTERS.indexOf(letter)) & 0xffff;
    bits += 6;
    if (bits >= 8) out.push((n >> (bits -= 8)) & 255);
  }
  return Uint8Array.from(out);
}

/** The bytes through a stream of the browser, raw deflate; null where it has none or they are damaged. At most 64 KB come out. */
async function through(stream: "CompressionStream" | "DecompressionStream", bytes: Uint8Array): Promise<Uint8Array | null> {
  const Stream = globalThis[stream];
  if (!Stream) return null;
  try {
    const reader = new Blob([bytes as BlobPart]).stream().pipeThrough(new Stream("deflate-raw")).getReader();
    const out: number[] = [];
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (out.length + part.value.length > 65_536) {
        void reader.cancel();
        return null;
      }
      out.push(...part.value);
    }
    return Uint8Array.from(out);
  } catch {
    return null;
  }
}
