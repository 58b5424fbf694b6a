import assert from "node:assert/strict";
import test from "node:test";
import { boxesIn } from "./form/boxes";
import { Typed, wordsIn } from "./typed";

// As much of a page as a field looks at.
const early = new Set<unknown>();
Object.assign(globalThis, { window: { waymarkEarly: early }, document: { activeElement: null } });

type Control = HTMLInputElement;
const control = (tagName: string, value = "") =>
  ({
    tagName,
    value,
    type: "text",
    checked: false,
    contains(e: unknown) {
      return e === this;
    },
  }) as unknown as Control;

function field(tagName: string, typed = ""): { c: Control; f: Typed } {
  const c = control(tagName, typed);
  if (typed) early.add(c);
  return { c, f: new Typed(wordsIn(c)) };
}

test("what is kept comes into a field that nobody has touched, again and again", () => {
  const { c, f } = field("TEXTAREA");
  for (const kept of ["abc", "abc def", ""]) {
    f.meet(kept);
    assert.equal(c.value, kept);
    assert.equal(f.take(), null);
  }
});

test("what a browser has put back into a field gives way", () => {
  const c = control("TEXTAREA", "old");
  const f = new Typed(wordsIn(c));
  f.meet("new");
  assert.equal(c.value, "new");
});

test("what was typed before the script came stays, and is kept", () => {
  const { c, f } = field("TEXTAREA", "NEW");
  f.meet("");
  assert.equal(c.value, "NEW");
  assert.equal(f.take(), "NEW");
  assert.equal(f.take(), null);
});

test("what was typed over a text that was not shown yet stands behind it", () => {
  for (const [tag, want] of [
    ["TEXTAREA", "old text\nNEW"],
    ["INPUT", "old text NEW"],
  ] as const) {
    const { c, f } = field(tag, "NEW");
    f.meet("old text");
    assert.equal(c.value, want);
    assert.equal(f.take(), want);
  }
});

test("what another tab has added is not lost, nor what is typed here", () => {
  const { c, f } = field("TEXTAREA");
  f.meet("abc");
  c.value = "abc xyz";
  f.meet("abc");
  assert.equal(c.value, "abc xyz");
  f.meet("abc def");
  assert.equal(c.value, "abc def\nxyz");
  assert.equal(f.take(), "abc def\nxyz");
  c.value = "other";
  f.meet("abc");
  assert.equal(c.value, "abc\nother");
});

test("what is typed here outlives what was deleted elsewhere", () => {
  const { c, f } = field("TEXTAREA");
  f.meet("abc");
  c.value = "abc xyz";
  f.meet("");
  assert.equal(f.take(), "abc xyz");
});

function boxes(type: string, values: string[], ...ticked: string[]): { f: Typed; tick(v: string, on: boolean): void } {
  const all = values.map((value) => ({ ...control("INPUT", value), type, contains: (e: unknown) => e === value }) as unknown as Control);
  const tick = (v: string, on: boolean) => all.forEach((b) => (b.checked = b.value === v ? on : type === "radio" ? false : b.checked));
  for (const v of ticked) {
    tick(v, true);
    early.add(v);
  }
  return { f: new Typed(boxesIn(all)), tick };
}

test("a choice is kept by its words, wherever they stand", () => {
  const a = boxes("radio", ["Mentor", "Mentee"]);
  a.tick("Mentor", true);
  assert.equal(a.f.take(), "Mentor");
  const b = boxes("radio", ["Coach", "Mentor", "Mentee"]);
  b.f.meet("Mentor");
  assert.equal(b.f.text, "Mentor");
  assert.equal(b.f.take(), null);
});

test("what cannot be chosen any more is not shown, and stays kept until another choice is made", () => {
  const { f, tick } = boxes("checkbox", ["Mentor", "Mentee"]);
  f.meet("Coach\nMentor");
  assert.equal(f.text, "Mentor");
  assert.equal(f.take(), null);
  tick("Mentee", true);
  assert.equal(f.take(), "Mentor\nMentee");
});

test("older files have the places of what was chosen", () => {
  const { f } = boxes("checkbox", ["weekly", "monthly", "never"]);
  f.meet("0\n2");
  assert.equal(f.text, "weekly\nnever");
  assert.equal(f.take(), null);
  // Where options are numbers, a number is one of them.
  const scale = boxes("radio", ["1", "2", "4"]);
  scale.f.meet("2");
  assert.equal(scale.f.text, "2");
  scale.f.meet("3");
  assert.equal(scale.f.text, "");
});

test("boxes that were ticked before the script came join those that are kept; of one choice, the last counts", () => {
  const many = boxes("checkbox", ["a1", "b1", "c1"], "c1");
  many.f.meet("a1");
  assert.equal(many.f.take(), "a1\nc1");
  const one = boxes("radio", ["a2", "b2"], "b2");
  one.f.meet("a2");
  assert.equal(one.f.take(), "b2");
});
