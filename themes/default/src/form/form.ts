// Forms: what is typed is kept on the device, can be cleared, printed and marked as signed.
import type { App } from "../app";
import { all, asked, dayIn, find } from "../page";
import { type ProgressEvent, markKey, marked, noteKey, own } from "../progress/progress";
import { LIMITS } from "../progress/read";
import { printTyped } from "./paper";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** A field of a form: one control, or the boxes of a choice. Its text is its value; of boxes, the chosen values joined by line breaks. */
interface Field {
  id: string;
  required: boolean;
  controls: Control[];
  /** Its text when it was shown or kept last: what is the same was not typed since, and may have been deleted elsewhere. */
  was: string;
}

export function wakeForms(app: App): void {
  for (const sheet of all(document, "[data-form]")) wakeForm(app, sheet);
}

function wakeForm(app: App, sheet: HTMLElement): void {
  const form = sheet.dataset["form"]!;
  const stores = sheet.dataset["store"] !== "none";
  const fields = fieldsOf(sheet);
  for (const c of fields.flatMap((f) => f.controls)) if ("maxLength" in c && c.maxLength < 0) c.maxLength = LIMITS.text;
  const status = find(document, "[data-form-status]");
  const say = (key: string, ...args: string[]) => {
    if (status) status.textContent = app.say(key, ...args);
  };
  const kept = (f: Field) => own(app.store.get().notes, noteKey.field(form, f.id))?.text ?? "";

  const keep = () => {
    if (!stores) return;
    const events: ProgressEvent[] = [];
    for (const f of fields) {
      const text = textOf(f);
      if (text !== f.was && text !== kept(f)) events.push({ do: "noted", key: noteKey.field(form, f.id), text });
      f.was = text;
    }
    if (events.length === 0) return;
    const filled = isFilled(fields);
    if (filled !== marked(app.store.get(), markKey.filled(form))) events.push({ do: "marked", key: markKey.filled(form), v: filled });
    // Nothing is said of it: a sentence above the sheet would move the field that is about to be clicked. The page says that it keeps things.
    app.store.tell(...events);
  };
  sheet.addEventListener("change", keep);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());

  const signed = find<HTMLInputElement>(document, "[data-signed]");
  signed?.addEventListener("change", () => {
    app.tell({ do: "marked", key: markKey.signed(form), v: signed.checked });
    if (signed.checked) say("form.signed", dayIn(app, app.now()));
    else say("form.unsigned");
  });

  const clear = () => {
    for (const f of fields) write(f, "");
    const events: ProgressEvent[] = fields
      .filter((f) => kept(f) !== "")
      .map((f) => ({ do: "noted", key: noteKey.field(form, f.id), text: "" }));
    if (marked(app.store.get(), markKey.filled(form))) events.push({ do: "marked", key: markKey.filled(form), v: false });
    if (events.length > 0) app.store.tell(...events);
    say("form.cleared");
  };
  // Asked before, for what is deleted does not come back; of an empty form there is nothing to ask.
  const ask = find<HTMLDialogElement>(document, "dialog[data-ask=clear]");
  find(document, "[data-clear]")?.addEventListener("click", () => {
    if (ask && fields.some((f) => textOf(f) !== "")) ask.showModal();
    else clear();
  });
  if (ask) asked(ask, clear);
  printTyped(sheet);

  const show = () => {
    if (stores) for (const f of fields) if (!f.controls.includes(document.activeElement as Control)) write(f, kept(f));
    if (signed) signed.checked = marked(app.store.get(), markKey.signed(form));
  };
  show();
  app.store.watch(show);
}

function fieldsOf(sheet: HTMLElement): Field[] {
  const byID = new Map<string, Field>();
  for (const c of all<Control>(sheet, "input, textarea, select")) {
    const box = c instanceof HTMLInputElement && (c.type === "checkbox" || c.type === "radio");
    const id = c.dataset["field"] ?? (box ? c.name : "");
    if (!id || "signed" in c.dataset) continue;
    const f = byID.get(id);
    if (f) f.controls.push(c);
    else byID.set(id, { id, required: c.required || !!c.closest(".f")?.querySelector(".req"), controls: [c], was: "" });
  }
  return [...byID.values()];
}

function isBox(c: Control): c is HTMLInputElement {
  return c instanceof HTMLInputElement && (c.type === "checkbox" || c.type === "radio");
}

function textOf(f: Field): string {
  return f.controls.flatMap((c) => (isBox(c) ? (c.checked ? [c.value] : []) : [c.value])).join("\n");
}

function write(f: Field, text: string): void {
  const lines = text.split("\n");
  for (const c of f.controls) {
    if (isBox(c)) c.checked = lines.includes(c.value);
    else c.value = text;
  }
  f.was = textOf(f);
}

/** Filled: everything that is required, or anything when nothing is. */
function isFilled(fields: Field[]): boolean {
  const required = fields.filter((f) => f.required);
  const has = (f: Field) => textOf(f).trim() !== "";
  return required.length > 0 ? required.every(has) : fields.some(has);
}
