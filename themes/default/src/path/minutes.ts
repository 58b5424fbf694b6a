import type { Said } from "../page";

/** A time in words: "40 min", "1 h 20 min". */
export function minutes(say: Said, n: number): string {
  const h = Math.floor(n / 60);
  const min = n % 60;
  if (h === 0) return say("minutes", min);
  return min === 0 ? say("hours", h) : say("hours.minutes", h, min);
}

/** "about 40 min to 1 h 20 min left", rounded to five minutes. */
export function minutesLeft(say: Said, from: number, to: number): string {
  const round = (n: number) => (n <= 10 ? n : Math.round(n / 5) * 5);
  const [a, b] = [round(from), round(to)];
  return a === b || a === 0 ? say("path.left", minutes(say, b)) : say("path.leftrange", minutes(say, a), minutes(say, b));
}
