// The only module that does things when it is loaded: it defines the elements, opens the store, and joins them.
import { type App, type Door, loadScript } from "./app";
import type { SiteData } from "./contract";
import { wakeModule } from "./module/module";
import { wakeShell } from "./nav/nav";
import { all, find, pageData, wordsOf } from "./page";
import { type ProgressEvent, markKey, momentOf, own } from "./progress/progress";
import { checkOf } from "./progress/rule";
import { Store, type Trouble } from "./progress/store";
import { Question } from "./question/element";
import type { Around } from "./question/shell";
import { Quiz } from "./quiz/element";
import { Rating } from "./rating/element";
import { Reflection } from "./reflection/element";
import { wakeReview } from "./review/ask";
import { step } from "./review/schedule";
import { Scenario } from "./scenario/element";
import { Tabs } from "./tabs/tabs";

function main(): void {
  customElements.define("waymark-tabs", Tabs);
  wakeShell();
  const page = pageData();
  if (!page) return;

  const language = document.documentElement.lang;
  const say = wordsOf(page.strings, language);
  const now = () => momentOf(Date.now());
  const notice = (text: string) => {
    const box = find(document, "[data-update]");
    if (box) box.textContent = text;
  };
  const store = new Store({
    site: page.site,
    storage: storage(),
    now,
    random: () => crypto.getRandomValues(new Uint32Array(1))[0]!,
    trouble: (what) => once(what, () => notice(say(what === "denied" ? "memory" : what))),
  });
  addEventListener("storage", (e) => store.changed(e.key));

  let loading: Promise<SiteData> | undefined;
  const door: Door = {
    site: (data) => (door.loaded = data),
    answers: (html) => document.getElementById("main")?.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes),
  };
  const app: App = {
    page,
    store,
    say,
    language,
    now,
    notice,
    site: () => (loading ??= loadScript(page.data).then(() => door.loaded ?? Promise.reject(new Error(page.data)))),
    tell: (...events) => events.forEach((e) => tell(app, e)),
  };
  door.app = app;
  window.waymark = door;
  document.addEventListener("waymark", (e) => tell(app, (e as CustomEvent<ProgressEvent>).detail));

  const curtain = find(document, "main[data-curtain]")?.dataset["curtain"];
  if (curtain) loadScript(curtain).then(() => wakeChecks(app), () => undefined);
  else wakeChecks(app);
  wakeModule(app);
  if (find(document, more)) void loadScript(document.documentElement.dataset["assets"] + "progress.js");
}

/** What progress.js wakes. */
const more = "[data-form], [data-reading], waymark-resume, .card[data-path], waymark-path, waymark-progress, [data-certificate-name]";

/** Reading window.localStorage itself throws where the browser keeps nothing. */
function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** A trouble is said once a visit, not on every page. */
function once(what: Trouble, say: () => void): void {
  try {
    const key = "waymark:told:" + what;
    if (sessionStorage.getItem(key)) return;
    sessionStorage.setItem(key, "1");
  } catch {
    // No memory of having said it: it is said on each page.
  }
  say();
}

/** An event with what follows from it. The card moves by what was known before the answer. */
function tell(app: App, e: ProgressEvent): void {
  const events = [e];
  const check = e.do === "answered" ? checkOf(app.page.modules ?? [], e.id) : undefined;
  if (e.do === "answered" && check) {
    const p = app.store.get();
    const next = step(check, own(p.answers, e.id), own(p.review, e.id), e.s >= 1, app.now().slice(0, 10));
    if (next) events.push({ do: "reviewed", id: e.id, ...next });
  }
  app.store.tell(...events);
}

function wakeChecks(app: App): void {
  const around: Around = { site: app.page.site, seed: () => app.store.seed, say: app.say };
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
    const kept = (id: string) => own(p.answers, id);
    for (const q of questions) if (!drawn.has(q)) q.restore(kept(q.key.id));
    for (const q of quizzes) q.restore(kept(q.key.id), kept);
    for (const r of reflections) r.restore(kept(r.key.id), own(p.notes, r.key.id)?.text);
    for (const r of ratings) r.restore(kept(r.key.id), r.key.same ? kept(r.key.same) : undefined);
    for (const s of scenarios) s.restore(kept(s.key.id), own(p.marks, markKey.scene(s.key.id)));
  };
  restore();
  addEventListener("storage", restore);
  wakeReview(app, questions, quizzes);
}

main();
