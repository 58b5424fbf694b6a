// <waymark-tabs>: sections one under the other, made into tabs by the pattern of the ARIA Authoring Practices. On paper all are shown again.
import { all, button, element, find, fragment } from "../page";

export class Tabs extends HTMLElement {
  connectedCallback(): void {
    const panels = all(this, ":scope > .tab");
    if (panels.length < 2 || this.classList.contains("tabs-on")) return;
    const list = element("div", "tablist");
    list.setAttribute("role", "tablist");
    const tabs = panels.map((panel, i) => {
      const title = find(panel, ":scope > :is(.tab-title, h2, h3, h4, h5, h6):first-child");
      const tab = button("tab-button", nameIn(title) || String(i + 1), () => show(i));
      tab.setAttribute("role", "tab");
      tab.id = (title?.id || `${this.id || "tabs"}-${i}`) + ".tab";
      panel.id ||= tab.id + ".panel";
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      panel.tabIndex = 0;
      return tab;
    });
    const show = (n: number) => {
      panels.forEach((panel, i) => {
        panel.classList.toggle("tab-off", i !== n);
        tabs[i]!.setAttribute("aria-selected", String(i === n));
        tabs[i]!.tabIndex = i === n ? 0 : -1;
      });
    };
    list.addEventListener("keydown", (e) => {
      const now = tabs.findIndex((t) => t.tabIndex === 0);
      const forward = getComputedStyle(this).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
      const backward = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
      const to = { [forward]: now + 1, [backward]: now - 1, Home: 0, End: tabs.length - 1 }[e.key];
      if (to === undefined) return;
      e.preventDefault();
      const n = (to + tabs.length) % tabs.length;
      show(n);
      tabs[n]!.focus();
    });
    list.append(...tabs);
    this.prepend(list);
    this.classList.add("tabs-on");
    // What an address leads to is shown, whichever tab it is in. The heading of a tab is its button now.
    const asked = (move: boolean) => {
      const target = document.getElementById(fragment());
      const n = panels.findIndex((panel) => panel.contains(target));
      if (!target || n < 0) return false;
      show(n);
      if (move) (target.getClientRects().length > 0 ? target : this).scrollIntoView();
      return true;
    };
    // The browser could not go to a tab that was hidden. Whoever has moved since stays there.
    if (!asked(scrollY === 0)) show(0);
    addEventListener("hashchange", () => asked(true));
  }
}

/** The words of a heading, without the link to itself. */
function nameIn(title: HTMLElement | null): string | undefined {
  const copy = title?.cloneNode(true) as HTMLElement | undefined;
  if (copy) find(copy, ".anchor")?.remove();
  return copy?.textContent?.trim();
}
