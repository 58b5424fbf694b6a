// How text becomes terms: the rules of internal/search/words.go, in the same order. Text is cut as it stands, so that a passage can
// mark what matched in the author's own spelling.
import { stem, stops } from "./stem";

/** A word of a text: where it stands, and whether it is written in Chinese, Japanese or Korean script. */
export interface Piece {
  start: number;
  end: number;
  text: string;
  cjk: boolean;
}

const word = /[\p{L}\p{M}\p{N}\u00ad]+(?:['’][\p{L}\p{M}\p{N}\u00ad]+)*/gu;
const cjk =
  /[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uffdc\u{20000}-\u{3ffff}]+/gu;

/** Rules 1 and 2: words, cut where Chinese, Japanese or Korean script begins or ends. */
export function* pieces(text: string): Generator<Piece> {
  for (const found of text.matchAll(word)) {
    const start = found.index!;
    const run = found[0];
    let at = 0;
    for (const c of run.matchAll(cjk)) {
      if (c.index! > at) yield piece(run, start, at, c.index!, false);
      at = c.index! + c[0].length;
      yield piece(run, start, c.index!, at, true);
    }
    if (at < run.length) yield piece(run, start, at, run.length, false);
  }
}

function piece(run: string, start: number, from: number, to: number, cjk: boolean): Piece {
  return { start: start + from, end: start + to, text: run.slice(from, to), cjk };
}

/** Rule 3: what goes with an apostrophe. */
function unquote(text: string): string {
  if (!/['’]/.test(text)) return text;
  const length = (s: string) => Array.from(s).length;
  const parts = text.split(/['’]/).filter((p) => p);
  if (parts.length > 1 && length(parts[0]!) <= 2 && length(parts.slice(1).join("")) >= 3) parts.shift();
  if (parts.length > 1 && /^s$/i.test(parts[parts.length - 1]!)) parts.pop();
  return parts.join("");
}

const spelled: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ħ: "h",
  ı: "i",
  ς: "σ",
  ى: "ي",
  ة: "ه",
};
const accents = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc]/g;

/** Rule 4: accents off, lower case, compatibility forms resolved. */
export function fold(text: string): string {
  if (/^[a-z0-9]*$/.test(text)) return text;
  let out = "";
  for (const c of text.normalize("NFKD").replace(accents, "")) {
    const low = c.toLowerCase();
    out += spelled[low] ?? low;
  }
  return out.replace(/[^\p{L}\p{M}\p{N}]/gu, "").normalize("NFC");
}

/** A folded word without its apostrophes, cut to what counts of it. */
export function folded(p: Piece): string {
  const text = fold(unquote(p.text));
  return text.length > 32 ? Array.from(text).slice(0, 32).join("") : text;
}

/** Rule 5: pairs of neighbouring characters of a folded text. */
export function pairs(text: string): string[] {
  const chars = Array.from(text);
  return chars.length === 1 ? chars : chars.slice(1).map((c, i) => chars[i]! + c);
}

/** Rule 6: the term of a folded word. language is "en" or "". */
export function term(word: string, language: string): string {
  return language === "en" && !stops.has(word) ? stem(word) : word;
}

/** All terms of a text in their order. */
export function terms(text: string, language: string): string[] {
  const out: string[] = [];
  for (const p of pieces(text)) {
    if (p.cjk) out.push(...pairs(fold(p.text)));
    else {
      const w = folded(p);
      if (w) out.push(term(w, language));
    }
  }
  return out;
}

/** Orders as the index does: by Unicode number, not by UTF-16 unit. */
export function before(a: string, b: string): boolean {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const high = (c: number) => (c >= 0xd800 && c <= 0xdfff ? c + 0x10000 : c);
    return high(x) < high(y);
  }
  return a.length < b.length;
}
