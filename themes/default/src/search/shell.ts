// The search dialog's elements: a combobox with its list box, and two filters.
import { element, icon, type Said } from "../page";
import { setSlash, slash } from "./slash";

/** A label with its text, a blank and a select with one option, "all". */
function filter(say: Said, name: "role" | "kind"): HTMLElement {
  const label = element("label");
  const select = element("select");
  select.dataset[name === "role" ? "searchRole" : "searchKind"] = "";
  const all = element("option", "", say("search.all"));
  all.value = "";
  select.append(all);
  label.append(element("span", "", name === "role" ? say("search.role") : say("search.kind")), " ", select);
  return label;
}

export function filters(say: Said): HTMLElement {
  const row = element("div", "filters");
  row.append(filter(say, "role"), filter(say, "kind"));
  return row;
}

/** The dialog, not yet in the page. */
export function makeDialog(say: Said): HTMLDialogElement {
  const dialog = element("dialog", "search");
  dialog.id = "search.box";
  dialog.setAttribute("aria-labelledby", "search.title");

  const title = element("h2", "", say("search.title"));
  title.id = "search.title";
  const close = element("button", "iconbtn");
  close.type = "button";
  close.append(icon("cross"), element("span", "vh", say("search.close")));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (e) => e.target === dialog && dialog.close());
  const bar = element("div", "bar");
  bar.append(title, close);

  const label = element("label", "vh", say("search.words"));
  label.htmlFor = "search.field";
  const field = element("input", "field");
  field.id = "search.field";
  field.type = "text";
  field.autocomplete = "off";
  field.spellcheck = false;
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": "search.list",
    "aria-autocomplete": "list",
    autocapitalize: "off",
    enterkeyhint: "search",
  }))
    field.setAttribute(name, value);

  const status = element("p", "meta", say("search.hint"));
  status.setAttribute("role", "status");
  status.dataset["searchStatus"] = "";
  const list = element("ul", "hits");
  list.id = "search.list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say("search.found"));
  list.hidden = true;

  const keys = element("p", "keysline");
  for (const [names, does] of [
    ["↑ ↓", say("search.choose")],
    ["Enter", say("search.open")],
    ["Esc", say("search.close.word")],
  ] as const) {
    const key = element("span");
    key.append(...names.split(" ").flatMap((n) => [element("kbd", "", n), " "]), does);
    keys.append(key);
  }

  const single = element("label", "tick");
  const tick = element("input");
  tick.type = "checkbox";
  tick.checked = slash();
  tick.addEventListener("change", () => setSlash(tick.checked));
  single.append(tick, element("span", "", say("search.slash")));

  const box = element("div", "in");
  box.append(bar, label, field, filters(say), status, list, keys, single);
  dialog.append(box);
  return dialog;
}
