// A learner on a site that keeps nothing (`progress: {off: true}`), which is else that of learner.test.mjs. WAYMARK_SITE is its folder. See e2e_test.go.
import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, person } from "./browser.mjs";

const pages = ["index", "paths/start", "paths/with-others", "checks", "quizzes", "thinking", "books", "agreement", "first-meeting", "more/index", "more/zuhoeren"];

const { browser, http } = await begin();

/** All that the page's origin keeps. */
const kept = (page) =>
  page.evaluate(async () => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map((d) => d.name),
    ...(await caches.keys()),
    document.cookie,
  ].filter(Boolean));

for (const javaScriptEnabled of [true, false]) {
  test(`nothing is kept, promised or asked for, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async () => {
    const { page, context, faults } = await person(browser, http.url, { javaScriptEnabled });
    page.on("response", (r) => r.status() >= 400 && faults.push(`${r.status()} ${r.url()}`));
    const seen = (selector) => page.locator(selector).filter({ visible: true });
    for (const name of pages) {
      await page.goto(`${http.url}${name}.html`, { waitUntil: "networkidle" });
      const text = await page.locator("body").innerText();
      assert.match(text, name === "more/zuhoeren" ? /wird aufbewahrt oder gesendet/ : /Nothing that you write or tick here is kept/, name);
      assert.doesNotMatch(text, /in this browser|My progress|Welcome back|Not started yet|Mark as done|You are here|Not done yet|Your progress|Save my answer/, name);
      assert.equal(await page.locator('a[href=""], a[href*="progress.html"], a[href*="certificate"]').count(), 0, name);
      if (javaScriptEnabled) await page.locator("[data-end]").scrollIntoViewIfNeeded({ timeout: 500 }).catch(() => undefined);
    }
    await page.goto(http.url + "paths/start.html");
    assert.equal(await seen("[data-milestone-tick]").count(), 0);
    assert.equal(await seen(".now .btn").getAttribute("href"), "../checks.html");
    await seen(".stop a").first().click();
    await page.goto(http.url + "books.html");
    assert.equal(await seen("[data-read-tick], [data-note]").count(), 0);
    await page.goto(http.url + "agreement.html");
    assert.equal(await seen("[data-signed]").count(), 0);
    await page.getByLabel("What we want to reach").fill("A presentation");
    await page.getByLabel("How often we meet").fill("monthly");
    if (javaScriptEnabled) {
      assert.match(await page.locator(".sheetbar").innerText(), /What you type is not kept/);
      await page.goto(http.url + "thinking.html");
      const think = page.locator("#who-helped-me");
      assert.match(await think.innerText(), /What you write here is not kept/);
      await think.locator("textarea").fill("My first supervisor.");
      await think.locator("[data-check]").click();
      assert.match(await think.locator("[data-feedback]").innerText(), /Thank you[^]*Small help/);
      await page.locator('#ready input[value="0"]').check();
      await page.locator("#ready [data-check]").click();
      await page.locator("#ready-2 input[value='2']").check();
      await page.locator("#ready-2 [data-check]").click();
      assert.match(await page.locator("#ready-2 [data-feedback]").innerText(), /Thank you[^]*I would not know/, "the page itself remembers");
      await page.goto(http.url + "checks.html");
      for (const [answer, says] of [["0", /\bno\b/], ["1", /\bok\b/]]) {
        await page.locator(`#one input[value="${answer}"]`).check();
        await page.locator("#one [data-check]").click();
        assert.match(await page.locator("#one [data-feedback]").getAttribute("class"), says);
        if (answer === "0") await page.locator("#one [data-again]").click();
      }
      assert.equal(await page.locator("[data-update]").innerText(), "", "the browser is not blamed");
      await page.reload();
      assert.equal(await page.locator("#one input:checked").count(), 0);
      assert.deepEqual(await kept(page), []);
    }
    assert.equal((await context.storageState()).origins.length, 0);
    assert.deepEqual(faults, [], "console, requests");
    await context.close();
  });
}
