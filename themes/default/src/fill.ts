// What there is to fill in on a page: checks, papers, reading lists. It is woken by whichever script comes first.
import type { App } from "./app";
import { find } from "./page";
import { watchChecks } from "./question/open";

export function wakeFields(app: App): void {
  watchChecks(app);
  if (find(document, "[data-form], [data-reading]")) loadForm(app);
}

/** form.js is asked for again when the reader goes on to another field. */
function loadForm(app: App): void {
  app.loadKeeper("form.js").catch(() => addEventListener("focusin", () => loadForm(app), { once: true }));
}
