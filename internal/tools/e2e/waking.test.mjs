// What a learner fills in and presses while scripts are late, do not come, or another tab is at work; and where nothing can be kept. See e2e_test.go.
import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, person } from "./browser.mjs";

const KEY = "waymark:small-handbook:progress";
const D = { waitUntil: "domcontentloaded" };

const { browser, http } = await begin();

/** Runs a test with a new person. What fails to load here does so on purpose; nothing may be thrown. */
function walk(name, body) {
  test(name, async () => {
    const who = await person(browser, http.url);
    try {
      await body(who.page, who);
      assert.deepEqual(who.thrown, []);
    } finally {
      await who.context.close();
    }
  });
}

/** Holds back what matches until the function that it returns is called. */
async function late(page, glob) {
  let come;
  const gate = new Promise((done) => (come = done));
  await page.route(glob, async (route) => {
    await gate;
    await route.continue().catch(() => undefined);
  });
  return come;
}

const lose = (page, glob) => page.route(glob, (route) => route.abort());
const kept = (page) => page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? "{}"), KEY);
const note = async (page, key) => (await kept(page)).notes?.[key]?.text;
const until = (page, what, arg) => page.waitForFunction(what, arg);
const noteIs = (page, key, text) =>
  until(page, ([k, n, t]) => JSON.parse(localStorage.getItem(k) ?? "{}").notes?.[n]?.text === t, [KEY, key, text]);
const to = (page, path) => page.goto(http.url + path, D);
const awake = async (page, path) => {
  await to(page, path);
  await page.locator("[data-check-key]").first().dispatchEvent("focusin");
  await until(page, () => customElements.get("waymark-question"));
};
const words = (page) => page.locator("waymark-reflection:not([data-keep=no]) textarea").first();
const reflection = async (page) => page.locator("waymark-reflection:not([data-keep=no])").first().getAttribute("data-check-key");
const part = (page, id, selector) => page.locator(`[id="${id}"] ${selector}`);

walk("my progress says that it could not load, and goes on when it can", async (page) => {
  await lose(page, "**/data.js");
  await page.goto(http.url + "progress.html");
  await page.locator("[data-link]").click();
  const status = page.locator("[data-status]");
  await until(page, () => /could not be loaded/.test(document.querySelector("[data-status]").textContent));
  await page.unroute("**/data.js");
  await page.locator("[data-link]").click();
  await page.locator(".linktext").waitFor();
  assert.match(await status.innerText(), /Open this address/);
});

/** Reads a file in on the page My progress. */
async function readIn(page) {
  const file = { format: "waymark-progress", version: 1, marks: { "done:thinking": { at: "2026-01-01T00:00:00Z", v: true } } };
  await page
    .locator("input[data-read]")
    .setInputFiles({ name: "a.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(file)) });
}

/** Leaves a text in the first reflection. */
async function leave(page, text) {
  await awake(page, "thinking.html");
  await words(page).fill(text);
  await words(page).blur();
  await noteIs(page, await reflection(page), text);
}

walk("a text that is kept and what is typed before it is shown: neither is lost", async (page) => {
  await leave(page, "old text");
  const key = await reflection(page);
  for (const blurred of [true, false]) {
    const come = await late(page, "**/checks.js");
    await to(page, "thinking.html");
    await words(page).pressSequentially("NEW");
    if (blurred) await words(page).blur();
    come();
    await noteIs(page, key, blurred ? "old text\nNEW" : "old text\nNEW\nNEW");
    await page.unroute("**/checks.js");
  }
  await page.keyboard.type("ER");
  await words(page).blur();
  await noteIs(page, key, "old text\nNEW\nNEWER");
});

walk("what is typed and ticked on a form before form.js is there stays, on a first visit and on a later one", async (page) => {
  const field = (name) => page.locator(`[data-field="${name}"]`);
  let come = await late(page, "**/form.js");
  await to(page, "agreement.html");
  await field("goals").pressSequentially("Grow");
  await field("rhythm").pressSequentially("Weekly");
  await field("private").check();
  await page.locator("[data-signed]").check();
  come();
  await noteIs(page, "form:agreement:goals", "Grow");
  assert.equal(await note(page, "form:agreement:rhythm"), "Weekly");
  assert.equal((await kept(page)).marks["signed:agreement"].v, true);
  assert.equal((await kept(page)).marks["filled:agreement"].v, true);
  assert.ok(await field("private").isChecked());

  await page.unroute("**/form.js");
  come = await late(page, "**/{kept,form}.js");
  await to(page, "agreement.html");
  await field("rhythm").pressSequentially("at noon");
  come();
  await noteIs(page, "form:agreement:rhythm", "Weekly at noon");
  assert.equal(await field("goals").inputValue(), "Grow");
  assert.ok(await page.locator("[data-signed]").isChecked());
});

walk("ticks and notes of a reading list that come before form.js stay", async (page) => {
  const come = await late(page, "**/form.js");
  await to(page, "books.html");
  await page.locator("[data-read-tick]").first().check();
  await page.locator(".book summary").first().click();
  await page.locator("textarea[data-note]").first().fill("a note");
  come();
  await noteIs(page, "item:books:opm", "a note");
  assert.ok(await page.locator("[data-read-tick]").first().isChecked());
  assert.equal((await kept(page)).marks["item:books:opm"].v, true);
});

walk("two tabs with one text: what is typed in both is kept", async (page, { context }) => {
  const other = await context.newPage();
  for (const [path, selector, key] of [
    ["thinking.html", "waymark-reflection:not([data-keep=no]) textarea", undefined],
    ["agreement.html", "[data-field=goals]", "form:agreement:goals"],
    ["books.html", "textarea[data-note]", "item:books:opm"],
  ]) {
    const open = async (p) => {
      if (key) {
        await p.goto(http.url + path);
        await p.locator(".book summary").evaluateAll((all) => all.forEach((s) => (s.parentElement.open = true)));
      } else await awake(p, path);
    };
    await open(page);
    const id = key ?? (await reflection(page));
    const [a, b] = [page, other].map((p) => p.locator(selector).first());
    await a.pressSequentially("abc");
    await a.dispatchEvent("change");
    await noteIs(page, id, "abc");
    await open(other);
    await other.waitForFunction((s) => document.querySelector(s).value === "abc", selector);
    await b.press("End");
    await b.pressSequentially(" def");
    await b.blur();
    await page.waitForFunction((s) => document.querySelector(s).value === "abc def", selector);
    await page.keyboard.type(" xyz");
    await other.locator(selector).first().fill("abc def ghi");
    await b.blur();
    await page.waitForFunction((s) => document.querySelector(s).value.includes("ghi"), selector);
    await a.blur();
    await noteIs(page, id, "abc def ghi\nxyz");
  }
});

walk("an answer that is half typed stays when another tab answers", async (page, { context }) => {
  await awake(page, "checks.html");
  await part(page, "grow-r", ".inp input").fill("half");
  const other = await context.newPage();
  await awake(other, "checks.html");
  await part(other, "grow-r", ".inp input").fill("other");
  await part(other, "grow-r", "[data-check]").click();
  await page.waitForTimeout(200);
  assert.equal(await part(page, "grow-r", ".inp input").inputValue(), "half");
  await part(page, "grow-r", "[data-check]").click();
  assert.deepEqual((await kept(page)).answers["grow-r"].last.v, ["half"]);
  assert.equal((await kept(page)).answers["grow-r"].tries, 2);
});

walk("a check that is pressed before checks.js is there records what was answered, and nothing that was not", async (page) => {
  await awake(page, "checks.html");
  await part(page, "grow-r", ".inp input").fill("first");
  await part(page, "grow-r", "[data-check]").click();
  await part(page, "steps", "[data-check]").click();
  const come = await late(page, "**/checks.js");
  await to(page, "checks.html");
  await until(page, () => document.querySelector("#steps .mv"));
  const lines = () => page.locator("#steps li .txt").allInnerTexts();
  await page.locator("#steps li:nth-child(1) .mv button").last().click();
  const moved = await lines();
  await part(page, "grow-r", ".inp input").fill("second");
  await part(page, "grow-r", "[data-check]").click();
  come();
  await until(page, (k) => JSON.parse(localStorage.getItem(k)).answers["grow-r"].tries === 2, KEY);
  assert.deepEqual((await kept(page)).answers["grow-r"].last.v, ["second"]);
  assert.deepEqual(await lines(), moved);
  assert.equal((await kept(page)).answers["steps"].tries, 1);

  // Pressed on what is not filled in yet: the answer that is put back is no second try.
  await page.unroute("**/checks.js");
  const again = await late(page, "**/checks.js");
  await to(page, "checks.html");
  await part(page, "grow-r", "[data-check]").click();
  again();
  await until(page, () => document.querySelector("#grow-r [data-feedback]").textContent !== "");
  assert.equal((await kept(page)).answers["grow-r"].tries, 2);
});

walk("an answer in a quiz that is given before checks.js is there counts", async (page) => {
  const come = await late(page, "**/checks.js");
  await to(page, "quizzes.html");
  const question = page.locator("#roles-check waymark-question").first();
  await question.locator(".opt input").first().check();
  come();
  await page.locator("#roles-check [data-check-key]").first().dispatchEvent("focusin");
  await until(page, () => customElements.get("waymark-question"));
  assert.ok(await question.locator(".opt input:checked").count());
});

walk("presses before kept.js is there are done when it is; the search does not wait for it", async (page) => {
  await to(page, "books.html");
  await page.locator("[data-read-tick]").first().check();
  await until(page, (k) => localStorage.getItem(k), KEY);
  const come = await late(page, "**/kept.js");
  await to(page, "checks.html");
  const option = page.locator("#one .opt input").first();
  await option.check();
  await part(page, "one", "[data-check]").click();
  await page.locator("[data-done]").click();
  await page.locator("button[data-search]").first().click();
  await page.locator("dialog.search").waitFor();
  await page.keyboard.press("Escape");
  come();
  await until(page, () => document.querySelector("[data-done]").getAttribute("aria-pressed") === "true");
  await until(page, () => document.querySelector("#one [data-feedback]").textContent !== "");
  assert.equal((await kept(page)).answers["one"].tries, 1);
});

walk("a script that fails once says so, and the next press works", async (page) => {
  await lose(page, "**/{checks,form}.js");
  await to(page, "thinking.html");
  await words(page).fill("my long reflection");
  const box = page.locator("waymark-reflection:not([data-keep=no])").first();
  await box.locator("[data-check]").click();
  await until(page, () =>
    /could not be loaded/.test(document.querySelector("waymark-reflection:not([data-keep=no]) [data-feedback]").textContent),
  );
  assert.match(await box.locator("[data-kept]").innerText(), /nothing is checked or kept/);
  await page.unroute("**/{checks,form}.js");
  await box.locator("[data-check]").click();
  await noteIs(page, await reflection(page), "my long reflection");
  assert.match(await box.locator("[data-kept]").innerText(), /Kept in this browser/);
  await until(page, () => /Saved/.test(document.querySelector("waymark-reflection:not([data-keep=no]) [data-feedback]").textContent));
  assert.equal(await page.locator("[data-update]").innerText(), "");

  await lose(page, "**/form.js");
  await to(page, "agreement.html");
  await page.locator("[data-field=goals]").fill("Grow");
  await until(page, () => /could not be loaded/.test(document.querySelector("[data-kept]").textContent));
  await page.unroute("**/form.js");
  await page.locator("[data-field=rhythm]").click();
  await noteIs(page, "form:agreement:goals", "Grow");
  assert.match(await page.locator("[data-kept]").innerText(), /stays in this browser/);
});

walk("the page's own script fails: the answers are there, as without scripts", async (page) => {
  await lose(page, "**/waymark.js");
  await to(page, "checks.html");
  await page.locator(".answers").waitFor();
  assert.ok((await page.locator(".to-answer:visible").count()) > 0);
  assert.ok(!(await page.locator("[data-check]").first().isVisible()));
});

walk("the words fail: the button keeps its own", async (page) => {
  await lose(page, "**/data/words/*.js");
  await page.goto(http.url + "thinking.html");
  await page.locator("[data-done]").click();
  await until(page, () => document.querySelector("[data-done]").getAttribute("aria-pressed") === "true");
  assert.equal(await page.locator("[data-done]").innerText(), "Mark as done");
});

walk("a browser without room keeps things until the tab is closed, and says so", async (page) => {
  await page.addInitScript(() => {
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if (this === localStorage) throw new DOMException("full", "QuotaExceededError");
      return set.call(this, key, value);
    };
  });
  await page.goto(http.url + "agreement.html");
  await page.locator("[data-field=goals]").fill("Grow");
  await page.locator("[data-field=goals]").blur();
  await until(page, () => /until you close this tab/.test(document.querySelector("[data-update]").textContent));
  await page.goto(http.url + "progress.html");
  await page.locator("[data-part=forms] a").waitFor();
  await page.goto(http.url + "agreement.html");
  await until(page, () => document.querySelector("[data-field=goals]").value === "Grow");
  await until(page, () => /until you close this tab/.test(document.querySelector("[data-kept]").textContent));
  await page.goto(http.url + "progress.html");
  await page.locator("[data-delete]").click();
  await page.locator("[data-ask=delete] [data-yes]").click();
  await page.goto(http.url + "agreement.html");
  assert.equal(await page.locator("[data-field=goals]").inputValue(), "");
});

walk("a browser that keeps nothing says so on each page with fields, and of what is read in", async (page) => {
  await page.addInitScript(() => {
    for (const area of ["localStorage", "sessionStorage"])
      Object.defineProperty(window, area, {
        get() {
          throw new DOMException("blocked", "SecurityError");
        },
      });
  });
  for (const path of ["index.html", "agreement.html", "thinking.html", "agreement.html"]) {
    await page.goto(http.url + path);
    await until(page, () => /lost when you leave/.test(document.querySelector("[data-update]").textContent));
    for (const text of await page.locator("[data-kept]").allInnerTexts()) assert.match(text, /lost when you leave/);
  }
  await page.goto(http.url + "progress.html");
  await readIn(page);
  await until(page, () => /cannot keep it/.test(document.querySelector("[data-status]").textContent));
});

walk("a browser without room says of a file that it is not kept", async (page) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await page.goto(http.url + "progress.html");
  await readIn(page);
  await until(page, () => /cannot keep it/.test(document.querySelector("[data-status]").textContent));
});

walk("what was deleted in another tab is not said to be saved", async (page, { context }) => {
  await leave(page, "abc");
  const box = page.locator("waymark-reflection:not([data-keep=no])").first();
  await box.locator("[data-check]").click();
  const other = await context.newPage();
  await other.goto(http.url + "progress.html");
  await other.locator("[data-delete]").click();
  await other.locator("[data-ask=delete] [data-yes]").click();
  await until(page, () => document.querySelector("waymark-reflection:not([data-keep=no]) textarea").value === "");
  assert.equal(await box.locator("[data-feedback]").innerText(), "");
  await box.locator("[data-check]").click();
  assert.equal(await box.locator("[data-feedback]").innerText(), "");
  await words(page).fill("again");
  await box.locator("[data-check]").click();
  await noteIs(page, await reflection(page), "again");
});

walk("while the search comes, fields can be typed into, and after it failed as well", async (page) => {
  const come = await late(page, "**/search.js");
  await to(page, "thinking.html");
  await page.locator("button[data-search]").first().click();
  await page.keyboard.type("x");
  await words(page).click();
  await page.keyboard.type("hello");
  assert.equal(await words(page).inputValue(), "hello");
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  await page.keyboard.type("!");
  assert.equal(await words(page).inputValue(), "hello!");
  come();
  await page.locator("dialog.search").waitFor({ state: "attached" });
  assert.ok(!(await page.locator("dialog.search").isVisible()), "nobody waits for it any more");

  await page.unroute("**/search.js");
  await lose(page, "**/search.js");
  await to(page, "thinking.html");
  await page.locator("button[data-search]").first().click();
  await page.waitForURL("**/a-z.html");
});

walk("Enter in the search, and typing on: nothing is opened", async (page) => {
  const come = await late(page, "**/data/search/t-*");
  await page.goto(http.url + "index.html");
  await page.keyboard.press("Control+k");
  await page.locator("dialog.search").waitFor();
  await page.keyboard.type("agreement");
  await page.keyboard.press("Enter");
  await page.keyboard.type(" books");
  come();
  await until(page, () => document.querySelector("[data-search-status]").textContent.match(/found|Nothing/));
  assert.equal(page.url(), http.url + "index.html");
});

walk("a resume link that is opened twice asks once", async (page) => {
  await page.goto(http.url + "thinking.html");
  await page.locator("[data-done]").click();
  await page.goto(http.url + "progress.html");
  await page.locator("[data-link]").click();
  const link = await page.locator(".linktext").inputValue();
  for (let i = 0; i < 2; i++) {
    await page.evaluate((hash) => (location.hash = hash), link.split("#")[1]);
    await until(page, () => location.hash === "" && document.querySelector("[data-asked]"));
  }
  assert.equal(await page.locator("[data-asked]").count(), 1);
});

walk("a form that is cleared is not signed any more", async (page) => {
  await page.goto(http.url + "agreement.html");
  await page.locator("[data-field=goals]").fill("Grow");
  await page.locator("[data-signed]").check();
  await until(page, (k) => JSON.parse(localStorage.getItem(k) ?? "{}").marks?.["signed:agreement"]?.v, KEY);
  await page.locator("[data-clear]").click();
  await page.locator("dialog[data-ask=clear] [data-yes]").click();
  assert.ok(!(await page.locator("[data-signed]").isChecked()));
  assert.equal((await kept(page)).marks["signed:agreement"].v, false);
  assert.match(await page.locator("[data-form-status]").innerText(), /empty again/);
});
