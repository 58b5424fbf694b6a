import assert from "node:assert/strict";
import test from "node:test";
import {
  type Progress,
  type ProgressEvent,
  apply,
  changed,
  dayOf,
  empty,
  markKey,
  marked,
  moduleDone,
  momentOf,
  revision,
  startOf,
} from "./progress";
import { canon, merge } from "./merge";
import { fromText } from "./read";
import { toFile } from "./save";

/** A seeded source of numbers below n. */
function dice(seed: number): (n: number) => number {
  let a = seed;
  return (n) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

/** A history of one device: few ids, few moments, so that everything collides. */
function history(roll: (n: number) => number): Progress {
  let p = empty();
  for (let i = roll(12); i > 0; i--) {
    const id = "abc"[roll(3)]!;
    const now = momentOf(1.8e12 + roll(6) * 20_000_000 + roll(2) * 1000);
    const events: ProgressEvent[] = [
      { do: "joined", code: "CODE-" + roll(3), seed: roll(3) },
      { do: "answered", id, rev: "r" + roll(2), v: [roll(3)], s: roll(3) / 2, ...(roll(2) ? { sure: 1 + roll(3) } : {}) },
      { do: "hinted", id, rev: "r" + roll(2), hints: roll(3) },
      { do: "read", module: id },
      { do: "done", module: id },
      { do: "started", path: id },
      { do: "finished", path: id },
      { do: "marked", key: id, v: [true, false, "x"][roll(3)]! },
      { do: "noted", key: id, text: ["", "one", "two"][roll(3)]! },
      { do: "reviewed", id, box: 1 + roll(5), due: "2027-0" + (1 + roll(9)) + "-01", counts: roll(2) === 0 },
    ];
    p = apply(p, events[roll(events.length)]!, now);
  }
  return p;
}

test("merging is commutative, associative and idempotent", () => {
  const roll = dice(20270302);
  for (let i = 0; i < 3000; i++) {
    const [a, b, c] = [history(roll), history(roll), history(roll)];
    assert.equal(canon(merge(a, b)), canon(merge(b, a)), `commutative, history ${i}`);
    assert.equal(canon(merge(merge(a, b), c)), canon(merge(a, merge(b, c))), `associative, history ${i}`);
    assert.equal(canon(merge(a, a)), canon(a), `idempotent, history ${i}`);
    assert.equal(canon(merge(merge(a, b), b)), canon(merge(a, b)), `a file read in twice, history ${i}`);
  }
});

test("nothing is changed in place", () => {
  const roll = dice(7);
  for (let i = 0; i < 300; i++) {
    const [a, b] = [history(roll), history(roll)];
    const [was, wasB] = [canon(a), canon(b)];
    merge(a, b);
    apply(a, { do: "answered", id: "a", rev: "r0", v: [1], s: 1 }, "2030-01-01T00:00:00Z");
    assert.equal(canon(a), was);
    assert.equal(canon(b), wasB);
  }
});

test("a progress that is written and read is the same", () => {
  const roll = dice(99);
  for (let i = 0; i < 1000; i++) {
    const p = history(roll);
    const read = fromText(JSON.stringify(toFile(p, { site: "s", edition: "1" })), "s");
    assert.ok("progress" in read, JSON.stringify(read));
    assert.equal(read.dropped, 0);
    assert.equal(canon(read.progress), canon(p), `history ${i}`);
  }
});

const at = (day: string) => `2027-03-${day}T10:00:00Z`;

test("the first try and the best are kept apart", () => {
  let p = apply(empty(), { do: "answered", id: "q", rev: "r1", v: [0], s: 0.5, sure: 3 }, at("01"));
  p = apply(p, { do: "answered", id: "q", rev: "r1", v: [1], s: 1 }, at("02"));
  p = apply(p, { do: "answered", id: "q", rev: "r1", v: [2], s: 0 }, at("03"));
  const a = p.answers["q"]!;
  assert.deepEqual(a.first, { at: at("01"), v: [0], s: 0.5, sure: 3 });
  assert.deepEqual(a.last, { at: at("03"), v: [2], s: 0 });
  assert.equal(a.best, 1);
  assert.equal(a.tries, 3);
});

test("an answer to another meaning is kept and not mixed in", () => {
  let p = apply(empty(), { do: "answered", id: "q", rev: "r1", v: [0], s: 1 }, at("01"));
  assert.equal(changed(p.answers["q"], "r2"), true);
  assert.equal(changed(p.answers["q"], "r1"), false);
  assert.equal(changed(undefined, "r1"), false);
  p = apply(p, { do: "answered", id: "q", rev: "r2", v: [2], s: 0 }, at("05"));
  assert.equal(changed(p.answers["q"], "r2"), false);
  assert.equal(revision(p.answers["q"], "r2")!.best, 0);
  assert.equal(revision(p.answers["q"], "r1")!.best, 1);
  // The meaning came back: what was answered then is there again.
  assert.equal(changed(p.answers["q"], "r1"), false);
});

test("a hint is no answer", () => {
  const p = apply(empty(), { do: "hinted", id: "q", rev: "r1", hints: 1 }, at("01"));
  assert.equal(p.answers["q"]!.first, undefined);
  assert.equal(changed(p.answers["q"], "r2"), false);
});

test("the later of two changes within a second wins", () => {
  let p = apply(empty(), { do: "marked", key: "k", v: true }, at("01"));
  p = apply(p, { do: "marked", key: "k", v: false }, at("01"));
  assert.equal(marked(p, "k"), false);
  const other = apply(empty(), { do: "marked", key: "k", v: true }, at("01"));
  assert.equal(marked(merge(p, other), "k"), false);
  assert.equal(marked(merge(other, p), "k"), false);
});

test("a clock that was set back does not lose a note", () => {
  let p = apply(empty(), { do: "noted", key: "n", text: "old" }, at("20"));
  p = apply(p, { do: "noted", key: "n", text: "new" }, at("10"));
  assert.equal(merge(p, apply(empty(), { do: "noted", key: "n", text: "old" }, at("20"))).notes["n"]!.text, "new");
});

test("done by hand and by rule", () => {
  const rule = apply(empty(), { do: "done", module: "m" }, at("05"));
  assert.deepEqual(moduleDone(rule, "m"), { day: "2027-03-05", how: "rule" });
  const off = apply(rule, { do: "marked", key: markKey.module("m"), v: false }, at("06"));
  assert.equal(moduleDone(off, "m"), null, "taken back");
  const on = apply(off, { do: "marked", key: markKey.module("m"), v: true }, at("07"));
  assert.deepEqual(moduleDone(on, "m"), { day: "2027-03-05", how: "rule" });
  const hand = apply(empty(), { do: "marked", key: markKey.module("m"), v: true }, at("07"));
  assert.deepEqual(moduleDone(hand, "m"), { day: "2027-03-07", how: "manual" });
});

test("ids may be the names of what every object has", () => {
  for (const id of ["constructor", "toString", "hasOwnProperty"]) {
    assert.equal(moduleDone(empty(), id), null);
    let p = apply(empty(), { do: "answered", id, rev: "r", v: [1], s: 1 }, at("01"));
    p = apply(p, { do: "done", module: id }, at("01"));
    assert.equal(merge(p, empty()).answers[id]!.best, 1);
    assert.equal(moduleDone(merge(empty(), p), id)!.how, "rule");
  }
});

test("a day is the learner's own, whatever the clock of Greenwich says", () => {
  const zone = process.env["TZ"];
  const days: [string, string, string][] = [
    ["America/Los_Angeles", "2027-11-30T01:30:00Z", "2027-11-29"],
    ["Australia/Sydney", "2027-11-28T21:30:00Z", "2027-11-29"],
    ["Pacific/Kiritimati", "2027-11-28T10:00:00Z", "2027-11-29"],
    ["UTC", "2027-11-29T23:59:59Z", "2027-11-29"],
  ];
  try {
    for (const [tz, moment, day] of days) {
      process.env["TZ"] = tz;
      assert.equal(dayOf(moment), day, tz);
      assert.equal(dayOf(startOf(day)), day, tz);
      const p = apply(empty(), { do: "done", module: "m" }, moment);
      assert.deepEqual(moduleDone(p, "m"), { day, how: "rule" }, tz);
      assert.equal(moduleDone(apply(p, { do: "marked", key: markKey.module("m"), v: false }, moment), "m"), null, tz);
      const shared = apply(empty(), { do: "marked", key: markKey.milestone("p", "m"), v: true }, moment);
      const read = fromText(JSON.stringify(toFile(shared, { site: "s", edition: "" }, { name: "" })), "s");
      assert.equal("progress" in read && dayOf(read.progress.marks["milestone:p:m"]!.at), day, `${tz}: in a file of days`);
    }
  } finally {
    process.env["TZ"] = zone;
  }
});
