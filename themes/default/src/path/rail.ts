// The path as a compact list beside a module's text: the same states and the same count as on the path's page.
import type { App } from "../app";
import type { Curriculum, PathData } from "../contract";
import { all, element, find } from "../page";
import { countOf, saidOf } from "./panel";
import { walk } from "./path";

export function showRail(app: App, list: HTMLElement, path: PathData, c: Curriculum): void {
  const w = walk(path, c, app.store.get());
  for (const li of all(list, "[data-stop]")) {
    const stop = w.stops.find((s) => s.stop.id === li.dataset["stop"] && !["quiz", "reflection"].includes(s.stop.item));
    if (!stop) continue;
    li.classList.toggle("done", stop.done);
    find(li, "a > .state")?.remove();
    if (stop.done) find(li, "a")?.append(element("span", "vh state", ", " + app.say("state.done")));
  }
  const text = find(list.parentElement ?? document, "[data-progress-text]");
  if (text) saidOf(text, w.started ? countOf(app.say, w) : "");
}
