// The search's part of waymark.js: the button, the keys, and loading search.js when somebody looks for something.
import { type App, loadOnce } from "../app";
import { all, find, type Said } from "../page";
import type { Finder } from "./finder";
import { slash } from "./slash";

/** What search.js puts into the door. */
export interface Search {
  /** Makes the dialog. full is the address of the page that lists everything. */
  dialog(root: string, full: string, say: Said): HTMLDialogElement;
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

/** Wakes the search: links to the index page become buttons that open the dialog. */
export function wakeSearch(app: Pick<App, "say" | "load" | "wear">): void {
  const html = document.documentElement;
  const root = html.dataset["root"] ?? "";
  const load = loadOnce(() => {
    app.wear("search.css");
    return app.load("search.js").then(() => window.waymark?.finder ?? Promise.reject(new Error("search.js")));
  });

  const asked = html.dataset["kind"] === "index" ? new URLSearchParams(location.search).get("q") : null;
  const main = find(document, "main");
  if (asked !== null && main)
    void load().then(
      (s) => s.page(main, asked, root, app.say),
      () => undefined,
    );
  const links = all<HTMLAnchorElement>(document, "a[data-search]");
  const full = links[0]?.href;
  if (full && "HTMLDialogElement" in window) wakeButtons(links, () => load().then((s) => s.dialog(root, full, app.say)), full);
}

function wakeButtons(links: HTMLAnchorElement[], make: () => Promise<HTMLDialogElement>, full: string): void {
  const made = loadOnce(make);
  /** What was typed while the dialog was on its way; null: it is not. */
  let typed: string | null = null;
  const open = () => {
    if (typed !== null) return;
    typed = "";
    made().then(
      (dialog) => {
        if (typed === null) return;
        const letters = typed;
        typed = null;
        const field = find<HTMLInputElement>(dialog, "[role=combobox]");
        // showModal() remembers what had the focus and close() gives it back.
        if (!dialog.open) dialog.showModal();
        field?.focus();
        field?.select();
        if (letters && field) {
          field.value = letters;
          field.dispatchEvent(new Event("input"));
        }
      },
      () => {
        // The page from A to Z serves as well, for whoever still waits.
        if (typed !== null) location.assign(full);
        typed = null;
      },
    );
  };
  // Whoever turns to something else does not wait any more.
  const leave = () => (typed = null);
  for (const type of ["pointerdown", "focusin"]) addEventListener(type, leave, { passive: true });
  for (const link of links) {
    const b = document.createElement("button");
    b.type = "button";
    b.className = link.className;
    b.dataset["search"] = "";
    b.setAttribute("aria-haspopup", "dialog");
    b.append(...link.childNodes);
    b.addEventListener("click", open);
    link.replaceWith(b);
  }

  document.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.altKey || e.isComposing) return;
    const control = e.ctrlKey || e.metaKey;
    if (e.key === "Escape") leave();
    if (typed !== null && !control && Array.from(e.key).length === 1) {
      typed += e.key;
      e.preventDefault();
      return;
    }
    const command = control && !e.shiftKey && e.key.toLowerCase() === "k";
    const plain = e.key === "/" && !control && !typing(e.target) && slash();
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
