// waymark.js: pages of the handbook. This and the other main.ts are the only modules that do things when they are loaded.
import { type App, loadScript } from "./app";
import { boot } from "./boot";
import { wakeForms } from "./form/form";
import { wakeModule } from "./module/module";
import { all, find } from "./page";
import { markKey, own } from "./progress/progress";
import { Question } from "./question/element";
import type { Around } from "./question/shell";
import { Quiz } from "./quiz/element";
import { Rating } from "./rating/element";
import { wakeReading } from "./reading/reading";
import { Reflection } from "./reflection/element";
import { wakeReview } from "./review/ask";
import { Scenario } from "./scenario/element";

const app = boot();
if (app) {
  const curtain = find(document, "main[data-curtain]")?.dataset["curtain"];
  if (curtain)
    void loadScript(curtain).then(
      () => wakeChecks(app),
      () => undefined,
    );
  else wakeChecks(app);
  wakeForms(app);
  wakeReading(app);
  wakeModule(app);
  if (find(document, "waymark-path, waymark-resume, .card[data-path], [data-certificate]")) void app.load("path.js");
  if (find(document, "waymark-progress")) void app.load("progress.js");
}

function wakeChecks(app: App): void {
  const kept = (id: string) => own(app.store.get().answers, id);
  const around: Around = { site: app.page.site, seed: () => app.store.seed, kept, say: app.say };
  customElements.define("waymark-question", Question);
  customElements.define("waymark-reflection", Reflection);
  customElements.define("waymark-rating", Rating);
  customElements.define("waymark-scenario", Scenario);
  customElements.define("waymark-quiz", Quiz);

  const questions = all<Question>(document, "waymark-question").filter((q) => q.wake(around));
  const quizzes = all<Quiz>(document, "waymark-quiz").filter((q) => q.wake(around));
  const drawn = new Set(quizzes.flatMap((q) => q.questions));
  const reflections = all<Reflection>(document, "waymark-reflection").filter((r) => r.wake(around));
  const ratings = all<Rating>(document, "waymark-rating").filter((r) => r.wake(around));
  const scenarios = all<Scenario>(document, "waymark-scenario").filter((s) => s.wake(around));

  const restore = () => {
    const p = app.store.get();
    for (const q of questions) if (!drawn.has(q)) q.restore(kept(q.key.id));
    for (const q of quizzes) q.restore(kept(q.key.id), kept);
    for (const r of reflections) r.restore(kept(r.key.id), own(p.notes, r.key.id)?.text);
    for (const r of ratings) r.restore(kept(r.key.id));
    for (const s of scenarios) s.restore(kept(s.key.id), own(p.marks, markKey.scene(s.key.id)));
  };
  restore();
  addEventListener("storage", restore);
  wakeReview(app, questions, quizzes);
}
