import assert from "node:assert/strict";
import test from "node:test";
import type { CheckData, ModuleData, SiteData } from "../contract";
import { brought, pack, readLink, write } from "./link";
import { canon, merge } from "./merge";
import { type Progress, apply, empty, markKey, moduleDone, own } from "./progress";
import { fromText } from "./read";
import { best } from "./rule";
import { toFile } from "./save";
import { step } from "../review/schedule";

const DAY = "2027-03-02";

function dice(seed: number): (n: number) => number {
  let a = seed;
  return (n) => ((a = (Math.imul(a, 1103515245) + 12345) >>> 0), Math.floor((a / 2 ** 32) * n));
}

/** A site with 60 modules and 240 checks in 8 paths. */
function site(modules = 60): SiteData {
  const list: ModuleData[] = Array.from({ length: modules }, (_, m) => ({
    id: `module-${m}`,
    title: "",
    url: `m${m}.html`,
    kind: m % 20 === 0 ? "form" : m % 20 === 1 ? "reading" : m % 20 === 2 ? "session" : "practice",
    rule: "read",
    checks: Array.from({ length: 4 }, (_, c): CheckData => ({ id: `question-${m}-${c}`, type: "single", rev: "r", points: 1, deck: true })),
    ...(m % 20 === 1 && { items: Array.from({ length: 8 }, (_, i) => ({ id: "book" + i, title: "" })) }),
  }));
  const paths = Array.from({ length: 8 }, (_, n) => ({
    id: "path-" + n,
    title: "",
    url: "",
    edition: "1",
    mode: "advise" as const,
    rule: "read" as const,
    stages: [
      {
        id: "s",
        title: "",
        items: [{ item: "session" as const, id: "module-2", title: "", url: "", repeat: 4 }],
        milestone: { id: "m", title: "", confirm: "learner" as const },
      },
    ],
  }));
  return { site: "s", build: "b", edition: "1", modules: list, paths };
}

/** A learner who did everything, in a way that no two states are alike. */
function busy(s: SiteData, roll: (n: number) => number): Progress {
  let p = empty();
  const now = DAY + "T10:00:00Z";
  for (const m of s.modules) {
    if (roll(4)) p = apply(p, { do: "read", module: m.id }, now);
    if (roll(3) === 0) p = apply(p, { do: "done", module: m.id }, now);
    if (roll(3) === 0) p = apply(p, { do: "marked", key: markKey.module(m.id), v: true }, now);
    for (const i of m.items ?? []) if (roll(2)) p = apply(p, { do: "marked", key: markKey.item(m.id, i.id), v: true }, now);
    for (const c of m.checks ?? []) {
      p = apply(p, { do: "answered", id: c.id, rev: c.rev, v: [roll(4)], s: roll(5) / 4, sure: 1 + roll(3) }, now);
      const box = 1 + roll(5);
      for (let n = 0; n < Math.max(1, box - 2); n++) p = apply(p, { do: "reviewed", id: c.id, box, due: "2027-04-01", counts: true }, now);
    }
  }
  for (const path of s.paths) {
    p = apply(p, { do: "started", path: path.id }, now);
    if (roll(4) === 0) p = apply(p, { do: "finished", path: path.id, on: `2027-02-1${roll(10)}` }, now);
    if (roll(2)) p = apply(p, { do: "marked", key: markKey.milestone(path.id, "m"), v: true }, now);
  }
  return p;
}

test("sixty modules and 240 answers fit: packed into 260 characters, open into 2000", async () => {
  const s = site();
  for (let seed = 1; seed <= 20; seed++) {
    const p = busy(s, dice(seed));
    const packed = await pack(p, s, DAY);
    const open = write(p, s, DAY);
    assert.ok(packed.length <= 260, `packed: ${packed.length}`);
    assert.ok(open.length <= 2000, `open: ${open.length}`);
    assert.match(packed + open, /^[\w.-]+$/, "letters that stand in an address as they are");
  }
});

test("what is packed is read, by both forms alike", async () => {
  const s = site();
  for (let seed = 1; seed <= 50; seed++) {
    const p = busy(s, dice(seed));
    const a = await readLink(await pack(p, s, DAY), s);
    const b = await readLink(write(p, s, DAY), s);
    assert.ok(typeof a === "object" && typeof b === "object");
    assert.equal(canon(a), canon(b));
    for (const path of s.paths) assert.equal(a.paths[path.id]!.done, p.paths[path.id]!.done, "the day of the certificate");
    for (const m of s.modules) {
      assert.equal(!!a.modules[m.id]?.read, !!p.modules[m.id]?.read);
      assert.deepEqual(moduleDone(a, m.id), moduleDone(p, m.id));
      for (const c of m.checks ?? []) {
        assert.equal(best(a, c.id), best(p, c.id));
        assert.equal(a.review[c.id]!.box, p.review[c.id]!.box);
      }
    }
    assert.equal(await pack(a, s, DAY), await pack(p, s, DAY), "a link of what was read is the same link");
  }
});

test("a link adds to what is there and replaces none of it", async () => {
  const s = site();
  const p = busy(s, dice(3));
  const link = await readLink(await pack(p, s, DAY), s);
  assert.ok(typeof link === "object");
  const merged = merge(p, link);
  assert.deepEqual(merged.answers, p.answers, "first tries, their confidence and typed answers stay");
  assert.deepEqual(merged.review, p.review);
  assert.equal(canon(merge(merged, link)), canon(merged));
});

test("a file of a device that began with a link takes no answer away", async () => {
  const s = site();
  const p = busy(s, dice(5));
  const link = await readLink(await pack(p, s, "2027-03-20"), s);
  assert.ok(typeof link === "object");
  const file = JSON.stringify(toFile(link, { site: "s", edition: "1" }));
  const read = fromText(file, "s");
  assert.ok("progress" in read);
  assert.deepEqual(merge(p, read.progress).answers, p.answers);
  // As it stood in the storage of such a device before: with a last try that nobody made.
  const old = fromText(file.replace(/"first":(\{[^{}]*\})/g, '"first":$1,"last":$1'), "s");
  assert.ok("progress" in old);
  assert.deepEqual(merge(p, old.progress).answers, p.answers);
});

test("what was taken back is not done on the other device", async () => {
  const s = site();
  const m = s.modules[0]!.id;
  let p = apply(empty(), { do: "done", module: m }, DAY + "T10:00:00Z");
  p = apply(p, { do: "marked", key: markKey.module(m), v: false }, DAY + "T11:00:00Z");
  const link = await readLink(await pack(p, s, DAY), s);
  assert.ok(typeof link === "object");
  assert.equal(moduleDone(link, m), null);
});

test("shares become quarters, never more than they were", async () => {
  const s = site();
  let p = empty();
  const c = s.modules[0]!.checks!;
  for (const [i, share] of [0.99, 0.74, 1 / 3, 0].entries())
    p = apply(p, { do: "answered", id: c[i]!.id, rev: "r", v: [], s: share }, DAY + "T10:00:00Z");
  const link = await readLink(write(p, s, DAY), s);
  assert.ok(typeof link === "object");
  assert.deepEqual(
    c.map((x) => best(link, x.id)),
    [0.75, 0.5, 0.25, 0],
  );
});

test("cards that were gone through count on the other device, never more of them than there were", async () => {
  const s = site();
  let p = empty();
  for (const [i, c] of s.modules[0]!.checks!.entries()) {
    let card = { ...step(c, undefined, undefined, i % 2 === 0, DAY)!, at: DAY, n: 0 };
    p = apply(p, { do: "answered", id: c.id, rev: c.rev, v: [0], s: 1 }, DAY + "T10:00:00Z");
    for (let n = 0; n < 3; n++) {
      card = { ...step(c, own(p.answers, c.id), card, n !== i - 2, card.due)!, at: card.due, n: 0 };
      p = apply(p, { do: "reviewed", id: c.id, ...card }, card.due + "T10:00:00Z");
    }
  }
  for (const text of [await pack(p, s, DAY), write(p, s, DAY)]) {
    const link = await readLink(text, s);
    assert.ok(typeof link === "object");
    assert.deepEqual(
      s.modules[0]!.checks!.map((c) => [own(p.review, c.id)!.n, link.review[c.id]!.n]),
      [
        [3, 3],
        [3, 2],
        [3, 1],
        [3, 0],
      ],
    );
  }
});

test("nothing done is a short link", async () => {
  const s = site();
  assert.ok((await pack(empty(), s, DAY)).length <= 10);
  assert.deepEqual(await readLink(await pack(empty(), s, DAY), s), empty());
  assert.deepEqual(await readLink(write(empty(), s, DAY) + ".", s), "damaged");
});

test("another edition refuses the packed form and reads what it knows of the open one", async () => {
  const before = site();
  const after = { ...site(50), modules: site(50).modules.reverse() };
  const p = busy(before, dice(9));
  assert.equal(await readLink(await pack(p, before, DAY), after), "build");
  const open = await readLink(write(p, before, DAY), after);
  assert.ok(typeof open === "object");
  for (const m of after.modules) for (const c of m.checks ?? []) assert.equal(best(open, c.id), best(p, c.id));
  assert.equal(open.modules["module-55"], undefined);
});

test("the day of a milestone that is known here is not that of the link", async () => {
  const s = site();
  const [met, signed] = [markKey.milestone("path-1", "m"), markKey.signed("module-0")];
  const set = (p: Progress, key: string, at: string, v = true) => apply(p, { do: "marked", key, v }, at + "T10:00:00Z");
  const there = set(set(set(empty(), met, "2027-02-01"), signed, "2027-02-02"), markKey.milestone("path-2", "m"), "2027-02-03");
  const here = set(set(empty(), met, "2027-02-20"), signed, "2027-02-21", false);
  for (const link of [await pack(there, s, DAY), write(there, s, DAY)]) {
    const read = await readLink(link, s);
    assert.ok(typeof read === "object");
    const now = merge(here, brought(read, here));
    assert.equal(now.marks[met]?.at, "2027-02-20T10:00:00Z");
    // What is not marked here has the day of the link, and so has what was unmarked before.
    for (const key of [signed, markKey.milestone("path-2", "m")]) assert.equal(now.marks[key]?.at.slice(0, 10), DAY);
  }
});

test("a link puts off no card that lies in the box that the link knows", async () => {
  const s = site();
  const reviewed = (p: Progress, id: string, box: 1 | 2, due: string) =>
    apply(p, { do: "reviewed", id, box, due, counts: false }, due + "T08:00:00Z");
  const answered = (p: Progress, id: string) => apply(p, { do: "answered", id, rev: "r", v: ["0"], s: 1 }, "2027-02-01T10:00:00Z");
  const [same, lower] = ["question-0-0", "question-0-1"] as const;
  const there = reviewed(reviewed(answered(answered(empty(), same), lower), same, 2, "2027-02-24"), lower, 2, "2027-02-24");
  const here = reviewed(reviewed(there, same, 2, "2027-02-25"), lower, 1, "2027-02-10");
  for (const link of [await pack(there, s, DAY), write(there, s, DAY)]) {
    const read = await readLink(link, s);
    assert.ok(typeof read === "object");
    assert.equal(own(read.review, same)?.box, 2);
    const news = brought(read, here);
    assert.equal(own(news.review, same), undefined);
    assert.equal(own(news.review, lower)?.box, 2);
    assert.equal(own(merge(here, news).review, same)?.due, own(here.review, same)?.due);
  }
});

test("what is no link is refused", async () => {
  const s = site();
  const good = await pack(busy(s, dice(4)), s, DAY);
  for (const bad of [
    "",
    "A",
    "AQ",
    "!!!!!!!!",
    "AgAAAAAAAAAA",
    "a".repeat(9000),
    good + "zzzz",
    ".",
    "-1.1abcd",
    "zzzzz.1abcd",
    "1.1abc",
    "1.é",
    "1..",
    "2s0.1abcd.<",
  ]) {
    assert.equal(typeof (await readLink(bad, s)), "string", bad.slice(0, 20));
  }
  const roll = dice(8);
  for (let i = 0; i < 500; i++) {
    const at = roll(good.length);
    await readLink(good.slice(0, at) + "Az_-9."[roll(6)] + good.slice(at + 1), s);
  }
});
