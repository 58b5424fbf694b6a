// What every script of a page begins with: the shell, the page's data, the store, and how events reach it. Whichever script comes first does it,
// the others take the App over.
import { type App, type Door, loadScript } from "./app";
import type { PageData, SiteData } from "./contract";
import { wakeShell } from "./nav/nav";
import { element, find, pageData, wordsOf } from "./page";
import { type ProgressEvent, momentOf } from "./progress/progress";
import { type Reader, Store, type Trouble, type World } from "./progress/store";
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
  const reader = () => loadScript(asset("kept.js")).then(() => door.reader ?? Promise.reject(new Error("kept.js")));
  const begin = (kept: Reader | typeof reader) => (door.app = appOf(door, page, kept));
  if (page.data && document.documentElement.classList.contains("has-progress")) {
    door.coming = reader().then(begin, () => begin(() => Promise.reject(new Error("kept.js"))));
  } else begin(reader);
  return door;
}

function appOf(door: Door, page: PageData, reader: World["reader"]): App {
  const language = document.documentElement.lang;
  const say = wordsOf((window.waymarkWords ??= {}), language);
  const now = () => momentOf(Date.now());
  const notice = (text: string) => {
    const box = find(document, "[data-update]");
    if (box) box.textContent = text;
  };
  const later = page.root + page.words;
  let more = Array.from(document.scripts).some((s) => s.getAttribute("src") === later) ? Promise.resolve() : undefined;
  const words = () => (more ??= loadScript(later).catch(() => undefined));
  const keeps = !!page.data;
  const store = new Store({
    site: page.site,
    storage: keeps ? storage() : null,
    reader,
    now,
    random: () => crypto.getRandomValues(new Uint32Array(1))[0]!,
    trouble: (what) => keeps && once(what, () => void words().then(() => notice(say(what === "denied" ? "memory" : what)))),
  });
  let loading: Promise<SiteData> | undefined;
  const scripts: Record<string, Promise<void>> = {};
  const app: App = {
    page,
    store,
    keeps,
    say,
    language,
    now,
    notice,
    words,
    wear(name) {
      const link = element("link");
      link.rel = "stylesheet";
      link.href = asset(name);
      document.head.append(link);
    },
    load(name) {
      void words();
      const src = asset(name);
      const here = Array.from(document.scripts).some((s) => s.getAttribute("src") === src);
      // Twice awake, a page would have everything twice.
      return (scripts[name] ??= here ? Promise.resolve() : loadScript(src));
    },
    site: () => (loading ??= loadSite(door, page)),
    tell: (...events) => events.forEach((e) => store.tell(e, ...(app.follow?.(e) ?? []))),
  };
  addEventListener("storage", (e) => store.changed(e.key));
  document.addEventListener("waymark", (e) => app.tell((e as CustomEvent<ProgressEvent>).detail));
  wakeSearch(app);
  if (document.documentElement.dataset["sw"]) void app.load("offline.js");
  return app;
}

async function loadSite(door: Door, { root, data }: PageData): Promise<SiteData> {
  if (data) await loadScript(root + data);
  if (!door.loaded) throw new Error(data);
  return door.loaded;
}

function asset(name: string): string {
  return document.documentElement.dataset["assets"] + name;
}

/** Reading window.localStorage itself throws where the browser keeps nothing. */
function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** A trouble is said once a visit, not on every page. */
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
