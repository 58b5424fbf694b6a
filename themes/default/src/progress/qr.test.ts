import assert from "node:assert/strict";
import test from "node:test";
import jsQR from "jsqr";
import { capacity, encode, qr } from "./qr";

/** Reads a code with another program's reader. */
function read(grid: boolean[][]): string | undefined {
  const scale = 4;
  const quiet = 4;
  const size = (grid.length + 2 * quiet) * scale;
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255);
  grid.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (!dark) return;
      for (let dy = 0; dy < scale; dy++) {
        for (let dx = 0; dx < scale; dx++)
          pixels.fill(
            0,
            (((y + quiet) * scale + dy) * size + (x + quiet) * scale + dx) * 4,
            (((y + quiet) * scale + dy) * size + (x + quiet) * scale + dx) * 4 + 3,
          );
      }
    }),
  );
  return jsQR(pixels, size, size)?.data;
}

const text = (n: number) => Array.from({ length: n }, (_, i) => "https://example.org/#p=AbZ09-_"[(i * 7) % 30]).join("");

test("every version, level and mask can be read", () => {
  for (let version = 1; version <= 12; version++) {
    for (const level of ["L", "M"] as const) {
      const t = text(capacity(version, level));
      assert.equal(read(encode(new TextEncoder().encode(t), version, level)), t, `${version}-${level}`);
    }
  }
  for (let mask = 0; mask < 8; mask++)
    assert.equal(read(encode(new TextEncoder().encode("waymark"), 2, "M", mask)), "waymark", `mask ${mask}`);
});

test("the smallest code that holds the text is made", () => {
  assert.equal(qr("a".repeat(14))!.length, 21);
  assert.equal(qr("a".repeat(17))!.length, 21);
  assert.equal(qr("a".repeat(18))!.length, 25);
  assert.equal(qr("a".repeat(367))!.length, 65);
  assert.equal(qr("a".repeat(368)), null);
  assert.equal(capacity(12, "L"), 367);
  assert.equal(capacity(12, "M"), 287);
});

test("letters outside ASCII are bytes of UTF-8", () => {
  assert.equal(read(qr("Führung ✓ 指導")!), "Führung ✓ 指導");
});
