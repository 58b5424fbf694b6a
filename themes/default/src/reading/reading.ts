// Reading lists as work: a tick and a note for each item.
import type { App } from "../app";
import { boxesIn } from "../form/boxes";
import { all, find } from "../page";
import { markKey, marked, noteKey, own } from "../progress/progress";
import { Typed, wordsIn } from "../typed";

export function wakeReading(app: App): void {
  const module = find(document, "main")?.dataset["module"] ?? app.page.id;
  for (const book of all(document, "[data-reading]")) wakeBook(app, module, book);
}

function wakeBook(app: App, module: string, book: HTMLElement): void {
  const item = book.dataset["reading"]!;
  const key = { mark: markKey.item(module, item), note: noteKey.item(module, item) };
  const tick = new Typed(boxesIn(all(book, "[data-read-tick]")));
  const field = find<HTMLTextAreaElement>(book, "textarea[data-note]");
  const note = field && new Typed(wordsIn(field));
  const keep = () =>
    app.store.settled(() => {
      const v = tick.take();
      const text = note?.take() ?? null;
      if (v !== null) app.tell({ do: "marked", key: key.mark, v: v !== "" });
      if (text !== null) app.tell({ do: "noted", key: key.note, text });
    });
  book.addEventListener("change", keep);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());

  const show = () => {
    const p = app.store.get();
    const done = marked(p, key.mark);
    tick.meet(done ? "on" : "");
    book.classList.toggle("done", done);
    note?.meet(own(p.notes, key.note)?.text ?? "");
  };
  show();
  app.store.watch(show);
  keep();
}
