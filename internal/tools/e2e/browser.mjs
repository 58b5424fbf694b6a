// A real Chromium on a built site: served under the policy of the pages, or opened from its folder.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { after } from "node:test";
import { chromium } from "playwright-core";

export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".json": "application/json",
};

/**
 * Serves a folder on loopback under a policy. change(path, text) may alter what is served: another edition of the content. With short, the host takes
 * .html off addresses, as some do; with down, nobody answers.
 */
export async function serve(folder, policy = POLICY) {
  const site = { change: null, short: false, down: false };
  const server = createServer(async (request, response) => {
    if (site.down) return request.socket.destroy();
    let path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    const shorter = path.replace(/(\/)index\.html$|\.html$/, "$1");
    if (site.short && shorter !== path) return response.writeHead(308, { location: shorter }).end();
    if (site.short && !path.endsWith("/") && !extname(path)) path += ".html";
    if (path.endsWith("/")) path += "index.html";
    try {
      let body = await readFile(join(folder, path));
      if (site.change && /\.(html|js)$/.test(path)) body = site.change(path, body.toString());
      response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream", "content-security-policy": policy });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  site.url = `http://127.0.0.1:${server.address().port}/`;
  site.close = () => new Promise((done) => server.close(done));
  return site;
}

const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(
      " ",
    ),
  });

/** The browser and the site of the tests of one file, there until all of them are done. */
export async function begin(policy) {
  const folder = process.env.WAYMARK_SITE;
  const [browser, http] = await Promise.all([launch(), serve(folder, policy)]);
  after(async () => {
    await browser.close();
    await http.close();
  });
  return { browser, http, folder };
}

/**
 * A new person: own storage. faults collects console messages, what is thrown, broken requests and requests that leave the site; thrown has by itself what
 * is thrown.
 */
export async function person(browser, url, options = {}) {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  context.setDefaultTimeout(8000);
  const page = await context.newPage();
  const faults = [];
  const thrown = [];
  const watch = (p) => {
    // A page from a folder may not load its fonts from there; the text is readable all the same.
    const font = (text) => url.startsWith("file:") && /woff2|ERR_FAILED|preload/.test(text);
    p.on("console", (m) => ["error", "warning"].includes(m.type()) && !font(m.text()) && faults.push(m.text()));
    p.on("pageerror", (e) => [faults, thrown].forEach((all) => all.push(e.stack ?? String(e))));
    p.on("request", (r) => !r.url().startsWith(url) && !/^(blob|data):/.test(r.url()) && faults.push("request to " + r.url()));
    p.on("requestfailed", (r) => !font(r.url()) && r.failure()?.errorText !== "net::ERR_ABORTED" && faults.push("failed " + r.url()));
  };
  watch(page);
  context.on("page", watch);
  return { context, page, faults, thrown };
}
