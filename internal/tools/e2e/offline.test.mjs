// A reader on a site with `offline: true`, with and without a network. WAYMARK_SITE is its folder. See e2e_test.go.
import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, person } from "./browser.mjs";

const { browser, http } = await begin();

/** Runs a test with a new reader, on a host that gives addresses as they are and on one that shortens them. Nothing may be thrown. */
function walk(name, body) {
  for (const short of [false, true]) {
    test(`${name}, ${short ? "short" : "plain"} addresses`, async () => {
      Object.assign(http, { change: null, down: false, short });
      const { page, context, thrown } = await person(browser, http.url);
      try {
        await body(page);
        assert.deepEqual(thrown, []);
      } finally {
        await context.close();
      }
    });
  }
}

/** Opens an address and says which edition is shown, "" where nothing is. Pictures must be there. */
async function edition(page, address) {
  try {
    await page.goto(http.url + address);
  } catch {
    return "";
  }
  const broken = await page.evaluate(async () => {
    const all = [...document.querySelectorAll("main img")];
    for (const i of all) i.loading = "eager";
    await Promise.all(all.map((i) => i.decode().catch(() => undefined)));
    return all.filter((i) => !i.naturalWidth).map((i) => i.currentSrc);
  });
  assert.deepEqual(broken, [], `pictures of ${address}`);
  return (await page.locator("body").innerText()).match(/(First|Second) edition/)?.[1] ?? "";
}

/** Waits until the worker is at work and keeps a file in which a text stands. */
async function keeps(page, name, text = "") {
  const kept = ([url, text]) =>
    navigator.serviceWorker.controller?.state === "activated" &&
    caches.match(url).then(async (got) => Boolean(got) && (await got.text()).includes(text));
  for (let i = 0; !(await page.evaluate(kept, [http.url + name, text])); i++) {
    assert.ok(i < 100, `${name} is not kept`);
    await page.waitForTimeout(50);
  }
}

/** The host publishes a second edition: the text of pages is another one, and so is the worker. */
function publish() {
  http.change = (path, text) =>
    path.endsWith("sw.js") ? text.replace('"edition":"', '"edition":"2') : text.replaceAll("First edition", "Second edition");
}

walk("the first page that a reader opens is kept, and the start page, however a link leads to them", async (page) => {
  assert.equal(await edition(page, "oak.html"), "First");
  await keeps(page, "oak");
  await keeps(page, "leaf.png");
  http.down = true;
  for (const address of ["oak.html", "oak.html?utm_source=mail", "oak.html#leaf", "", "#top", "?utm=1", "index.html", "index.html#top"])
    assert.equal(await edition(page, address), "First", address);
  assert.equal(await edition(page, "elm.html"), "");
  assert.equal(await edition(page, "a-z.html?q=oak"), "");
});

walk("the edition that was read last is shown without a network", async (page) => {
  await edition(page, "oak.html");
  await keeps(page, "oak");
  for (const address of ["elm.html", "elm.html?utm_source=mail", "elm.html#top"]) assert.equal(await edition(page, address), "First");
  publish();
  assert.equal(await edition(page, "elm.html"), "Second");
  await keeps(page, "elm", "Second edition");
  http.down = true;
  for (const address of ["elm.html", "elm.html?utm_source=mail", "elm.html?other=1"])
    assert.equal(await edition(page, address), "Second", address);
});

walk("a path that is saved has all its pages with their pictures", async (page) => {
  await page.goto(http.url + "paths/leaves.html");
  await page.locator("[data-offline]").click();
  await page.locator("[data-offline-status]").getByText("without a connection now").waitFor();
  http.down = true;
  for (const address of ["paths/leaves.html", "oak.html", "pine.html"]) assert.equal(await edition(page, address), "First", address);
  publish();
  http.down = false;
  assert.equal(await edition(page, "pine.html"), "Second");
  await keeps(page, "pine", "Second edition");
  http.down = true;
  assert.equal(await edition(page, "pine.html"), "Second");
});
