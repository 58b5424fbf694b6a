// The panel that says how far a path is: in words, as a bar, and the way on.
import type { App } from "../app";
import type { PathData, StopData } from "../contract";
import { type Said, find } from "../page";
import { minutesLeft } from "./minutes";
import type { Open } from "./open";
import type { Walk } from "./path";

/** A review has no title of its own. */
export function titleOf(app: App, stop: StopData): string {
  return stop.title || app.say("path.review");
}

/** How far a path is: "2 of 8 steps done · about 40 min left". */
export function countOf(say: Said, w: Walk): string {
  return say.count("path.count", w.of, w.done) + (w.left[1] > 0 ? " · " + minutesLeft(say, ...w.left) : "");
}

/** A thing that is still open, in words. */
export function openWords(app: App, o: Open): string {
  switch (o.what) {
    case "stop":
      return o.title || app.say("path.review");
    case "choose":
      return app.say("progress.open.choose", o.n) + " " + o.from.map((f) => f.title).join(", ");
    case "checks":
      return app.say("progress.open.checks", Math.floor(o.share * 100), o.min);
    case "milestone":
      return o.title;
    case "other":
      return app.say("progress.open.other");
  }
}

/** What is said of a path: how far it is, or that it is finished, or what it asks for when all its stops are done. */
export function stateOf(app: App, open: Open[], w: Walk): string {
  if (w.finished) return app.say("path.finished");
  const words = w.next ? "" : open.map((o) => openWords(app, o)).join("; ");
  return countOf(app.say, w) + (words && " · " + app.say("certificate.missing", words));
}

/** Where a path goes on, and its title: the next stop, a page with a question that is still to get right, the path itself for whatever else it
 * asks; undefined when it is finished. */
export function wayOn(app: App, path: PathData, open: Open[], w: Walk): { title: string; url: string } | undefined {
  if (w.finished) return undefined;
  if (w.next) return { title: titleOf(app, w.next), url: w.next.url || path.url };
  const [o] = open;
  return o && ((o.what === "checks" && o.first) || path);
}

/** Says something of a path; nothing: what the page said before, as when all was deleted in another tab. */
export function saidOf(text: HTMLElement, words: string): void {
  text.dataset["before"] ??= text.textContent ?? "";
  text.textContent = words || text.dataset["before"];
}

export function showPanel(app: App, panel: ParentNode, path: PathData, open: Open[], w: Walk): void {
  const { say } = app;
  const text = find(panel, "[data-progress-text]");
  if (text) saidOf(text, w.started || w.finished ? stateOf(app, open, w) : "");
  const bar = find<HTMLProgressElement>(panel, "[data-progress]");
  if (bar) {
    bar.max = w.of || 1;
    bar.value = w.done;
  }
  const link = find<HTMLAnchorElement>(panel, "[data-continue]");
  if (!link) return;
  const on = wayOn(app, path, open, w);
  link.href = app.page.root + (on?.url || path.url);
  const label = find(link, "span") ?? link;
  label.textContent = on ? (w.started ? say("path.continue", on.title) : say("path.start")) : say("path.again");
}
