// A QR code of a text: byte mode, versions 1 to 12, levels L and M (ISO/IEC 18004). Enough for 367 bytes.

type Grid = boolean[][];

const TOTAL = [26, 44, 70, 100, 134, 172, 196, 242, 292, 346, 404, 466];
const LEVELS = {
  L: { bits: 1, ec: [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24], blocks: [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4] },
  M: { bits: 0, ec: [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22], blocks: [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8] },
};
export type Level = keyof typeof LEVELS;

/** The dark modules of the smallest code that holds the text, row by row; null when it is too long. Level M where it costs no larger version. */
export function qr(text: string): Grid | null {
  const bytes = new TextEncoder().encode(text);
  for (let version = 1; version <= TOTAL.length; version++) {
    for (const level of ["M", "L"] as const) {
      if (bytes.length <= capacity(version, level)) return encode(bytes, version, level);
    }
  }
  return null;
}

/** How many bytes of text a version holds. */
export function capacity(version: number, level: Level): number {
  const { ec, blocks } = LEVELS[level];
  const data = TOTAL[version - 1]! - ec[version - 1]! * blocks[version - 1]!;
  return data - (version < 10 ? 2 : 3);
}

/** The code of exactly this version, level and, for tests, mask. */
export function encode(bytes: Uint8Array, version: number, level: Level, mask?: number): Grid {
  const words = withCorrection(dataWords(bytes, version, level), version, level);
  const size = 17 + 4 * version;
  const grid: Grid = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  const fixed: Grid = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  drawPatterns(grid, fixed, version);
  drawWords(grid, fixed, words);
  let best: Grid | null = null;
  let least = Infinity;
  for (let m = 0; m < 8; m++) {
    if (mask !== undefined && m !== mask) continue;
    const masked = grid.map((row, y) => row.map((dark, x) => dark !== (!fixed[y]![x] && MASKS[m]!(x, y))));
    drawFormat(masked, level, m);
    const score = penalty(masked);
    if (score < least) [best, least] = [masked, score];
  }
  return best!;
}

/** Mode, length, bytes, end and padding, as code words. */
function dataWords(bytes: Uint8Array, version: number, level: Level): number[] {
  const { ec, blocks } = LEVELS[level];
  const room = TOTAL[version - 1]! - ec[version - 1]! * blocks[version - 1]!;
  const bits: number[] = [];
  const put = (value: number, n: number) => {
    for (let i = n - 1; i >= 0; i--) bits.push((value >> i) & 1);
  };
  put(4, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  for (const b of bytes) put(b, 8);
  put(0, Math.min(4, room * 8 - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  const words: number[] = [];
  for (let i = 0; i < bits.length; i += 8) words.push(bits.slice(i, i + 8).reduce((v, bit) => v * 2 + bit, 0));
  for (let pad = 0xec; words.length < room; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

/** Blocks with their error correction, taken in turns. */
function withCorrection(data: number[], version: number, level: Level): number[] {
  const n = LEVELS[level].blocks[version - 1]!;
  const ec = LEVELS[level].ec[version - 1]!;
  const short = Math.floor(data.length / n);
  const long = data.length % n;
  const generator = generatorOf(ec);
  const blocks: { data: number[]; ec: number[] }[] = [];
  for (let i = 0, at = 0; i < n; i++) {
    const part = data.slice(at, (at += short + (i >= n - long ? 1 : 0)));
    blocks.push({ data: part, ec: remainder(part, generator) });
  }
  const out: number[] = [];
  for (let i = 0; i <= short; i++) for (const b of blocks) if (i < b.data.length) out.push(b.data[i]!);
  for (let i = 0; i < ec; i++) for (const b of blocks) out.push(b.ec[i]!);
  return out;
}

// Arithmetic in GF(256) with the polynomial 0x11d.
const EXP: number[] = [];
const LOG: number[] = [];
for (let i = 0, x = 1; i < 255; i++) {
  EXP[i] = x;
  LOG[x] = i;
  x <<= 1;
  if (x & 0x100) x ^= 0x11d;
}

function times(a: number, b: number): number {
  return a && b ? EXP[(LOG[a]! + LOG[b]!) % 255]! : 0;
}

function generatorOf(degree: number): number[] {
  let g = [1];
  for (let i = 0; i < degree; i++) {
    const next = [...g, 0];
    g.forEach((c, j) => (next[j + 1]! ^= times(c, EXP[i]!)));
    g = next;
  }
  return g;
}

function remainder(data: number[], generator: number[]): number[] {
  const r = [...data, ...Array<number>(generator.length - 1).fill(0)];
  for (let i = 0; i < data.length; i++) {
    const lead = r[i]!;
    if (lead) generator.forEach((c, j) => (r[i + j]! ^= times(c, lead)));
  }
  return r.slice(data.length);
}

/** Finders, timing, alignment and version; the places of the format are kept free. */
function drawPatterns(grid: Grid, fixed: Grid, version: number): void {
  const size = grid.length;
  const set = (x: number, y: number, dark: boolean) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    grid[y]![x] = dark;
    fixed[y]![x] = true;
  };
  for (let i = 0; i < size; i++) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  const ring = (cx: number, cy: number, reach: number, light: number[]) => {
    for (let y = -reach; y <= reach; y++)
      for (let x = -reach; x <= reach; x++) set(cx + x, cy + y, !light.includes(Math.max(Math.abs(x), Math.abs(y))));
  };
  const places = version === 1 ? [] : alignment(version);
  for (const y of places)
    for (const x of places) if (!(y < 9 && x < 9) && !(y < 9 && x > size - 9) && !(y > size - 9 && x < 9)) ring(x, y, 2, [1]);
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const) {
    ring(x, y, 4, [2, 4]);
  }
  for (let i = 0; i < 9; i++) {
    for (const [x, y] of [
      [8, i],
      [i, 8],
      [8, size - 1 - i],
      [size - 1 - i, 8],
    ] as const) {
      if (i < 8 || (x < 9 && y < 9)) fixed[y]![x] = true;
    }
  }
  // One module is always dark; drawFormat sets it.
  if (version < 7) return;
  let rest = version;
  for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let i = 0; i < 18; i++) {
    const dark = ((bits >> i) & 1) === 1;
    set(size - 11 + (i % 3), Math.floor(i / 3), dark);
    set(Math.floor(i / 3), size - 11 + (i % 3), dark);
  }
}

function alignment(version: number): number[] {
  const last = 10 + 4 * version;
  return version < 7 ? [6, last] : [6, (last + 6) / 2, last];
}

/** Code words in columns of two, from the right, up and down in turns. */
function drawWords(grid: Grid, fixed: Grid, words: number[]): void {
  const size = grid.length;
  let bit = 0;
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right = 5;
    for (let i = 0; i < size; i++) {
      const y = up ? size - 1 - i : i;
      for (const x of [right, right - 1]) {
        if (fixed[y]![x]) continue;
        grid[y]![x] = (((words[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1;
        bit++;
      }
    }
  }
}

const MASKS: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

function drawFormat(grid: Grid, level: Level, mask: number): void {
  const size = grid.length;
  const data = (LEVELS[level].bits << 3) | mask;
  let rest = data;
  for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
  const bits = ((data << 10) | rest) ^ 0x5412;
  for (let i = 0; i < 15; i++) {
    const dark = ((bits >> i) & 1) === 1;
    // Beside the upper left finder, and in halves beside the two others.
    if (i < 6) grid[i]![8] = dark;
    else if (i < 8) grid[i + 1]![8] = dark;
    else grid[8]![i === 8 ? 7 : 14 - i] = dark;
    if (i < 8) grid[8]![size - 1 - i] = dark;
    else grid[size - 15 + i]![8] = dark;
  }
  grid[size - 8]![8] = true;
}

/** How hard the code is to read: runs, blocks, what looks like a finder, too much of one colour. */
function penalty(grid: Grid): number {
  const size = grid.length;
  let score = 0;
  let dark = 0;
  const lines = [...grid, ...grid.map((_, x) => grid.map((row) => row[x]!))];
  for (const line of lines) {
    let run = 1;
    for (let i = 1; i <= size; i++) {
      if (i < size && line[i] === line[i - 1]) run++;
      else {
        if (run >= 5) score += run - 2;
        run = 1;
      }
    }
    const text = line.map((d) => (d ? "1" : "0")).join("");
    for (const pattern of ["10111010000", "00001011101"])
      for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) score += 40;
  }
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const d = grid[y]![x];
      if (d) dark++;
      if (x + 1 < size && y + 1 < size && d === grid[y]![x + 1] && d === grid[y + 1]![x] && d === grid[y + 1]![x + 1]) score += 3;
    }
  }
  return score + Math.floor(Math.abs((dark * 20) / (size * size) - 10)) * 10;
}
