// What is complete on a path: its stops, stages and milestones, and the path itself.
import type { Curriculum, ModuleData, PathData, StageData, StopData } from "../contract";
import { type Day, type Progress, type ProgressEvent, dayOf, markKey, marked, moduleDone, own } from "../progress/progress";
import { type Ground, answered, cards, checkOf, formDone, held, holds, passed } from "../progress/rule";

/** The ground of a path's rule. Modules that it only offers, or lets choose, do not have to be read, but their reflections count. */
export function pathGround(path: PathData, c: Curriculum, p: Progress): Ground {
  const stops = path.stages.flatMap((s) => s.items);
  const required = new Set(stops.filter((s) => ["module", "session", "form"].includes(s.item)).map((s) => s.id));
  const mentioned = new Set(stops.flatMap((s) => [s.id, ...(s.from ?? []).map((f) => f.id)]));
  const within = (ids: Set<string>): ModuleData[] => c.modules.filter((m) => ids.has(m.id));
  return {
    mark: markKey.path(path.id),
    modules: within(required),
    reflections: within(mentioned),
    check: (id) => checkOf(c.modules, id),
    milestone: (id) => path.stages.some((s) => s.milestone?.id === id && milestoneReached(path, s, c, p)),
    stage: (id) => path.stages.some((s) => s.id === id && stageDone(s, c, p)),
  };
}

/** A milestone is reached when the learner says so, or, if it is of that kind, with its stage. */
export function milestoneReached(path: PathData, stage: StageData, c: Curriculum, p: Progress): boolean {
  const m = stage.milestone;
  return !!m && (marked(p, markKey.milestone(path.id, m.id)) || (m.confirm === "rule" && stageDone(stage, c, p)));
}

/** A stage is done when all its items are, but for those it only offers. */
export function stageDone(stage: StageData, c: Curriculum, p: Progress): boolean {
  return stage.items.every((item) => item.item === "optional" || stopDone(item, c, p));
}

export function stopDone(stop: StopData, c: Curriculum, p: Progress): boolean {
  if (stop.testOut && passed(checkOf(c.modules, stop.testOut), stop.testOut, p)) return true;
  switch (stop.item) {
    case "choose":
      return (stop.from ?? []).filter((f) => stopDone(f, c, p)).length >= (stop.choose ?? 1);
    case "quiz":
      return passed(checkOf(c.modules, stop.id), stop.id, p, stop.pass);
    case "reflection":
      return answered(p, stop.id);
    case "review":
      return cards(p) >= (stop.cards ?? 1);
    case "session":
      return held(stop.id, stop.repeat ?? 1, p) >= (stop.repeat ?? 1);
    case "form":
      // A path that asks for a signature is not content with the page's own rule, but takes the learner's word.
      return (
        marked(p, markKey.module(stop.id)) || formDone(stop.id, stop.done, p) || (stop.done !== "signed" && moduleDone(p, stop.id) !== null)
      );
    default:
      return moduleDone(p, stop.id) !== null;
  }
}

/** Whether a path is finished: by its rule, or by the learner's word. Once its rule held it stays finished. */
export function pathDone(path: PathData, c: Curriculum, p: Progress): boolean {
  return !!own(p.paths, path.id)?.done || marked(p, markKey.path(path.id)) || holds(path.rule, pathGround(path, c, p), p);
}

/** That a path is finished and nobody knew, and since when: the last day on which something of it came about. It is found out when the path's page, or the certificate, is
 * opened. null: there is nothing to tell. */
export function finished(path: PathData, c: Curriculum, p: Progress): ProgressEvent | null {
  if (own(p.paths, path.id)?.done || !pathDone(path, c, p)) return null;
  const days: Day[] = [];
  const mark = (key: string) => marked(p, key) && days.push(dayOf(own(p.marks, key)!.at));
  mark(markKey.path(path.id));
  for (const m of c.modules) {
    const done = moduleDone(p, m.id);
    if (done) days.push(done.day);
    for (const check of m.checks ?? []) {
      const first = own(p.answers, check.id)?.first;
      if (first) days.push(dayOf(first.at));
    }
    for (const item of m.items ?? []) mark(markKey.item(m.id, item.id));
    mark(markKey.filled(m.id));
    mark(markKey.signed(m.id));
  }
  for (const stage of path.stages) {
    if (stage.milestone) mark(markKey.milestone(path.id, stage.milestone.id));
    for (const stop of stage.items) {
      for (let i = 1; i <= (stop.repeat ?? 1); i++) mark(markKey.session(stop.id, i));
      if (stop.item === "review") for (const card of Object.values(p.review)) if (card.n > 0) days.push(dayOf(card.at));
    }
  }
  days.sort();
  const on = days[days.length - 1];
  return on ? { do: "finished", path: path.id, on } : { do: "finished", path: path.id };
}
