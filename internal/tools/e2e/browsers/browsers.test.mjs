// A learner in another browser. WAYMARK_SMALL is the folder of e2e's site, WAYMARK_GUIDE that of the handbook, BROWSER and PROGRAM say which browser. See ../browsers_test.go.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { serve } from "../browser.mjs";
import { launch } from "./drive.mjs";

const { WAYMARK_SMALL, WAYMARK_GUIDE, BROWSER, PROGRAM } = process.env;
let browser, small, guide;
before(async () => {
  [browser, small, guide] = await Promise.all([launch(BROWSER, PROGRAM), serve(WAYMARK_SMALL), serve(WAYMARK_GUIDE)]);
  await browser.size(1280, 900);
});
after(() => Promise.all([browser.close(), small.close(), guide.close()]));

/** Waits until a function of the page returns something true, and returns that. */
async function until(f, ...args) {
  for (let tries = 0; tries < 100; tries++) {
    const found = await browser.run(f, ...args);
    if (found) return found;
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error(`in vain: ${f}`);
}

/** Opens the page of checks and waits until they are awake. */
async function open(url) {
  await browser.goto(url + "checks.html");
  await browser.run(() => document.querySelector("[data-check-key]").dispatchEvent(new FocusEvent("focusin", { bubbles: true })));
  await until(() => document.querySelector("waymark-question [data-check]") && customElements.get("waymark-question") !== undefined);
}

/** Answers a question rightly and checks it. Runs in the page. */
function answer(id) {
  const question = document.getElementById(id);
  const solution = document.getElementById(id + ".answer");
  const key = JSON.parse(solution.querySelector("[data-key]").textContent);
  const shown = (solution.dataset.shown ?? "").split(" ").map(Number);
  const fill = (field, value) => {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  if (key.right) key.right.forEach((r) => question.querySelector(`.opt input[value="${r}"]`).click());
  if (key.type === "number") fill(question.querySelector("input"), String(key.accepts[0].min));
  if (key.type === "text") fill(question.querySelector("input"), key.accepts[0].v);
  if (key.pairs) key.pairs.forEach((partner, row) => fill(document.getElementById(`${id}.field-${row}`), String(shown.indexOf(partner))));
  if (key.gaps)
    key.gaps.forEach((gap, i) => fill(question.querySelector(`[data-gap="${i}"]`), gap.accepts ? gap.accepts[0] : String(gap.choice)));
  question.querySelector("[data-check]").click();
  return question.querySelector("[data-feedback]").className;
}

for (const [where, url, home] of [
  ["http", () => small.url, () => guide.url],
  ["file", () => pathToFileURL(WAYMARK_SMALL).href + "/", () => pathToFileURL(WAYMARK_GUIDE).href + "/"],
]) {
  describe(`from ${where}://`, () => {
    test("every kind of question is marked, and kept", async () => {
      await open(url());
      const ids = ["one", "several", "true-false", "months", "grow-r", "roles-match", "gaps"];
      for (const id of ids) assert.match(await browser.run(answer, id), /\bok\b/, id);
      const kept = () =>
        Object.keys(localStorage)
          .filter((k) => k.endsWith(":progress"))
          .map((k) => localStorage.getItem(k))[0] ?? "";
      for (const id of ids) assert.ok((await browser.run(kept)).includes(`"${id}"`), `${id} is kept`);
      await open(url());
      await until(() => document.querySelector('[id="one"] [data-feedback]').className.includes("ok"));
      await browser.goto(url() + "progress.html");
      assert.match(
        await until(() => document.querySelector("waymark-progress[data-drawn] [data-part=next] a")?.textContent),
        /Every kind of check/,
      );
    });

    test("the search finds by keyboard alone", async () => {
      await browser.goto(home() + "index.html");
      await until(() => document.querySelector("[data-search], button[aria-haspopup=dialog]") !== null);
      await browser.press("/");
      await until(() => document.querySelector("dialog[open] input") === document.activeElement);
      await browser.type("feedback");
      assert.match(await until(() => document.querySelector("dialog[open] [role=option]")?.textContent), /^Feedback that helps/);
      // The text of the page is unpacked by the browser.
      assert.match(await until(() => document.querySelector("dialog[open] [role=option] .passage mark")?.textContent), /feedback/i);
      await browser.press("ArrowDown");
      await browser.press("Enter");
      await until(() => location.pathname.endsWith("skills/feedback.html"));
    });
  });
}

test("no page of the handbook says anything in the console or is wider than a phone", async () => {
  await browser.size(390, 800);
  const pages = (await readdir(WAYMARK_GUIDE, { recursive: true })).filter((f) => f.endsWith(".html") && !f.startsWith("print/"));
  assert.ok(pages.length > 90);
  for (const page of pages) {
    await browser.goto(guide.url + page);
    assert.ok(await browser.run(() => document.documentElement.scrollWidth <= innerWidth), page);
  }
  assert.deepEqual(browser.faults, []);
});
