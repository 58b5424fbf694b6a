import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import type { Key, KeyText } from "../contract";
import { type Value, mark } from "./mark";
import { drawOf, drawSeed, orderOf, seedOf, shuffle } from "./shuffle";
import { normalise, oneSlip, readNumber } from "./text";

const contract = <T>(name: string): T =>
  JSON.parse(readFileSync(join(process.env["WAYMARK_ROOT"]!, "internal/quiz/testdata/contract", name), "utf8")) as T;

test("texts are normalised as in Go", () => {
  const { cases } = contract<{ cases: { why: string; in: string; rules?: KeyText; want: string }[] }>("normalise.json");
  assert.ok(cases.length > 40);
  for (const c of cases) assert.equal(normalise(c.in, c.rules), c.want, c.why);
});

test("numbers are read as in Go", () => {
  const { cases } = contract<{ cases: { why: string; in: string; units?: string[]; want: number[] }[] }>("numbers.json");
  assert.ok(cases.length > 40);
  for (const c of cases) assert.deepEqual(readNumber(c.in, c.units), c.want, c.why);
});

test("slips are found as in Go", () => {
  const { cases } = contract<{ cases: { why: string; typed: string; word: string; want: boolean }[] }>("slips.json");
  assert.ok(cases.length > 10);
  for (const c of cases) assert.equal(oneSlip(c.typed, c.word), c.want, c.why);
});

interface Answer {
  choice?: number[];
  text?: string;
  order?: number[];
  match?: (number | null)[];
  gaps?: (string | number | null)[];
  scenes?: string[];
}

/** A contract answer in the form in which the browser stores it: the field that belongs to the type. */
function valuesOf(key: Key, a: Answer): Value[] {
  switch (key.type) {
    case "single":
    case "multiple":
      return a.choice ?? [];
    case "number":
    case "text":
      return a.text === undefined ? [] : [a.text];
    case "order":
      return a.order ?? [];
    case "match":
      return (a.match ?? []).map((p) => p ?? -1);
    case "cloze":
      return (a.gaps ?? []).map((g) => g ?? "");
    default:
      return a.scenes ?? [];
  }
}

test("answers are marked as in Go", () => {
  interface Want {
    valid?: boolean;
    score?: number;
    points?: number;
    right?: boolean[];
    matched?: number;
    typo?: boolean;
    open?: boolean;
  }
  const { keys, cases } = contract<{ keys: Record<string, Key>; cases: { why: string; key: string; answer: Answer; want: Want }[] }>(
    "mark.json",
  );
  assert.ok(cases.length > 100);
  for (const c of cases) {
    const key = keys[c.key]!;
    // Reflections and ratings are not marked in the browser: their elements ask for an answer themselves.
    if (c.want.open) continue;
    const got = mark(key, valuesOf(key, c.answer));
    const why = `${c.key}: ${c.why}`;
    assert.equal(got.valid, c.want.valid ?? false, why);
    assert.ok(Math.abs(got.score - (c.want.score ?? 0)) < 1e-9, `${why}: ${got.score}`);
    assert.ok(Math.abs(got.score * key.points - (c.want.points ?? 0)) < 1e-9, why);
    assert.deepEqual(got.parts, c.want.right ?? [], why);
    assert.equal(got.line, c.want.matched ?? -1, why);
    assert.equal(got.typo ?? false, c.want.typo ?? false, why);
    assert.equal(got.right, got.valid && got.score === 1, why);
  }
});

test("shuffles are those of Go", () => {
  const f = contract<{
    seeds: { why: string; site: string; learner: string; id: string; attempt: number; want: number }[];
    shuffles: { why: string; seed: number; n: number; want: number[] }[];
    orders: { why: string; key: Key; seed: number; want: number[] }[];
    draws: { why: string; key: Key; seed: number; want: number[] }[];
    drawSeeds: { why: string; key: Key; site: string; learner: string; attempt: number; want: number }[];
  }>("shuffle.json");
  for (const c of f.seeds) assert.equal(seedOf(c.site, c.learner, c.id, c.attempt), c.want, c.why);
  for (const c of f.shuffles) assert.deepEqual(shuffle(c.seed, c.n), c.want, c.why);
  for (const c of f.orders) assert.deepEqual(orderOf(c.key, c.seed), c.want, c.why);
  for (const c of f.draws) assert.deepEqual(drawOf(c.key, c.seed), c.want, c.why);
  for (const c of f.drawSeeds) assert.equal(drawSeed(c.key, c.site, c.learner, c.attempt), c.want, c.why);
});

test("a learner's number is hashed like its digits", () => {
  assert.equal(seedOf("handbook", 3735928559, "sponsor-intro", 1), seedOf("handbook", "3735928559", "sponsor-intro", 1));
});
