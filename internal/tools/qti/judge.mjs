// Marks items of QTI by @citolab/qti-components, in Chromium: reads [{xml, answer}, …], where an answer holds a value for each response, and writes [{score, shown}, …], shown being
// the feedback that is seen. The player reads QTI 3, which has the elements and attributes of 2.1 under other names.
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

let input = "";
for await (const part of process.stdin) input += part;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const page = await browser.newPage();
page.on("pageerror", (e) => {
  throw e;
});
await page.setContent("<!doctype html><title>QTI</title>");
await page.addScriptTag({ path: createRequire(import.meta.url).resolve("@citolab/qti-components/cdn/index.global.js") });
const results = [];
for (const item of JSON.parse(input)) {
  results.push(
    await page.evaluate(async ({ xml, answer }) => {
      const kebab = (s) => s.replace(/[A-Z]/g, (c) => "-" + c.toLowerCase());
      const html = "p h1 h2 h3 h4 h5 h6 pre blockquote ul ol li table thead tbody tr th td a em strong code br hr img div".split(" ");
      const from = new DOMParser().parseFromString(xml, "text/xml");
      const doc = document.implementation.createDocument("http://www.imsglobal.org/xsd/imsqtiasi_v3p0", null);
      const renamed = (n) => {
        if (n.nodeType !== Node.ELEMENT_NODE) return doc.importNode(n);
        const e = doc.createElementNS(
          "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
          html.includes(n.localName) ? n.localName : "qti-" + kebab(n.localName),
        );
        for (const a of n.attributes) if (!a.name.includes(":") && a.name !== "xmlns") e.setAttribute(kebab(a.name), a.value);
        let into = e;
        if (n.localName === "modalFeedback") into = e.appendChild(doc.createElementNS(e.namespaceURI, "qti-content-body"));
        for (const c of n.childNodes) into.append(renamed(c));
        return e;
      };
      const container = document.createElement("item-container");
      container.itemXML = new XMLSerializer().serializeToString(renamed(from.documentElement));
      const shell = document.createElement("qti-item");
      shell.append(container);
      document.body.replaceChildren(shell);
      let found = null;
      for (let i = 0; i < 200 && !found?.variables?.some((v) => v.type === "response"); i++) {
        await new Promise((r) => setTimeout(r, 10));
        found = container.shadowRoot.querySelector("qti-assessment-item");
      }
      await found.updateComplete;
      for (const [id, value] of Object.entries(answer)) found.updateResponseVariable(id, value);
      found.processResponse();
      await new Promise((r) => setTimeout(r, 50));
      const shown = [...found.querySelectorAll("qti-modal-feedback")].filter(
        (f) => f.shadowRoot.querySelector("dialog")?.open ?? f.showStatus === "on",
      );
      return {
        score: Number(found.variables.find((v) => v.identifier === "SCORE").value),
        shown: shown.map((f) => f.textContent.trim().replace(/\s+/g, " ")),
      };
    }, item),
  );
}
await browser.close();
console.log(JSON.stringify(results));
