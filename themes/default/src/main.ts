// waymark.js: pages of the handbook. This and the other main.ts are the only modules that do things when they are loaded.
import { boot } from "./boot";
import { wakeFields } from "./fill";
import { wakeModule } from "./module/module";
import { find } from "./page";

boot((app) => {
  if (app.keeps) wakeModule(app);
  wakeFields(app);
  if (!app.keeps) return; // nobody can say how far a learner is
  if (find(document, "waymark-path, waymark-resume, .card[data-path], [data-certificate]")) void app.load("path.js");
  if (find(document, "waymark-progress")) void app.load("progress.js");
});
