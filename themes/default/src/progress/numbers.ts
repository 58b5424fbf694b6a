// A learner's own numbers: how sure and how right, and ratings before and after. Pure.
import type { CheckData, SiteData } from "../contract";
import { type Progress, own } from "./progress";

export interface Sure {
  /** 1 guessing, 2 fairly sure, 3 certain. */
  level: number;
  right: number;
  of: number;
}

/** For each level of confidence: how many first tries were right. Only questions that are still in the handbook. */
export function calibration(p: Progress, site: SiteData): Sure[] {
  const levels: Sure[] = [1, 2, 3].map((level) => ({ level, right: 0, of: 0 }));
  for (const check of checksOf(site)) {
    const first = own(p.answers, check.id)?.first;
    const at = first?.sure && levels[first.sure - 1];
    if (!at) continue;
    at.of++;
    if (first.s >= 1) at.right++;
  }
  return levels;
}

export interface Pair {
  check: CheckData;
  scale: string[];
  before: number | null;
  after: number | null;
}

/** The ratings that were given, those of one scale together: what a learner thought before and after. */
export function ratings(p: Progress, site: SiteData): Pair[] {
  const all = checksOf(site).filter((c) => c.type === "rating");
  const pairs: Pair[] = [];
  for (const check of all.filter((c) => !c.same)) {
    const later = all.find((c) => c.same === check.id);
    const before = pointOf(p, check.id);
    const after = later ? pointOf(p, later.id) : null;
    if (before !== null || after !== null) pairs.push({ check, scale: check.scale ?? [], before, after });
  }
  return pairs;
}

function pointOf(p: Progress, id: string): number | null {
  const v = own(p.answers, id)?.last?.v[0];
  return v === undefined ? null : Number(v);
}

export function checksOf(site: SiteData): CheckData[] {
  return site.modules.flatMap((m) => m.checks ?? []);
}
