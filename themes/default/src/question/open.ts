// The checks' part of waymark.js: checks.js is loaded when a check is near, when the reader begins to do something, or when a check has something to show.
import { type App, loadScript } from "../app";
import { all, find } from "../page";
import { markKey, own } from "../progress/progress";

export function watchChecks(app: App): void {
  const checks = all(document, "[data-check-key]");
  if (checks.length === 0) return;
  const curtain = find(document, "main")?.dataset["curtain"];
  const unused = new AbortController();
  let loading: Promise<void> | undefined;
  const load = () => {
    if (!loading) app.wear("checks.css");
    return (loading ??= (curtain ? loadScript(curtain) : Promise.resolve()).then(() => app.load("checks.js")).finally(() => unused.abort()));
  };
  const start = () => void load().catch(() => undefined); // the questions stay what they are without scripts

  const { answers, marks, notes } = app.store.get();
  const known = checks.some(({ dataset: { checkKey: id = "" } }) => own(answers, id) || own(notes, id) || own(marks, markKey.scene(id)));
  if (known || location.hash || location.search || !("IntersectionObserver" in window)) return start();

  // One screen ahead, so that nothing moves where somebody is reading.
  const near = new IntersectionObserver((seen) => seen.some((s) => s.isIntersecting) && start(), { rootMargin: "100% 0px" });
  for (const c of checks) near.observe(c);
  unused.signal.addEventListener("abort", () => near.disconnect());
  const { signal } = unused;
  for (const type of ["focusin", "keydown", "pointerdown", "scroll"]) addEventListener(type, start, { signal, passive: true });
  // A button that was pressed before its check was awake is pressed again.
  const pressed = (e: Event) => {
    const button = (e.target as Element).closest("button");
    void load().then(
      () => button?.click(),
      () => undefined,
    );
  };
  for (const c of checks) c.addEventListener("click", pressed, { signal });
}
