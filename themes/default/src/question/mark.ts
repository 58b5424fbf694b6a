// Marking, by the rules of section 3.6. Go marks alike; both are run on internal/quiz/testdata/contract.
import type { Key } from "../contract";
import { normalise, oneSlip, readNumber } from "./text";

/**
 * An answer as it is stored: authored positions, or what was typed.
 *
 * single [option] · multiple [options …] · number, text [typed] · order [items in the order given] · match [partner of each row, -1 for none] ·
 * cloze [typed or choice of each gap, "" for none] · rating [point] · reflection [criteria ticked …] · scenario [scenes gone through …] ·
 * quiz [right, asked]
 */
export type Value = number | string;

export interface Marked {
  /** False: there is no answer yet, or it cannot be read, or belongs to other fields. It is no try. */
  valid: boolean;
  /** From 0 to 1. */
  score: number;
  right: boolean;
  /** Each decision: option of a multiple choice, place of an order, row, gap; for other types one. */
  parts: boolean[];
  /** number, text: the line of `accepts` that fits, or -1. */
  line: number;
  /** Right but for one slip. */
  typo?: boolean;
}

export function mark(key: Key, answer: Value[]): Marked {
  switch (key.type) {
    case "single":
      return positions(answer, key.size) && answer.length === 1 ? decided(key, [isRight(key, answer[0]!)]) : nothing();
    case "multiple":
      return positions(answer, key.size)
        ? decided(
            key,
            range(key.size, (i) => answer.includes(i) === isRight(key, i)),
          )
        : nothing();
    case "number":
      return markNumber(key, String(answer[0] ?? ""));
    case "text":
      return markText(key, String(answer[0] ?? ""));
    case "order":
      return positions(answer, key.size) && answer.length === key.size
        ? decided(
            key,
            range(key.size, (i) => answer[i] === i),
          )
        : nothing();
    case "match": {
      const pairs = key.pairs ?? [];
      const given = answer.filter((p) => p !== -1);
      if (answer.length !== pairs.length || !given.length || !given.every((p) => isPosition(p, key.size))) return nothing();
      return decided(
        key,
        pairs.map((partner, row) => answer[row] === partner),
      );
    }
    case "cloze":
      return markGaps(key, answer);
    case "scenario":
      return markScenes(key, answer);
    default:
      // A reflection or a rating has nothing right or wrong: to have answered is all. A quiz is marked by its questions.
      return nothing();
  }
}

function nothing(): Marked {
  return { valid: false, score: 0, right: false, parts: [], line: -1 };
}

function isPosition(v: Value, size = 0): boolean {
  return typeof v === "number" && Number.isInteger(v) && v >= 0 && v < size;
}

function positions(list: Value[], size: number | undefined): boolean {
  return list.length > 0 && list.every((v, i) => isPosition(v, size) && list.indexOf(v) === i);
}

function range<T>(n: number | undefined, of: (i: number) => T): T[] {
  return Array.from({ length: n ?? 0 }, (_, i) => of(i));
}

function isRight(key: Key, option: Value): boolean {
  return !!key.right?.includes(Number(option));
}

/** With score=each the share of decisions that are right, else all or nothing. */
function decided(key: Key, parts: boolean[], line = -1): Marked {
  const good = parts.filter(Boolean).length;
  const right = good > 0 && good === parts.length;
  return { valid: true, score: key.score === "each" && good ? good / parts.length : right ? 1 : 0, right, parts, line };
}

function onLine(key: Key, line: number): Marked {
  if (line < 0) line = key.accepts?.findIndex((a) => a.any) ?? -1;
  return decided(key, [line >= 0 && key.accepts![line]!.right === true], line);
}

/** The narrowest range that holds the number, of equal ones the first. Where a text can be read as two numbers the right reading counts. */
function markNumber(key: Key, text: string): Marked {
  const readings = readNumber(text, key.text?.unit);
  if (!readings.length) return nothing();
  const accepts = key.accepts ?? [];
  let best = -1;
  for (const value of readings) {
    let line = -1;
    let width = Infinity;
    accepts.forEach(({ any, min, max }, i) => {
      if (any || min === undefined || max === undefined || max - min >= width) return;
      // A billionth of slack: 0.3 + 0.1 is not 0.4 in binary.
      const slack = 1e-9 * Math.max(Math.abs(min), Math.abs(max));
      if (value < min - slack || value > max + slack) return;
      line = i;
      width = max - min;
    });
    if (line >= 0 && (best < 0 || (accepts[line]!.right && !accepts[best]!.right))) best = line;
  }
  return onLine(key, best);
}

/** The line that equals what was typed; else, with typos, the first that is one slip away, right ones before wrong ones; else "anything else". */
function markText(key: Key, text: string): Marked {
  const typed = normalise(text, key.text);
  if (!typed) return nothing();
  const accepts = key.accepts ?? [];
  let line = accepts.findIndex((a) => !a.any && a.v === typed);
  let slipped = false;
  for (const right of key.text?.typos && line < 0 ? [true, false] : []) {
    if (line < 0) line = accepts.findIndex((a) => !a.any && !!a.right === right && oneSlip(typed, a.v ?? ""));
    slipped ||= right && line >= 0;
  }
  const marked = onLine(key, line);
  if (slipped) marked.typo = true;
  return marked;
}

function markGaps(key: Key, answer: Value[]): Marked {
  const gaps = key.gaps ?? [];
  let filled = false;
  let typo = false;
  if (answer.length !== gaps.length) return nothing();
  const parts: boolean[] = [];
  for (const [i, { accepts, choice, size }] of gaps.entries()) {
    const given = answer[i]!;
    if (given === "") {
      parts.push(false);
    } else if (choice !== undefined) {
      if (!isPosition(given, size)) return nothing();
      filled = true;
      parts.push(given === choice);
    } else {
      if (typeof given !== "string") return nothing();
      const typed = normalise(given, key.text);
      filled ||= typed !== "";
      const exact = typed !== "" && !!accepts?.includes(typed);
      const near = !exact && !!key.text?.typos && !!accepts?.some((v) => oneSlip(typed, v));
      typo ||= near;
      parts.push(exact || near);
    }
  }
  if (!filled) return nothing();
  const marked = decided(key, parts);
  if (typo) marked.typo = true;
  return marked;
}

/** Follows the way through the scenes to an ending. A mixed one is worth half. */
function markScenes(key: Key, way: Value[]): Marked {
  const scenes = key.scenes ?? [];
  let at = way[0] === scenes[0]?.id ? scenes[0] : undefined;
  for (const id of way.slice(1)) {
    const to: string[] = at?.to ?? [];
    at = scenes.find((s) => s.id === id && to.includes(s.id));
  }
  if (!at || at.to?.length) return nothing();
  const score = { well: 1, mixed: 0.5, badly: 0 }[at.ending ?? "badly"];
  return { valid: true, score, right: score === 1, parts: [score === 1], line: -1 };
}
