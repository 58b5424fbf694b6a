// Reading lists as work: a tick and a note for each item.
import type { App } from "../app";
import { all, find } from "../page";
import { markKey, marked, noteKey, own } from "../progress/progress";
import { LIMITS } from "../progress/read";

export function wakeReading(app: App): void {
  const module = find(document, "main")?.dataset["module"] ?? app.page.id;
  const books = all(document, "[data-reading]");
  if (books.length === 0) return;
  /** The text of each note when it was shown or kept last. */
  const was = new Map<HTMLTextAreaElement, string>();
  for (const book of books) {
    const item = book.dataset["reading"]!;
    const tick = find<HTMLInputElement>(book, "[data-read-tick]");
    tick?.addEventListener("change", () => app.tell({ do: "marked", key: markKey.item(module, item), v: tick.checked }));
    const note = find<HTMLTextAreaElement>(book, "textarea[data-note]");
    if (note) note.maxLength = LIMITS.text;
    const keep = () => {
      // What was not typed since it was shown or kept may have been deleted elsewhere.
      if (!note || note.value === was.get(note)) return;
      was.set(note, note.value);
      app.tell({ do: "noted", key: noteKey.item(module, item), text: note.value });
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
      if (!note || document.activeElement === note) continue;
      note.value = own(p.notes, noteKey.item(module, item))?.text ?? "";
      was.set(note, note.value);
    }
  };
  show();
  app.store.watch(show);
}
