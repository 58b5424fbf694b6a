import assert from "node:assert/strict";
import test from "node:test";
import type { Curriculum, PathData, StopData } from "../contract";
import { type Progress, apply, empty, markKey } from "../progress/progress";
import { finished } from "./ground";
import { openOf } from "./open";
import { ofLearner, walk } from "./path";

const stop = (item: StopData["item"], id: string, more: Partial<StopData> = {}): StopData => ({
  item,
  id,
  title: id,
  url: id + ".html",
  minutes: [10, 20],
  ...more,
});
const path: PathData = {
  id: "p",
  title: "P",
  url: "p.html",
  edition: "1",
  mode: "advise",
  rule: { all: [{ stages: ["one", "two"] }, { milestones: ["ready"] }, { checks: { min: 80 } }] },
  stages: [
    {
      id: "one",
      title: "One",
      items: [stop("module", "a"), stop("optional", "extra")],
      milestone: { id: "ready", title: "Ready", confirm: "learner" },
    },
    {
      id: "two",
      title: "Two",
      after: ["one"],
      items: [
        stop("choose", "", {
          choose: 2,
          from: [stop("module", "x", { minutes: [5, 5] }), stop("module", "y", { minutes: [30, 40] }), stop("module", "z")],
        }),
        stop("session", "s", { repeat: 2 }),
      ],
    },
  ],
};
const c: Curriculum = {
  modules: ["a", "extra", "x", "y", "z", "s"].map((id) => ({
    id,
    title: id,
    url: id + ".html",
    kind: "practice",
    rule: "read",
    checks: id === "a" ? [{ id: "q", type: "single", rev: "r", points: 1 }] : [],
  })),
  paths: [path],
};
const NOW = "2027-03-02T10:00:00Z";
/** Modules done by their rules; both meetings of a session held, which no rule says. */
const did = (...ids: string[]): Progress =>
  ids.reduce(
    (p, id) =>
      id === "s"
        ? [1, 2].reduce((p, n) => apply(p, { do: "marked", key: markKey.session(id, n), v: true }, NOW), p)
        : apply(p, { do: "done", module: id }, NOW),
    empty(),
  );

test("at the start", () => {
  const w = walk(path, c, empty());
  assert.deepEqual([w.done, w.of, w.next?.id, w.started, w.finished], [0, 3, "a", false, false]);
  // a, the two cheapest and the two dearest of the choice, the meetings.
  assert.deepEqual(w.left, [10 + 15 + 10, 20 + 60 + 20]);
  assert.ok(
    w.stops.every((s) => !s.here),
    "nobody is anywhere yet",
  );
});

test("on the way: a choice leads to what is still to choose", () => {
  const w = walk(path, c, did("a", "x"));
  assert.equal(w.done, 1);
  assert.equal(w.next?.id, "y");
  assert.deepEqual(w.left, [10 + 10, 40 + 20]);
  assert.deepEqual(
    w.stages.map((s) => [s.done, s.before.length]),
    [
      [true, 0],
      [false, 0],
    ],
  );
  assert.equal(w.stops.find((s) => s.here)?.stop.id, "y");
});

test("an optional stop is never next and never counts", () => {
  const w = walk(path, c, did("a", "x", "y", "s"));
  assert.deepEqual([w.done, w.of, w.next], [3, 3, null]);
});

test("what is still open, thing by thing", () => {
  assert.deepEqual(openOf(path, c, did("a", "x")), [
    {
      what: "choose",
      n: 1,
      from: [stop("module", "y", { minutes: [30, 40] }), stop("module", "z")],
    },
    { what: "stop", title: "s", url: "s.html" },
    { what: "milestone", title: "Ready" },
    { what: "checks", share: 0, min: 80, first: { title: "a", url: "a.html#q" } },
  ]);
  let p = did("a", "x", "y", "s");
  p = apply(p, { do: "marked", key: markKey.milestone("p", "ready"), v: true }, NOW);
  p = apply(p, { do: "answered", id: "q", rev: "r", v: [0], s: 1 }, NOW);
  assert.deepEqual(openOf(path, c, p), []);
  assert.ok(walk(path, c, p).finished);
});

test("a path is finished on the day on which the last thing of it was done, a card of its review too", () => {
  const reviewed: PathData = {
    ...path,
    rule: { stages: ["one"] },
    stages: [{ id: "one", title: "", items: [stop("module", "a"), stop("review", "", { cards: 1 })] }],
  };
  const p = apply(did("a"), { do: "reviewed", id: "q", box: 3, due: "2027-03-20", counts: true }, "2027-03-13T10:00:00Z");
  assert.deepEqual(finished(reviewed, c, p), { do: "finished", path: "p", on: "2027-03-13" });
  assert.equal(finished(path, c, p), null);
});

test("a meeting is held when the learner says so, not when its page was read", () => {
  const read = apply(did("a", "x", "y"), { do: "done", module: "s" }, NOW);
  assert.equal(walk(path, c, read).next?.id, "s");
  assert.equal(walk(path, c, apply(read, { do: "marked", key: markKey.module("s"), v: true }, NOW)).next, null);
});

test("a learner's paths are those set out on; else the one on which most is done", () => {
  const other: PathData = { ...path, id: "q", stages: [{ id: "one", title: "", items: [stop("module", "a"), stop("module", "x")] }] };
  const walks = (p: Progress) => [path, other].map((x) => ({ path: x, w: walk(x, c, p) }));
  const ids = (p: Progress) => ofLearner(walks(p)).map((x) => x.path.id);
  assert.deepEqual(ids(empty()), []);
  assert.deepEqual(ids(did("a", "x")), ["q"]);
  assert.deepEqual(ids(apply(did("a", "x"), { do: "started", path: "p" }, NOW)), ["p"]);
});
