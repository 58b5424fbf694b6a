// What a path still asks for, thing by thing. Pure.
import type { Curriculum, PathData, Rule } from "../contract";
import type { Progress } from "../progress/progress";
import { holds, share } from "../progress/rule";
import { pathGround, stageDone, stopDone } from "./ground";

/** A thing that is not done yet. */
export type Open =
  | { what: "stop"; title: string; url: string }
  | { what: "checks"; share: number; min: number }
  | { what: "milestone"; title: string }
  | { what: "other" };

export function openOf(path: PathData, c: Curriculum, p: Progress): Open[] {
  const on = pathGround(path, c, p);
  if (holds(path.rule, on, p)) return [];
  const found: Open[] = [];
  const add = (o: Open) => {
    if (!found.some((x) => JSON.stringify(x) === JSON.stringify(o))) found.push(o);
  };
  const walk = (rule: Rule) => {
    if (holds(rule, on, p)) return;
    if (typeof rule === "object" && "all" in rule) return rule.all.forEach(walk);
    if (typeof rule === "object" && "stages" in rule) {
      for (const stage of path.stages) {
        if (!rule.stages.includes(stage.id) || stageDone(stage, c, p)) continue;
        for (const stop of stage.items) {
          if (stop.item === "optional" || stopDone(stop, c, p)) continue;
          for (const s of stop.item === "choose" ? (stop.from ?? []).filter((f) => !stopDone(f, c, p)) : [stop])
            add({ what: "stop", title: s.title, url: s.url });
        }
      }
      return;
    }
    if (typeof rule === "object" && "milestones" in rule) {
      for (const stage of path.stages) {
        const m = stage.milestone;
        if (m && rule.milestones.includes(m.id) && !on.milestone(m.id)) add({ what: "milestone", title: m.title });
      }
      return;
    }
    if (typeof rule === "object" && "checks" in rule)
      return add({ what: "checks", share: share(rule.checks.of, on, p), min: rule.checks.min ?? 80 });
    add({ what: "other" });
  };
  walk(path.rule);
  return found;
}
