// The checks' part of waymark.js: checks.js is loaded when a check is near, when the reader begins to do something, or when a check has something to show.
import { type App } from "../app";
import type { Key } from "../contract";
import { all, find } from "../page";
import { markKey, own } from "../progress/progress";
import { orderOf, seedOf } from "./shuffle";

export function watchChecks(app: App): void {
  const checks = all(document, "[data-check-key]");
  if (checks.length === 0) return;
  const unused = new AbortController();
  let loading: Promise<void> | undefined;
  const load = () => {
    if (!loading) app.wear("checks.css");
    return (loading ??= app.load("checks.js").finally(() => unused.abort()));
  };
  const start = () => void load().catch(() => undefined); // the questions stay what they are without scripts

  // A button that was pressed before its check was awake is pressed again.
  const { signal } = unused;
  const held = new Set<HTMLElement>(); // who presses again, because nothing happened, means it once
  const pressed = (e: Event) => {
    // The buttons of an order are awake already.
    const button = (e.target as Element).closest("button:not(.mv button)") as HTMLElement | null;
    if (!button || held.has(button)) return start();
    held.add(button);
    void load().then(
      () => button.click(),
      () => held.clear(),
    );
  };
  for (const c of checks) c.addEventListener("click", pressed, { signal });

  const { answers, marks, notes } = app.store.get();
  const known = checks.some(({ dataset: { checkKey: id = "" } }) => own(answers, id) || own(notes, id) || own(marks, markKey.scene(id)));
  if (known || location.hash || location.search || !("IntersectionObserver" in window)) return start();

  for (const c of checks) if (!c.closest("waymark-quiz")) mix(app, c);

  // One screen ahead, so that nothing moves where somebody is reading.
  const near = new IntersectionObserver((seen) => seen.some((s) => s.isIntersecting) && start(), { rootMargin: "100% 0px" });
  for (const c of checks) near.observe(c);
  unused.signal.addEventListener("abort", () => near.disconnect());
  for (const type of ["focusin", "keydown", "pointerdown", "scroll"]) addEventListener(type, start, { signal, passive: true });
}

/** Puts the options of a choice into the learner's order at once, before anybody reads them: the order in which checks.js would. */
function mix(app: App, check: HTMLElement): void {
  const text = find(document, `[data-answer="${CSS.escape(check.id)}"] > [data-key]`)?.textContent;
  const options = all(check, ".opt");
  if (!text || options.length === 0) return;
  const key = JSON.parse(text) as Key;
  if (!key.shuffle) return;
  for (const n of orderOf(key, seedOf(app.page.site, app.store.seed, key.id, 0))) {
    const option = options.find((o) => find<HTMLInputElement>(o, "input")?.value === String(n));
    option?.parentElement?.append(option);
  }
}
