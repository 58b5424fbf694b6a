// The spaced review: five boxes, at most ten cards a day, certain-and-wrong first. Pure.
import type { CheckData } from "../contract";
import { type Answer, type Card, type Day, type Progress, changed, dayOf, own } from "../progress/progress";

/** Days from one review to the next, by box. */
export const DAYS = [1, 3, 7, 21, 60];
export const CARDS_A_DAY = 10;

export function addDays(day: Day, n: number): Day {
  return new Date(Date.parse(day + "T00:00:00Z") + n * 86_400_000).toISOString().slice(0, 10);
}

/** Where the learner's page leaves the addresses of the cards to come, in sessionStorage. */
export const queueKey = (site: string) => `waymark:${site}:queue`;

export interface Step {
  box: number;
  due: Day;
  /** It was due: the step counts as a card gone through. */
  counts: boolean;
}

/** Where a card goes after an answer; null where it stays. before is what was answered so far. */
export function step(check: CheckData, before: Answer | undefined, card: Card | undefined, right: boolean, today: Day): Step | null {
  if (!check.deck) return null;
  if (!card) {
    const box = right ? 2 : 1;
    return { box, due: addDays(today, check.firstReview ?? DAYS[box - 1]!), counts: false };
  }
  const due = card.due <= today || changed(before, check.rev);
  if (!right) return card.box === 1 && !due ? null : { box: 1, due: addDays(today, 1), counts: due };
  if (!due) return null;
  const box = Math.min(card.box + 1, DAYS.length);
  return { box, due: addDays(today, DAYS[box - 1]!), counts: true };
}

export interface Due {
  check: CheckData;
  card: Card;
  why: "changed" | "certain" | "wrong" | "due";
}

/** All cards due today, the most useful first. */
export function due(p: Progress, checks: CheckData[], today: Day): Due[] {
  const rank = { changed: 0, certain: 1, wrong: 2, due: 3 };
  const list: Due[] = [];
  for (const check of checks) {
    const card = own(p.review, check.id);
    if (!card || !check.deck) continue;
    const answer = own(p.answers, check.id);
    const was = changed(answer, check.rev);
    if (!was && card.due > today) continue;
    const last = answer?.last;
    const why = was ? "changed" : last && last.s < 1 ? (last.sure === 3 ? "certain" : "wrong") : "due";
    list.push({ check, card, why });
  }
  const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return list.sort((a, b) => rank[a.why] - rank[b.why] || text(a.card.due, b.card.due) || text(a.check.id, b.check.id));
}

/** What is left of today's ten cards. */
export function today(p: Progress, checks: CheckData[], day: Day): Due[] {
  const done = Object.values(p.review).filter((c) => c.n > 0 && dayOf(c.at) === day && c.due > day).length;
  return due(p, checks, day).slice(0, Math.max(0, CARDS_A_DAY - done));
}
