// The shell's small things: the theme, the menu, printing.
import { all, find } from "../page";

/** Wakes the shell. Everything works without it, but for what is marked js-only. */
export function wakeShell(): void {
  themeSelects();
  for (const menu of all<HTMLDetailsElement>(document, "details.menu")) {
    menu.addEventListener("keydown", (e) => {
      if (e.key !== "Escape" || !menu.open) return;
      menu.open = false;
      find(menu, "summary")?.focus();
    });
    // Open, it would lie over what has the focus.
    menu.addEventListener("focusout", (e) => {
      if (e.relatedTarget instanceof Node && !menu.contains(e.relatedTarget)) menu.open = false;
    });
  }
  for (const b of all(document, "button[data-print]")) b.addEventListener("click", () => print());
  printFolds();
  besideFolds();
  contentsMark();
}

function themeSelects(): void {
  const root = document.documentElement;
  const selects = all<HTMLSelectElement>(document, "[data-theme-select]");
  const show = () => selects.forEach((s) => (s.value = root.dataset["theme"] ?? "system"));
  for (const s of selects) {
    s.addEventListener("change", () => {
      if (s.value === "system") delete root.dataset["theme"];
      else root.dataset["theme"] = s.value;
      try {
        if (s.value === "system") localStorage.removeItem("waymark:theme");
        else localStorage.setItem("waymark:theme", s.value);
      } catch {
        // Not kept: it holds for this page.
      }
      show();
    });
  }
  show();
}

/** Folded parts are open on paper and as they were afterwards. */
function printFolds(): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    opened = all<HTMLDetailsElement>(document, "details[data-print]").filter((d) => !d.open);
    for (const d of opened) d.open = true;
  });
  addEventListener("afterprint", () => {
    for (const d of opened) d.open = false;
    opened = [];
  });
}

/** A fold that the style sheet shows beside the text, without its line, is an open one: for those who ask the page, not the sheet. In a window that has
 * become narrow it is closed again. */
function besideFolds(): void {
  const opened = new Set<HTMLDetailsElement>();
  const show = () => {
    for (const fold of all<HTMLDetailsElement>(document, ".rail > details, .toc > details")) {
      const beside = find(fold, "summary")?.getClientRects().length === 0;
      if (beside && !fold.open) {
        opened.add(fold);
        fold.open = true;
      } else if (!beside && opened.delete(fold)) fold.open = false;
    }
  };
  show();
  addEventListener("resize", show);
}

/** Marks the part in view in the lists of contents. */
function contentsMark(): void {
  const links = all<HTMLAnchorElement>(document, ".toc a, .tocmenu a");
  if (links.length === 0 || !("IntersectionObserver" in window)) return;
  const heads = links.flatMap((a) => document.getElementById(decodeURIComponent(a.hash.slice(1))) ?? []);
  const watch = new IntersectionObserver(
    () => {
      let here = heads[0];
      for (const h of heads) if (h.getBoundingClientRect().top < innerHeight / 3) here = h;
      for (const a of links) {
        if (here && decodeURIComponent(a.hash.slice(1)) === here.id) a.setAttribute("aria-current", "true");
        else a.removeAttribute("aria-current");
      }
    },
    { rootMargin: "0px 0px -66% 0px", threshold: [0, 1] },
  );
  for (const h of heads) watch.observe(h);
}
