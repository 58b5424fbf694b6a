// Reading lists as work: a tick and a note for each item.
import type { App } from "../app";
import { all, find } from "../page";
import { markKey, marked, noteKey, own } from "../progress/progress";

export function wakeReading(app: App): void {
  const module = find(document, "main")?.dataset["module"] ?? app.page.id;
  const books = all(document, "[data-reading]");
  if (books.length === 0) return;
  for (const book of books) {
    const item = book.dataset["reading"]!;
    const tick = find<HTMLInputElement>(book, "[data-read-tick]");
    tick?.addEventListener("change", () => app.tell({ do: "marked", key: markKey.item(module, item), v: tick.checked }));
    const note = find<HTMLTextAreaElement>(book, "textarea[data-note]");
    const keep = () => {
      const key = noteKey.item(module, item);
      if (note && note.value !== (own(app.store.get().notes, key)?.text ?? "")) app.tell({ do: "noted", key, text: note.value });
    };
    note?.addEventListener("change", keep);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
  }
  const show = () => {
    const p = app.store.get();
    for (const book of books) {
      const item = book.dataset["reading"]!;
      const tick = find<HTMLInputElement>(book, "[data-read-tick]");
      const done = marked(p, markKey.item(module, item));
      if (tick) tick.checked = done;
      book.classList.toggle("done", done);
      const note = find<HTMLTextAreaElement>(book, "textarea[data-note]");
      if (note && document.activeElement !== note) note.value = own(p.notes, noteKey.item(module, item))?.text ?? "";
    }
  };
  show();
  app.store.watch(show);
}
