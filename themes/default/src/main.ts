// waymark.js: pages of the handbook. This and the other main.ts are the only modules that do things when they are loaded.
import { boot } from "./boot";
import { wakeModule } from "./module/module";
import { find } from "./page";
import { watchChecks } from "./question/open";

const app = boot();
if (app) {
  wakeModule(app);
  watchChecks(app);
  if (find(document, "[data-form], [data-reading]")) void app.load("form.js");
  if (find(document, "waymark-path, waymark-resume, .card[data-path], [data-certificate]")) void app.load("path.js");
  if (find(document, "waymark-progress")) void app.load("progress.js");
}
