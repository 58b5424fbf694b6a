import assert from "node:assert/strict";
import test from "node:test";
import type { CheckData } from "../contract";
import { apply, empty } from "../progress/progress";
import { calendar } from "./calendar";

const checks: CheckData[] = ["a", "b", "c", "d"].map((id) => ({ id, type: "single", rev: "r", points: 1, deck: true }));

test("one entry a day, what is overdue today", () => {
  let p = empty();
  for (const [id, due] of Object.entries({ a: "2027-02-01", b: "2027-03-02", c: "2027-03-31", gone: "2027-03-05" })) {
    p = apply(p, { do: "reviewed", id, box: 1, due, counts: false }, "2027-01-01T00:00:00Z");
  }
  const text = calendar(p, checks, "2027-03-02", "2027-03-02T10:15:30Z", {
    title: (n) => `Review; ${n}, long ${"führung ".repeat(12)}`,
    url: "https://example.org/p.html",
    site: "s",
  });
  const lines = text.split("\r\n");
  assert.equal(lines.filter((l) => l === "BEGIN:VEVENT").length, 2);
  assert.deepEqual(
    lines.filter((l) => l.startsWith("DT")),
    [
      "DTSTAMP:20270302T101530Z",
      "DTSTART;VALUE=DATE:20270302",
      "DTEND;VALUE=DATE:20270303",
      "DTSTAMP:20270302T101530Z",
      "DTSTART;VALUE=DATE:20270331",
      "DTEND;VALUE=DATE:20270401",
    ],
  );
  assert.match(text, /SUMMARY:Review\\; 2\\, long/);
  for (const l of lines) assert.ok(Buffer.byteLength(l) <= 75, l);
  assert.equal(text.replace(/\r\n /g, "").match(/führung/g)!.length, 24);
  assert.ok(text.endsWith("END:VCALENDAR\r\n"));
});
