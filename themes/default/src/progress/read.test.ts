import assert from "node:assert/strict";
import test from "node:test";
import { steps, migrate } from "./migrate";
import { canon } from "./merge";
import { empty, marked, moduleDone } from "./progress";
import { FILE_LIMITS, importText } from "./import";
import { LIMITS, fromText } from "./read";
import { toFile } from "./save";

const file = (parts: object) => JSON.stringify({ format: "waymark-progress", version: 1, site: "s", ...parts });

/** Reads what must be readable. */
function read(text: string) {
  const r = fromText(text, "s");
  assert.ok("progress" in r, JSON.stringify(r));
  return r;
}

const refused = (text: string) => {
  const r = importText(text, "s");
  return "refused" in r ? r.refused : "read";
};

test("the example of the specification is read", () => {
  const { progress: p, dropped } = read(`{
    "format": "waymark-progress", "version": 1, "site": "s", "edition": "2027.1",
    "learner": {"code": "K7QF-2M", "name": null}, "seed": 2837465512,
    "paths":   {"new-mentor": {"cohort": "spring-2027", "started": "2027-03-01", "milestones": {"agreed": "2027-03-19"}}},
    "modules": {"role-sponsor": {"read": "2027-03-02", "done": "2027-03-02", "how": "rule"}},
    "answers": {"sponsor-intro": {"rev": "a91f", "first": {"at": "2027-03-02", "v": [0], "s": 0, "sure": 3}, "best": 1, "tries": 2, "hints": 1}},
    "review":  {"sponsor-intro": {"box": 2, "due": "2027-03-16"}},
    "notes":   {"who-helped-me": {"at": "2027-03-02", "text": "…"}}
  }`);
  assert.equal(dropped, 0);
  assert.equal(p.learner!.seed, 2837465512);
  assert.equal(p.answers["sponsor-intro"]!.first!.sure, 3);
  assert.deepEqual(moduleDone(p, "role-sponsor"), { day: "2027-03-02", how: "rule" });
  assert.equal(marked(p, "milestone:new-mentor:agreed"), true);
  assert.equal(p.review["sponsor-intro"]!.box, 2);
  assert.equal(p.notes["who-helped-me"]!.text, "…");
});

test("what is no progress file of this site is refused whole", () => {
  assert.equal(refused(""), "damaged");
  assert.equal(refused("{"), "damaged");
  assert.equal(refused("null"), "format");
  assert.equal(refused("[]"), "format");
  assert.equal(refused('"waymark-progress"'), "format");
  assert.equal(refused("{}"), "format");
  assert.equal(refused('{"format":"other","version":1}'), "format");
  assert.equal(refused('{"format":"waymark-progress"}'), "format");
  assert.equal(refused('{"format":"waymark-progress","version":"1"}'), "format");
  assert.equal(refused('{"format":"waymark-progress","version":1.5}'), "format");
  assert.equal(refused('{"format":"waymark-progress","version":-1}'), "format");
  assert.equal(refused('{"format":"waymark-progress","version":2}'), "newer");
  assert.equal(refused('{"format":"waymark-progress","version":1,"site":"other"}'), "site");
  assert.equal(refused(" ".repeat(FILE_LIMITS.length + 1)), "damaged");
  assert.equal(refused('{"a":'.repeat(100_000)), "damaged");
  assert.equal(refused("[".repeat(100_000)), "damaged");
});

test("brackets in texts are not depth", () => {
  const text = file({ notes: { n: { at: "2027-03-02", text: "[".repeat(500) + '\\"{{{{' } } });
  assert.equal(refused(text), "read");
  assert.equal(refused("\ufeff" + text), "read");
});

test("the prototype is out of reach", () => {
  const { progress: p, dropped } = read(
    `{"format":"waymark-progress","version":1,"site":"s","__proto__":{"polluted":1},
      "answers":{"__proto__":{"rev":"r","best":1,"tries":1,"hints":0},"constructor":{"rev":"r","best":1,"tries":1,"hints":0,"prototype":{"polluted":1}}},
      "notes":{"__proto__":{"at":"2027-03-02","text":"x"},"n":{"at":"2027-03-02","text":"x","__proto__":{"polluted":1}}},
      "marks":{"__proto__":{"at":"2027-03-02","v":true}},"modules":{"__proto__":{"done":"2027-03-02"}},
      "paths":{"p":{"milestones":{"__proto__":"2027-03-02"}}}}`,
  );
  assert.equal(({} as { polluted?: number }).polluted, undefined);
  assert.equal(Object.getPrototypeOf(p.answers), Object.prototype);
  assert.equal(Object.getPrototypeOf(p.notes), Object.prototype);
  assert.deepEqual(Object.keys(p.answers), ["constructor"]);
  assert.deepEqual(p.notes, { n: { at: "2027-03-02T00:00:00Z", text: "x" } });
  assert.ok(dropped >= 4);
});

test("what is not understood is left out, the rest is read", () => {
  const bad = [null, 1, "x", [], {}, { rev: 5 }, { rev: "r".repeat(99) }];
  const answers = Object.fromEntries(bad.map((v, i) => ["bad" + i, v]));
  const { progress: p, dropped } = read(
    file({
      answers: {
        ...answers,
        good: { rev: "r", best: 1, tries: 1, hints: 0 },
        wild: { rev: "r", best: 7, tries: -1, hints: 1e99, first: { at: "soon", v: [1], s: 1 } },
      },
      notes: {
        a: { at: "2027-13-45", text: "x" },
        b: { at: "2027-03-02", text: 5 },
        c: { at: "2027-03-02", text: "x".repeat(LIMITS.text + 1) },
        d: "x",
      },
      marks: {
        a: { at: "2027-03-02", v: 5 },
        b: { at: "9999-01-01", v: true },
        ["x".repeat(300)]: { at: "2027-03-02", v: true },
        "": { at: "2027-03-02", v: true },
      },
      review: { a: { box: 0, due: "2027-03-02" }, b: { box: 2.5, due: "2027-03-02" }, c: { box: 2 }, d: { box: 2, due: "2027-02-31x" } },
      modules: { m: { read: "yesterday", done: 5 }, n: null },
      paths: [1, 2],
      learner: { code: "<script>", name: null },
      seed: 5,
    }),
  );
  assert.deepEqual(Object.keys(p.answers).sort(), ["good", "wild"]);
  assert.deepEqual(p.answers["wild"], { rev: "r", best: 0, tries: 0, hints: 0 });
  assert.deepEqual([p.notes, p.marks, p.review, p.modules, p.paths, p.learner], [{}, {}, {}, {}, {}, undefined]);
  assert.equal(dropped, 7 + 4 + 4 + 4 + 1 + 1);
});

test("answers hold numbers and short texts, nothing else", () => {
  const t = (v: unknown) => ({ rev: "r", best: 0, tries: 1, hints: 0, first: { at: "2027-03-02", v, s: 0 } });
  const { progress: p } = read(
    file({
      answers: {
        ok: t([0, "mentee"]),
        object: t([{}]),
        list: t([[1]]),
        none: t([null]),
        text: t("x"),
        long: t(["x".repeat(LIMITS.typed + 1)]),
        many: t(Array(LIMITS.values + 1).fill(0)),
      },
    }),
  );
  assert.deepEqual(p.answers["ok"]!.first!.v, [0, "mentee"]);
  for (const id of ["object", "list", "none", "text", "long", "many"]) assert.equal(p.answers[id]!.first, undefined, id);
});

test("a file with too many entries is read as far as the limit", () => {
  const notes = Object.fromEntries(Array.from({ length: LIMITS.entries + 10 }, (_, i) => ["n" + i, { at: "2027-03-02", text: "x" }]));
  const { progress: p, dropped } = read(file({ notes }));
  assert.equal(Object.keys(p.notes).length, LIMITS.entries);
  assert.equal(dropped, 10);
});

test("random damage never throws", () => {
  const whole = file({
    learner: { code: "AB-1", name: null },
    seed: 3,
    marks: { "done:m": { at: "2027-03-02T10:00:00Z", v: true } },
    answers: { q: { rev: "r", first: { at: "2027-03-02T10:00:00Z", v: [1, "x"], s: 1 }, best: 1, tries: 1, hints: 0 } },
    review: { q: { box: 1, due: "2027-03-03", at: "2027-03-02T10:00:00Z", n: 1 } },
    notes: { n: { at: "2027-03-02T10:00:00Z", text: "x" } },
  });
  let a = 12345;
  const roll = (n: number) => ((a = (Math.imul(a, 1103515245) + 12345) >>> 0), Math.floor((a / 2 ** 32) * n));
  const bits = ["{", "}", "[", "]", '"', ":", ",", "null", "1e999", "-1", "true", "__proto__", "\\u0000", "\u2028"];
  for (let i = 0; i < 5000; i++) {
    let text = whole;
    for (let n = 1 + roll(3); n > 0; n--) {
      const from = roll(text.length);
      text = text.slice(0, from) + (roll(2) ? bits[roll(bits.length)] : "") + text.slice(from + roll(6));
    }
    const r = fromText(text, "s");
    if ("progress" in r) canon(r.progress);
  }
});

test("a file for sharing holds no notes, no forms and no times of day", () => {
  const p = empty();
  p.notes = { n: { at: "2027-03-02T10:11:12Z", text: "secret" }, "form:a:b": { at: "2027-03-02T10:11:12Z", text: "secret" } };
  p.answers = {
    q: {
      rev: "r",
      first: { at: "2027-03-02T10:11:12Z", v: [1], s: 1 },
      last: { at: "2027-03-02T10:11:12Z", v: [1], s: 1 },
      best: 1,
      tries: 1,
      hints: 0,
    },
  };
  p.review = { q: { box: 1, due: "2027-03-03", at: "2027-03-02T10:11:12Z", n: 0 } };
  p.marks = { "done:m": { at: "2027-03-02T10:11:12Z", v: true } };
  p.learner = { code: "AB-1", seed: 3, since: "2027-03-02T10:11:12Z" };
  const shared = toFile(p, { site: "s", edition: "1" }, { name: "" });
  assert.doesNotMatch(JSON.stringify(shared), /secret|10:11:12|notes/);
  assert.equal((shared["learner"] as { name: unknown }).name, null);
  assert.equal((toFile(p, { site: "s", edition: "1" }, { name: "Ana" })["learner"] as { name: unknown }).name, "Ana");
  const code = (typed: string) => (toFile(p, { site: "s", edition: "1" }, { name: "", code: typed })["learner"] as { code: unknown }).code;
  assert.deepEqual(["k7qf 2m", "K7QF2M", "K7QF-2M", "ab1", "ÄÖ"].map(code), ["K7QF-2M", "K7QF-2M", "K7QF-2M", "AB1", p.learner?.code ?? null]);
});

test("older versions are brought up step by step", () => {
  const table = { 1: (f: object) => ({ ...f, one: true }), 2: (f: object) => ({ ...f, two: true }) };
  assert.deepEqual(migrate({ version: 1 }, table, 3), { version: 3, one: true, two: true });
  assert.equal(migrate({ version: 0 }, table, 3), null);
  for (const from of Object.keys(steps).map(Number)) assert.notEqual(migrate({ version: from }), null);
  assert.equal(refused('{"format":"waymark-progress","version":0}'), "format");
});
