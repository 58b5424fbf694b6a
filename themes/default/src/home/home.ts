// The home page: "go on with …", and how far each path is.
import type { App } from "../app";
import { ofLearner, walk } from "../path/path";
import { openOf } from "../path/open";
import { stateOf, wayOn } from "../path/panel";
import { all, find } from "../page";
import { isEmpty, markKey, own } from "../progress/progress";

export function wakeHome(app: App): void {
  const resume = find(document, "waymark-resume");
  const cards = all(document, ".card[data-path]");
  if ((!resume && cards.length === 0) || isEmpty(app.store.get())) return;
  const show = async () => {
    const site = await app.site();
    const p = app.store.get();
    document.documentElement.classList.toggle("has-progress", !isEmpty(p));
    const way = own(p.marks, markKey.way())?.v;
    const walks = site.paths.map((path) => ({ path, w: walk(path, site, p) }));
    const mine = ofLearner(walks);
    for (const card of cards) {
      const found = walks.find((x) => x.path.id === card.dataset["path"]);
      const text = find(card, "[data-progress-text]");
      if (!found || !text) continue;
      text.textContent = mine.includes(found) ? app.say.count("path.count", found.w.of, found.w.done) : "";
    }
    const now = mine.find((x) => x.path.id === way) ?? mine.find((x) => !x.w.finished) ?? mine[0] ?? walks[0];
    if (!resume || !now) return;
    const { path, w } = now;
    const open = openOf(path, site, p);
    const text = find(resume, "[data-progress-text]");
    if (text) text.textContent = `${path.title}: ${stateOf(app, open, w)}`;
    const bar = find<HTMLProgressElement>(resume, "[data-progress]");
    if (bar) {
      bar.max = w.of || 1;
      bar.value = w.done;
      bar.setAttribute("aria-label", app.say.count("path.count", w.of, w.done));
    }
    const link = find<HTMLAnchorElement>(resume, "[data-continue]");
    if (!link) return;
    const on = wayOn(app, path, open, w);
    link.href = app.page.root + (on?.url || path.url);
    const words = find(link, "span") ?? link;
    words.textContent = on ? app.say("path.continue", on.title) : app.say("path.again");
  };
  // Without the titles the card leads to the first path, as the page was written.
  show().then(
    () => app.store.watch(() => void show()),
    () => undefined,
  );
}
