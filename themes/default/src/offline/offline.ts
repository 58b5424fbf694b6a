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
  navigator.serviceWorker.register(worker).then(
    () => keepPath(app),
    () => undefined, // refused, as in some private windows: the site works as without
  );
}

/** "Save this path for offline": all its pages and their pictures go into the cache of what was seen. */
function keepPath(app: App): void {
  const press = find(document, "[data-offline]");
  const status = find(document, "[data-offline-status]");
  if (!press || !status) return;
  press.hidden = false;
  press.addEventListener("click", () => {
    status.textContent = app.say("search.loading");
    const data = app.page.data ? [app.page.data, `data/path.${encodeURIComponent(app.page.id)}.js`] : [];
    const pages = (app.page.modules ?? []).map((m) => app.page.root + m.url);
    keep(`waymark:${app.page.site}:seen`, [location.pathname, ...data.map((d) => app.page.root + d), ...pages]).then(
      () => (status.textContent = app.say("offline.saved")),
      () => (status.textContent = app.say("offline.failed")),
    );
  });
}

async function keep(name: string, urls: string[]): Promise<void> {
  const cache = await caches.open(name);
  for (const url of urls) {
    const got = await fetch(url, { cache: "no-cache" });
    if (!got.ok) throw new Error(url);
    const page = new DOMParser().parseFromString(await got.clone().text(), "text/html");
    await cache.put(url, got);
    const pictures = all<HTMLImageElement>(page, "main img[src]").map(
      (img) => new URL(img.getAttribute("src") ?? "", new URL(url, location.href)).href,
    );
    await cache.addAll(pictures.filter((src) => src.startsWith(location.origin)));
  }
}
