// Reading lists as work: a tick and a note for each item.
import type { App } from "../app";
import { all, find } from "../page";
import { markKey, marked, noteKey, own } from "../progress/progress";
import { LIMITS } from "../progress/read";

export function wakeReading(app: App): void {
  const module = find(document, "main")?.dataset["module"] ?? app.page.id;
  for (const book of all(document, "[data-reading]")) wakeBook(app, module, book);
}

function wakeBook(app: App, module: string, book: HTMLElement): void {
  const item = book.dataset["reading"]!;
  const key = { mark: markKey.item(module, item), note: noteKey.item(module, item) };
  const tick = find<HTMLInputElement>(book, "[data-read-tick]");
  tick?.addEventListener("change", () => app.tell({ do: "marked", key: key.mark, v: tick.checked }));

  const note = find<HTMLTextAreaElement>(book, "textarea[data-note]");
  const kept = () => own(app.store.get().notes, key.note)?.text ?? "";
  /** The note when it was shown or kept last: what is the same was not typed since, and may have been deleted elsewhere. */
  let was = kept();
  const keep = () => {
    if (!note || note.value === was) return;
    was = note.value;
    app.tell({ do: "noted", key: key.note, text: was });
  };
  if (note) note.maxLength = LIMITS.text;
  note?.addEventListener("change", keep);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());

  const show = () => {
    const done = marked(app.store.get(), key.mark);
    if (tick) tick.checked = done;
    book.classList.toggle("done", done);
    if (note && document.activeElement !== note) note.value = was = kept();
  };
  show();
  app.store.watch(show);
}
