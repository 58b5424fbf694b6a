// One way to drive a browser: Firefox through puppeteer, WebKit through its own driver on a screen that nobody sees.
import { spawn } from "node:child_process";
import { createServer } from "node:net";

/** Launches a browser. goto opens an address, run calls a function in the page, press and type go to what has the focus; faults is what the page said and what failed. */
export async function launch(name, program) {
  return name === "firefox" ? firefox(program) : webkit(program);
}

async function firefox(executablePath) {
  const { default: puppeteer } = await import("puppeteer-core");
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
  const page = await browser.newPage();
  const faults = [];
  page.on("console", (m) => ["error", "warn"].includes(m.type()) && faults.push(`${page.url()}: ${m.text()}`));
  page.on("pageerror", (e) => faults.push(`${page.url()}: ${e.stack}`));
  page.on("requestfailed", (r) => r.failure()?.errorText !== "NS_BINDING_ABORTED" && faults.push(`${r.url()}: ${r.failure()?.errorText}`));
  return {
    faults,
    size: (width, height) => page.setViewport({ width, height }),
    goto: (url) => page.goto(url, { waitUntil: "load" }),
    run: (f, ...args) => page.evaluate(f, ...args),
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    close: () => browser.close(),
  };
}

async function webkit(program) {
  const { Builder, Key } = await import("selenium-webdriver");
  const port = await free();
  // The process is the leader of a group, so that the screen and the browser go with it.
  const driver = spawn("xvfb-run", ["-a", program, `--port=${port}`], { stdio: "ignore", detached: true });
  const server = `http://127.0.0.1:${port}`;
  for (let tries = 0; !(await fetch(server + "/status").catch(() => null)); tries++) {
    if (tries > 100) throw new Error(`${program} does not answer`);
    await new Promise((later) => setTimeout(later, 100));
  }
  const browser = await new Builder().usingServer(server).withCapabilities({ browserName: "MiniBrowser" }).build();
  const keys = { Enter: Key.ENTER, ArrowDown: Key.ARROW_DOWN };
  return {
    faults: [],
    size: (width, height) => browser.manage().window().setRect({ width, height }),
    goto: (url) => browser.get(url),
    run: (f, ...args) => browser.executeScript(`return (${f}).apply(null, arguments)`, ...args),
    press: (key) =>
      browser
        .actions()
        .sendKeys(keys[key] ?? key)
        .perform(),
    type: (text) => browser.actions().sendKeys(text).perform(),
    close: async () => {
      await browser.quit();
      process.kill(-driver.pid);
    },
  };
}

const free = () =>
  new Promise((done) => {
    const s = createServer().listen(0, "127.0.0.1", () => {
      const { port } = s.address();
      s.close(() => done(port));
    });
  });
