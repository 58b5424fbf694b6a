// The service worker of a site with `offline: true`. Above stands what the build knows: the site's id, the edition and what each page loads.
// The network goes first, so nothing is stale while there is one; without one, or when it is slow, comes what was seen last.
"use strict";
const prefix = `waymark:${site.id}:`;
const shell = prefix + site.edition;
const seen = prefix + "seen";
const patience = 4000;

addEventListener("install", (e) => {
  skipWaiting();
  e.waitUntil(caches.open(shell).then((c) => c.addAll(site.shell.map((url) => new Request(url, { cache: "reload" })))));
});

addEventListener("activate", (e) => e.waitUntil(activate()));

async function activate() {
  const old = (await caches.keys()).filter((k) => k.startsWith(prefix) && k !== shell && k !== seen);
  await Promise.all(old.map((k) => caches.delete(k)));
  await clients.claim();
  if (old.length) for (const c of await clients.matchAll()) c.postMessage({ waymark: "edition" });
}

addEventListener("fetch", (e) => {
  if (e.request.method === "GET" && e.request.url.startsWith(registration.scope)) e.respondWith(answer(e));
});

async function answer(e) {
  // One page has one key, wherever in it a link leads, whoever sent the reader, and however the host shortens its address; offline.ts makes the same.
  const key = e.request.url.replace(/[?#].*/, "").replace(/(\/)index\.html$|\.html$/, "$1");
  const inShell = site.shell.some((url) => new URL(url, registration.scope).href === key);
  const cache = await caches.open(inShell ? shell : seen);
  const fresh = fetch(e.request).then(async (got) => {
    if (got.status === 200 && !got.redirected) await cache.put(key, got.clone()).catch(() => {}); // no room left: shown, not kept
    if (got.status === 404 || got.status === 410) await cache.delete(key);
    return got;
  });
  e.waitUntil(fresh.catch(() => {}));
  const kept = await cache.match(key);
  if (!kept) return fresh;
  return Promise.race([fresh.catch(() => kept), new Promise((done) => setTimeout(done, patience, kept))]);
}
