// The progress file of section 4.5, for keeping and for sharing. read.ts reads it back.
import { FORMAT, VERSION } from "./migrate";
import { type Answer, type Card, type Day, type Mark, type Moment, type Progress, type Try, dayOf, moduleDone, own } from "./progress";

export interface About {
  site: string;
  edition: string;
}

/** What is typed for a file to share; "" is nothing. The code is the one that a coordinator gave to the learner. */
export interface Share {
  name: string;
  code?: string;
}

/** The file's object. With share it holds no notes, no forms and no moments, only days. */
export function toFile(p: Progress, about: About, share?: Share): Record<string, unknown> {
  const day = (at: Moment): string => (share ? dayOf(at) : at);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [id, path] of Object.entries(p.paths)) paths[id] = { ...path };
  const marks: Record<string, Mark> = {};
  for (const [key, m] of Object.entries(p.marks)) {
    marks[key] = { at: day(m.at), v: m.v };
    const parts = key.split(":");
    if (parts[0] === "milestone" && parts.length === 3 && m.v !== false) {
      const path = (paths[parts[1]!] ??= {});
      const milestones = (path["milestones"] ??= {}) as Record<string, Day>;
      milestones[parts[2]!] = dayOf(m.at);
    }
  }
  const modules: Record<string, Record<string, unknown>> = {};
  const ids = new Set([...Object.keys(p.modules), ...Object.keys(p.marks).flatMap((k) => (k.startsWith("done:") ? [k.slice(5)] : []))]);
  for (const id of [...ids].sort()) {
    const m: Record<string, unknown> = {};
    const known = own(p.modules, id);
    if (known?.read) m["read"] = known.read;
    const done = moduleDone(p, id);
    if (done) Object.assign(m, { done: done.day, how: done.how });
    if (known?.done && done?.how !== "rule") m["rule"] = known.done;
    modules[id] = m;
  }
  const answers: Record<string, unknown> = {};
  const tidyTry = (t: Try): Try => ({ ...t, at: day(t.at) });
  const tidy = (a: Answer): Answer => ({
    ...a,
    ...(a.first && { first: tidyTry(a.first) }),
    ...(a.last && { last: tidyTry(a.last) }),
    ...(a.was && { was: a.was.map(tidy) }),
  });
  for (const [id, a] of Object.entries(p.answers)) answers[id] = tidy(a);
  const review: Record<string, Card> = {};
  for (const [id, c] of Object.entries(p.review)) review[id] = { ...c, at: day(c.at) };
  return {
    format: FORMAT,
    version: VERSION,
    site: about.site,
    edition: about.edition,
    learner: { code: codeOf(share?.code) || (p.learner?.code ?? null), name: share?.name.trim() || null, ...(p.learner && { since: day(p.learner.since) }) },
    seed: p.learner?.seed ?? null,
    paths,
    modules,
    answers,
    review,
    ...(!share && { notes: p.notes }),
    marks,
  };
}

/** A code as files have it, however it was typed: "k7qf 2m" is K7QF-2M. */
function codeOf(typed = ""): string {
  const letters = typed.toUpperCase().replace(/[^0-9A-Z]/g, "").slice(0, 19);
  return letters.length > 4 ? letters.slice(0, 4) + "-" + letters.slice(4) : letters;
}
