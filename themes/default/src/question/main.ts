// checks.js: loaded when a check of the page is about to be used.
import type { App } from "../app";
import { all } from "../page";
import { type ProgressEvent, dayOf, markKey, own } from "../progress/progress";
import { checkOf } from "../progress/rule";
import { Quiz } from "../quiz/element";
import { Rating } from "../rating/element";
import { Reflection } from "../reflection/element";
import { wakeReview } from "../review/ask";
import { step } from "../review/schedule";
import { Scenario } from "../scenario/element";
import { Question } from "./element";
import type { Around } from "./shell";

const app = window.waymark?.app;
if (app) wakeChecks(app);

/** The card of the spaced review moves by the answer. */
function cardAfter(app: App, e: ProgressEvent): ProgressEvent[] {
  const check = e.do === "answered" && checkOf(app.page.modules ?? [], e.id);
  if (!check) return [];
  const p = app.store.get();
  const next = step(check, own(p.answers, e.id), own(p.review, e.id), e.s >= 1, dayOf(app.now()));
  return next ? [{ do: "reviewed", id: e.id, ...next }] : [];
}

function wakeChecks(app: App): void {
  app.follow = (e) => cardAfter(app, e);
  const kept = (id: string) => own(app.store.get().answers, id);
  const note = (id: string) => own(app.store.get().notes, id)?.text ?? "";
  const settled = (then: () => void) => app.store.settled(then);
  const around: Around = {
    site: app.page.site,
    seed: () => app.store.seed,
    kept,
    note,
    settled,
    say: app.say,
    keeps: () => app.store.keeps,
  };
  customElements.define("waymark-question", Question);
  customElements.define("waymark-reflection", Reflection);
  customElements.define("waymark-rating", Rating);
  customElements.define("waymark-scenario", Scenario);
  customElements.define("waymark-quiz", Quiz);

  // Who is in a field already stays there, though its line is put elsewhere.
  const focus = document.activeElement;
  const questions = all<Question>(document, "waymark-question").filter((q) => q.wake(around));
  const quizzes = all<Quiz>(document, "waymark-quiz").filter((q) => q.wake(around));
  const drawn = new Set(quizzes.flatMap((q) => q.questions));
  const reflections = all<Reflection>(document, "waymark-reflection").filter((r) => r.wake(around));
  const ratings = all<Rating>(document, "waymark-rating").filter((r) => r.wake(around));
  const scenarios = all<Scenario>(document, "waymark-scenario").filter((s) => s.wake(around));

  const restore = () => {
    const p = app.store.get();
    for (const q of questions) if (!drawn.has(q)) q.restore(kept(q.key.id));
    for (const q of quizzes) q.restore(kept(q.key.id), kept, own(p.marks, markKey.round(q.key.id)));
    for (const r of reflections) r.restore(kept(r.key.id), note(r.key.id));
    for (const r of ratings) r.restore(kept(r.key.id));
    for (const s of scenarios) s.restore(kept(s.key.id), own(p.marks, markKey.scene(s.key.id)));
  };
  restore();
  if (focus !== document.activeElement && focus instanceof HTMLElement) focus.focus({ preventScroll: true });
  addEventListener("storage", ({ key }) => (key === null || key === app.store.key) && app.store.settled(restore));
  if (app.keeps) wakeReview(app, questions, quizzes);
}
