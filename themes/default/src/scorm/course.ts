// What a learning platform is told of a learner, and what is made of what it kept. No window, no platform.
import type { PathData, SiteData } from "../contract";
import { pathGround } from "../path/ground";
import { brought, pack, readLink, write, type BadLink } from "../progress/link";
import type { Day, Progress } from "../progress/progress";
import { share } from "../progress/rule";

/** The longest text that a platform has to keep (CMIString4096), and the longest name of a place (CMIString255). */
export const MOST = 4096;
export const MOST_PLACE = 255;

/** The share of points reached of the path's questions, 0 to 100 and never more than it is; null on a path that has none. */
export function score(path: PathData, site: SiteData, p: Progress): number | null {
  const on = pathGround(path, site, p);
  if (!on.modules.some((m) => m.checks?.some((c) => c.points > 0))) return null;
  return Math.floor(share(undefined, on, p) * 100 + 1e-9);
}

/** The score as the platform has it. before: the one that it has, which is never lowered, for what it keeps of progress is rougher than what was reached. */
export function scoreOf(path: PathData, site: SiteData, p: Progress, before: number): Record<string, string> {
  const now = score(path, site, p);
  if (now === null) return {};
  return { "cmi.core.score.min": "0", "cmi.core.score.max": "100", "cmi.core.score.raw": String(Math.max(now, before)) };
}

/** The status that follows one that the platform has. What is completed stays so. */
export function statusOf(was: string, done: boolean): string {
  if (was === "completed" || was === "passed") return was;
  if (done) return "completed";
  return was === "failed" ? was : "incomplete";
}

/** Progress as a resume link has it, in the first of its forms for which there is room: that which other editions can read; the packed one; that which others can read, of the
 * path alone (whole is false then). null: there is room for none. */
export async function held(path: PathData, site: SiteData, p: Progress, today: Day): Promise<{ text: string; whole: boolean } | null> {
  const open = heldAtOnce(site, p, today);
  if (open !== null) return { text: open, whole: true };
  const packed = await pack(p, site, today);
  if (packed.length <= MOST) return { text: packed, whole: true };
  const { modules } = pathGround(path, site, p);
  const part = write(p, { ...site, modules, paths: [path] }, today);
  return part.length <= MOST ? { text: part, whole: false } : null;
}

/** The first form of held; null where there is no room for it. */
export function heldAtOnce(site: SiteData, p: Progress, today: Day): string | null {
  const open = write(p, site, today);
  return open.length <= MOST ? open : null;
}

/** Reads what the platform kept, to be joined with what is here. */
export async function taken(text: string, site: SiteData, here: Progress): Promise<Progress | BadLink> {
  const read = await readLink(text, site);
  return typeof read === "string" ? read : brought(read, here);
}

/** The page that a location names, from the root of the site, both as addresses: one that the site knows, without what stands behind ? or #; "" is none. */
export function pageAt(location: string, root: string, site: SiteData): string {
  let at: string;
  try {
    at = new URL(location, root).href.split(/[?#]/)[0]!;
  } catch {
    return "";
  }
  const known = [...site.modules, ...site.paths, ...site.paths.flatMap((p) => p.award ?? [])];
  return known.find((page) => new URL(page.url, root).href === at)?.url ?? "";
}
