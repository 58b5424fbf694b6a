// The part of a text that matched, with the matches marked.
import { fold, folded, pairs, pieces, term } from "./words";

export interface Part {
  text: string;
  hit: boolean;
}

/** A page's text as an x file has it: the text before its first heading, then heading, id (empty: it follows from the heading) and text of each section. */
export type PageText = string[];

export interface Section {
  heading: string;
  id: string;
  text: string;
}

/** A section of a page; 0 is the text before the first heading. */
export function section(page: PageText, n: number, slug: (heading: string) => string): Section {
  if (n === 0) return { heading: "", id: "", text: page[0] ?? "" };
  const heading = page[n * 3 - 2] ?? "";
  return { heading, id: page[n * 3 - 1] || slug(heading), text: page[n * 3] ?? "" };
}

interface Found {
  start: number;
  end: number;
  word: number;
}

const before = 40; // characters shown before the first match when its sentence begins further off

/** A passage of about length characters: the one with most of the words in it, from the beginning of a sentence if that is near. wanted are
 * terms, each with the number of its word in the query. */
export function passage(text: string, wanted: Map<string, number>, langs: string[], length = 160): { parts: Part[]; words: number } {
  const found = find(text, wanted, langs);
  let best = 0;
  let most = 0;
  found.forEach((f, i) => {
    const words = new Set<number>();
    for (let j = i; j < found.length && found[j]!.end <= f.start + length - before; j++) words.add(found[j]!.word);
    if (words.size > most) {
      most = words.size;
      best = i;
    }
  });
  const first = found[best];
  const { at: from, sentence } = first ? beginning(text, first.start) : { at: 0, sentence: true };
  const to = ending(text, from, length);
  const parts: Part[] = [];
  const push = (part: string, hit: boolean) => part && parts.push({ text: part.replace(/\n/g, " "), hit });
  let at = from;
  for (const f of found) {
    if (f.start < at || f.end > to) continue;
    push(text.slice(at, f.start), false);
    push(text.slice(f.start, f.end), true);
    at = f.end;
  }
  push(text.slice(at, to), false);
  if (parts.length > 0) {
    if (!sentence) parts.unshift({ text: "…\u00a0", hit: false });
    if (to < text.length) parts.push({ text: "\u00a0…", hit: false });
  }
  return { parts, words: most };
}

function find(text: string, wanted: Map<string, number>, langs: string[]): Found[] {
  const found: Found[] = [];
  for (const p of pieces(text)) {
    if (!p.cjk) {
      const word = folded(p);
      for (const lang of langs) {
        const n = word ? wanted.get(term(word, lang)) : undefined;
        if (n === undefined) continue;
        found.push({ start: p.start, end: p.end, word: n });
        break;
      }
      continue;
    }
    const chars = Array.from(p.text);
    let at = p.start;
    for (let i = 0; i < chars.length; i++) {
      const pair = chars.slice(i, i + 2).join("");
      const n = wanted.get(pairs(fold(pair))[0] ?? "");
      const last = found[found.length - 1];
      if (n !== undefined) {
        if (last && last.end >= at && last.start >= p.start) last.end = at + pair.length;
        else found.push({ start: at, end: at + pair.length, word: n });
      }
      at += chars[i]!.length;
    }
  }
  return found;
}

/** Where a passage begins that shows what stands at start, and whether a sentence begins there. */
function beginning(text: string, start: number): { at: number; sentence: boolean } {
  const from = Math.max(0, start - before * 2);
  const head = text.slice(from, start);
  let at = from === 0 ? 0 : -1;
  for (const end of head.matchAll(/[.!?…:]["'”’)]*\s+|[。！？\n]\s*/g)) at = from + end.index! + end[0].length;
  if (at >= 0) return { at, sentence: true };
  const near = start - before;
  const blank = text.slice(near, start).indexOf(" ");
  // Scripts without blanks are cut anywhere.
  return { at: whole(text, blank < 0 ? (/[\u1100-\uffff]/.test(text[start]!) ? near : start) : near + blank + 1), sentence: false };
}

function ending(text: string, from: number, length: number): number {
  if (text.length - from <= length + 12) return text.length;
  const blank = text.lastIndexOf(" ", from + length);
  return whole(text, blank > from + length / 2 ? blank : from + length);
}

/** Not inside a surrogate pair. */
function whole(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text[at] ?? "") && at > 0 ? at - 1 : at;
}
