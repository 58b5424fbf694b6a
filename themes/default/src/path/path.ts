// A path as a learner walks it: which stop is in which state, what is next, how much is left. Pure.
import type { Curriculum, PathData, StageData, StopData } from "../contract";
import { type Progress, markKey, own } from "../progress/progress";
import { answered, held } from "../progress/rule";
import { milestoneReached, pathDone, stageDone, stopDone } from "./ground";

export interface Walk {
  /** By stop in the order of the path, those of a choice after it. */
  stops: { stop: StopData; done: boolean; begun: boolean; here: boolean; held: number }[];
  done: number;
  of: number;
  /** Minutes left, from and to. */
  left: [number, number];
  next: StopData | null;
  stages: { stage: StageData; done: boolean; /** Stages to have done before that are not. */ before: StageData[]; reached: boolean }[];
  finished: boolean;
  /** Something on it was begun, maybe for another path. */
  started: boolean;
  /** The learner set out on this path: came to a stop by it. */
  chosen: boolean;
}

export function walk(path: PathData, c: Curriculum, p: Progress): Walk {
  const w: Walk = {
    stops: [],
    done: 0,
    of: 0,
    left: [0, 0],
    next: null,
    stages: [],
    finished: pathDone(path, c, p),
    started: false,
    chosen: false,
  };
  w.chosen = !!own(p.paths, path.id)?.started || own(p.marks, markKey.way())?.v === path.id;
  w.started = w.chosen;
  const byID = new Map(path.stages.map((s) => [s.id, s]));
  for (const stage of path.stages) {
    const before = (stage.after ?? []).flatMap((id) => byID.get(id) ?? []).filter((s) => !stageDone(s, c, p));
    const done = stageDone(stage, c, p);
    w.stages.push({ stage, done, before, reached: milestoneReached(path, stage, c, p) });
    for (const stop of stage.items) walkStop(w, stop, stop.item !== "optional", c, p);
  }
  const here = w.next && w.stops.find((s) => s.stop === w.next);
  if (here && w.started) here.here = true;
  return w;
}

/** The paths that a learner is on: those set out on; without one, that on which most is done, since modules are shared by paths. */
export function ofLearner<T extends { w: Walk }>(walks: T[]): T[] {
  const chosen = walks.filter(({ w }) => w.chosen);
  if (chosen.length > 0) return chosen;
  return walks
    .filter(({ w }) => w.started)
    .sort((a, b) => b.w.done - a.w.done)
    .slice(0, 1);
}

function walkStop(w: Walk, stop: StopData, counts: boolean, c: Curriculum, p: Progress): void {
  const done = stopDone(stop, c, p);
  const meetings = stop.item === "session" ? held(stop.id, stop.repeat ?? 1, p) : 0;
  const module = c.modules.find((m) => m.id === stop.id);
  const begun = meetings > 0 || !!own(p.modules, stop.id)?.read || !!module?.checks?.some((k) => answered(p, k.id));
  w.stops.push({ stop, done, begun, here: false, held: meetings });
  if (done || begun) w.started = true;
  if (counts) {
    w.of++;
    if (done) w.done++;
    else {
      const [from, to] = timeOf(stop, c, p);
      w.left = [w.left[0] + from, w.left[1] + to];
    }
  }
  for (const f of stop.from ?? []) walkStop(w, f, false, c, p);
  if (counts && !done && !w.next) w.next = stop.item === "choose" ? ((stop.from ?? []).find((f) => !stopDone(f, c, p)) ?? stop) : stop;
}

/** Minutes of a stop; of a choice, those of the cheapest and the dearest that are still to choose. */
function timeOf(stop: StopData, c: Curriculum, p: Progress): [number, number] {
  if (stop.item !== "choose") return stop.minutes ?? [0, 0];
  const open = (stop.from ?? []).filter((f) => !stopDone(f, c, p));
  const more = Math.max(0, (stop.choose ?? 1) - ((stop.from?.length ?? 0) - open.length));
  const sum = (list: number[]) => list.slice(0, more).reduce((a, b) => a + b, 0);
  return [sum(open.map((f) => f.minutes?.[0] ?? 0).sort((a, b) => a - b)), sum(open.map((f) => f.minutes?.[1] ?? 0).sort((a, b) => b - a))];
}
