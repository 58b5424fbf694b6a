import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import vm from "node:vm";
import { Numbers, shard, termFile } from "./files";
import { Finder } from "./finder";
import { passage } from "./passage";
import { ask, filesFor, oneAway } from "./query";

interface Site {
  docs: { URL: string; Title: string; Kind: string; Foreign?: string }[];
  files: Record<string, string>;
}
const [site, equals, none, kinds] = JSON.parse(
  readFileSync(join(process.env["WAYMARK_ROOT"]!, "internal/search/testdata/contract/files.json"), "utf8"),
) as [Site, Site, Site, Site];

/** Runs a file of the index and returns what it calls waymark.search with. */
function run(text: string | undefined): unknown[] {
  if (text === undefined) throw new Error("no such file");
  let called: unknown[] = [];
  vm.runInNewContext(text, { waymark: { search: (...args: unknown[]) => (called = JSON.parse(JSON.stringify(args))) } });
  return called;
}

const finderOf = (s: Site) => new Finder(async (name) => run(s.files[name + ".js"]));

async function titles(f: Finder, query: string, filter?: { role: string; kind: string }): Promise<string[]> {
  const found = await f.find(query, filter);
  return Promise.all(found.hits.map(async (h) => (await f.title(h.page)).title));
}

test("the files that Go wrote are read", async () => {
  const f = finderOf(site);
  const meta = await f.ready();
  assert.equal(meta.docs, site.docs.length);
  assert.equal(meta.lang, "en");
  for (const [i, d] of site.docs.entries()) {
    const t = await f.title(i);
    assert.deepEqual([t.title, t.lang, t.url, meta.kinds[t.kind]?.[0] ?? ""], [d.Title, d.Foreign ?? "", d.URL, d.Kind]);
  }
});

test("pages are found by what they say", async () => {
  const f = finderOf(site);
  assert.equal((await titles(f, "feedback"))[0], "Feedback that helps");
  assert.equal((await titles(f, "feedbak"))[0], "Feedback that helps", "a letter forgotten");
  assert.equal((await titles(f, "fedeback"))[0], "Feedback that helps", "two letters exchanged");
  assert.equal((await titles(f, "questi"))[0], "Asking powerful questions", "still typing");
  assert.equal((await titles(f, "asked question"))[0], "Asking powerful questions", "inflected");
  assert.equal((await titles(f, "camera"))[0], "Feedback that helps", "the prompt of a question");
  assert.equal((await titles(f, "inquiry"))[0], "Asking powerful questions", "a word that the page does not show");
  assert.equal((await titles(f, "about"))[0], 'About "us" \\ them', "nothing but a stop word");
  assert.equal(
    (await titles(f, "what is the impact of behavior"))[0],
    "Feedback that helps",
    "stop words do not count when there are others",
  );
  assert.equal((await titles(f, "Größe"))[0], "Ziele");
  assert.equal((await titles(f, "grosse strasse"))[0], "Ziele", "without the keyboard for it");
  assert.equal((await titles(f, "記録"))[0], "面談の記録");
  assert.equal((await titles(f, "面"))[0], "面談の記録", "one character");
  assert.deepEqual(await titles(f, "xylophone"), []);
  assert.deepEqual(await titles(f, " .,; "), []);
});

test("role and kind leave pages out; pages for nobody in particular are for all", async () => {
  const f = finderOf(site);
  assert.deepEqual(await titles(f, "question", { role: "mentor", kind: "" }), ["Asking powerful questions"]);
  assert.deepEqual(await titles(f, "question", { role: "mentee", kind: "" }), []);
  assert.deepEqual(await titles(f, "question", { role: "", kind: "form" }), []);
  assert.deepEqual(await titles(f, "skills", { role: "mentee", kind: "" }), ["Skills"]);
  assert.deepEqual(await titles(f, "about", { role: "mentor", kind: "" }), [], "a page for a role that is no filter");
});

test("a hit shows its section and the passage that matched", async () => {
  const f = finderOf(site);
  const found = await f.find("camera");
  const shown = await f.passage(found.hits[0]!, found.terms);
  assert.equal(shown.section.heading, "The shape: situation, behaviour, impact");
  assert.equal(shown.section.id, "the-shape-situation-behaviour-impact");
  assert.deepEqual(
    shown.parts.filter((p) => p.hit),
    [{ text: "camera", hit: true }],
  );
  const german = await f.find("Größe");
  assert.equal((await f.passage(german.hits[0]!, german.terms)).section.id, "größe");
});

test("among equals, titles with the words as they were typed come first", async () => {
  assert.deepEqual(await titles(finderOf(equals), "matching"), ["Matching people well", "A match goes wrong"]);
  assert.deepEqual(await titles(finderOf(equals), "match"), ["A match goes wrong", "Matching people well"]);
});

test("plain pages give way to modules", async () => {
  assert.deepEqual(await titles(finderOf(kinds), "role of a mentor"), ["The mentor role", "Role of a mentor"]);
});

test("a site without pages finds nothing", async () => {
  assert.deepEqual(await titles(finderOf(none), "feedback"), []);
});

test("each file is loaded once", async () => {
  const names: string[] = [];
  const f = new Finder(async (name) => (names.push(name), run(site.files[name + ".js"])));
  await Promise.all([f.find("feedback"), f.find("feedb"), f.find("feedback impact")]);
  assert.equal(new Set(names).size, names.length);
  assert.equal(f.requests, names.length);
});

test("files of two builds are noticed and all loaded again", async () => {
  const old: Record<string, string> = { ...site.files, "meta.js": site.files["meta.js"]!.replace(/"[a-z2-7]{8}"/, '"oldstamp"') };
  const names: string[] = [];
  const f = new Finder(async (name, fresh) => (names.push(name + (fresh ? "!" : "")), run((fresh ? site.files : old)[name + ".js"])));
  assert.equal((await titles(f, "feedback"))[0], "Feedback that helps");
  assert.ok(names.includes("meta") && names.includes("meta!"));
});

test("an index that is not there is an error each time, and can be there the next time", async () => {
  let there = false;
  const f = new Finder(async (name) => run(there ? site.files[name + ".js"] : undefined));
  await assert.rejects(f.find("feedback"));
  await assert.rejects(f.find("feedback"));
  there = true;
  assert.equal((await titles(f, "feedback"))[0], "Feedback that helps");
});

test("damaged files are errors, whatever is in them", () => {
  const [, , , ...parts] = run(site.files["t-_.js"]) as [unknown, unknown, unknown, string, string, string, string];
  const good = shard(...parts);
  assert.ok(good.terms.length > 20);
  let seed = 7;
  const random = (n: number) => (seed = (seed * 48271) % 2147483647) % n;
  for (let i = 0; i < 3000; i++) {
    const bad = parts.map((s) => {
      const at = random(s.length);
      return [s.slice(0, at), s, s.slice(0, at) + String.fromCharCode(random(300)) + s.slice(at + 1)][random(3)]!;
    }) as [string, string, string, string];
    try {
      const s = shard(...bad);
      for (const p of s.postings) assert.ok(p.page.every(Number.isSafeInteger) && p.level.every((l) => l >= 0));
    } catch (e) {
      assert.ok(e instanceof RangeError, String(e));
    }
  }
  assert.throws(() => new Numbers("\\").next(), RangeError);
});

test("passages begin with a sentence, or in the middle of one, and end with a word", () => {
  const wanted = new Map([
    ["camera", 0],
    ["film", 1],
  ]);
  const show = (text: string, length = 60) =>
    passage(text, wanted, ["en"], length)
      .parts.map((p) => (p.hit ? `[${p.text}]` : p.text))
      .join("");
  assert.equal(show("Cameras film."), "[Cameras] [film].");
  assert.equal(
    show("First comes this. Then a camera. It ends here after very many words that nobody ever counted, for there was no need."),
    "Then a [camera]. It ends here after very many words that\u00a0…",
  );
  assert.equal(
    show("A camera here. " + "Other words stand between the two of them. ".repeat(4) + "What can a camera film?"),
    "What can a [camera] [film]?",
  );
  assert.match(
    show("so it goes on and on without any end to it for more than eighty characters until at last the camera stops"),
    /^…\u00a0.*\[camera\] stops$/,
  );
  assert.equal(show("Nothing of it."), "Nothing of it.");
  assert.equal(show(""), "");
  assert.equal(
    passage("面談記録を書く。", new Map([["記録", 0]]), [""])
      .parts.map((p) => (p.hit ? `[${p.text}]` : p.text))
      .join(""),
    "面談[記録]を書く。",
  );
  assert.equal(passage("Ein GESPRÄCH, bitte", new Map([["gesprach", 0]]), [""]).parts[1]!.text, "GESPRÄCH");
});

test("a query asks for its words", () => {
  const words = (q: string) => ask(q, ["en"]).map((a) => a.forms[0]! + (a.open ? "*" : ""));
  assert.deepEqual(words("Giving feedback"), ["giv", "feedback*"]);
  assert.deepEqual(words("giving feedback "), ["giv", "feedback"]);
  assert.deepEqual(words("how to give it"), ["giv"]);
  assert.deepEqual(words("the"), ["the*"]);
  assert.deepEqual(words("a a a"), ["a"]);
  assert.deepEqual(words("mentor mentor"), ["mentor"]);
  assert.ok(ask("x".repeat(100_000) + " y".repeat(100_000), ["en"]).length <= 12);
  assert.ok(ask("mentori", ["en"])[0]!.forms.includes("mentor"), "typing mentoring");
});

test("a word is looked for where it and longer ones stand", () => {
  const starts = ["", "co", "com", "con", "f", "m"];
  const files = (q: string) => filesFor(ask(q, ["en"])[0]!, starts).map((n) => termFile(starts[n]!));
  assert.deepEqual(files("feedback"), ["t-f"]);
  assert.deepEqual(files("com"), ["t-com"]);
  assert.deepEqual(files("con"), ["t-con"]);
  assert.deepEqual(files("e"), ["t-con"]);
  assert.deepEqual(files("co"), ["t-co"], "three files have words that begin so: the first answers");
  assert.deepEqual(files("coach "), ["t-co"]);
  assert.deepEqual(files("zebra"), ["t-m"]);
  assert.deepEqual(files("about"), ["t-_"]);
  assert.equal(termFile("é面"), "t-_e9__9762_");
});

test("one slip is one letter more, less, other, or two exchanged", () => {
  for (const [a, b, want] of [
    ["mentor", "mentr", true],
    ["mentor", "mmentor", true],
    ["mentor", "mantor", true],
    ["mentor", "metnor", true],
    ["mentor", "mentor", false],
    ["mentor", "mnetro", false],
    ["mentor", "ment", false],
    ["ab", "ba", true],
    ["", "a", true],
  ] as const) {
    assert.equal(oneAway(a, b), want, `${a} ${b}`);
    assert.equal(oneAway(b, a), want, `${b} ${a}`);
  }
});
