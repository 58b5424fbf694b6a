// What the page says when progress is not, or not wholly, kept.
import type { App } from "../app";
import { sayKept } from "../page";
import type { Trouble } from "./store";

/** Says it beside the fields, on each page, and once a visit at the foot of the page. session: there is room until the tab is closed. */
export function sayTrouble(app: Pick<App, "say" | "notice" | "words">, what: Trouble, session: boolean): void {
  void app.words().then(() => {
    const text = app.say(what !== "damaged" && !session ? "gone" : what === "denied" ? "memory" : what);
    if (what !== "damaged") sayKept(document, text);
    once(what, () => app.notice(text));
  });
}

function once(what: Trouble, say: () => void): void {
  try {
    const key = "waymark:told:" + what;
    if (sessionStorage.getItem(key)) return;
    sessionStorage.setItem(key, "1");
  } catch {
    // No memory of having said it: it is said on each page.
  }
  say();
}
