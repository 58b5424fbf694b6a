// Lines to put in order: buttons at each, which work as soon as the page is there. checks.js marks the order in which they stand.
import { all, find, wordsOf } from "../page";

const lines = (list: HTMLElement) => all(list, ":scope > li");

/** Turns off the buttons that lead out of the list. */
export function showEnds(list: HTMLElement): void {
  const now = lines(list);
  for (const li of now)
    all(li, ".mv button").forEach((b, down) => b.setAttribute("aria-disabled", String(li === (down ? now[now.length - 1] : now[0]))));
}

/** Puts the buttons of the check's template to each line, in the place of the field for its number. */
export function wakeOrder(list: HTMLElement): void {
  const check = list.closest<HTMLElement>(".q") ?? list;
  const buttons = find<HTMLTemplateElement>(check, "template[data-mv]")?.content;
  if (!buttons) return;
  const live = find(check, "[data-live]");
  const say = wordsOf((window.waymarkWords ??= {}), document.documentElement.lang);
  for (const li of lines(list)) {
    const text = find(li, ".txt")?.textContent?.trim() ?? "";
    find(li, ".posl")?.remove();
    li.append(buttons.cloneNode(true));
    all(li, ".mv button").forEach((b, down) => {
      b.setAttribute("aria-label", b.getAttribute("aria-label")?.replace("{0}", text) ?? text);
      b.addEventListener("click", () => {
        if (b.getAttribute("aria-disabled") === "true") return;
        if (down) li.nextElementSibling?.after(li);
        else li.previousElementSibling?.before(li);
        showEnds(list);
        list.dispatchEvent(new Event("input", { bubbles: true }));
        const now = lines(list);
        for (const o of now) o.classList.toggle("moved", o === li);
        if (live) live.textContent = say("order.now", text, now.indexOf(li) + 1, now.length);
        b.focus();
      });
    });
  }
  showEnds(list);
}
