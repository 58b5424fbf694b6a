import assert from "node:assert/strict";
import test from "node:test";
import type { CheckData } from "../contract";
import { type Progress, apply, empty } from "../progress/progress";
import { CARDS_A_DAY, addDays, due, step, today } from "./schedule";

const check = (id: string, more: Partial<CheckData> = {}): CheckData => ({ id, type: "single", rev: "r", points: 1, deck: true, ...more });
const DAY = "2027-03-02";

test("days are added over months and years", () => {
  assert.equal(addDays("2027-02-28", 1), "2027-03-01");
  assert.equal(addDays("2028-02-28", 1), "2028-02-29");
  assert.equal(addDays("2027-12-31", 60), "2028-02-29");
});

test("a card moves up a box each time it is right when due", () => {
  const c = check("q");
  let card = { ...step(c, undefined, undefined, false, DAY)!, at: DAY, n: 0 };
  assert.deepEqual([card.box, card.due], [1, "2027-03-03"]);
  const ways: [number, string][] = [];
  for (let i = 0; i < 5; i++) {
    const next = step(c, undefined, card, true, card.due)!;
    assert.equal(next.counts, true);
    ways.push([next.box, next.due]);
    card = { ...next, at: card.due, n: i + 1 };
  }
  assert.deepEqual(ways, [
    [2, "2027-03-06"],
    [3, "2027-03-13"],
    [4, "2027-04-03"],
    [5, "2027-06-02"],
    [5, "2027-08-01"],
  ]);
});

test("a first right answer starts in the second box", () => {
  assert.deepEqual(step(check("q"), undefined, undefined, true, DAY), { box: 2, due: "2027-03-05", counts: false });
});

test("a module may say when the first review comes", () => {
  assert.equal(step(check("q", { firstReview: 10 }), undefined, undefined, true, DAY)!.due, "2027-03-12");
});

test("before it is due a right answer changes nothing, a wrong one sends it back", () => {
  const card = { box: 3, due: "2027-03-09", at: DAY, n: 2 };
  assert.equal(step(check("q"), undefined, card, true, DAY), null);
  assert.deepEqual(step(check("q"), undefined, card, false, DAY), { box: 1, due: "2027-03-03", counts: false });
});

test("what is not in the deck is no card", () => {
  assert.equal(step(check("q", { deck: undefined }), undefined, undefined, true, DAY), null);
});

/** A learner who answered: id → [rev, share, sure, due]. */
function learner(all: Record<string, [string, number, number, string]>): Progress {
  let p = empty();
  for (const [id, [rev, s, sure, on]] of Object.entries(all)) {
    p = apply(p, { do: "answered", id, rev, v: [0], s, sure }, "2027-02-01T10:00:00Z");
    p = apply(p, { do: "reviewed", id, box: 2, due: on, counts: false }, "2027-02-01T10:00:00Z");
  }
  return p;
}

test("changed first, then certain and wrong, then wrong, then by date", () => {
  const p = learner({
    late: ["r", 1, 0, "2027-02-20"],
    later: ["r", 1, 0, "2027-02-10"],
    wrong: ["r", 0.5, 2, "2027-03-01"],
    certain: ["r", 0, 3, "2027-03-02"],
    changed: ["old", 1, 0, "2027-09-01"],
    notyet: ["r", 0, 3, "2027-03-03"],
  });
  const list = due(
    p,
    Object.keys(p.answers).map((id) => check(id)),
    DAY,
  );
  assert.deepEqual(
    list.map((d) => [d.check.id, d.why]),
    [
      ["changed", "changed"],
      ["certain", "certain"],
      ["wrong", "wrong"],
      ["later", "due"],
      ["late", "due"],
    ],
  );
});

test("a question that was removed is no card", () => {
  assert.deepEqual(due(learner({ gone: ["r", 0, 3, DAY] }), [], DAY), []);
});

test("at most ten cards a day, those gone through today among them", () => {
  const ids = Array.from({ length: 25 }, (_, i) => "q" + i);
  let p = learner(Object.fromEntries(ids.map((id) => [id, ["r", 1, 0, DAY]])));
  const checks = ids.map((id) => check(id));
  assert.equal(today(p, checks, DAY).length, CARDS_A_DAY);
  for (const id of ids.slice(0, 4)) p = apply(p, { do: "reviewed", id, box: 3, due: "2027-03-09", counts: true }, DAY + "T08:00:00Z");
  assert.equal(today(p, checks, DAY).length, CARDS_A_DAY - 4);
  assert.equal(today(p, checks, "2027-03-03").length, CARDS_A_DAY);
});
