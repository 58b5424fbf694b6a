// A module page: read when its end came into view, done when its rule holds or the learner says so, and where it stands in a path.
import type { App } from "../app";
import { all, find } from "../page";
import { type Progress, type ProgressEvent, isEmpty, markKey, marked, moduleDone, own } from "../progress/progress";
import { holds, moduleGround } from "../progress/rule";
import { placeOf } from "../way/place";

export function wakeModule(app: App): void {
  const id = find(document, "main")?.dataset["module"];
  if (!id) return;
  const module = app.page.modules?.find((m) => m.id === id);

  const end = find(document, "[data-end]");
  if (end && "IntersectionObserver" in window) {
    const watch = new IntersectionObserver((seen) => {
      if (!seen.some((s) => s.isIntersecting)) return;
      watch.disconnect();
      if (!own(app.store.get().modules, id)?.read) app.tell({ do: "read", module: id });
    });
    watch.observe(end);
  }

  // A meeting is held by the learner's word alone.
  const said = module?.kind === "session";
  const isDone = (p: Progress) => (said ? marked(p, markKey.module(id)) : moduleDone(p, id) !== null);

  const button = find(document, "[data-done]");
  const status = document.getElementById(button?.getAttribute("aria-describedby") ?? "");
  button?.addEventListener("click", () => {
    const done = !isDone(app.store.get());
    app.tell({ do: "marked", key: markKey.module(id), v: done });
    if (status) status.textContent = app.say(!done ? "done.taken" : app.store.keeps ? "done.saved" : "done");
  });

  const show = () => {
    const p = app.store.get();
    const done = isDone(p);
    if (button) {
      button.setAttribute("aria-pressed", String(done));
      const words = find(button, "span") ?? button;
      const key = done ? "done" : "done.mark";
      const text = app.say(key);
      // Where the words did not come, those of the page stay.
      if (text !== key) words.textContent = text;
    }
    showNeeds(app, p);
  };
  const judge = () => {
    const p = app.store.get();
    if (module && !own(p.modules, id)?.done && holds(module.rule, moduleGround(module, app.page.modules ?? []), p)) {
      const key = markKey.module(id);
      const events: ProgressEvent[] = [{ do: "done", module: id }];
      // A mark that was taken back before the rule held says nothing against it.
      if (!said && own(p.marks, key)?.v === false) events.push({ do: "marked", key, v: true });
      app.store.tell(...events);
      if (status && !said) status.textContent = app.say("done.rule");
    }
  };
  app.store.watch(show);
  app.store.watch(judge);
  show();
  judge();
  followWay(app);
  wakeRail(app);
}

/** The path beside the text, once there is something to say of it. */
function wakeRail(app: App): void {
  let asked = !find(document, "ol.mini[data-path]");
  const ask = () => {
    if (asked || isEmpty(app.store.get())) return;
    asked = true;
    app.load("rail.js").catch(() => undefined);
  };
  app.store.watch(ask);
  ask();
}

function showNeeds(app: App, p: Progress): void {
  for (const need of all(document, "[data-need]")) {
    const state = find(need, "[data-state]");
    if (!state) continue;
    const done = moduleDone(p, need.dataset["need"]!) !== null;
    state.hidden = false;
    state.textContent = app.say(done ? "state.done" : "state.todo");
    state.classList.toggle("done", done);
  }
}

/** Whoever follows another of the page's paths than the one it shows gets that one. */
function followWay(app: App): void {
  const places = app.page.places ?? [];
  const place = placeOf(places, app.store.get());
  if (place && place !== places[0]) void app.load("way.js");
}
