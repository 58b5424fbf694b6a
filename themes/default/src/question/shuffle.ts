// The seeded shuffle of section 3.6, the same in internal/quiz: FNV-1a-32 of the seed's text, mulberry32, Fisher–Yates from the end.
import type { Key } from "../contract";

/** The seed: what is shuffled for whom and for which time. learner is a number, or "fixed" where everybody gets the same. */
export function seedOf(site: string, learner: number | string, id: string, attempt: number): number {
  let h = 0x811c9dc5;
  for (const byte of new TextEncoder().encode([site, learner, id, attempt].join("|"))) h = Math.imul(h ^ byte, 0x01000193);
  return h >>> 0;
}

/** The numbers 0 to n-1 in the order of the seed. */
export function shuffle(seed: number, n: number): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  let state = seed | 0;
  for (let i = n - 1; i > 0; i--) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    const j = Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** The order in which the options, items or partners of a check are shown. What is to be ordered or matched never stands solved by chance. */
export function orderOf(key: Pick<Key, "type" | "size" | "shuffle" | "pinLast">, seed: number): number[] {
  const n = key.size ?? 0;
  if (key.type === "order" || key.type === "match") {
    const order = shuffle(seed, n);
    return n > 1 && order.every((v, i) => v === i) ? [...order.slice(1), 0] : order;
  }
  if (!key.shuffle) return Array.from({ length: n }, (_, i) => i);
  return key.pinLast && n > 1 ? [...shuffle(seed, n - 1), n - 1] : shuffle(seed, n);
}

/** Which of a quiz's questions (positions in `of`) one attempt asks, in the order in which they are asked. */
export function drawOf(key: Pick<Key, "of" | "pick" | "shuffle">, seed: number): number[] {
  const order = shuffle(seed, key.of?.length ?? 0);
  const drawn = key.pick ? order.slice(0, key.pick) : order;
  return key.shuffle ? drawn : drawn.sort((a, b) => a - b);
}

/** The seed of an attempt at a quiz. */
export function drawSeed(key: Pick<Key, "id" | "seed">, site: string, learner: number | string, attempt: number): number {
  return key.seed ? seedOf(site, "fixed", key.id, 0) : seedOf(site, learner, key.id, attempt);
}
