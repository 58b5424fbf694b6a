// What a reader asks for, and which terms of the index answer it.
import type { Shard } from "./files";
import { before, fold, folded, pairs, pieces, term } from "./words";
import { stops } from "./stem";

/** One word of a query. */
export interface Asked {
  /** As typed, folded. */
  word: string;
  /** The terms that are this word: its stems in the languages of the index. */
  forms: string[];
  /** The reader may still be typing it: longer words count too. */
  open: boolean;
  cjk: boolean;
  /** The kinds of stemming in the index. */
  langs: string[];
}

/** So many words of a query count. */
const most = 12;
/** And so many characters. */
const longest = 300;
/** Shorter words are not taken for others. */
const shortest = 4;

/** Cuts a query into words. Stop words count only when there are no others. langs are the kinds of stemming in the index. */
export function ask(query: string, langs: string[]): Asked[] {
  const asked: Asked[] = [];
  query = query.slice(0, longest);
  for (const p of pieces(query)) {
    const open = p.end === query.length;
    if (p.cjk) {
      const text = fold(p.text);
      for (const pair of pairs(text))
        asked.push({ word: pair, forms: [pair], open: pair === text && Array.from(text).length === 1, cjk: true, langs });
    } else {
      const word = folded(p);
      if (word) asked.push({ word, forms: forms(word, langs, open), open, cjk: false, langs });
    }
  }
  const telling = asked.filter((a) => a.cjk || !langs.includes("en") || !stops.has(a.word));
  const chosen = telling.length > 0 ? telling : asked;
  return chosen.filter((a, i) => chosen.findIndex((b) => b.word === a.word) === i).slice(0, most);
}

function forms(word: string, langs: string[], open: boolean): string[] {
  const all = new Set<string>();
  for (const lang of langs) {
    all.add(term(word, lang));
    // A word that is being typed may stop inside its ending: mentori(ng).
    if (open && lang === "en")
      for (const [begun, rest] of endings) if (word.endsWith(begun) && word.length > begun.length + 2) all.add(term(word + rest, lang));
  }
  return Array.from(all);
}

const endings: [string, string][] = [
  ["i", "ng"],
  ["in", "g"],
  ["e", "d"],
];

/** The numbers of the term files that a word needs: those of its forms, and where words that begin with it stand. starts are the files' beginnings. */
export function filesFor(a: Asked, starts: string[]): number[] {
  const files = new Set<number>();
  for (const f of a.forms.slice(0, 2)) files.add(fileOf(f, starts));
  if (a.open) {
    // A short beginning may go over many files: the first answers until there are more letters.
    const first = fileOf(a.word, starts);
    const last = fileOf(a.word + "\u{10ffff}", starts);
    files.add(first);
    if (last === first + 1) files.add(last);
  }
  return Array.from(files);
}

/** The files where a mistyped word may stand that its own files do not have. Slips near the end of the word come first: they leave most of it as
 * it is. */
export function filesNear(a: Asked, starts: string[]): number[] {
  return Array.from(new Set(slips(a).map((s) => fileOf(s, starts))));
}

/** The terms that a word is if two of its letters changed places, or one is too many. The other slips are found by oneAway, as far as they leave
 * the beginning and the ending of the word alone. */
function slips(a: Asked): string[] {
  const out: string[] = [];
  const w = a.word;
  if (a.cjk || w.length < shortest) return out;
  for (let i = w.length - 2; i > 0; i--) {
    const slip = [w.slice(0, i) + w[i + 1]! + w[i]! + w.slice(i + 2), w.slice(0, i) + w.slice(i + 1)];
    for (const s of slip) for (const lang of a.langs) out.push(term(s, lang));
  }
  return out;
}

function fileOf(term: string, starts: string[]): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const mid = (low + high) >> 1;
    if (before(term, starts[mid]!)) high = mid;
    else low = mid;
  }
  return low;
}

/** A term that answers a word, and how well: 1 is the word itself. */
export interface Match {
  shard: Shard;
  at: number;
  term: string;
  weight: number;
}

/** The terms of the loaded files that answer a word: itself; while it is typed, words that begin with it; words derived from it; and
 * if there is none of these, words that are one typing error away. */
export function matches(a: Asked, shards: Shard[]): Match[] {
  const found: Match[] = [];
  const add = (shard: Shard, at: number, weight: number) => found.push({ shard, at, term: shard.terms[at]!, weight });
  const root = a.forms[0]!;
  for (const shard of shards) {
    for (let at = 0; at < shard.terms.length; at++) {
      const t = shard.terms[at]!;
      if (a.forms.includes(t)) add(shard, at, 1);
      else if (a.open && t.startsWith(a.word)) add(shard, at, 0.4 + (0.4 * a.word.length) / t.length);
      else if (!a.cjk && root.length > 3 && t.startsWith(root) && t.length <= root.length + 5) add(shard, at, 0.35);
    }
  }
  if (a.cjk || a.word.length < shortest || found.some((m) => m.weight > 0.35)) return found;
  const slip = new Set(slips(a));
  for (const shard of shards) {
    for (let at = 0; at < shard.terms.length; at++) {
      const t = shard.terms[at]!;
      if (t.length > 2 && (slip.has(t) || oneAway(root, t) || oneAway(a.word, t))) add(shard, at, 0.5);
    }
  }
  return found;
}

/** Whether one letter more, less or other, or two neighbours changed places, makes a of b. */
export function oneAway(a: string, b: string): boolean {
  if (a.length > b.length) return oneAway(b, a);
  if (b.length - a.length > 1 || a === b) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  if (a.length < b.length) return a.slice(i) === b.slice(i + 1);
  if (a.slice(i + 1) === b.slice(i + 1)) return true;
  return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
}
