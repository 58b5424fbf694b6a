import assert from "node:assert/strict";
import test from "node:test";
import type { ModuleData, PathData, SiteData } from "../contract";
import { type Progress, apply, empty, own } from "../progress/progress";
import { best } from "../progress/rule";
import { MOST, held, heldAtOnce, pageAt, score, scoreOf, statusOf, taken } from "./course";
import { type API, type Place, Visit, findAPI, timespan } from "./lms";
import { settle } from "./person";

const DAY = "2027-03-02";
const NOW = DAY + "T10:00:00Z";

/** A path through n modules with four questions each, and a page that is on no path. */
function course(n = 2): { site: SiteData; path: PathData } {
  const module = (id: string): ModuleData => ({
    id,
    title: id,
    url: id + ".html",
    kind: "practice",
    rule: "read",
    checks: [1, 2, 3, 4].map((c) => ({ id: `${id}-q${c}`, type: "single", rev: "r", points: 1, deck: true })),
  });
  const modules = Array.from({ length: n }, (_, i) => module("m" + i));
  const items = modules.map((m) => ({ item: "module" as const, id: m.id, title: m.title, url: m.url }));
  const path: PathData = {
    id: "p",
    title: "P",
    url: "paths/p.html",
    edition: "1",
    mode: "advise",
    rule: { stages: ["s"] },
    stages: [{ id: "s", title: "S", items }],
    award: { title: "A", url: "paths/p/certificate.html" },
  };
  return { site: { site: "s", build: "b", edition: "1", modules: [...modules, module("other")], paths: [path] }, path };
}

const answer = (p: Progress, id: string, s: number) => apply(p, { do: "answered", id, rev: "r", v: ["typed"], s }, NOW);

test("the score is the share of points of the path's questions, rounded down, and never lowered", () => {
  const { site, path } = course();
  let p = answer(empty(), "other-q1", 1);
  assert.equal(score(path, site, p), 0);
  for (const q of ["m0-q1", "m0-q2", "m1-q1"]) p = answer(p, q, 1);
  assert.equal(score(path, site, p), 37);
  assert.equal(scoreOf(path, site, p, 0)["cmi.core.score.raw"], "37");
  assert.equal(scoreOf(path, site, p, 50)["cmi.core.score.raw"], "50");
  for (const m of site.modules) m.checks = [];
  assert.deepEqual(scoreOf(path, site, p, 0), {}, "a path without questions has none");
});

test("what is completed stays so", () => {
  assert.deepEqual(
    ["not attempted", "", "incomplete", "completed", "passed", "failed"].map((was) => [statusOf(was, false), statusOf(was, true)]),
    [
      ["incomplete", "completed"],
      ["incomplete", "completed"],
      ["incomplete", "completed"],
      ["completed", "completed"],
      ["passed", "passed"],
      ["failed", "completed"],
    ],
  );
});

test("what a platform keeps has neither notes nor single answers, and brings back what was reached", async () => {
  const { site, path } = course();
  let p = answer(empty(), "m0-q1", 1);
  p = apply(p, { do: "read", module: "m0" }, NOW);
  p = apply(p, { do: "noted", key: "secret", text: "a secret" }, NOW);
  const kept = (await held(path, site, p, DAY))!;
  assert.ok(kept.whole && !/secret|typed/.test(kept.text));
  const back = (await taken(kept.text, site, empty())) as Progress;
  assert.equal(best(back, "m0-q1"), 1);
  assert.ok(back.modules["m0"]?.read);
  assert.deepEqual(await taken("!", site, empty()), "damaged");
});

test("a card of the review that lies in the same box is not put off by what the platform kept of it", async () => {
  const { site, path } = course();
  let p = answer(empty(), "m0-q1", 1);
  p = apply(p, { do: "reviewed", id: "m0-q1", box: 2, due: "2027-03-05", counts: false }, NOW);
  const { text } = (await held(path, site, p, "2027-03-04"))!;
  const here = (await taken(text, site, p)) as Progress;
  assert.equal(own(here.review, "m0-q1"), undefined);
  const elsewhere = (await taken(text, site, empty())) as Progress;
  assert.equal(own(elsewhere.review, "m0-q1")?.box, 2);
});

test("what has no room is packed; nothing is cut", async () => {
  for (const [n, atOnce, whole] of [
    [100, true, true],
    [300, false, true],
  ] as const) {
    const { site, path } = course(n);
    let p = empty();
    for (const m of site.modules) for (const c of m.checks!) p = answer(p, c.id, 0.5);
    assert.equal(heldAtOnce(site, p, DAY) !== null, atOnce);
    const kept = (await held(path, site, p, DAY))!;
    assert.ok(kept.text.length <= MOST && kept.whole === whole);
    const back = (await taken(kept.text, site, empty())) as Progress;
    for (const m of site.modules) for (const c of m.checks!) assert.equal(best(back, c.id), 0.5);
  }
});

test("of a site that is larger still the path alone is kept, or nothing", async () => {
  const { site, path } = course(3000);
  // In no order, so that nothing is packed smaller than it is.
  let seed = 1;
  const roll = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  let p = empty();
  for (const m of site.modules)
    for (const c of m.checks!)
      p.answers[c.id] = { rev: "r", first: { at: NOW, v: [], s: 1 }, best: Math.floor(roll() * 5) / 4, tries: 1, hints: 0 };
  assert.equal(await held(path, site, p, DAY), null);
  path.stages[0]!.items.splice(10);
  const part = (await held(path, site, p, DAY))!;
  assert.equal(part.whole, false);
  const back = (await taken(part.text, site, empty())) as Progress;
  assert.equal(Object.keys(back.answers).length, 40);
});

test("only pages of the site are opened again", () => {
  const { site } = course();
  const root = "https://lms.example/course/7/";
  for (const [location, page] of [
    ["m0.html", "m0.html"],
    [root + "m0.html?review=2#m0-q1", "m0.html"],
    ["paths/p.html", "paths/p.html"],
    ["paths/p/certificate.html", "paths/p/certificate.html"],
    ["", ""],
    ["scorm.html", ""],
    ["gone.html", ""],
    ["../8/m0.html", ""],
    ["//evil.example/m0.html", ""],
    ["javascript:alert(1)", ""],
    ["https://", ""],
  ] as const)
    assert.equal(pageAt(location, root, site), page, location);
});

/** A platform that notes what it is told. */
function platform(answers: Record<string, string> = {}): API & { calls: string[] } {
  const calls: string[] = [];
  const call = (name: string, ...args: string[]) => {
    calls.push([name, ...args].join(" ").trim());
    return answers[name] ?? "true";
  };
  return {
    calls,
    LMSInitialize: () => call("Initialize"),
    LMSFinish: () => call("Finish"),
    LMSGetValue: (n) => call("Get", n),
    LMSSetValue: (n, v) => call("Set", n, v),
    LMSCommit: () => call("Commit"),
    LMSGetLastError: () => answers["LastError"] ?? "0",
  };
}

test("the platform is looked for around the window and around the one that opened it, and the search ends", () => {
  const place = (more: Partial<Place> = {}): Place => {
    const p = { ...more } as Place;
    p.parent ??= p;
    return p;
  };
  const api = platform();
  const above = place({ API: api });
  assert.equal(findAPI(place({ parent: place({ parent: above }) })), api);
  assert.equal(findAPI(place({ opener: place({ parent: above }) })), api);
  assert.equal(findAPI(place({ parent: place({ opener: above }) })), api);
  assert.equal(findAPI(place()), null);
  const foreign = place({ parent: above });
  Object.defineProperty(foreign, "API", {
    get() {
      throw new Error("another host");
    },
  });
  assert.equal(findAPI(place({ parent: foreign })), api);
  const endless = Object.defineProperty({} as Place, "parent", { get: () => Object.create(endless) as Place });
  assert.equal(findAPI(endless), null);
});

test("a visit tells what is new, has it kept, and ends once", () => {
  const api = platform();
  let ms = 0;
  const visit = Visit.begin(api, () => ms)!;
  assert.ok(visit.tell({ a: "1", b: "2" }));
  assert.ok(visit.tell({ a: "1" }));
  ms = 61_000;
  assert.ok(visit.tell({ a: "3" }));
  visit.end();
  visit.end();
  assert.ok(visit.tell({ a: "4" }));
  assert.deepEqual(api.calls, [
    "Initialize",
    ...["Set a 1", "Set b 2", "Set cmi.core.session_time 0000:00:00", "Commit"],
    ...["Set a 3", "Set cmi.core.session_time 0000:01:01", "Commit"],
    ...["Set cmi.core.exit suspend", "Set cmi.core.session_time 0000:01:01", "Commit", "Finish"],
  ]);
});

test("what a platform did not take is told again; what it does not know is not asked of it", () => {
  const answers: Record<string, string> = { Set: "false" };
  const visit = Visit.begin(platform(answers), () => 0)!;
  assert.equal(visit.tell({ a: "1" }), false);
  answers["LastError"] = "401";
  assert.equal(visit.tell({ a: "1" }), true);
  answers["Commit"] = "false";
  assert.equal(visit.tell({ a: "2" }), false);
  answers["Commit"] = "true";
  assert.equal(visit.tell({ a: "2" }), true);
  assert.equal(
    Visit.begin(platform({ Initialize: "false" }), () => 0),
    null,
  );
  assert.equal(
    Visit.begin(null, () => 0),
    null,
  );
});

test("a time is written as SCORM has it", () => {
  assert.deepEqual([-5, 999, 3_723_000, 1e12].map(timespan), ["0000:00:00", "0000:00:00", "0001:02:03", "9999:59:59"]);
});

/** A storage that has room for so many keys. */
function room(most = 99) {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (k: string) => kept.get(k) ?? null,
    setItem(k: string, v: string) {
      if (!kept.has(k) && kept.size >= most) throw new Error("full");
      kept.set(k, v);
    },
    removeItem: (k: string) => void kept.delete(k),
  };
}

test("what one learner did is not another's in the same browser, and is there when the learner comes again", () => {
  const r = room();
  const key = "waymark:s:progress";
  r.setItem(key, "before anybody");
  assert.ok(settle(r, "s", "anna"));
  assert.equal(r.getItem(key), "before anybody");
  r.setItem(key, "anna's");
  assert.ok(settle(r, "s", "ben"));
  assert.equal(r.getItem(key), null);
  assert.ok(settle(r, "s", "anna"));
  assert.equal(r.getItem(key), "anna's");
  assert.ok(settle(r, "s", ""), "nobody is named");
  assert.equal(r.getItem(key), "anna's");
  assert.ok(settle(null, "s", "anna"));
  assert.deepEqual([...r.kept.keys()].sort(), ["waymark:s:learner", key]);
  const small = room(2);
  settle(small, "s", "anna");
  small.setItem(key, "anna's");
  assert.equal(settle(small, "s", "ben"), false);
  assert.equal(small.getItem(key), "anna's");
});
