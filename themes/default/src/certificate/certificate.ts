// The certificate: what is missing, or the day the path was finished. The name is typed on the page and kept nowhere.
import type { App } from "../app";
import { printTyped } from "../form/paper";
import { dayIn, element, find } from "../page";
import { finished, pathDone } from "../path/ground";
import { openOf } from "../path/open";
import { openWords } from "../path/panel";
import { type Day, own } from "../progress/progress";

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
      const link = (title: string, url: string) => {
        const a = element("a", "", title);
        a.href = app.page.root + (url || path.url);
        return a;
      };
      if (o.what === "stop") li.append(link(openWords(app, o), o.url));
      else if (o.what === "choose") {
        li.append(app.say("progress.open.choose", o.n));
        o.from.forEach((f, i) => li.append(i > 0 ? ", " : " ", link(f.title, f.url)));
      } else li.textContent = openWords(app, o);
      list.append(li);
    }
    find(document, "[data-missing-list]")?.replaceChildren(list);
    const time = find<HTMLTimeElement>(document, "[data-finished]");
    const day = own(p.paths, path.id)?.done;
    if (time) {
      time.textContent = done && day ? daysIn(app, own(p.paths, path.id)!.started, day) : "";
      time.dateTime = day ?? "";
    }
  };
  const judge = () => {
    const event = finished(path, curriculum, app.store.get());
    if (event) app.store.tell(event);
  };
  const name = find<HTMLInputElement>(document, "[data-certificate-name]");
  name?.addEventListener("input", () => {
    // A long name is written smaller, so that all of it is seen.
    name.classList.remove("long");
    name.classList.toggle("long", name.scrollWidth > name.clientWidth);
  });
  printTyped(document);
  app.store.watch(show);
  judge();
  show();
}

/** From when to when the path was gone through: "3 Oct – 30 Nov 2026", on one line. A link knows only when it was finished. */
function daysIn(app: App, from: Day | undefined, to: Day): string {
  if (!from || from >= to) return dayIn(app, to);
  try {
    const day = new Intl.DateTimeFormat(app.language, { dateStyle: "medium", timeZone: "UTC" });
    return day.formatRange(new Date(from), new Date(to));
  } catch {
    return `${from} – ${to}`;
  }
}
