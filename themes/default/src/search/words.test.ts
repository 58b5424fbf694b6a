import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { slug } from "./files";
import { before, pieces, terms } from "./words";

const contract = <T>(name: string): T[] =>
  JSON.parse(readFileSync(join(process.env["WAYMARK_ROOT"]!, "internal/search/testdata/contract", name), "utf8")) as T[];

test("text becomes the same terms as in Go", () => {
  const cases = contract<{ lang: string; text: string; terms: string[] | null }>("words.json");
  assert.ok(cases.length > 30);
  for (const c of cases) assert.deepEqual(terms(c.text, /^en\b|^en_/i.test(c.lang) ? "en" : ""), c.terms ?? [], `${c.lang}: ${c.text}`);
});

test("headings become the same ids as in Go", () => {
  const cases = contract<{ text: string; slug: string }>("slugs.json");
  assert.ok(cases.length > 10);
  for (const c of cases) assert.equal(slug(c.text), c.slug, c.text);
});

test("pieces say where they stand", () => {
  const text = "Der Mentor’s A面談B, ok";
  for (const p of pieces(text)) assert.equal(text.slice(p.start, p.end), p.text);
  assert.deepEqual(
    Array.from(pieces(text), (p) => p.text),
    ["Der", "Mentor’s", "A", "面談", "B", "ok"],
  );
});

test("terms are ordered as the index orders them", () => {
  const sorted = ["", "a", "ab", "b", "é", "面", "\uffee", "\u{20000}", "\u{20001}"];
  for (let i = 1; i < sorted.length; i++) {
    assert.ok(before(sorted[i - 1]!, sorted[i]!), `${sorted[i - 1]} ${sorted[i]}`);
    assert.ok(!before(sorted[i]!, sorted[i - 1]!));
  }
});
