// A learner in a learning platform: a package of SCORM in the runtime scorm-again. WAYMARK_SITE is the folder of the platform. See scorm_test.go.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { begin, person } from "./browser.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core");
const { browser, http, folder } = await begin("");
const LAUNCH = "course/scorm.html";
const KEY = "waymark:ask:progress";

/** Runs a test with a new learner. What the platform keeps of earlier visits is kept; nothing may be said in the console, and nothing may leave the site. */
function visit(name, kept, body, options = {}) {
  test(name, async () => {
    const who = await person(browser, http.url, options.browser);
    if (kept) await who.context.addInitScript((k) => (window.kept = k), kept());
    try {
      await body(who.page, who);
      assert.deepEqual(
        who.faults.filter((f) => !options.allowed?.test(f)),
        [],
        "console, requests",
      );
    } finally {
      await who.context.close();
    }
  });
}

/** Opens the package in a frame of the platform and returns that of the site, with the path or the page at hand. */
async function launch(page, address = "paths/start.html") {
  await page.goto(http.url + "lms.html");
  await page.evaluate((src) => {
    const frame = document.createElement("iframe");
    Object.assign(frame, { src, title: "Course", width: "100%", height: "600" });
    document.querySelector("main").append(frame);
  }, LAUNCH);
  return inner(page, address);
}

async function inner(page, address) {
  const at = http.url + "course/" + address;
  for (let i = 0; !page.frames().some((f) => f.url() === at); i++) {
    assert.ok(i < 100, `${address} is not shown, but ${page.frames().map((f) => f.url())}`);
    await page.waitForTimeout(50);
  }
  const frame = page.frames().find((f) => f.url() === at);
  await frame.waitForLoadState();
  return frame;
}

/** What the platform has been told. */
const told = (page) => page.evaluate(() => JSON.parse(JSON.stringify(API.cmi)));

/** Waits until the platform was told something. */
async function tells(page, what) {
  let cmi;
  for (let i = 0; i < 60; i++) {
    cmi = await told(page);
    if (what(cmi)) return cmi;
    await page.waitForTimeout(50);
  }
  assert.fail(JSON.stringify(cmi));
}

async function answer(frame, id, n) {
  const box = frame.locator(`[id="${id}"]`);
  await box.locator("[data-check]").dispatchEvent("focusin");
  await frame.waitForFunction(() => customElements.get("waymark-question"));
  await box.locator(`.opt input[value="${n}"]`).check();
  await box.locator("[data-check]").click();
  await box.locator("[data-feedback] .ft").first().waitFor();
  await frame.locator("[data-end]").scrollIntoViewIfNeeded();
}

const leave = (page) => page.evaluate(() => document.querySelector("iframe").remove());

let after; // what the platform keeps of the first visit
let complete;

visit("a learner begins: the platform knows the status, the score, the place and what was done, and no notes", null, async (page) => {
  let frame = await launch(page);
  let cmi = await tells(page, (c) => c.core.lesson_location === "paths/start.html");
  assert.equal(cmi.core.lesson_status, "incomplete");
  assert.deepEqual([cmi.core.score.min, cmi.core.score.raw, cmi.core.score.max].map(Number), [0, 0, 100]);
  await frame.locator(".stop a").first().click();
  frame = await inner(page, "asking.html");
  await answer(frame, "open", 0);
  await tells(page, (c) => Number(c.core.score.raw) === 50);
  await frame.goto(http.url + "course/hearing.html");
  frame = await inner(page, "hearing.html");
  await frame.locator('[id="heard"] textarea').fill("a secret of mine");
  await frame.locator('[id="heard"] textarea').blur();
  await answer(frame, "first", 1);
  cmi = await tells(page, (c) => c.core.lesson_location === "hearing.html");
  assert.equal(cmi.core.lesson_status, "incomplete");
  await page.waitForFunction((key) => localStorage.getItem(key)?.includes("a secret of mine"), KEY);
  assert.match(await frame.locator("body").innerText(), /Your learning platform is told/);
  assert.doesNotMatch(await frame.locator("body").innerText(), /Nothing is sent/);
  await page.waitForTimeout(1100);
  await leave(page);
  cmi = await told(page);
  assert.ok(cmi.suspend_data.length > 4 && cmi.suspend_data.length <= 4096);
  assert.doesNotMatch(JSON.stringify(cmi), /secret|mine/);
  assert.equal(await page.evaluate(() => API.isTerminated()), true);
  assert.equal(cmi.core.exit, "suspend");
  assert.notEqual(await page.evaluate(() => API.cmi.getCurrentTotalTime()), "00:00:00");
  after = {
    core: { lesson_status: "incomplete", lesson_location: cmi.core.lesson_location, score: { raw: cmi.core.score.raw } },
    suspend_data: cmi.suspend_data,
  };
});

visit(
  "in another browser the place is opened again, and what was done is there; then the path is completed",
  () => after,
  async (page) => {
    let frame = await launch(page, "hearing.html");
    const state = await page.evaluate((key) => JSON.parse(localStorage.getItem(key)), KEY);
    assert.equal(state.answers.open.best, 1);
    assert.ok(state.answers.first);
    assert.ok(state.modules.asking.read && state.modules.asking.done);
    assert.equal(Object.keys(state.notes).length, 0);
    await answer(frame, "first", 0);
    const cmi = await tells(page, (c) => c.core.lesson_status === "completed");
    assert.equal(Number(cmi.core.score.raw), 100);
    await frame.goto(http.url + "course/paths/start.html");
    frame = await inner(page, "paths/start.html");
    assert.equal(await frame.locator(".stop.done").count(), 2);
    await leave(page);
    complete = { core: { lesson_status: "completed", score: { raw: "100" } }, suspend_data: (await told(page)).suspend_data };
  },
);

visit(
  "what was completed stays so, even when the learner deletes everything",
  () => complete,
  async (page) => {
    let frame = await launch(page);
    await frame.goto(http.url + "course/progress.html");
    frame = await inner(page, "progress.html");
    await frame.locator("[data-delete]").click();
    await frame.locator("[data-ask=delete] [data-yes]").click();
    const cmi = await tells(page, (c) => c.suspend_data.length <= 4);
    assert.equal(cmi.core.lesson_status, "completed");
    assert.equal(Number(cmi.core.score.raw), 100);
  },
);

visit("two learners at one browser do not get each other's progress", null, async (page) => {
  const as = async (id, body) => {
    await page.goto(http.url + "lms.html");
    await page.evaluate((student_id) => API.loadFromJSON({ core: { student_id } }, "cmi"), id);
    await page.evaluate((src) => {
      const frame = document.createElement("iframe");
      Object.assign(frame, { src, title: "Course" });
      document.querySelector("main").append(frame);
    }, LAUNCH);
    let frame = await inner(page, "paths/start.html");
    await frame.goto(http.url + "course/asking.html");
    frame = await inner(page, "asking.html");
    await body(frame);
    await leave(page);
    return told(page);
  };
  const anna = await as("anna", async (frame) => {
    await answer(frame, "open", 0);
    await tells(page, (c) => Number(c.core.score.raw) === 50);
  });
  const ben = await as("ben", async () => undefined);
  assert.equal(Number(ben.core.score.raw), 0);
  assert.notEqual(ben.suspend_data, anna.suspend_data);
  assert.equal(Number((await as("anna", async () => undefined)).core.score.raw), 50);
});

visit(
  "what the platform keeps is not believed: another edition's progress, a place outside",
  () => ({ core: { lesson_location: "https://example.org/" }, suspend_data: "AQAAAAAAAAAA" }),
  async (page) => {
    await launch(page);
    const course = page.frames().find((f) => f.url().endsWith(LAUNCH));
    assert.match(await course.locator("[role=status]").innerText(), /another edition/);
    assert.equal((await told(page)).suspend_data, "AQAAAAAAAAAA", "it stays until something is done");
  },
);

visit("the platform is found when it opens a window of its own", null, async (page) => {
  await page.goto(http.url + "lms.html");
  const [popup] = await Promise.all([page.waitForEvent("popup"), page.evaluate((src) => void window.open(src), LAUNCH)]);
  await inner(popup, "paths/start.html");
  await tells(page, (c) => c.core.lesson_status === "incomplete");
  await popup.close();
  await page.waitForFunction(() => API.isTerminated());
});

visit(
  "what leads out of the package opens beside it",
  null,
  async (page, { context }) => {
    await context.route("https://example.org/**", (route) => route.fulfill({ contentType: "text/html", body: "<title>Elsewhere</title>" }));
    const frame = await launch(page);
    await frame.goto(http.url + "course/asking.html");
    const asking = await inner(page, "asking.html");
    const [tab] = await Promise.all([context.waitForEvent("page"), asking.getByText("Elsewhere").click()]);
    await tab.waitForURL("https://example.org/asking");
    await inner(page, "asking.html");
  },
  { allowed: /^request to https:\/\/example\.org\// },
);

visit("a platform that takes nothing, or a browser that keeps nothing: the page says so", null, async (page, { context }) => {
  await page.goto(http.url + "lms.html");
  await page.evaluate(() => (API.LMSCommit = () => "false"));
  await page.evaluate((src) => {
    const frame = document.createElement("iframe");
    Object.assign(frame, { src, title: "Course" });
    document.querySelector("main").append(frame);
  }, LAUNCH);
  await inner(page, "paths/start.html");
  const course = () => page.frames().find((f) => f.url().endsWith(LAUNCH));
  await course().getByText("did not take all").waitFor();
  await context.addInitScript(() => {
    for (const area of ["localStorage", "sessionStorage"])
      Object.defineProperty(window, area, {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      });
  });
  await launch(page);
  await course().getByText("does not keep what you do").waitFor();
});

for (const [where, url] of [
  ["http", () => http.url],
  ["file", () => pathToFileURL(folder).href + "/"],
]) {
  test(`without a platform the path is shown, and the page says that nothing is reported, from ${where}://`, async () => {
    const { page, context, faults } = await person(browser, url());
    await page.goto(url() + LAUNCH);
    await page.getByText("nothing is reported").waitFor();
    assert.equal(await page.title(), 'Ask & <listen> first: "é" – Ask & <listen>');
    await page.frameLocator("iframe").locator("h1").getByText("Ask & <listen>").waitFor();
    await page.frameLocator("iframe").locator(".stop a").first().click();
    await page.frameLocator("iframe").locator("h1").getByText("Asking").waitFor();
    await page.getByText("Open the path by itself").click();
    await page.waitForURL(url() + "course/paths/start.html");
    assert.deepEqual(faults, []);
    await context.close();
  });
}

for (const [width, height, scheme] of [
  [1280, 800, "light"],
  [320, 640, "dark"],
]) {
  visit(
    `axe finds nothing at ${width} pixels, ${scheme}, and the site fills the window`,
    null,
    async (page) => {
      await page.addInitScript({ path: AXE });
      for (const platform of [false, true]) {
        if (platform)
          await page.addInitScript(() => {
            const yes = () => "true";
            const none = () => "";
            window.API = { LMSInitialize: yes, LMSFinish: yes, LMSSetValue: yes, LMSCommit: yes, LMSGetValue: none, LMSGetLastError: none };
          });
        await page.goto(http.url + LAUNCH);
        await page.frameLocator("iframe").locator("h1").waitFor();
        if (platform) await page.getByText("What your learning platform is told").click();
        assert.equal(await page.getByText("which answers you gave").isVisible(), platform);
        const found = await page.evaluate(() => axe.run());
        assert.deepEqual(
          found.violations.map((v) => [v.id, v.nodes.map((n) => n.target.join(" "))]),
          [],
        );
        const box = await page.locator("iframe").boundingBox();
        assert.equal(box.width, width);
        assert.ok(box.height > height * 0.5, `${box.height}`);
        assert.ok(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight));
        if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${width}-${platform}.png`) });
      }
    },
    { browser: { viewport: { width, height }, colorScheme: scheme } },
  );
}
