// What a path still asks for, thing by thing. Pure.
import type { CheckData, Curriculum, PathData, Rule, StopData } from "../contract";
import type { Progress } from "../progress/progress";
import { best, holds, share } from "../progress/rule";
import { pathGround, stageDone, stopDone } from "./ground";

/** A thing that is not done yet. */
export type Open =
  | { what: "stop"; title: string; url: string }
  | { what: "choose"; n: number; from: StopData[] }
  /** first: the first page with a question that is not wholly right. */
  | { what: "checks"; share: number; min: number; first?: { title: string; url: string } }
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
          if (stop.item !== "choose") add({ what: "stop", title: stop.title, url: stop.url });
          else {
            const all = stop.from ?? [];
            const from = all.filter((f) => !stopDone(f, c, p));
            add({ what: "choose", n: (stop.choose ?? 1) - all.length + from.length, from });
          }
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
    if (typeof rule === "object" && "checks" in rule) {
      const { of } = rule.checks;
      const wrong = (k: CheckData) => (of ? of.includes(k.id) : k.points > 0) && best(p, k.id) < 1;
      const first = (of ? c : on).modules.find((m) => m.checks?.some(wrong));
      return add({
        what: "checks",
        share: share(of, on, p),
        min: rule.checks.min ?? 80,
        ...(first && { first: { title: first.title, url: `${first.url}#${encodeURIComponent(first.checks!.find(wrong)!.id)}` } }),
      });
    }
    add({ what: "other" });
  };
  walk(path.rule);
  return found;
}
