// The certificate: what is missing, or the day the path was finished. The name is typed on the page and kept nowhere.
import type { App } from "../app";
import { dayIn, element, find } from "../page";
import { pathDone } from "../path/ground";
import { openOf } from "../path/open";
import { own } from "../progress/progress";

export function wakeCertificate(app: App): void {
  const id = find(document, "[data-certificate]")?.dataset["certificate"];
  const path = app.page.paths?.find((p) => p.id === id);
  if (!path) return;
  const curriculum = { modules: app.page.modules ?? [], paths: [path] };
  const show = () => {
    const p = app.store.get();
    const done = pathDone(path, curriculum, p);
    const open = done ? [] : openOf(path, curriculum, p);
    const note = find(document, "[data-missing]");
    if (note) note.hidden = done;
    const list = element("ul");
    for (const o of open) {
      const li = element("li");
      if (o.what === "stop") {
        const a = element("a", "", o.title || app.say("path.review"));
        a.href = app.page.root + (o.url || path.url);
        li.append(a);
      } else if (o.what === "checks") li.textContent = app.say("progress.open.checks", Math.floor(o.share * 100), o.min);
      else if (o.what === "milestone") li.textContent = o.title;
      else li.textContent = app.say("progress.open.other");
      list.append(li);
    }
    find(document, "[data-missing-list]")?.replaceChildren(list);
    const time = find<HTMLTimeElement>(document, "[data-finished]");
    const day = own(p.paths, path.id)?.done;
    if (time) {
      time.textContent = done && day ? dayIn(app, day) : "";
      time.dateTime = day ?? "";
    }
  };
  const judge = () => {
    const p = app.store.get();
    if (!own(p.paths, path.id)?.done && pathDone(path, curriculum, p)) app.store.tell({ do: "finished", path: path.id });
  };
  app.store.watch(show);
  judge();
  show();
}
