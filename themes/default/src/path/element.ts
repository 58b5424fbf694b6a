// <waymark-path>: the path's page: the state of each stop, what is next, milestones.
import type { App } from "../app";
import { all, dayIn, element, find } from "../page";
import { type Progress, type ProgressEvent, markKey, marked, own } from "../progress/progress";
import { cards } from "../progress/rule";
import { finished } from "./ground";
import { openOf } from "./open";
import { showPanel } from "./panel";
import { touched } from "../typed";
import { type Walk, walk } from "./path";

export function wakePath(app: App): void {
  const root = find(document, "waymark-path");
  const path = app.page.paths?.find((p) => p.id === root?.dataset["path"]);
  if (!root || !path) return;
  const curriculum = { modules: app.page.modules ?? [], paths: [path] };

  // Going to a stop is following the path: its neighbours are what back and on mean from now on.
  root.addEventListener("click", (e) => {
    if (!(e.target as Element).closest("a[href]:not([href^='#'])")) return;
    const events: ProgressEvent[] = [];
    if (own(app.store.get().marks, markKey.way())?.v !== path.id) events.push({ do: "marked", key: markKey.way(), v: path.id });
    if (!own(app.store.get().paths, path.id)?.started) events.push({ do: "started", path: path.id });
    app.tell(...events);
  });
  for (const box of all(root, "[data-milestone]")) wakeMilestone(app, path.id, box);
  for (const li of all(root, ".stop[data-item=session]")) addMeetings(app, li);

  const show = () => {
    const p = app.store.get();
    const w = walk(path, curriculum, p);
    const panel = find(root, ".panel.now");
    const open = openOf(path, curriculum, p);
    if (panel) showPanel(app, panel, path, open, w);
    showStops(app, root, p, w, path.mode);
    showAward(app, root, w, open.length);
  };
  const judge = () => {
    const event = finished(path, curriculum, app.store.get());
    if (event) app.store.tell(event);
  };
  app.store.watch(show);
  app.store.watch(judge);
  show();
  judge();
}

/** The list items of the page by the stops of the path, in their order: a stop may stand twice on a path. */
function showStops(app: App, root: HTMLElement, p: Progress, w: Walk, mode: string): void {
  const items = all(root, ".stop, .substop");
  const used = new Set<HTMLElement>();
  const advised = new Set<unknown>();
  const stageOf = new Map(w.stages.flatMap((s) => s.stage.items.flatMap((i) => [i, ...(i.from ?? [])].map((x) => [x, s] as const))));
  for (const s of w.stops) {
    const li = items.find((x) => !used.has(x) && x.dataset["item"] === s.stop.item && (x.dataset["stop"] ?? "") === s.stop.id);
    if (!li) continue;
    used.add(li);
    li.classList.toggle("done", s.done);
    li.classList.toggle("here", s.here);
    const stage = stageOf.get(s.stop);
    const before = stage?.before ?? [];
    // Advice is given once a stage; a strict path says it at each stop. No stop is ever locked.
    const late = before.length > 0 && !s.done && (mode === "strict" || (mode === "advise" && !advised.has(stage)));
    if (late) advised.add(stage);
    li.classList.toggle("later", before.length > 0 && !s.done && mode === "strict");
    const state = find(li, "[data-state]");
    if (!state) continue;
    const words = s.done
      ? app.say("state.done")
      : s.here
        ? app.say("state.here")
        : late
          ? app.say("path.advice", before.map((b) => b.title).join(", "))
          : begun(app, p, s);
    state.textContent = words;
    state.hidden = words === "";
  }
  for (const s of w.stages) {
    find(root, `[data-stage="${CSS.escape(s.stage.id)}"]`)?.classList.toggle("done", s.done);
    if (s.stage.milestone?.confirm !== "rule") continue;
    const box = find(root, `[data-milestone="${CSS.escape(s.stage.milestone.id)}"]`);
    box?.classList.toggle("done", s.reached);
    const state = box && find(box, "[data-state]");
    if (state) state.textContent = s.reached ? app.say("state.done") : "";
  }
}

function begun(app: App, p: Progress, { stop, held, begun }: Walk["stops"][number]): string {
  if (stop.item === "review") return app.say("progress.cards", Math.min(cards(p), stop.cards ?? 1), stop.cards ?? 1);
  if (stop.item === "session" && (stop.repeat ?? 1) > 1 && held > 0) return app.say("progress.held", held, stop.repeat ?? 1);
  return begun ? app.say("state.started") : "";
}

function wakeMilestone(app: App, path: string, box: HTMLElement): void {
  const key = markKey.milestone(path, box.dataset["milestone"]!);
  const tick = find<HTMLInputElement>(box, "[data-milestone-tick]");
  if (!tick) return; // it is reached by its rule, see showStops
  const keep = () => app.tell({ do: "marked", key, v: tick.checked });
  tick.addEventListener("change", keep);
  if (touched(tick) && tick.checked) keep();
  const show = () => {
    const p = app.store.get();
    const on = marked(p, key);
    tick.checked = on;
    box.classList.toggle("done", on);
    const date = find(box, "[data-milestone-date]");
    if (date) date.textContent = on ? app.say("milestone.on", dayIn(app, own(p.marks, key)!.at)) : "";
  };
  app.store.watch(show);
  show();
}

/** A tick for each meeting of a session. */
function addMeetings(app: App, li: HTMLElement): void {
  const id = li.dataset["stop"]!;
  const n = Number(li.dataset["repeat"] ?? 1) || 1;
  const box = element("div", "meetings");
  for (let i = 1; i <= n; i++) {
    const key = markKey.session(id, i);
    const label = element("label", "tick");
    const input = element("input");
    input.type = "checkbox";
    input.autocomplete = "off";
    const words = element("span", "", n === 1 ? app.say("progress.meeting") : app.say("progress.meetingn", i));
    const date = element("span", "meta");
    label.append(input, words);
    const row = element("p", "meeting");
    row.append(label, " ", date);
    box.append(row);
    input.addEventListener("change", () => app.tell({ do: "marked", key, v: input.checked }));
    const show = () => {
      const p = app.store.get();
      input.checked = marked(p, key);
      date.textContent = input.checked ? dayIn(app, own(p.marks, key)!.at) : "";
    };
    app.store.watch(show);
    show();
  }
  (find(li, ".stopcard") ?? li).append(box);
}

function showAward(app: App, root: HTMLElement, w: Walk, open: number): void {
  const text = find(root, "[data-award-text]");
  if (text) text.textContent = w.finished ? app.say("award.ready") : w.started && open > 0 ? app.say.count("award.missing", open) : "";
}
