// Reading without a connection, on sites with `offline: true`: the worker (plan/sw.js) is registered, its news is told, and a path can be kept whole.
import type { App } from "../app";
import { all, button, find } from "../page";

export function wakeOffline(app: App): void {
  const worker = document.documentElement.dataset["sw"];
  if (!worker || !("serviceWorker" in navigator) || !location.protocol.startsWith("http")) return;
  navigator.serviceWorker.addEventListener("message", (e: MessageEvent<{ waymark?: string } | null>) => {
    if (e.data?.waymark !== "edition") return;
    app.notice(app.say("update") + " ");
    find(document, "[data-update]")?.append(button("btn plain", app.say("update.load"), () => location.reload()));
  });
  // Until the worker is there for the first time it sees nothing, and the page that brought it would not be kept.
  if (!navigator.serviceWorker.controller)
    navigator.serviceWorker.addEventListener("controllerchange", () => void keepFirst(), { once: true });
  navigator.serviceWorker.register(worker).then(
    () => keepPath(app),
    () => undefined, // refused, as in some private windows: the site works as without
  );
}

/** Asks once more for this page and what it has loaded, so that the worker keeps them. */
async function keepFirst(): Promise<void> {
  for (const { name } of [{ name: location.href }, ...performance.getEntriesByType("resource")]) {
    if (name.startsWith(location.origin) && !(await caches.match(name))) await fetch(name).catch(() => undefined);
  }
}

/** "Save this path for offline": all its pages, its certificate and what the head and the foot of a page lead to go into the cache of what was seen. */
function keepPath(app: App): void {
  const press = find(document, "[data-offline]");
  const status = find(document, "[data-offline-status]");
  if (!press || !status) return;
  press.hidden = false;
  press.addEventListener("click", () => {
    status.textContent = app.say("search.loading");
    const data = (app.page.data ? [app.page.data, `data/path.${encodeURIComponent(app.page.id)}.js`] : []).map((d) => app.page.root + d);
    const modules = (app.page.modules ?? []).map((m) => app.page.root + m.url);
    const around = all<HTMLAnchorElement>(document, ".cert a, :is(.top, .foot) a:not([hreflang])").map((a) => a.href);
    keep(`waymark:${app.page.site}:seen`, data, [location.pathname, ...modules, ...around]).then(
      () => (status.textContent = app.say("offline.saved")),
      () => (status.textContent = app.say("offline.failed")),
    );
  });
}

/** Puts files, and pages with all that they show, into a cache. */
async function keep(name: string, files: string[], pages: string[]): Promise<void> {
  const cache = await caches.open(name);
  const shown = new Set(files.map((f) => absolute(f)));
  for (const url of new Set(pages.map((page) => absolute(page)))) {
    if (!url.startsWith(location.origin)) continue;
    const got = await fetch(url, { cache: "no-cache" });
    if (!got.ok) throw new Error(url);
    const text = await got.text();
    // A new answer: one that was redirected cannot be shown from a cache.
    await cache.put(keyOf(url), new Response(text, { headers: got.headers }));
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const e of all(page, "main img"))
      for (const src of [e.getAttribute("src"), ...candidates(e)]) if (src) shown.add(absolute(src, url));
    for (const e of all(page, "head script[src]")) {
      const src = absolute(e.getAttribute("src")!, url);
      if (!(await caches.match(src))) shown.add(src); // what all pages load is kept already
    }
  }
  for (const url of shown) if (url.startsWith(location.origin)) await cache.add(new Request(url, { cache: "no-cache" }));
}

function absolute(url: string, base = location.href): string {
  return new URL(url, base).href.replace(/[?#].*/, "");
}

/** The key under which the worker keeps a page. */
function keyOf(url: string): string {
  return url.replace(/(\/)index\.html$|\.html$/, "$1");
}

/** The addresses of a picture in other sizes: which of them a browser asks for depends on its window. */
function candidates(picture: Element): string[] {
  return (picture.getAttribute("srcset") ?? "").split(/,\s+/).map((candidate) => candidate.trim().split(/\s/)[0]!);
}
