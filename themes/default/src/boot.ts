// What every script of a page begins with: the shell, the page's data, the store, and how events reach it. Whichever script comes first does it,
// the others take the App over.
import { type App, type Door, loadOnce, loadScript } from "./app";
import type { PageData } from "./contract";
import { wakeShell } from "./nav/nav";
import { element, find, pageData, sayKept, wordsOf } from "./page";
import { type ProgressEvent, momentOf } from "./progress/progress";
import { type Reader, Store, type World } from "./progress/store";
import { wakeSearch } from "./search/open";

/** Hands the page's App to wake: at once, or where something is kept, when what reads it is here. On a page without data only the shell is awake. */
export function boot(wake: (app: App) => void): void {
  const door = (window.waymark ??= open());
  if (door.app) wake(door.app);
  else void door.coming?.then(wake);
}

function open(): Door {
  const door: Door = { site: (data) => (door.loaded = data), path: (data) => (door.way = data) };
  if (find(document, "waymark-tabs")) void loadScript(asset("tabs.js"));
  if (find(document, ".order")) void loadScript(asset("order.js"));
  wakeShell();
  const page = pageData();
  if (!page) return door;
  const app = appOf(door, page);
  wakeSearch(app);
  let reading: Promise<Reader> | undefined;
  const reader = () => (reading ??= loadScript(asset("kept.js"), true).then(() => door.reader ?? Promise.reject(new Error("kept.js"))));
  const begin = (kept: Reader | typeof reader) => (door.app = keepFor(app, door, kept, reader));
  if (app.keeps && document.documentElement.classList.contains("has-progress")) {
    door.coming = reader().then(begin, () => begin(reader));
    holdPresses(door.coming);
  } else begin(reader);
  return door;
}

/** What is pressed before the App is there is pressed again when it is. */
function holdPresses(coming: Promise<App>): void {
  const held = new Set<HTMLElement>();
  const hold = (e: Event) => {
    const button = (e.target as Element).closest<HTMLElement>("[data-done], [data-check], [data-part=data] button");
    if (button) held.add(button);
  };
  document.addEventListener("click", hold);
  void coming.then(() => {
    document.removeEventListener("click", hold);
    // Others wait for the App too: all of the page is awake after them.
    setTimeout(() => held.forEach((b) => b.click()));
  });
}

/** The App, but for the store: see keepFor. */
function appOf(door: Door, page: PageData): App {
  const language = document.documentElement.lang;
  const words = script(page.root + page.words);
  const scripts: Record<string, () => Promise<void>> = {};
  let broken = false;
  const sayBroken = (text?: string) => {
    broken = !!text;
    app.notice(text ?? "");
    if (app.store.keeps) sayKept(document, text);
  };
  const app = {
    page,
    keeps: !!page.data,
    say: wordsOf((window.waymarkWords ??= {}), language),
    language,
    now: () => momentOf(Date.now()),
    notice(text) {
      const box = find(document, "[data-update]");
      if (box) box.textContent = text;
    },
    words: () => words().catch(() => undefined),
    wear(name) {
      const link = element("link");
      link.rel = "stylesheet";
      link.href = asset(name);
      document.head.append(link);
    },
    load(name) {
      void app.words();
      return (scripts[name] ??= script(asset(name)))();
    },
    loadKeeper: (name) =>
      app.load(name).then(
        () => (broken ? sayBroken() : undefined),
        (e) => {
          sayBroken(app.say("broken"));
          throw e;
        },
      ),
    site: loadOnce(() =>
      (page.data ? loadScript(page.root + page.data) : Promise.resolve()).then(() => door.loaded ?? Promise.reject(new Error(page.data))),
    ),
    tell: (...events) => events.forEach((e) => app.store.tell(e, ...(app.follow?.(e) ?? []))),
  } as App;
  return app;
}

/** Gives the App its store. kept: what reads what is kept, or what brings it. */
function keepFor(app: App, door: Door, kept: World["reader"], reader: () => Promise<Reader>): App {
  const session = app.keeps ? area("sessionStorage") : null;
  const store = (app.store = new Store({
    site: app.page.site,
    storage: app.keeps ? area("localStorage") : null,
    session,
    reader: kept,
    now: app.now,
    random: () => crypto.getRandomValues(new Uint32Array(1))[0]!,
    trouble: (what) =>
      app.keeps &&
      void reader().then(
        () => door.trouble?.(app, what, !!session),
        () => app.notice(app.say("broken")),
      ),
  }));
  addEventListener("storage", (e) => store.changed(e.key));
  // A page that is gone back to may not have heard of anything meanwhile.
  addEventListener("pageshow", () => store.changed(null));
  document.addEventListener("waymark", (e) => app.tell((e as CustomEvent<ProgressEvent>).detail));
  if (document.documentElement.dataset["sw"]) void app.load("offline.js");
  return app;
}

function asset(name: string): string {
  return document.documentElement.dataset["assets"] + name;
}

/** What loads a script, unless the page has it: twice awake, a page would have everything twice. */
function script(src: string): () => Promise<void> {
  return loadOnce(() => (Array.from(document.scripts).some((s) => s.getAttribute("src") === src) ? Promise.resolve() : loadScript(src)));
}

/** Reading window.localStorage itself throws where the browser keeps nothing. */
function area(name: "localStorage" | "sessionStorage"): Storage | null {
  try {
    return window[name];
  } catch {
    return null;
  }
}
