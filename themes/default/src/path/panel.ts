// The panel that says how far a path is: in words, as a bar, and the way on.
import type { App } from "../app";
import type { PathData, StopData } from "../contract";
import { find } from "../page";
import { minutesLeft } from "./minutes";
import type { Walk } from "./path";

/** A review has no title of its own. */
export function titleOf(app: App, stop: StopData): string {
  return stop.title || app.say("path.review");
}

export function showPanel(app: App, panel: ParentNode, path: PathData, w: Walk): void {
  const { say } = app;
  const words = say.count("path.count", w.of, w.done);
  const text = find(panel, "[data-progress-text]");
  const left = w.left[1] > 0 ? " · " + minutesLeft(say, ...w.left) : "";
  if (text) text.textContent = w.finished ? say("path.finished") : w.started ? words + left : text.textContent;
  const bar = find<HTMLProgressElement>(panel, "[data-progress]");
  if (bar) {
    bar.max = w.of || 1;
    bar.value = w.done;
  }
  const link = find<HTMLAnchorElement>(panel, "[data-continue]");
  if (!link) return;
  link.href = app.page.root + (w.next?.url || path.url);
  const label = find(link, "span") ?? link;
  label.textContent = w.next ? (w.started ? say("path.continue", titleOf(app, w.next)) : say("path.start")) : say("path.again");
}
