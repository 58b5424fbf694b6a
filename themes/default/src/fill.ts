// What there is to fill in on a page: checks, papers, reading lists. It is woken by whichever script comes first.
import type { App } from "./app";
import { find } from "./page";
import { watchChecks } from "./question/open";

export function wakeFields(app: App): void {
  watchChecks(app);
  if (find(document, "[data-form], [data-reading]")) void app.load("form.js");
}
