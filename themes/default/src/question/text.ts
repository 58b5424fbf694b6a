// How typed text is compared and numbers are read (section 3.6). The steps and their order are those of
// internal/quiz/testdata/contract/README.md; Go runs the same cases.
import type { KeyText } from "../contract";

/** The form in which texts are compared. */
export function normalise(text: string, how: KeyText = {}): string {
  let s = text
    .replace(/[\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g, "-")
    .replace(/[\u2018-\u201b\u2032`\u00b4\u02bc\uff07\u2039\u203a]/g, "'")
    .replace(/[\u201c-\u201f\u2033\u00ab\u00bb\uff02]/g, '"')
    .normalize("NFKC");
  if (!how.case) {
    // Three steps, so that ß, ẞ and SS become the same.
    s = s
      .toLocaleLowerCase(how.lang || "und")
      .toLocaleUpperCase(how.lang || "und")
      .toLocaleLowerCase(how.lang || "und");
    s = s.replace(/ς/g, "σ").normalize("NFKC");
  }
  if (how.noAccents)
    s = s
      .normalize("NFD")
      .replace(/\p{Mn}/gu, "")
      .normalize("NFC");
  return s
    .replace(/[\s\u0085]+/g, " ")
    .trim()
    .replace(/。$|(^|[^.])\.$/, "$1")
    .trim();
}

/** Whether a normalised text is a word (or several) with one slip in a word of five letters or more that has no digit. */
export function oneSlip(typed: string, want: string): boolean {
  const a = typed.split(" ");
  const b = want.split(" ");
  const other = b.filter((word, i) => word !== a[i]);
  const at = b.findIndex((word, i) => word !== a[i]);
  if (a.length !== b.length || other.length !== 1) return false;
  const letters = other[0]!.match(/\p{L}/gu) ?? [];
  return letters.length >= 5 && !/\p{Nd}/u.test(other[0]!) && slip([...a[at]!], [...other[0]!]);
}

/** One letter more, less, other, or two neighbours swapped. */
function slip(a: string[], b: string[]): boolean {
  if (a.length > b.length) [a, b] = [b, a];
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const rest = (letters: string[], from: number) => letters.slice(i + from).join("");
  if (a.length < b.length) return rest(a, 0) === rest(b, 1);
  return a.length === b.length && (rest(a, 1) === rest(b, 1) || (a[i] === b[i + 1] && a[i + 1] === b[i] && rest(a, 2) === rest(b, 2)));
}

/** The numbers that a text can mean: none, one, or two for "1,200" (the decimal reading first). One of the units may stand beside it. */
export function readNumber(text: string, units: string[] = []): number[] {
  let s = westernDigits(normalise(text));
  if (s.length > 60) return [];
  s = dropUnit(s, units);
  const sign = s.startsWith("-") ? -1 : 1;
  s = dropUnit(s.replace(/^[+-] */, ""), units);
  if (!/^[\d., ']*\d$/.test(s)) return [];
  const runs = s.split(/[., ']/);
  const signs = s.replace(/\d/g, "");
  const last = signs[signs.length - 1];
  const found: string[] = [];
  if (!last) found.push(s);
  else if (last === "." || last === ",") {
    // The last sign as the decimal one: what stands before it is grouped by one other sign, or not at all.
    const whole = runs.slice(0, -1);
    if (signs.length === 1) found.push(`0${runs[0]}.${runs[1]}`);
    else if (signs[0] !== last && grouped(whole, signs.slice(0, -1))) found.push(`${whole.join("")}.${runs[runs.length - 1]}`);
  }
  if (last && grouped(runs, signs)) found.push(runs.join(""));
  // Adding 0 makes 0 of -0.
  return found.map((digits) => sign * Number(digits) + 0);
}

/** The text with Arabic-Indic and Persian digits, and their signs, as Western ones. */
function westernDigits(s: string): string {
  return s
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (d) => String(d.charCodeAt(0) & 15))
    .replace(/\u066b/g, ".")
    .replace(/\u066c/g, ",");
}

/** Runs of digits parted into thousands by one kind of sign. */
function grouped(runs: string[], signs: string): boolean {
  return /^[1-9]\d{0,2}$/.test(runs[0]!) && runs.slice(1).every((run, i) => run.length === 3 && signs[i] === signs[0]);
}

/** The text without one unit before or behind it, the longest that stands there. A unit of three letters or more may have an s at its end or lack it. */
function dropUnit(s: string, units: string[]): string {
  let longest = "";
  for (const unit of units) {
    const u = normalise(unit);
    const stem = u.replace(/s$/, "");
    for (const form of /^\p{L}{3,}$/u.test(stem) ? [stem + "s", stem] : [u])
      if ([...form].length > [...longest].length && (s.endsWith(form) || s.startsWith(form))) longest = form;
  }
  if (!longest) return s;
  return (s.endsWith(longest) ? s.slice(0, -longest.length) : s.slice(longest.length)).trim();
}
