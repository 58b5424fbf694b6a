// The checks' part of waymark.js: checks.js is loaded when a check is near, when the reader begins to do something, or when a check has something to show.
import { type App, loadOnce } from "../app";
import type { Key } from "../contract";
import { all, find } from "../page";
import { markKey, own } from "../progress/progress";
import { touched } from "../typed";
import { orderOf, seedOf } from "./shuffle";

export function watchChecks(app: App): void {
  const checks = all(document, "[data-check-key]");
  if (checks.length === 0) return;
  const unused = new AbortController();
  let awake = false;
  const load = loadOnce(() => {
    app.wear("checks.css");
    return app
      .loadKeeper("checks.js")
      .then(() => void (awake = true))
      .finally(() => unused.abort());
  });
  const start = () => void load().catch(() => undefined); // the questions stay what they are without scripts

  // A button that was pressed before its check was awake is pressed again.
  const held = new Set<HTMLElement>(); // who presses again, because nothing happened, means it once
  const pressed = (check: HTMLElement, e: Event) => {
    // The buttons of an order are awake already.
    const button = (e.target as Element).closest("button:not(.mv button)") as HTMLElement | null;
    if (awake || !button || held.has(button)) return start();
    held.add(button);
    const said = find(check, "[data-feedback]");
    const say = (text: string) => said && (said.textContent = text);
    say("");
    load().then(
      // An answer that was only put back is no new one.
      () => (touched(check) || !own(app.store.get().answers, check.dataset["checkKey"]!)) && button.click(),
      () => {
        held.clear();
        say(app.say("broken"));
      },
    );
  };
  for (const c of checks) c.addEventListener("click", (e) => pressed(c, e));
  addEventListener("focusin", start);

  const { answers, marks, notes } = app.store.get();
  const known = checks.some(({ dataset: { checkKey: id = "" } }) => own(answers, id) || own(notes, id) || own(marks, markKey.scene(id)));
  if (known || location.hash || location.search || !("IntersectionObserver" in window)) return start();

  for (const c of checks) if (!c.closest("waymark-quiz")) mix(app, c);

  // One screen ahead, so that nothing moves where somebody is reading.
  const near = new IntersectionObserver((seen) => seen.some((s) => s.isIntersecting) && start(), { rootMargin: "100% 0px" });
  for (const c of checks) near.observe(c);
  unused.signal.addEventListener("abort", () => near.disconnect());
  for (const type of ["keydown", "pointerdown", "scroll"]) addEventListener(type, start, { signal: unused.signal, passive: true });
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
