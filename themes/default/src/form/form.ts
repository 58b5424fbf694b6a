// Forms: what is typed is kept on the device, can be cleared, printed and marked as signed.
import type { App } from "../app";
import { all, asked, dayIn, find } from "../page";
import { type ProgressEvent, markKey, marked, noteKey, own } from "../progress/progress";
import { Typed, wordsIn } from "../typed";
import { boxesIn } from "./boxes";
import { printTyped } from "./paper";

type Control = HTMLInputElement | HTMLTextAreaElement;

/** A field of a form. */
interface Field {
  id: string;
  required: boolean;
  typed: Typed;
}

export function wakeForms(app: App): void {
  for (const sheet of all(document, "[data-form]")) wakeForm(app, sheet);
}

function wakeForm(app: App, sheet: HTMLElement): void {
  const form = sheet.dataset["form"]!;
  const stores = sheet.dataset["store"] !== "none";
  const fields = fieldsOf(sheet);
  const status = find(document, "[data-form-status]");
  const say = (key: string, ...args: string[]) => {
    if (status) status.textContent = app.say(key, ...args);
  };
  const kept = (f: Field) => own(app.store.get().notes, noteKey.field(form, f.id))?.text ?? "";

  const mark = find<HTMLInputElement>(document, "[data-signed]");
  const signed = new Typed(boxesIn(mark ? [mark] : []));
  const keep = () => {
    if (stores) app.store.settled(taken);
  };
  const taken = () => {
    const events: ProgressEvent[] = [];
    for (const f of fields) {
      const text = f.typed.take();
      if (text !== null && text !== kept(f)) events.push({ do: "noted", key: noteKey.field(form, f.id), text });
    }
    const v = signed.take();
    if (v !== null) events.push({ do: "marked", key: markKey.signed(form), v: v !== "" });
    if (events.length === 0) return;
    const filled = isFilled(fields);
    if (filled !== marked(app.store.get(), markKey.filled(form))) events.push({ do: "marked", key: markKey.filled(form), v: filled });
    // Nothing is said of what is typed: a sentence above the sheet would move the field that is about to be clicked. The page says that it keeps things.
    app.store.tell(...events);
    if (v) say("form.signed", dayIn(app, app.now()));
    else if (v !== null) say("form.unsigned");
  };
  for (const e of [sheet, mark]) e?.addEventListener("change", keep);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());

  const clear = () => {
    for (const t of [signed, ...fields.map((f) => f.typed)]) t.put("");
    const events: ProgressEvent[] = fields
      .filter((f) => kept(f) !== "")
      .map((f) => ({ do: "noted", key: noteKey.field(form, f.id), text: "" }));
    for (const key of [markKey.filled(form), markKey.signed(form)])
      if (marked(app.store.get(), key)) events.push({ do: "marked", key, v: false });
    if (events.length > 0) app.store.tell(...events);
    say("form.cleared");
  };
  // Asked before, for what is deleted does not come back; of an empty form there is nothing to ask.
  const ask = find<HTMLDialogElement>(document, "dialog[data-ask=clear]");
  find(document, "[data-clear]")?.addEventListener("click", () => {
    if (ask && [signed, ...fields.map((f) => f.typed)].some((t) => t.text !== "")) ask.showModal();
    else clear();
  });
  if (ask) asked(ask, clear);
  printTyped(sheet);

  const show = () => {
    if (!stores) return;
    for (const f of fields) f.typed.meet(kept(f));
    signed.meet(marked(app.store.get(), markKey.signed(form)) ? "on" : "");
  };
  show();
  app.store.watch(show);
  keep();
}

function fieldsOf(sheet: HTMLElement): Field[] {
  const byID = new Map<string, Control[]>();
  for (const c of all<Control>(sheet, "input, textarea")) {
    const id = c.dataset["field"] ?? c.name;
    if (id) byID.set(id, [...(byID.get(id) ?? []), c]);
  }
  const isBox = (c: Control): c is HTMLInputElement => c.type === "checkbox" || c.type === "radio";
  return Array.from(byID, ([id, controls]) => ({
    id,
    required: controls.some((c) => c.required || c.closest(".f")?.querySelector(".req")),
    typed: new Typed(controls.every(isBox) ? boxesIn(controls) : wordsIn(controls[0]!)),
  }));
}

/** Filled: everything that is required, or anything when nothing is. */
function isFilled(fields: Field[]): boolean {
  const required = fields.filter((f) => f.required);
  const has = (f: Field) => f.typed.text.trim() !== "";
  return required.length > 0 ? required.every(has) : fields.some(has);
}
