import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import type { Curriculum, Rule } from "../contract";
import { pathGround } from "../path/ground";
import { fromText } from "./read";
import { holds, moduleGround } from "./rule";

interface Contract {
  curriculum: Curriculum;
  cases: { why: string; module?: string; path?: string; rule: Rule; progress: object; want: boolean }[];
}

test("rules hold as in Go", () => {
  const file = join(process.env["WAYMARK_ROOT"]!, "internal/curriculum/testdata/contract/rules.json");
  const { curriculum, cases } = JSON.parse(readFileSync(file, "utf8")) as Contract;
  assert.ok(cases.length >= 60, `${cases.length} cases`);
  for (const c of cases) {
    const read = fromText(JSON.stringify({ format: "waymark-progress", version: 1, ...c.progress }), "any");
    assert.ok("progress" in read && read.dropped === 0, `${c.why}: the case's progress cannot be read`);
    const p = read.progress;
    const path = curriculum.paths.find((x) => x.id === c.path);
    const module = curriculum.modules.find((m) => m.id === c.module);
    const on = path ? pathGround(path, curriculum, p) : moduleGround(module!, curriculum.modules);
    assert.equal(holds(c.rule, on, p), c.want, c.why);
  }
});

test("a rule of a later version never holds", () => {
  const module = { id: "m", title: "", url: "", kind: "page", rule: "read" as Rule };
  const read = fromText('{"format":"waymark-progress","version":1}', "any");
  assert.ok("progress" in read);
  assert.equal(holds({ dance: true } as unknown as Rule, moduleGround(module, [module]), read.progress), false);
});
