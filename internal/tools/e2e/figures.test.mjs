// Diagrams and pictures in a real browser, under the policy of the pages, served and from the folder. The site is e2e/figures, built before: WAYMARK_SITE is its folder.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { begin, person } from "./browser.mjs";

const { browser, http, folder } = await begin();

const places = { served: () => http.url, "from the folder": () => pathToFileURL(folder + "/").href };

async function visit(url, name, options, body) {
  const who = await person(browser, url, options);
  await who.page.addInitScript(() => {
    window.stopped = [];
    addEventListener("securitypolicyviolation", (e) =>
      window.stopped.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber} ${e.sample}`),
    );
  });
  try {
    await who.page.goto(url + name, { timeout: 60000 });
    await body(who.page);
    assert.deepEqual(await who.page.evaluate(() => window.stopped ?? []), [], "stopped by the policy");
    assert.deepEqual(who.faults, [], "console, requests");
  } finally {
    await who.context.close();
  }
}

const settled = (page) =>
  page.waitForFunction(
    () => [...document.querySelectorAll("figure.diagram")].every((f) => f.matches(".drawn") || f.querySelector(".fault")),
    null,
    { timeout: 60000 },
  );

for (const [where, url] of Object.entries(places)) {
  for (const scheme of process.env.WAYMARK_SOAK ? ["light", "dark"] : [where === "served" ? "light" : "dark"]) {
    test(`diagrams are drawn, ${where}, ${scheme}`, { timeout: 120000 }, () =>
      visit(url(), "flow.html", { colorScheme: scheme, viewport: { width: 900, height: 1200 } }, async (page) => {
        await settled(page);
        const seen = await page.evaluate(() =>
          [...document.querySelectorAll("figure.diagram")].map((f) => {
            const shown = [...f.querySelectorAll("svg")].filter((s) => s.getBoundingClientRect().width > 0);
            return {
              drawn: f.matches(".drawn"),
              shown: shown.map((s) => s.closest(".drawing").className),
              named: shown.every((s) => s.getAttribute("aria-label") || s.hasAttribute("aria-labelledby")),
              open: f.querySelector("details").open,
              scripts: f.querySelectorAll("script, foreignObject, [onerror], a[href^=javascript]").length,
            };
          }),
        );
        const faulty = seen.pop();
        assert.ok(seen.length >= 8, "diagrams");
        for (const [i, f] of seen.entries())
          assert.deepEqual(f, { drawn: true, shown: [`drawing ${scheme}`], named: true, open: false, scripts: 0 }, `diagram ${i}`);
        // A faulty one shows its text and says so.
        assert.equal(faulty.drawn, false);
        assert.equal(faulty.open, true);
        assert.match(await page.locator("figure.diagram .fault").last().innerText(), /cannot be drawn/);
        // Its own styles reach the drawing: the box that the author coloured, and the line of an arrow.
        const box = page.locator(`.drawing.${scheme} >> g.node`).filter({ hasText: "Wait" }).locator("rect").first();
        assert.equal(await box.evaluate((e) => getComputedStyle(e).fill), "rgb(255, 153, 255)");
        // On paper it is the light one, without its text.
        await page.emulateMedia({ media: "print" });
        assert.equal(await page.locator(".drawing.dark svg").first().isVisible(), false);
        assert.equal(await page.locator(".drawing.light svg").first().isVisible(), true);
        assert.equal(await page.locator("figure.drawn details").first().isVisible(), false);
        if (process.env.SHOTS) {
          await page.emulateMedia({ media: "screen" });
          await page.screenshot({ path: `${process.env.SHOTS}/diagrams-${scheme}-${where.replaceAll(" ", "-")}.png`, fullPage: true });
        }
      }),
    );
  }
  test(`a diagram can be read on a phone, ${where}`, { timeout: 120000 }, () =>
    visit(url(), "flow.html", { viewport: { width: 390, height: 800 } }, async (page) => {
      await settled(page);
      const frames = await page.evaluate(() =>
        [...document.querySelectorAll(".drawing.light")].map((f) => {
          const svg = f.querySelector("svg");
          return { scale: svg.getBoundingClientRect().width / svg.viewBox.baseVal.width, hides: f.scrollWidth > f.clientWidth, stop: f.tabIndex === 0 };
        }),
      );
      assert.ok(frames.some((f) => f.hides), "one is wider than a phone");
      for (const [i, f] of frames.entries()) {
        assert.ok(f.scale > 0.74, `diagram ${i}: ${f.scale}`);
        assert.equal(f.stop, f.hides, `diagram ${i}`);
      }
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
    }));
  test(`without scripts a diagram is its text, ${where}`, () =>
    visit(url(), "flow.html", { javaScriptEnabled: false }, async (page) => {
      assert.match(await page.locator("pre.mermaid").first().innerText(), /flowchart LR/);
    }));
  for (const [width, ratio, want] of [
    [390, 1, /-480\.jpg$/],
    [390, 2, /-960\.jpg$/],
    [1200, 1, /-960\.jpg$/],
    [1200, 2, /-1440\.jpg$/],
  ].slice(where === "served" || process.env.WAYMARK_SOAK ? 0 : 3)) {
    test(`a picture comes as wide as it is shown: ${width} × ${ratio}, ${where}`, () =>
      visit(url(), "photo.html", { viewport: { width, height: 800 }, deviceScaleFactor: ratio }, async (page) => {
        const img = page.locator(".prose img").first();
        await page.waitForFunction(() => document.querySelector(".prose img").complete);
        const [src, natural, shown, room] = await img.evaluate((e) => [
          e.currentSrc,
          e.naturalWidth,
          e.getBoundingClientRect().width,
          e.parentElement.getBoundingClientRect().width,
        ]);
        assert.match(src, want);
        assert.ok(natural > 0);
        assert.equal(Math.round(shown), Math.round(room));
      }));
  }
}

test("words to say stand beside words to avoid; code runs from left to right in Arabic too", () =>
  visit(http.url, "words.html", { viewport: { width: 1280, height: 900 } }, async (page) => {
    const box = (s) => page.locator(s).evaluate((e) => e.getBoundingClientRect().toJSON());
    const [say, avoid, all] = [await box(".say.yes"), await box(".say.no"), await box(".prose")];
    assert.equal(say.top, avoid.top);
    assert.deepEqual([say.right, avoid.left].map(Math.round), [all.right, all.left].map(Math.round));
    assert.equal(await page.locator("pre code").evaluate((e) => getComputedStyle(e).direction), "ltr");
  }));

for (const width of [320, 390, 820, 1280]) {
  test(`a wide logo leaves room for the name: ${width}`, () =>
    visit(http.url, "photo.html", { viewport: { width, height: 800 } }, async (page) => {
      const [name, tools, bar] = await page.evaluate(() =>
        [".brandlink span", ".tools", ".top .wrap"].map((s) => document.querySelector(s).getBoundingClientRect().toJSON()),
      );
      assert.ok(name.width >= 96 && name.height < 60, `${name.width} × ${name.height}`);
      assert.ok(tools.left >= name.right && bar.height < 110, `${bar.height}`);
    }));
}

test("a short name stands beside the sign, at every width", () =>
  visit(http.url, "photo.html", {}, async (page) => {
    for (const width of [320, 820, 1280, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      const [sign, name] = await page.evaluate(() => {
        const link = document.querySelector(".brandlink");
        link.querySelector("span").textContent = "Ours";
        link.querySelector("img, svg").style.inlineSize = "30px";
        return [".brandlink > :first-child", ".brandlink span"].map((s) => document.querySelector(s).getBoundingClientRect().toJSON());
      });
      assert.ok(name.left >= sign.right && name.top < sign.bottom, `${width}: ${JSON.stringify([sign, name])}`);
    }
  }));

test("a page without diagrams loads nothing for them", () =>
  visit(http.url, "photo.html", {}, async (page) => {
    const names = await page.evaluate(() => performance.getEntriesByType("resource").map((r) => r.name));
    assert.deepEqual(
      names.filter((n) => /mermaid|diagram/.test(n)),
      [],
    );
  }));
