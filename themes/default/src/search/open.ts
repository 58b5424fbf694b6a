// The search's part of waymark.js: the button, the keys, and loading search.js when somebody looks for something.
import type { App } from "../app";
import { all, find, type Said } from "../page";
import type { Finder } from "./finder";

/** What search.js puts into the door. */
export interface Search {
  dialog(dialog: HTMLDialogElement, root: string, say: Said): void;
  /** Shows what answers ?q= at the top of the index page. */
  page(main: HTMLElement, query: string, root: string, say: Said): void;
  /** The search without a page around it: what tests ask. */
  Finder: typeof Finder;
}

declare module "../app" {
  interface Door {
    finder?: Search;
  }
}

/** Wakes the search: links to the index page become buttons that open the dialog. Where there is no dialog they stay links. */
export function wakeSearch(app: Pick<App, "say" | "load" | "wear">): void {
  const html = document.documentElement;
  const root = html.dataset["root"] ?? "";
  const dialog = find<HTMLDialogElement>(document, "dialog#search\\.box");
  let loading: Promise<Search> | undefined;
  const load = () => {
    if (!loading) app.wear("search.css");
    return (loading ??= app.load("search.js").then(() => window.waymark?.finder ?? Promise.reject(new Error("search.js"))));
  };

  const asked = html.dataset["kind"] === "index" ? new URLSearchParams(location.search).get("q") : null;
  const main = find(document, "main");
  if (asked !== null && main)
    void load().then(
      (s) => s.page(main, asked, root, app.say),
      () => undefined,
    );
  if (dialog && typeof dialog.showModal === "function")
    wakeDialog(dialog, () => load().then((s) => s.dialog(dialog, root, app.say)), app.say);
}

function wakeDialog(dialog: HTMLDialogElement, load: () => Promise<void>, say: Said): void {
  const field = find<HTMLInputElement>(dialog, "[role=combobox]");
  const status = find(dialog, "[data-search-status]");
  if (!field) return;
  let loaded = false;
  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    // Words can be typed at once; search.js takes them up when it is there.
    field.focus();
    field.select();
    if (loaded) return;
    loaded = true;
    load().catch(() => {
      loaded = false;
      if (status) status.textContent = say("search.broken");
    });
  };
  for (const link of all<HTMLAnchorElement>(document, "a[data-search]")) {
    const b = document.createElement("button");
    b.type = "button";
    b.className = link.className;
    b.dataset["search"] = "";
    b.setAttribute("aria-haspopup", "dialog");
    b.append(...link.childNodes);
    b.addEventListener("click", open);
    link.replaceWith(b);
  }
  find(dialog, "[data-close]")?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (e) => e.target === dialog && dialog.close());
  // showModal() remembers what had the focus and close() gives it back.

  // A key without Ctrl is in the way of people who speak to their computer: a site can switch it off (data-slash="off" on the dialog).
  const slash = dialog.dataset["slash"] !== "off";
  document.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.altKey || e.isComposing) return;
    const command = (e.ctrlKey || e.metaKey) && !e.shiftKey && e.key.toLowerCase() === "k";
    const plain = slash && e.key === "/" && !e.ctrlKey && !e.metaKey && !typing(e.target);
    if (!command && !plain) return;
    if (plain && find(document, "dialog[open]")) return;
    e.preventDefault();
    open();
  });
}

/** Whether keys go into a field. */
function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
